import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Row",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("quarter", models.CharField(max_length=6)),
                ("kind", models.CharField(max_length=20)),
                ("category", models.CharField(max_length=40)),
                ("audience", models.CharField(max_length=40)),
                ("capacity", models.CharField(max_length=40)),
                ("channel", models.CharField(max_length=20)),
                ("mode", models.CharField(max_length=20)),
                ("outcome", models.CharField(max_length=40)),
                ("destination", models.CharField(max_length=40)),
                ("contact_in_time", models.BooleanField(null=True)),
            ],
        ),
    ]
