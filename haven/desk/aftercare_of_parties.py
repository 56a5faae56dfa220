"""Aftercare of the parties of a complaint: its form, and what the page shows of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.complaints import aftercare
from haven.desk.complaint_forms import ComplaintForm, name_of
from haven.desk.forms import choices, day_field, said, words


class Aftercare(ComplaintForm):
    deed = "aftercare"
    name = _("Aftercare: write down what was agreed")
    says = _("For both sides alike, also after the end. Only the complaints officers read it.")
    sides = frozenset({"office"})
    party = forms.ChoiceField(label=_("With whom"))
    text = words(_("What was offered or agreed"), rows=3)
    look_on = day_field(_("Ask again on"), required=False, hint=_("Leave it empty when nothing more is needed."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(one.pk): one for one in self.opened.row.parties.order_by("invited_on", "pk")}
        lines = [
            (key, f"{name_of(self.opened, one)} ({said(self.rules.role(one.role).name)})")
            for key, one in self.rows.items()
        ]
        choices(self.fields["party"], lines, empty=_("Choose"))

    def carry_out(self) -> None:
        told = self.cleaned_data
        aftercare.give(self.opened, self.rows[told["party"]], told["text"], look_on=told["look_on"])
