"""Forms for sorting out what came in: actions, kind, main type, links, tags, reminders, reopening."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from haven.cases import work
from haven.cases.models import Case
from haven.cases.opened import OpenCase, open_case
from haven.cases.triage import kinds
from haven.desk.forms import DeedForm, choices, day_field, main_types, said, words
from haven.desk.sentences import LINKED
from haven.rulebook import shelf
from haven.rulebook.roles import Right

MOST_TAGS, LONGEST_TAG = 10, 30


class Action(DeedForm):
    deed = "act"
    action = forms.ChoiceField(label=_("What was done"))
    on = day_field(_("On which day"))
    text = words(_("Remark"), rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, initial={"on": localdate()})
        lines = [(one.key, said(one.label)) for one in shelf.current().routes.actions]
        choices(self.fields["action"], lines, empty=_("Choose"))

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > localdate():
            raise ValidationError(_("That day is still to come. Record an action when it was done."))
        return day


class KindOfCase(DeedForm):
    deed = "kind"
    kind = forms.ChoiceField(label=_("What it is now"))
    reason = words(_("Why"), rows=2, hint=_("For colleagues. The reporter sees the new kind in the mailbox, not this."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = self.opened.head.get("kind")
        lines = [(one.key, said(one.label)) for one in kinds() if one.key != present]
        choices(self.fields["kind"], lines, empty=_("Choose"))


class Assessment(DeedForm):
    deed = "assess"
    category = forms.ChoiceField(
        label=_("Main type, for counting"), help_text=_("Your judgement. What the reporter chose stays as it was.")
    )
    remark = words(_("Remark"), rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self.fields["category"], main_types(), empty=_("Choose"))


class OtherCase(DeedForm):
    """Names another case by its reference. One that is not there and one without a key are one answer."""

    other = forms.CharField(
        label=_("Reference of the other case"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_other(self) -> OpenCase:
        letters = "".join(one for one in self.cleaned_data["other"].upper() if one.isalnum())
        try:
            found = open_case(f"{letters[:4]}-{letters[4:]}", keyring=self.opened.keyring, by=self.opened.by)
        except Case.DoesNotExist:
            raise ValidationError(_("You can open no case with this reference. Look whether it is right.")) from None
        self.others = (found.case.pk,)
        return found


class Link(OtherCase):
    deed = "link"
    about = forms.ChoiceField(label=_("Why they belong together"), choices=list(LINKED.items()))


class Unlink(OtherCase):
    deed = "unlink"


class Tags(DeedForm):
    deed = "tag"
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=400,
        help_text=_("With commas between them. Colleagues who can open this case see them, and find it by them."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, initial={"tags": ", ".join(work.tags(kwargs["opened"].items))})

    def clean_tags(self) -> tuple[str, ...]:
        written = (" ".join(one.split()) for one in self.cleaned_data["tags"].split(","))
        tags = tuple(dict.fromkeys(filter(None, written)))
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            raise ValidationError(_("At most ten tags, of at most thirty characters each."))
        return tags


class Reminder(DeedForm):
    deed = "remind"
    on = day_field(_("Look again on"))
    text = words(_("What for"), rows=2, required=False, hint=_("Colleagues who can open this case can read it."))


class Reopening(DeedForm):
    deed = "reopen"
    reason = words(_("Why it goes on"), rows=2)


TRIAGE: Final[Mapping[str, tuple[Right, type[DeedForm]]]] = {
    "act": (Right.RECORD_ATTEMPT, Action),
    "kind": (Right.SCREEN, KindOfCase),
    "assess": (Right.SCREEN, Assessment),
    "link": (Right.NOTE, Link),
    "unlink": (Right.NOTE, Unlink),
    "tag": (Right.NOTE, Tags),
    "remind": (Right.NOTE, Reminder),
    "reopen": (Right.CLOSE, Reopening),
}
