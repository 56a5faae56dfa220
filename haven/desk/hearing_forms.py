"""Deeds on a hearing that is to come: set, invited to, moved, called off."""

from datetime import date, time
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from haven.complaints import convening, documents, hearings, sitting
from haven.complaints.convening import When
from haven.complaints.hearings import PLANNED, SENT, Hearing
from haven.complaints.models import Party
from haven.complaints.opened import OpenComplaint
from haven.desk.complaint_forms import ComplaintForm, paper_name, party_names, ticks
from haven.desk.complaint_people_forms import LANGUAGES
from haven.desk.forms import choices, day_field, said, words
from haven.desk.hearing_letters import drawn, redrawn
from haven.ui.templatetags.ui import day as day_in_words

COMMITTEE = frozenset({"committee"})


def named(opened: OpenComplaint, one: Hearing) -> str:
    """A hearing in a list to choose from."""
    return f"{day_in_words(one.day)}, {one.begins:%H:%M}: {said(hearings.form_of(opened, one).name)}"


def clock(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class WhenForm(ComplaintForm):
    sides = COMMITTEE
    day = day_field(_("Day"))
    begins = clock(_("Begins at"))
    ends = clock(_("Ends at"))
    place = forms.CharField(label=_("Place"), max_length=200, help_text=_("It stands in calendars that others see."))

    @property
    def when(self) -> When:
        told = self.cleaned_data
        day: date = told["day"]
        begins: time = told["begins"]
        ends: time = told["ends"]
        return When(day=day, begins=begins, ends=ends, place=str(told["place"]))


class Plan(WhenForm):
    """With it a letter for everybody who is invited is put in the file, to be looked at before it goes."""

    deed = "hearing_plan"
    name = _("Set a hearing")
    says = _("A letter for everybody who is invited comes in the file, to be read before it goes. Nobody is told yet.")
    done = _("The hearing is set, and the letters lie in the file. Read them, then send the invitation.")
    form = forms.ChoiceField(label=_("How people are heard"))
    whom = ticks(_("Who is heard, where it is not everybody"))
    papers = ticks(_("What goes along besides the complaint"), hint=_("To both sides; their letters list it."))
    language = forms.ChoiceField(label=_("Language of the letters"), choices=LANGUAGES)
    recording = forms.BooleanField(label=_("Ask them whether it may be recorded"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forms = convening.open_forms(self.opened)
        choices(self.fields["form"], [(one.key, f"{said(one.name)} ({one.article})") for one in self.forms])
        roles = {role for one in self.forms if not one.whole for role in one.hears}
        able = {str(one.pk) for one in Party.objects.as_role(*roles).filter(complaint=self.opened.row)}
        lines = [one for one in party_names(self.opened) if one[0] in able]
        choices(self.fields["whom"], lines)
        choices(self.fields["papers"], self._along())
        self.initial["papers"] = [key for key, _name in self._along()]
        for name in ("whom", "papers"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]  # both are choices
                del self.fields[name]

    def _along(self) -> list[tuple[str, str]]:
        """The file as it is now: what both sides may be given, and not their own letters."""
        apart = {kind for rule in self.rules.exceptions for kind in rule.documents}
        apart |= {kind for one in self.forms for kinds in one.encloses.values() for kind in kinds}
        apart |= {kind.key for kind in self.rules.papers if kind.within}
        masked = {one.row.masks_id for one in self.opened.papers}
        fit = [one for one in self.opened.papers if not one.row.quarantined and one.row.pk not in masked]
        lines = [one for one in fit if one.kind not in apart]
        return [(str(one.row.pk), paper_name(self.rules, one.kind, one.title)) for one in lines]

    @property
    def fits(self) -> bool:
        return bool(self.forms)

    def carry_out(self) -> None:
        told = self.cleaned_data
        whom, papers = ([UUID(one) for one in told.get(name, ())] for name in ("whom", "papers"))
        one = convening.plan(self.opened, told["form"], self.when, whom=whom, documents=papers)
        for draft in drawn(self.opened, one, told["language"], recording=told["recording"]):
            documents.file_document(self.opened, draft)
        if told["recording"]:
            with override(told["language"]):
                sitting.ask_permission(self.opened, one.key, str(MAY_WE))


MAY_WE = _("May we record this hearing, to write the report? Only the committee and its secretary can play it.")


class HearingForm(ComplaintForm):
    """Of one hearing, among those in one of `states`."""

    sides = COMMITTEE
    states: ClassVar[frozenset[str]] = frozenset()
    hearing = forms.ChoiceField(label=_("Which hearing"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meant = [one for one in hearings.hearings(self.opened) if self.is_meant(one)]
        lines = [(one.key, named(self.opened, one)) for one in self.meant]
        choices(self.fields["hearing"], lines, empty=_("Choose") if len(lines) > 1 else None)

    def is_meant(self, one: Hearing) -> bool:
        return hearings.state(self.opened, one) in self.states

    @property
    def fits(self) -> bool:
        return bool(self.meant)

    @property
    def key(self) -> str:
        return str(self.cleaned_data["hearing"])

    @property
    def writes(self) -> bool:
        """Whether this person is the secretary of the committee."""
        committee = self.rules.committee
        return committee is not None and self.opened.seat.role == committee.secretary


class SendInvitation(HearingForm):
    deed = "hearing_send"
    name = _("Send the invitation")
    says = _("One dispatch: to each their letter, and to both sides the complaint and what goes along, at one moment.")
    done = _("Sent. Everybody who is invited can open it from this moment, with an appointment for their calendar.")
    states = frozenset({PLANNED})

    def carry_out(self) -> None:
        convening.send(self.opened, self.key)


class Move(HearingForm, WhenForm):
    deed = "hearing_move"
    name = _("Move a hearing")
    says = _("Everybody who was invited reads the new time at the same moment, and gets a new letter.")
    done = _("Moved. Everybody who is invited reads it, and can take the change into their calendar.")
    states = frozenset({PLANNED, SENT})
    why = words(_("Why"), rows=2, hint=_("Everybody who is invited reads this."))

    def carry_out(self) -> None:
        """The letters are drawn anew; and sent, when the invitation was: the last letter says when it is."""
        moved = convening.move(self.opened, self.key, self.when, why=self.cleaned_data["why"])
        for draft in redrawn(self.opened, moved):
            documents.file_document(self.opened, draft)
        if moved.sent_on:
            convening.send_again(self.opened, self.key)


class CallOff(HearingForm):
    deed = "hearing_call_off"
    name = _("Call a hearing off")
    says = _("Everybody who was invited reads it at the same moment.")
    done = _("Called off. Everybody who was invited reads it.")
    states = frozenset({PLANNED, SENT})
    why = words(_("Why"), rows=2, hint=_("Everybody who is invited reads this."))

    def carry_out(self) -> None:
        convening.call_off(self.opened, self.key, why=self.cleaned_data["why"])
