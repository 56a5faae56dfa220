"""The forms of consent, referral and risk. What is chosen from is what the case holds now."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from haven.cases import agreed, risk
from haven.cases.agreed import SLOT, Consent, Scope, Stage
from haven.cases.consent import Request, Spoken, open_tasks
from haven.cases.opened import OpenCase
from haven.desk.forms import DeedForm, day_field, said, words
from haven.rulebook import shelf
from haven.rulebook.consent import NOWHERE, PLACE, SUMMARY, TEAM, WHOLE
from haven.rulebook.words import Listed
from haven.vault import sealing
from haven.vault.handover import is_recipient

type Choices = list[tuple[str, Any]]

YES_NO: Final = [("yes", _("Yes")), ("no", _("No"))]
SPOKEN: Final = [("phone", _("By telephone")), ("meeting", _("In person"))]


def yes_no(label: Any, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, widget=forms.RadioSelect, required=required)


def recipients(opened: OpenCase) -> Choices:
    """Other teams of this house, and every place elsewhere."""
    book = shelf.current()
    others = [one for one in book.routes if one.key != opened.case.route and not one.outside]
    teams = [(f"{TEAM}:{one.key}", said(one.team_name)) for one in others]
    places = [(f"{PLACE}:{one.key}", said(one.label)) for one in book.destinations() if one.key != NOWHERE]
    return [("", _("Choose")), (str(_("Teams that read it here")), teams), (str(_("Elsewhere")), places)]


def name_of(one: Consent) -> str:
    return said(shelf.current().recipient(one.asked["way"], one.to))


def consents(opened: OpenCase) -> list[Consent]:
    return agreed.fold(opened.of("replies", SLOT))


def labelled(entries: Iterable[Listed]) -> Choices:
    return [("", _("Choose")), *((one.key, said(one.label)) for one in entries)]


class Choosing(DeedForm):
    """A form that is about one of several: `which` names it. Without anything to choose from there is no form."""

    which = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = self.candidates()
        self.fields["which"].choices = self.there  # type: ignore[attr-defined]  # it is a field of choices

    def candidates(self) -> Choices:
        raise NotImplementedError

    def of(self, fits: Callable[[Consent], bool]) -> Choices:
        return [(one.id, name_of(one)) for one in consents(self.opened) if fits(one)]


class Ask(DeedForm):
    deed = "ask"
    recipient = forms.ChoiceField(label=_("To whom would it go?"))
    purpose = forms.ChoiceField(label=_("For what?"))
    what = forms.ChoiceField(
        label=_("What would go?"),
        choices=[(SUMMARY, _("A summary that you write here")), (WHOLE, _("Everything they answered in the report"))],
        widget=forms.RadioSelect,
        initial=SUMMARY,
    )
    text = words(
        _("The summary"),
        rows=5,
        required=False,
        hint=_("The reporter reads it before they answer, and can choose it instead of the whole report."),
    )
    with_name = forms.BooleanField(label=_("With name and contact details"), required=False)
    with_files = forms.BooleanField(label=_("With the files that are here now"), required=False)
    how = forms.ChoiceField(
        label=_("How does the reporter decide?"),
        choices=[("mailbox", _("In the mailbox: ask them there")), ("phone", _("They agreed by telephone")),
                 ("meeting", _("They agreed in person"))],
        widget=forms.RadioSelect,
        initial="mailbox",
    )  # fmt: skip
    on = day_field(_("If they agreed already: on which day?"), required=False)
    handover = yes_no(_("If they agreed already: do they want you to introduce them?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].choices = recipients(self.opened)  # type: ignore[attr-defined]
        self.fields["purpose"].choices = labelled(shelf.current().routes.consent)  # type: ignore[attr-defined]
        if not sealing.has(self.opened.case.pk, "identity"):
            del self.fields["with_name"]
        if not self.opened.files:
            del self.fields["with_files"]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("what") == SUMMARY and not told.get("text", "").strip():
            self.add_error("text", _("Write the summary that would go. The reporter reads it before they answer."))
        if told.get("how") != "mailbox":
            for name in ("on", "handover"):
                if not told.get(name):
                    self.add_error(name, _("Fill this in: the reporter sees it in the mailbox."))
        return told

    @property
    def request(self) -> Request:
        told = self.cleaned_data
        way, _colon, to = told["recipient"].partition(":")
        scope = Scope(told["what"], bool(told.get("with_name")), bool(told.get("with_files")))
        return Request(purpose=told["purpose"], way=way, to=to, scope=scope, summary=told["text"])

    @property
    def spoken(self) -> Spoken | None:
        told = self.cleaned_data
        if told["how"] == "mailbox":
            return None
        return Spoken(how=told["how"], day=told["on"], handover=told["handover"] == "yes")


class Refer(Choosing):
    deed = "refer"
    which = forms.ChoiceField(label=_("To which team?"))

    def candidates(self) -> Choices:
        return self.of(lambda one: one.to_team and one.stage is Stage.GIVEN)


class HandOver(Choosing):
    deed = "hand_over"
    which = forms.ChoiceField(label=_("For whom?"))
    form = forms.ChoiceField(
        label=_("In which form?"),
        choices=[("age", _("A locked package, with the files")), ("print", _("A page to print, without the files"))],
        widget=forms.RadioSelect,
        initial="age",
    )
    key = forms.CharField(
        label=_("Their public key"),
        required=False,
        max_length=100,
        help_text=_("Begins with age1. Leave it empty when it is in the rulebook. Compare it with them by telephone."),
    )

    def candidates(self) -> Choices:
        return self.of(lambda one: not one.to_team and one.stage in {Stage.GIVEN, Stage.DONE})

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        told["key"] = "".join(told.get("key", "").split()) or self._known_key()
        if told.get("form") == "age" and not is_recipient(told["key"]):
            self.add_error("key", _("This is not a public key of age. Ask them for the line that begins with age1."))
        return told

    def _known_key(self) -> str:
        to = next((one.to for one in consents(self.opened) if one.id == self.cleaned_data.get("which")), "")
        provisions = shelf.current().provisions
        return (provisions[to].age_key or "") if to in provisions else ""


class Stop(Choosing):
    deed = "stop"
    which = forms.ChoiceField(label=_("Which one?"))
    how = forms.ChoiceField(label=_("How did they say so?"), choices=SPOKEN, widget=forms.RadioSelect)

    def candidates(self) -> Choices:
        return self.of(lambda one: one.live)


class Signpost(DeedForm):
    deed = "signpost"
    to = forms.ChoiceField(label=_("Where can they go?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [one for one in shelf.current().destinations() if one.key != NOWHERE]
        self.fields["to"].choices = labelled(places)  # type: ignore[attr-defined]


class Introduced(Choosing):
    deed = "introduced"
    which = forms.ChoiceField(label=_("To whom?"))
    on = day_field(_("On which day were you together?"))
    remark = words(_("Remark for colleagues"), rows=2, required=False, hint=_("The reporter does not see this."))

    def candidates(self) -> Choices:
        wanted = {task["id"] for task in open_tasks(self.opened)}
        return self.of(lambda one: one.id in wanted)


class Silence(DeedForm):
    """Whether the reporter is told, and if not yet, why and until when."""

    tell = yes_no(_("Is the reporter told at once?"))
    reason = words(_("If not yet: why would telling raise the risk?"), rows=2, required=False)
    review_on = day_field(_("If not yet: on which day do you look again?"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("tell") == "no" and not (told.get("reason", "").strip() and told.get("review_on")):
            self.add_error("reason", _("Not telling needs a reason, and a day on which you look again."))
        if told.get("review_on") and told["review_on"] <= localdate():
            self.add_error("review_on", _("Choose a day after today."))
        return told

    @property
    def why_silent(self) -> str:
        return str(self.cleaned_data["reason"]) if self.cleaned_data["tell"] == "no" else ""

    @property
    def again_on(self) -> date | None:
        found: date | None = self.cleaned_data["review_on"]
        return found if self.why_silent else None


class Risk(Silence):
    deed = "risk"
    text = words(_("What is the risk, and for whom?"), rows=3, hint=_("The reporter reads this when they are told."))
    ground = forms.ChoiceField(label=_("On which ground?"))
    to = forms.ChoiceField(label=_("Who has to know?"))
    field_order = ("text", "ground", "to", "tell", "reason", "review_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        book = shelf.current()
        urgent = [Listed(key=one.key, label=one.name) for one in book.provisions.emergencies()]
        places = [*urgent, *(one for one in book.destinations() if one.key != NOWHERE)]
        self.fields["ground"].choices = labelled(book.routes.risk_grounds)  # type: ignore[attr-defined]
        self.fields["to"].choices = labelled(places)  # type: ignore[attr-defined]


def risks(opened: OpenCase, *stages: risk.Stage) -> list[risk.Disclosure]:
    return [one for one in risk.fold(opened.of("internal", risk.SLOT)) if one.stage in stages]


def ground_of(one: risk.Disclosure) -> str:
    grounds = {ground.key: said(ground.label) for ground in shelf.current().routes.risk_grounds}
    key = str(one.proposed["ground"])
    return grounds.get(key, key)


class Second(Choosing):
    deed = "second"
    which = forms.ChoiceField(label=_("Which one?"))
    agree = yes_no(_("Do you agree that this has to be disclosed?"))
    remark = words(_("Remark"), rows=2, required=False)

    def candidates(self) -> Choices:
        open_ = risks(self.opened, risk.Stage.PROPOSED)
        return [(one.id, ground_of(one)) for one in open_ if one.proposed["by_id"] != self.opened.by.pk]


class Review(Choosing, Silence):
    deed = "review"
    which = forms.ChoiceField(label=_("Which one?"))
    field_order = ("which", "tell", "reason", "review_on")

    def candidates(self) -> Choices:
        return [(one.id, ground_of(one)) for one in risks(self.opened, risk.Stage.UNTOLD)]
