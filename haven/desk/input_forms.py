"""The forms of who handles input from people. What is chosen from is the rulebook's."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from haven.desk.forms import choices, day_field, said, words
from haven.rulebook import shelf
from haven.voices.collecting import Said, open_rounds
from haven.voices.models import Decision, PlanLine, Round
from haven.voices.opened import OpenInput


class DeedForm(forms.Form):
    """A form on the page of one input. `deed`: its name, in addresses and on the page."""

    deed = ""

    def __init__(self, data: Any = None, *, opened: OpenInput) -> None:
        self.opened = opened
        super().__init__(data, auto_id=f"{self.deed}-%s")


class Answer(DeedForm):
    deed = "answer"
    text = words(
        _("Your answer"),
        rows=7,
        hint=_("It goes as an ordinary mail, which others may read. Do not repeat what was asked; name nobody."),
    )


class Decide(DeedForm):
    deed = "decide"
    decision = forms.ChoiceField(label=_("Can we use it?"), choices=Decision, widget=forms.RadioSelect)
    how = words(_("How, or why not"), rows=3)
    when = forms.CharField(label=_("When"), max_length=200, required=False)
    action = forms.ChoiceField(
        label=_("Action of the plan"), required=False, help_text=_("The action to which it belongs, if any.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = dict(self.opened.decided)
        known = PlanLine.objects.all().titles(get_language() or "nl")
        own = self.initial.get("action")
        known |= {own: own} if own and own not in known else {}
        choices(self.fields["action"], list(known.items()), empty=_("None"))

    @property
    def told(self) -> dict[str, Any]:
        return self.cleaned_data | {"decision": Decision(self.cleaned_data["decision"])}


class Propose(DeedForm):
    deed = "propose"
    nl = forms.CharField(
        label=_("Title in Dutch"),
        max_length=200,
        help_text=_("Your own words. Who makes the plan sees this title and nothing else."),
    )
    en = forms.CharField(label=_("Title in English"), max_length=200)


class Word(DeedForm):
    deed = "word"
    nl = words(_("In Dutch"), rows=4, hint=_("Your own words. Quote nobody, and name no person or unit."))
    en = words(_("In English"), rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = dict(self.opened.wording)


class Publish(DeedForm):
    deed = "publish"
    sure = forms.BooleanField(
        label=_("I read it: nobody can be recognised in it"),
        error_messages={"required": _("Read it again, and tick that nobody can be recognised.")},
    )


class Enter(forms.Form):
    source = forms.ChoiceField(label=_("Where was it said?"))
    kind = forms.ChoiceField(label=_("What is it?"))
    round = forms.ChoiceField(label=_("Question it answers"), required=False)
    words = words(_("What came out"), rows=6, hint=_("In your own words. Name nobody."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules, language = shelf.current().voices, get_language() or "nl"
        choices(self.fields["source"], [(one.key, said(one.label)) for one in rules.sources], empty=_("Choose"))
        choices(self.fields["kind"], [(one.key, said(one.label)) for one in rules.kinds], empty=_("Choose"))
        rounds = [(str(one.pk), one.nl if language.startswith("nl") else one.en) for one in open_rounds()]
        choices(self.fields["round"], rounds, empty=_("None"))

    @property
    def said(self) -> Said:
        return Said(language=get_language() or "nl", **self.cleaned_data)


class OpenRound(forms.ModelForm):  # type: ignore[type-arg]  # a generic in the stubs only
    nl = words(_("Question in Dutch"), rows=3)
    en = words(_("Question in English"), rows=3)
    unit = forms.ChoiceField(label=_("For which unit?"), required=False)
    opens_on = day_field(_("First day"))
    closes_on = day_field(_("Last day"))

    class Meta:
        model = Round
        fields = ["nl", "en", "unit", "opens_on", "closes_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(one.key, said(one.name)) for one in shelf.current().institution.units]
        choices(self.fields["unit"], units, empty=_("Everybody"))

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("opens_on"), self.cleaned_data.get("closes_on")
        if first and last and last < first:
            raise ValidationError(_("The last day comes before the first."))
        return self.cleaned_data
