"""Deeds on a hearing that takes place: held, reported, recorded."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.complaints import hearings, sitting
from haven.complaints.documents import Draft
from haven.complaints.hearings import APPROVED, DRAFT, PLANNED, SENT, WAS_HELD, Hearing
from haven.complaints.models import Party, Seat
from haven.desk.complaint_forms import ComplaintForm, party_names, ticks
from haven.desk.complaint_people_forms import LANGUAGES
from haven.desk.forms import choices, said, words
from haven.desk.hearing_forms import MAY_WE, CallOff, HearingForm, Move, Plan, SendInvitation


class Hold(HearingForm):
    deed = "hearing_hold"
    name = _("Record that a hearing was held")
    says = _("With the secretary and enough of the committee, the chair among them, as the regulation asks.")
    states = frozenset({SENT})
    present = ticks(_("Who was there"), required=True, hint=_("The hearing is closed: nobody else was there."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = Seat.objects.admitted().filter(complaint=self.opened.row).select_related("user")
        sitting_ = [one for one in seats if self.rules.side(one.role) == "committee"]
        lines = [(str(one.pk), f"{one.user.name} ({said(self.rules.role(one.role).name)})") for one in sitting_]
        invited = {who for one in self.meant for who in one.to}
        rows = Party.objects.present().filter(complaint=self.opened.row).select_related("supports")
        able = {str(one.pk) for one in rows if {one.pk.hex, one.supports.pk.hex if one.supports else ""} & invited}
        choices(self.fields["present"], [*lines, *(one for one in party_names(self.opened) if one[0] in able)])

    @property
    def fits(self) -> bool:
        return self.writes and super().fits

    def carry_out(self) -> None:
        sitting.hold(self.opened, self.key, [UUID(one) for one in self.cleaned_data["present"]])


class Report(HearingForm):
    deed = "hearing_report"
    name = _("Write the report of a hearing")
    says = _(
        "A draft for the committee. The chair approves it; then it goes to both parties. A new draft takes its place."
    )
    done = _("The draft lies with the committee. The chair has to approve it.")
    takes_files: ClassVar[bool] = True
    title = forms.CharField(label=_("Title"), max_length=200)
    text = words(_("What was said"), rows=8)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def is_meant(self, one: Hearing) -> bool:
        held = hearings.state(self.opened, one) == WAS_HELD
        return held and hearings.report_state(self.opened, one.key) in {"", DRAFT}

    @property
    def fits(self) -> bool:
        return self.writes and super().fits

    def carry_out(self) -> None:
        told = self.cleaned_data
        draft = Draft(
            kind="", title=told["title"], text=told["text"], language=told["language"], files=tuple(self.received)
        )
        sitting.report(self.opened, self.key, draft)


class ApproveReport(HearingForm):
    deed = "hearing_approve"
    name = _("Approve the report of a hearing")
    says = _("From then on everybody who handles this complaint reads it, and the secretary can send it.")
    done = _("Approved. The secretary can send it.")

    def is_meant(self, one: Hearing) -> bool:
        return hearings.report_state(self.opened, one.key) == DRAFT

    @property
    def fits(self) -> bool:
        return self.rules.presides(self.opened.seat.role) and super().fits

    def carry_out(self) -> None:
        sitting.approve_report(self.opened, self.key)


class SendReport(HearingForm):
    deed = "hearing_send_report"
    name = _("Send the report of a hearing")
    says = _("To both parties at one moment, for information. A witness gets the report of the own hearing only.")
    done = _("Sent to both parties at the same moment.")

    def is_meant(self, one: Hearing) -> bool:
        return hearings.report_state(self.opened, one.key) == APPROVED

    @property
    def fits(self) -> bool:
        return self.writes and super().fits

    def carry_out(self) -> None:
        sitting.send_report(self.opened, self.key)


class AskRecording(HearingForm):
    deed = "hearing_ask_recording"
    name = _("Ask whether a hearing may be recorded")
    says = _(
        "Everybody who is invited is asked, and answers in their own door. One no is enough: then nothing is recorded."
    )
    done = _("Everybody who is invited is asked.")
    states = frozenset({PLANNED, SENT})
    text = words(_("The question"), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["text"] = MAY_WE

    def is_meant(self, one: Hearing) -> bool:
        return hearings.form_of(self.opened, one).records is not None and super().is_meant(one)

    def carry_out(self) -> None:
        sitting.ask_permission(self.opened, self.key, self.cleaned_data["text"])


class KeepRecording(HearingForm):
    deed = "hearing_recording"
    name = _("Keep the recording of a hearing")
    says = _("Only the committee and its secretary can play it. Nobody else is ever given it.")
    done = _("The recording is kept, sealed to the committee.")
    takes_files: ClassVar[bool] = True
    title = forms.CharField(label=_("Title"), max_length=200)

    def is_meant(self, one: Hearing) -> bool:
        return hearings.may_be_kept(self.opened, one)

    @property
    def fits(self) -> bool:
        return self.writes and super().fits

    def clean(self) -> dict[str, Any]:
        if not self.received:
            self.add_error(None, str(_("Add the file of the recording.")))
        return super().clean()

    def carry_out(self) -> None:
        sitting.keep_recording(self.opened, self.key, self.received, title=self.cleaned_data["title"])


HEARINGS: Sequence[type[ComplaintForm]] = (
    SendInvitation,
    Hold,
    Report,
    ApproveReport,
    SendReport,
    Plan,
    Move,
    CallOff,
    AskRecording,
    KeepRecording,
)
