from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mapping", "0004_entries_are_counted")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="told_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="source",
            field=models.CharField(
                choices=[
                    ("interview", "Interview"),
                    ("registration", "Registered by itself"),
                    ("owner", "Its own people"),
                    ("confirmation", "Answer to “is this still right?”"),
                    ("remark", "Remark of a visitor"),
                ],
                max_length=12,
            ),
        ),
    ]
