from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "changed",
                    models.CharField(max_length=60, primary_key=True, serialize=False),
                ),
                ("number", models.BigIntegerField()),
                ("latest", models.BigIntegerField()),
            ],
            options={"db_table": "base_change"},
        ),
    ]
