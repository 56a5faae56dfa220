from datetime import date
from typing import Any

from django.db import migrations, models


def count_from_today(apps: Any, _schema_editor: Any) -> None:
    """Who is suspended already has left; on which day is not known."""
    apps.get_model("people", "User").objects.filter(is_active=False).update(left_on=date.today())


class Migration(migrations.Migration):
    dependencies = [("people", "0002_tried")]

    operations = [
        migrations.AddField(model_name="user", name="left_on", field=models.DateField(null=True)),
        migrations.RunPython(count_from_today, migrations.RunPython.noop),
    ]
