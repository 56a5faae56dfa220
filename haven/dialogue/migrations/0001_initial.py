import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lookup", models.BinaryField(max_length=32, unique=True)),
                ("kid", models.CharField(max_length=32)),
                ("public", models.BinaryField(max_length=32)),
                ("digest", models.BinaryField(max_length=32)),
                ("last_seq", models.PositiveIntegerField(default=0)),
                ("spent_on", models.DateField(null=True)),
                (
                    "case",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="mailbox", to="cases.case"
                    ),
                ),
            ],
        ),
    ]
