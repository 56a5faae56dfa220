from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0001_initial")]

    operations = [
        migrations.AddField("mailbox", "proof", models.BinaryField(default=b"", max_length=32), preserve_default=False),
    ]
