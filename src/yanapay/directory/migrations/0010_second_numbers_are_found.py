from django.db import migrations, models

from yanapay.directory.models.phones import HasSecond, Second


def _second(model: str, field: str, name: str) -> migrations.AddIndex:
    index = models.Index(Second(field), condition=models.Q(HasSecond(field)), name=name)
    return migrations.AddIndex(model, index)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_few_rows_point_to_another"),
    ]

    operations = [
        _second("organisation", "private_phone", "directory_org_phone_2"),
        _second("organisation", "phone", "directory_org_public_phone_2"),
        _second("person", "phone", "directory_person_phone_2"),
    ]
