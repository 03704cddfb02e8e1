from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mapping", "0002_names_in_a_merge"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="corrected",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="proposal",
            name="held",
            field=models.JSONField(default=dict),
        ),
    ]
