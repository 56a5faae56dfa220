"""The forms of a confidential counsellor. What is chosen from is the rulebook's; what is written is for one person."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from haven.counsel.opened import OpenNotification, Payload
from haven.counsel.peers import fellows
from haven.desk.forms import choices, day_field, main_types, said, words
from haven.people.readers import RouteReader
from haven.rulebook import shelf
from haven.rulebook.consent import NOWHERE
from haven.rulebook.routes import NOT_A_REPORT

HOW: Final = [("meeting", _("In person")), ("phone", _("By telephone")), ("writing", _("In writing"))]
NO_END_OF_A_TALK: Final = frozenset({NOT_A_REPORT, "withdrawn"})


def audiences() -> list[tuple[str, str]]:
    return [(one.key, said(one.name)) for one in shelf.current().audiences]


def destinations() -> list[tuple[str, str]]:
    """Where somebody can be pointed to. To point is to say it: nothing goes there."""
    return [(one.key, said(one.label)) for one in shelf.current().destinations() if one.key != NOWHERE]


def outcomes() -> list[tuple[str, str]]:
    return [(one.key, said(one.label)) for one in shelf.current().routes.outcomes if one.key not in NO_END_OF_A_TALK]


def label_of(key: object, lines: Iterable[tuple[str, str]]) -> str:
    """The name of what was chosen; the key itself when the rulebook no longer has it."""
    return dict(lines).get(str(key), str(key)) if key else ""


def next_day() -> forms.DateField:
    return day_field(_("Next talk"), required=False, hint=_("The day, if you agreed one."))


class TakeDown(forms.Form):
    own = forms.BooleanField(
        label=_("It is about what this person has been through themselves"),
        help_text=_("For what somebody saw or heard of others, point to the contact point."),
        error_messages={"required": _("A notification is about somebody's own experience. Tick this if it is.")},
    )
    agrees = forms.BooleanField(
        label=_("The person knows that I keep notes, and agrees"),
        error_messages={"required": _("Ask first. Without their word you keep no notes.")},
    )
    audience = forms.ChoiceField(label=_("Who is it?"), required=False)
    category = forms.ChoiceField(label=_("What is it mainly about?"), help_text=_("For the annual figures."))
    also = forms.MultipleChoiceField(label=_("And also about"), required=False, widget=forms.CheckboxSelectMultiple)
    about = words(_("What did you talk about?"), rows=6)
    support = words(_("Support you gave, and options you discussed"), rows=4, required=False)
    next = next_day()
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("Only if they want it kept. Sealed apart from the notes."),
    )
    reach = forms.CharField(label=_("How to reach them"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self.fields["audience"], audiences(), empty=_("Not said"))
        choices(self.fields["category"], main_types(), empty=_("Choose"))
        choices(self.fields["also"], main_types())

    @property
    def told(self) -> Payload:
        """What is sealed with the notes. The name is not."""
        known = {name: self.cleaned_data[name] for name in ("audience", "category", "also", "about", "support")}
        return known | {"next": iso(self.cleaned_data["next"])}

    @property
    def notifier(self) -> Payload:
        return {name: self.cleaned_data[name].strip() for name in ("name", "reach")}


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


class DeedForm(forms.Form):
    """A form on the page of one notification. `deed`: its name, in addresses and on the page."""

    deed = ""

    def __init__(self, data: Any = None, *, opened: OpenNotification) -> None:
        self.opened = opened
        super().__init__(data, auto_id=f"{self.deed}-%s")


class Note(DeedForm):
    deed = "note"
    text = words(_("Note"), rows=4)
    next = next_day()
    pointed = forms.ChoiceField(label=_("Pointed to"), required=False, help_text=_("You say it; nothing goes there."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self.fields["pointed"], destinations(), empty=_("Nobody"))

    @property
    def told(self) -> Payload:
        known = {name: self.cleaned_data[name] for name in ("text", "pointed")}
        return known | {"next": iso(self.cleaned_data["next"])}


class Name(DeedForm):
    deed = "name"
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    reach = forms.CharField(label=_("How to reach them"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = dict(self.opened.notifier)


class Ask(DeedForm):
    deed = "ask"
    to = forms.ChoiceField(label=_("Fellow counsellor"))
    text = words(
        _("Extract"),
        rows=6,
        hint=_(
            "Write only what your fellow needs. No names, no function or unit, no date: nothing that tells who it is."
        ),
    )
    sure = forms.BooleanField(
        label=_("I read it again: nobody can be recognised"),
        error_messages={"required": _("Read the extract again, and tick that nobody can be recognised.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.person.pk): one for one in fellows(self.opened.by) if one.person}
        choices(self.fields["to"], [(key, one.name) for key, one in self.people.items()], empty=_("Choose"))

    def clean_to(self) -> RouteReader:
        return self.people[self.cleaned_data["to"]]


class Agree(DeedForm):
    deed = "agree"
    text = words(_("What may be told"), rows=6, hint=_("Read it to the person. This is what the contact point gets."))
    on = day_field(_("On which day did they agree?"))
    how = forms.ChoiceField(label=_("How did they agree?"), choices=HOW, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"on": localdate()}

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > localdate():
            raise ValidationError(_("That day is still to come."))
        return day

    @property
    def told(self) -> Payload:
        return self.cleaned_data | {"on": iso(self.cleaned_data["on"])}


class Close(DeedForm):
    deed = "end"
    outcome = forms.ChoiceField(label=_("How did it end?"))
    destination = forms.ChoiceField(label=_("Pointed to"), help_text=_("For the annual figures."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self.fields["outcome"], outcomes(), empty=_("Choose"))
        choices(self.fields["destination"], [(NOWHERE, _("Nobody")), *destinations()])
        self.initial = {"destination": (self.opened.pointed_to or [NOWHERE])[-1]}


class Again(DeedForm):
    deed = "again"


class Say(forms.Form):
    text = words(_("Your advice, or your question"), rows=4, hint=_("No names here either."))


class Search(forms.Form):
    words = forms.CharField(label=_("Search your notifications"), max_length=200, required=False)
