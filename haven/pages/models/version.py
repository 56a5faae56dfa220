"""Versions of the plan. What an editor changes in an action is public with the next one, with a day and a reason."""

from typing import Any, ClassVar, Final, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from haven.pages import plan
from haven.pages.models.action import Action, State
from haven.pages.models.pairs import InLanguage, a_line, a_text, both

KINDS: Final = {"added": _("Added"), "changed": _("Changed"), "dropped": _("Dropped")}


def as_it_is() -> dict[str, dict[str, Any]]:
    """The actions as editors have them now, in their order."""
    rows = Action.objects.select_related("component", "unit").prefetch_related("findings", "history")
    return {one.key: _stood(one) for one in rows}


def _stood(action: Action) -> dict[str, Any]:
    kept: dict[str, Any] = {name: both(action, name) for name in plan.WORDS}
    kept |= {"component": action.component.key, "unit": action.unit.key, "priority": action.priority}
    kept |= {"targets": action.targets, "findings": sorted(one.key for one in action.findings.all())}
    return kept | {"dropped": action.state == State.DROPPED}


class Version(models.Model):
    number = models.PositiveSmallIntegerField(unique=True)
    on = models.DateField(_("day"))
    title_nl, title_en = a_line(_("title"))
    reason_nl, reason_en = a_text(_("why the plan changed"))
    actions: Any = models.JSONField()

    title, reason = InLanguage(), InLanguage()

    class Meta:
        verbose_name = _("version of the plan")
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @classmethod
    def newest(cls) -> Self | None:
        return cls.objects.order_by("-number").first()


class VersionChange(models.Model):
    """Why one action changed. It holds on to the key of the action only, which may be gone."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="changes")
    action = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    reason_nl, reason_en = a_line(_("reason"), 300)

    reason = InLanguage()

    class Meta:
        verbose_name = _("change of the plan")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.action}: {self.kind}"


def waiting() -> list[plan.Change]:
    """What differs from the newest version, and so is not public yet."""
    newest = Version.newest()
    return plan.changes(newest.actions if newest else {}, as_it_is())
