from django.db import migrations

from yanapay.base.triggers import BothOrNeither


class Migration(migrations.Migration):
    dependencies = [("directory", "0011_imports_undone")]

    operations = [BothOrNeither("directory_organisation", "latitude", "longitude")]
