"""What stands on the site of what was done with input."""

from haven.voices.models import Decision, Wording

MOST = 100


def all_of_them() -> list[Wording]:
    """The newest first."""
    return list(Wording.objects.all()[:MOST])


def used_by_action() -> dict[str, list[Wording]]:
    """What was used, by the key of the action of the plan that it is in (R-003-06). Public words: they can be counted
    as they are."""
    found: dict[str, list[Wording]] = {}
    for one in Wording.objects.filter(decision=Decision.USED).exclude(action=""):
        found.setdefault(one.action, []).append(one)
    return found
