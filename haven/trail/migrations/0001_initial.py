from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("actor", models.CharField(max_length=40)),
                ("did", models.CharField(max_length=40)),
                ("subject", models.CharField(db_index=True, max_length=40)),
                ("hash", models.BinaryField(max_length=32)),
                ("mac", models.BinaryField(max_length=32)),
            ],
            options={
                "ordering": ["seq"],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.BigIntegerField(default=0)),
                ("hash", models.BinaryField(max_length=32)),
                ("key", models.BinaryField(max_length=32)),
            ],
        ),
    ]
