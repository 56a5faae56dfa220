"""What the draft of a month's update begins with: what moved, what comes, what others do. In one language; an editor
makes the words good."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from haven.pages.models.action import State
from haven.pages.models.initiative import Initiative
from haven.pages.models.planned import Planned, in_force
from haven.pages.models.update import UpdateIndexPage, UpdatePage
from haven.pages.models.version import Version, VersionChange

type Block = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Drafted:
    happening: Sequence[Block]
    coming: Sequence[Block]
    highlights: Sequence[Block]

    @property
    def quiet(self) -> bool:
        return not (self.happening or self.coming or self.highlights)


def drafted(index: UpdateIndexPage, month: date) -> Drafted:
    """What was promised stands first (R-003-16): what moved since the update before, or is expected at another time."""
    earlier = [one for one in index.published() if one.month < month]
    since = earlier[0].on if earlier else month
    every = sorted(in_force(), key=lambda one: not (one.row and one.row.promised))
    moved = [one for one in every if one.latest and one.latest.on > since and one.state != State.NOT_STARTED]
    later = _other_window(since)
    coming = [one for one in every if one not in moved and (one.state == State.NOT_STARTED or _promised(one, later))]
    told = {line.value["initiative"] for update in earlier for line in update.highlights}
    fresh = Initiative.objects.filter(highlighted=True).exclude(key__in=told)
    return Drafted([_moved(one) for one in moved], [_coming(one) for one in coming], [_shown(one) for one in fresh])


def _other_window(since: date) -> set[str]:
    """Actions that a version changed since then, and with it when they are expected."""
    changed: set[str] = set()
    for one in VersionChange.objects.filter(version__on__gt=since, kind="changed").select_related("version"):
        before = Version.objects.get(number=one.version.number - 1)
        if before.actions[one.action]["window"] != one.version.actions[one.action]["window"]:
            changed.add(one.action)
    return changed


def _promised(one: Planned, later: Iterable[str]) -> bool:
    return bool(one.row and one.row.promised) and one.key in later


def _moved(one: Planned) -> Block:
    said = one.latest.says if one.latest else ""
    if not said:
        far = _("%(percent)s per cent") % {"percent": one.percent} if one.percent else ""
        said = ", ".join(filter(None, [f"{one.told['title']}: {str(one.label).lower()}", far])) + "."
    return _line(said, action=one.key)


def _coming(one: Planned) -> Block:
    return _line(f"{one.told['title']}: {one.told['window']}.", action=one.key)


def _shown(one: Initiative) -> Block:
    return _line(f"{one.title}. {one.text}", initiative=one.key)


def _line(text: str, action: str = "", initiative: str = "") -> Block:
    return "line", {"text": format_html("<p>{}</p>", text), "action": action, "initiative": initiative}


def of_month(index: UpdateIndexPage, month: date) -> UpdatePage | None:
    """The update of this month, also while it is a draft."""
    found: UpdatePage | None = UpdatePage.objects.child_of(index).filter(month=month).first()
    return found
