import django.db.models.deletion
import haven.cases.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("reference", models.CharField(default=haven.cases.models.new_reference, max_length=12, unique=True)),
                ("route", models.CharField(max_length=40)),
                ("rulebook", models.CharField(max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Waiting for screening"),
                            ("open", "Being handled"),
                            ("filed", "Filed for analysis"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn by the reporter"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("urgent", models.BooleanField(default=False)),
                ("received_on", models.DateField()),
                ("contact_due", models.DateField(null=True)),
                ("contacted_on", models.DateField(null=True)),
                ("screened_on", models.DateField(null=True)),
                ("reply_waiting", models.BooleanField(default=False)),
                ("stamp", models.PositiveIntegerField(default=1)),
                ("closed_on", models.DateField(null=True)),
                ("forget_on", models.DateField(null=True)),
                (
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "contact_due"], name="case_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_on__isnull", False),
                                ("forget_on__isnull", False),
                                ("state__in", ("closed", "withdrawn")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("closed", "withdrawn")), _negated=True),
                                ("closed_on__isnull", True),
                                ("forget_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="case_ends_with_a_day_to_forget",
                    )
                ],
            },
        ),
    ]
