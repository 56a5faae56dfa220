"""Forms for the deeds on a case. Each carries the stamp of the case as it was shown: nobody acts on an old page."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from haven.cases import work
from haven.cases.opened import OpenCase
from haven.desk.sentences import WAYS, not_now
from haven.people.models import User
from haven.people.readers import readers_of
from haven.rulebook import shelf
from haven.rulebook.routes import NOT_A_REPORT
from haven.rulebook.words import Text

LONGEST_TEXT = 100_000


def said(text: Text) -> str:
    return text.say(get_language() or "nl")


def words(label: Any, *, rows: int = 4, required: bool = True, hint: Any = "") -> forms.CharField:
    """Text of any shape: invisible characters are kept, and shown for what they are when read back."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=area, required=required, max_length=LONGEST_TEXT)


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=required, widget=widget)


def choices(field: forms.Field, lines: Iterable[tuple[str, Any]], *, empty: Any = None) -> None:
    """What can be chosen, read anew for each form: a rulebook can change. `empty`: the line for no choice."""
    if isinstance(field, forms.ChoiceField):
        field.choices = [*([("", empty)] if empty is not None else []), *lines]


def main_types() -> list[tuple[str, str]]:
    """What a case can mainly be about, when it is counted."""
    question = shelf.current().intake.counted_as("category")
    return [(option.key, said(option.name())) for option in question.options] if question else []


def colleagues(opened: OpenCase) -> list[User]:
    """Who may get this case: readers of its route. Those the reporter struck out are simply not in the list."""
    people = [one.person for one in readers_of(opened.case.route)]
    return [person for person in people if person is not None and not opened.keeps_out(person)]


class DeedForm(forms.Form):
    """`deed` is the name of the deed, in addresses and on the page."""

    deed = ""
    others: tuple[UUID, ...] = ()  # other cases that the deed changes too
    stamp = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, opened: OpenCase, initial: dict[str, Any] | None = None) -> None:
        self.opened = opened
        stamped = {"stamp": opened.case.stamp} | (initial or {})
        super().__init__(data, auto_id=f"{self.deed}-%s", initial=stamped)

    def clean(self) -> dict[str, Any]:
        if "stamp" not in self.cleaned_data:
            raise ValidationError(not_now("changed"))
        return self.cleaned_data

    @property
    def typed(self) -> list[str]:
        """The words in this form, for when it cannot be shown again."""
        return [str(self.data.get(name, "")) for name in ("text", "remark", "reason", "tags") if name in self.fields]

    def take_stamp(self) -> None:
        """The stamp as it is now, so that what was typed can be sent again."""
        if self.data:
            self.data = {**{name: self.data.get(name) for name in self.data}, "stamp": str(self.opened.case.stamp)}


class Screening(DeedForm):
    deed = "screen"
    result = forms.ChoiceField(label=_("What is the next step?"), widget=forms.RadioSelect)
    category = forms.ChoiceField(label=_("Main type, for counting"), required=False)
    remark = words(_("Remark for colleagues"), rows=2, required=False, hint=_("The reporter does not see this."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.results = [one for one in shelf.current().routes.screening if one.key != "spam"]  # has a page of its own
        choices(self.fields["result"], [(one.key, said(one.label)) for one in self.results])
        choices(self.fields["category"], main_types(), empty=_("Not yet"))


class Answer(DeedForm):
    deed = "answer"
    text = words(_("Your answer"), rows=6, hint=_("The reporter reads it in the mailbox, with your name under it."))


class Note(DeedForm):
    deed = "note"
    text = words(_("Note"), rows=3, hint=_("For colleagues who handle this case. The reporter does not see it."))


class Attempt(DeedForm):
    deed = "attempt"
    way = forms.ChoiceField(label=_("How"), choices=WAYS)
    reached = forms.ChoiceField(
        label=_("Did you reach the reporter?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    on = day_field(_("On which day"))
    remark = words(_("Remark"), rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, initial={"on": localdate()})

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > localdate():
            raise ValidationError(_("That day is still to come. Record an attempt when it was made."))
        return day


class Assignment(DeedForm):
    deed = "assign"
    to = forms.ChoiceField(label=_("Colleague"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in colleagues(self.opened)}
        to = self.fields["to"]
        if isinstance(to, forms.ChoiceField):
            to.choices = [("", _("Choose somebody")), *((key, person.name) for key, person in self.people.items())]

    def clean_to(self) -> User:
        return self.people[self.cleaned_data["to"]]


class Reveal(DeedForm):
    deed = "reveal"
    reason = words(
        _("Why do you need to know who this is?"),
        rows=2,
        hint=_("The reporter sees in the mailbox that you opened the name, on which day, and this reason."),
    )


class Closing(DeedForm):
    deed = "close"
    outcome = forms.ChoiceField(label=_("How did it end?"))
    category = forms.ChoiceField(
        label=_("What was it mainly about?"), help_text=_("Your judgement. What the reporter chose stays as it was.")
    )
    destination = forms.ChoiceField(label=_("Referred to"))
    reason = words(
        _("Remark"), rows=2, required=False, hint=_("An urgent case without any action needs a reason here.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        judged = work.assessment(kwargs["opened"].items).get("category", "")
        super().__init__(*args, **kwargs, initial={"category": judged})
        book = shelf.current()
        outcomes = [(one.key, said(one.label)) for one in book.routes.outcomes if one.key != NOT_A_REPORT]
        destinations = [(one.key, said(one.label)) for one in book.destinations()]
        for name, lines in (("outcome", outcomes), ("category", main_types()), ("destination", destinations)):
            choices(self.fields[name], lines, empty=_("Choose"))
