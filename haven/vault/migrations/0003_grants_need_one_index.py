from django.db import migrations, models
from django.db.models.deletion import CASCADE


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_drawer")]

    operations = [
        migrations.AlterField(
            "grant", "compartment", models.ForeignKey("vault.compartment", CASCADE, related_name="grants", db_index=False)
        ),
    ]
