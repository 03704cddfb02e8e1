from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_coding_adjudicated")]

    operations = [
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(fields=["sha256"], name="surveys_attachment_bytes"),
        ),
    ]
