"""What stands on the site of what was done with input."""

from haven.voices.models import Wording

MOST = 100


def all_of_them() -> list[Wording]:
    """The newest first."""
    return list(Wording.objects.all()[:MOST])


def for_action(key: str) -> list[Wording]:
    """What was done with input that belongs to one action of the plan (R-003-06)."""
    return list(Wording.objects.filter(action=key)[:MOST])
