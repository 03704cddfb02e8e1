from django.db import migrations

from yanapay.base.triggers import CountChanges


class Migration(migrations.Migration):
    dependencies = [("mapping", "0003_corrections"), ("base", "0002_change")]

    operations = [CountChanges("mapping_entry")]
