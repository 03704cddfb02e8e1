from django.db import migrations

from yanapay.base.search import IndexedByLoads


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_person_merge")]

    operations = [
        IndexedByLoads("directory_organisation", "batch_id"),
        IndexedByLoads("directory_person", "batch_id"),
    ]
