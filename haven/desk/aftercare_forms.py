"""The forms of afterwards: propose to ask how somebody is, record that it was asked, look at what was told later."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from haven.cases import afterwards
from haven.cases.afterwards import Concern, Later
from haven.cases.models import State
from haven.cases.opened import OpenCase
from haven.cases.privacy import PRIVACY
from haven.desk.forms import DeedForm, choices, day_field, said, words
from haven.desk.sentences import CONCERNS, WAYS
from haven.rulebook import shelf

HOW = [
    ("mailbox", _("Ask in the mailbox")),
    ("phone", _("The reporter agreed by telephone")),
    ("meeting", _("The reporter agreed in person")),
]
SPOKEN = [("phone", _("By telephone")), ("meeting", _("In person"))]
LINE = _("The reporter reads it in the mailbox, with your name under it.")


def later_of(opened: OpenCase) -> Later:
    return afterwards.fold(opened.items)


def moments() -> dict[str, str]:
    return {one.key: said(one.label) for one in shelf.current().aftercare.check_ins}


class LaterForm(DeedForm):
    """A form about what is to come. `there`: whether it has anything to be about."""

    there = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.later = later_of(self.opened)


class CheckIns(LaterForm):
    """One box for each moment, so that a form that is shown again keeps what was ticked."""

    deed = "check_ins"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in moments().items():
            self.fields[f"at_{key}"] = forms.BooleanField(label=label, required=False)
        self.fields["how"] = forms.ChoiceField(label=_("How"), choices=HOW, widget=forms.RadioSelect, initial="mailbox")
        self.there = self.later.can_propose(self.opened.case.closed_on)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key in moments() if self.cleaned_data.get(f"at_{key}"))

    def clean(self) -> dict[str, Any]:
        if not self.keys:
            raise forms.ValidationError(_("Choose at least one moment."))
        return super().clean()


class NoCheckIns(LaterForm):
    deed = "no_check_ins"
    how = forms.ChoiceField(label=_("How they said it"), choices=SPOKEN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = self.later.plan is not None and (self.later.plan.waits or self.later.plan.agreed)


class Checked(LaterForm):
    deed = "checked"
    which = forms.ChoiceField(label=_("Which moment"))
    way = forms.ChoiceField(label=_("How"), choices=WAYS)
    reached = forms.ChoiceField(
        label=_("Did you reach the reporter?"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )
    remark = words(_("Remark for colleagues"), rows=2, required=False, hint=_("The reporter does not see this."))
    text = words(_("Message to the reporter"), rows=3, required=False, hint=LINE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days, labels = self.later.days(self.opened.case.closed_on), moments()
        lines = [(key, f"{labels.get(key, key)}: {date_format(day, 'j F Y')}") for key, day in days.items()]
        choices(self.fields["which"], lines)
        self.there = bool(lines)


class LookAt(LaterForm):
    deed = "look_at"
    which = forms.ChoiceField(label=_("What the reporter told or asked"))
    remark = words(_("What you did"), rows=3, hint=_("For colleagues. The reporter does not see it."))
    neutral = forms.ChoiceField(
        label=_("Begin the answer with"),
        required=False,
        help_text=_("A text of the rulebook that never tells whether something is kept."),
    )
    how_checked = forms.ChoiceField(label=_("Identity of the requester checked: how"), required=False)
    checked_on = day_field(_("Identity of the requester checked: day"), required=False)
    text = words(_("Your answer"), rows=4, required=False, hint=LINE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [(one.id, f"{name_of(one)}, {date_format(one.day, 'j F Y')}") for one in self.later.open_concerns]
        choices(self.fields["which"], lines)
        self.fixed = {one.key: one for one in shelf.current().privacy.answers}
        if any(one.kind == PRIVACY for one in self.later.open_concerns):
            texts = [(key, said(one.label)) for key, one in self.fixed.items()]
            choices(self.fields["neutral"], texts, empty=_("None"))
            ways = [(one.key, said(one.label)) for one in shelf.current().privacy.checks]
            choices(self.fields["how_checked"], ways, empty=_("Not checked yet"))
        else:
            for name in ("neutral", "how_checked", "checked_on"):
                del self.fields[name]
        self.there = bool(lines)

    @property
    def asks_who(self) -> bool:
        """Whether this is no answer yet, but a question who it is."""
        fixed = self.fixed.get(self.cleaned_data.get("neutral", ""))
        return bool(fixed and fixed.asks_who)

    @property
    def checked(self) -> dict[str, str]:
        """How and when it was checked who asks; empty when one of the two is missing."""
        how, day = self.cleaned_data.get("how_checked"), self.cleaned_data.get("checked_on")
        return {"how": how, "day": day.isoformat()} if how and day else {}

    def clean_checked_on(self) -> date | None:
        day: date | None = self.cleaned_data["checked_on"]
        if day and day > localdate():
            raise forms.ValidationError(_("That day is still to come."))
        return day

    @property
    def answer(self) -> str:
        """The fixed text in the language of the reporter, then the own words."""
        language = str(self.opened.head.get("language", "nl"))
        fixed = self.fixed.get(self.cleaned_data.get("neutral", ""))
        parts = [fixed.text.say(language) if fixed else "", self.cleaned_data["text"]]
        return "\n\n".join(part for part in parts if part.strip())


def name_of(one: Concern) -> str:
    """What it is; of a request that was made in the mailbox also which right it names."""
    rights = {right.key: said(right.label) for right in shelf.current().privacy.rights}
    right = rights.get(str(one.asked.get("right", "")), "")
    return f"{CONCERNS[one.kind]}: {right}" if right else str(CONCERNS[one.kind])


def fits(form: LaterForm) -> bool:
    """What was withdrawn has no words left, so nothing can be said to the reporter."""
    return form.there and form.opened.case.state != State.WITHDRAWN
