from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0007_people_are_found_by_phone"),
    ]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("service", "Keeping a file and giving services"),
                    ("public", "Showing in the public directory"),
                    ("point", "Showing the exact point on the public map"),
                    ("sharing", "Sharing with other centres"),
                    ("statistics", "Use in statistics"),
                ],
                max_length=20,
                verbose_name="purpose",
            ),
        ),
    ]
