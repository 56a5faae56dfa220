"""Forms of the page of one complaint. Each knows its deed, and carries the stamp of the complaint as it was shown."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haven.complaints import actions, behalf, deciding, regulation
from haven.complaints.course import Told
from haven.complaints.models import Party, Seat
from haven.complaints.opened import OpenComplaint
from haven.complaints.readable import kind_of
from haven.desk.complaint_sentences import REFUSED
from haven.desk.forms import choices, day_field, said, words
from haven.desk.uploads import Sealed
from haven.rulebook.procedure import Content, Procedure, Step


class ComplaintForm(forms.Form):
    """`deed`: its name, in addresses and on the page. `name`: the line that opens it, and its button."""

    deed: str = ""
    name: Any = ""
    says: Any = ""
    done: Any = _("Recorded.")
    sides: ClassVar[frozenset[str]] = frozenset({"office", "committee"})
    takes_files: ClassVar[bool] = False
    received: Sequence[Sealed] = ()  # the files that came with it
    stamp = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, opened: OpenComplaint, initial: dict[str, Any] | None = None) -> None:
        self.opened = opened
        stamped = {"stamp": opened.row.stamp} | (initial or {})
        super().__init__(data, auto_id=f"{self.deed}-%s", initial=stamped)

    def clean(self) -> dict[str, Any]:
        if "stamp" not in self.cleaned_data:
            raise ValidationError(str(REFUSED["changed"]))
        return self.cleaned_data

    def take_stamp(self) -> None:
        """The stamp as it is now, so that what was typed can be sent again."""
        if isinstance(self.data, QueryDict):
            copy = self.data.copy()
            copy["stamp"] = str(self.opened.row.stamp)
            self.data = copy

    @property
    def rules(self) -> Procedure:
        return regulation.of(self.opened.row)

    @property
    def fits(self) -> bool:
        """Whether there is anything to choose from."""
        return True

    def carry_out(self) -> Any:
        """The deed. Raises NotNow."""
        raise NotImplementedError


def ticks(label: Any, *, required: bool = False, hint: Any = "") -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, help_text=hint, required=required, widget=widget)


def party_names(opened: OpenComplaint) -> list[tuple[str, str]]:
    """Everybody who takes part now, by name and role."""
    rules = regulation.of(opened.row)
    parties = Party.objects.present().filter(complaint=opened.row).order_by("invited_on", "pk")
    return [(str(one.pk), f"{name_of(opened, one)} ({said(rules.role(one.role).name)})") for one in parties]


def name_of(opened: OpenComplaint, party: Party) -> str:
    return str(opened.people.get(party.pk, {}).get("name", "")) or party.number


def papers_of(opened: OpenComplaint) -> list[tuple[str, str]]:
    """The papers in the file, newest first."""
    rules = regulation.of(opened.row)
    found = [one for one in opened.papers if not one.row.quarantined]
    return [(str(one.row.pk), paper_name(rules, one.kind, one.title)) for one in reversed(found)]


def paper_name(rules: Procedure, kind: str, title: str) -> str:
    """What a paper is called: its title, or the name of its kind."""
    return title or kind_of(rules, kind)


class Facts(ComplaintForm):
    deed = "facts"
    name = _("Facts that change what the rules say")
    done = _("The facts are recorded. Who may no longer know of this complaint lost every key.")
    hold = ticks(_("What is so"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self.fields["hold"], [(one.key, f"{said(one.label)} ({one.article})") for one in self.rules.facts])
        self.initial["hold"] = sorted(self.opened.facts)

    @property
    def fits(self) -> bool:
        return bool(self.rules.facts)

    def carry_out(self) -> None:
        deciding.set_facts(self.opened, self.cleaned_data["hold"])


class StepForm(ComplaintForm):
    """One step of the regulation: its contents, its choices, and what its guards ask for."""

    happened = day_field(_("On which day"))

    def __init__(self, data: Any = None, *, opened: OpenComplaint, step: Step) -> None:
        self.step, self.deed = step, f"step-{step.key}"
        super().__init__(data, opened=opened, initial={"happened": localdate()})
        self.name, self.says = said(step.name), said(step.about) if step.about else ""
        for content in step.contents:
            self.fields[f"part-{content.key}"] = self._part(content)
        self.roles = behalf.roles(opened, step)
        self._ask_what_it_needs()

    def _ask_what_it_needs(self) -> None:
        step = self.step
        if step.extends:
            self.fields["longer"] = self._longer(step.extends.up_to)
        if step.sets_day:
            self.fields["day"] = day_field(_("Which day is set"))
        if len(self.roles) > 1:
            self.fields["as_role"] = self._for_whom()
        if "hearing_valid" in step.needs:
            self.fields["present"] = self._present()
        if papers := papers_of(self.opened):
            self.fields["documents"] = self._documents(papers)

    @property
    def letters(self) -> list[tuple[str, str]]:
        """Its letters, by the name of the paper."""
        return [(key, kind_of(self.rules, key)) for key in self.step.letters]

    def _part(self, content: Content) -> forms.Field:
        label, needed = f"{said(content.name)} ({content.article})", not content.optional and content.given is None
        hint = now("Only with: %(choice)s") % {"choice": self._label(content.given)} if content.given else ""
        if not content.choices:
            return words(label, rows=3, required=needed, hint=hint)
        field = ticks(label, required=needed, hint=hint)
        field.choices = [(one.key, said(one.label)) for one in content.choices]
        return field

    def _label(self, key: str) -> str:
        every = [one for content in self.step.contents for one in content.choices]
        names = {one.key: said(one.name) for one in self.step.contents} | {one.key: said(one.label) for one in every}
        return names.get(key, key)

    def _longer(self, up_to: int | None) -> forms.Field:
        if up_to is None:
            return day_field(_("Until which day, as agreed"))
        return forms.IntegerField(label=_("How much longer"), min_value=1, max_value=up_to, help_text=self._unit(up_to))

    def _unit(self, up_to: int) -> str:
        unit = self.rules.term(self.step.extends.term).unit if self.step.extends else ""
        return now("At most %(n)d, in %(unit)s") % {"n": up_to, "unit": str(UNITS.get(unit, unit))}

    def _for_whom(self) -> forms.Field:
        lines = [(key, said(self.rules.role(key).name)) for key in self.roles]
        return forms.ChoiceField(label=_("Who took this step"), choices=lines)

    def _present(self) -> forms.Field:
        field = ticks(_("Who was there"), required=True, hint=_("The hearing is closed: nobody else was there."))
        seats = Seat.objects.admitted().filter(complaint=self.opened.row).select_related("user")
        sitting = [one for one in seats if self.rules.side(one.role) == "committee"]
        lines = [(str(one.pk), f"{one.user.name} ({said(self.rules.role(one.role).name)})") for one in sitting]
        field.choices = [*lines, *party_names(self.opened)]
        return field

    def _documents(self, papers: list[tuple[str, str]]) -> forms.Field:
        field = ticks(_("Papers of this step"), hint=_("They belong to what everybody is sent at the end."))
        field.choices = papers
        field.initial = [str(one.row.pk) for one in self.opened.papers if one.kind in self.step.letters]
        return field

    def _told(self, name: str) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data.get(name, ())]

    def carry_out(self) -> None:
        told, contents = self.cleaned_data, dict[str, str]()
        for content in self.step.contents:
            typed = told[f"part-{content.key}"]
            words_of = {content.key: typed} if typed else {}
            contents |= dict.fromkeys(typed, "") if content.choices else words_of
        longer = told.get("longer")
        actions.take_step(
            self.opened,
            self.step.key,
            Told(
                contents=contents,
                documents=self._told("documents"),
                present=self._told("present"),
                happened=told["happened"],
                more=longer if isinstance(longer, int) else 0,
                until=longer if isinstance(longer, date) else told.get("day"),
                as_role=told.get("as_role") or next(iter(self.roles), ""),
            ),
        )


UNITS = {
    "working_days": _("working days"),
    "calendar_days": _("days"),
    "weeks": _("weeks"),
    "months": _("months"),
    "years": _("years"),
}
