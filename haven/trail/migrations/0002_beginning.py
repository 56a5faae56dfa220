from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]

    operations = [
        migrations.AddField(model_name="head", name="gone", field=models.BigIntegerField(default=0)),
        migrations.AddField(
            model_name="head", name="anchor", field=models.BinaryField(default=bytes(32), max_length=32)
        ),
    ]
