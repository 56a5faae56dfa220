"""The forms of a request about personal data: a longer term, and a decision for each person who is named."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from haven.cases.privacy import PRIVACY, Decided
from haven.desk.aftercare_forms import LaterForm
from haven.desk.forms import choices, day_field, said, words
from haven.desk.sentences import not_now
from haven.rulebook import shelf


class PrivacyForm(LaterForm):
    which = forms.ChoiceField(label=_("Which request"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        requests = [one for one in self.later.open_concerns if one.kind == PRIVACY]
        choices(self.fields["which"], [(one.id, date_format(one.day, "j F Y")) for one in requests])
        self.there = bool(requests)


class Extend(PrivacyForm):
    deed = "extend"
    reason = words(
        _("Why more time is needed"),
        rows=2,
        hint=_("Who asked reads this. Write nothing that tells whether something is kept about anybody."),
    )


class Decide(PrivacyForm):
    deed = "decide"
    name = forms.CharField(label=_("Person who is named"), max_length=200)
    decision = forms.ChoiceField(label=_("Decision"))
    reason = words(_("Why"), rows=2, hint=_("For colleagues. The reporter does not see it."))
    review_on = day_field(_("Look again on"), required=False)
    mark = forms.CharField(
        label=_("To recognise it by on that day"),
        max_length=200,
        required=False,
        help_text=_(
            "Only you open it, in your own list. It stays until you looked again, also when this case is gone."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self.fields["decision"], [(one.key, said(one.label)) for one in shelf.current().privacy.decisions])

    def clean(self) -> dict[str, Any]:
        kind = shelf.current().privacy.decision(self.cleaned_data.get("decision", ""))
        if kind and kind.look_again and not self.cleaned_data.get("review_on"):
            self.add_error("review_on", not_now("day_missing"))
        return super().clean()

    @property
    def decided(self) -> Decided:
        return Decided(**{key: self.cleaned_data[key] for key in ("name", "decision", "reason", "review_on", "mark")})
