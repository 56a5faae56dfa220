"""The pages of the information site that are to appear or to go on a day. Only where the editor is: see decision 25."""

from django.apps import apps
from django.core.management import call_command


def publish_what_is_due() -> None:
    """What an editor set a day for. A clock without the zone of the site leaves it to one that has it."""
    if apps.is_installed("wagtail"):
        call_command("publish_scheduled", verbosity=0)
