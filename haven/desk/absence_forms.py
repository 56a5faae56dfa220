"""The form for a colleague who is away for a while. Why is not asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.desk.forms import day_field
from haven.people.models import Profile


class AbsenceForm(forms.Form):
    away_from = day_field(
        _("Away from"), required=False, hint=_("Leave both days open when this person is back. Why is not asked.")
    )
    away_until = day_field(
        _("Away until"), required=False, hint=_("The last day. Leave it open if you do not know yet.")
    )

    def __init__(self, data: Any = None, *, absence: Profile) -> None:
        super().__init__(data, initial={"away_from": absence.away_from, "away_until": absence.away_until})

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        first, last = told.get("away_from"), told.get("away_until")
        if last and (first is None or last < first):
            self.add_error("away_until", _("The last day is before the first. Check both."))
        return told
