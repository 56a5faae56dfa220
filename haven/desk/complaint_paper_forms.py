"""Papers of a complaint: filed, approved, served, permitted; what both sides are asked; and what was told outside."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.complaints import agreeing, disclosing, dispatching, documents, handing, joined, regulation, serving
from haven.complaints.documents import EVERYBODY, Draft
from haven.complaints.models import COURSE, Complaint, Seat
from haven.complaints.opened import NotNow, open_complaint
from haven.complaints.readable import kind_of
from haven.desk.complaint_forms import ComplaintForm, papers_of, party_names, ticks
from haven.desk.complaint_people_forms import LANGUAGES, OFFICE, party_of
from haven.desk.forms import choices, day_field, said, words
from haven.rulebook.procedure import Step

WITHIN = {"everybody": EVERYBODY, "committee": ("committee",)}
STEP = "dispatch_complete"
"""The guard of the step before which everybody has to have been sent everything."""


class File(ComplaintForm):
    deed = "file"
    name = _("Add a paper to the file")
    done = _("The paper is in the file. Nobody outside was given it.")
    sides = frozenset({"office", "committee", "decider"})
    kind = forms.ChoiceField(label=_("What it is"))
    title = forms.CharField(label=_("Title"), max_length=200)
    text = words(_("Its words"), rows=8, required=False, hint=_("Or add it as a file below."))
    takes_files = True
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    within = forms.ChoiceField(label=_("For whom"))
    third_party = forms.BooleanField(
        label=_("It holds information of somebody who is no party"),
        required=False,
        help_text=_("Then it waits apart until there is their written permission."),
    )
    about = forms.ChoiceField(label=_("Is it of one witness or other party?"), required=False)
    masks = forms.ChoiceField(label=_("Is it the copy without a name, and of which paper?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = {str(one.row.pk): one.row for one in documents.with_a_hidden_name(self.opened)}
        lines = [one for one in papers_of(self.opened) if one[0] in self.named]
        choices(self.fields["masks"], lines, empty=_("No"))
        if not lines:
            del self.fields["masks"]
        kinds = dict.fromkeys([*(one.key for one in self.rules.papers), "statement", "report", "other"])
        choices(self.fields["kind"], [(key, kind_of(self.rules, key)) for key in kinds if self._is_filed(key)])
        every = [("everybody", _("Everybody who handles this complaint"))]
        own = [("committee", _("A draft, for the committee only"))]
        committee = self.rules.side(self.opened.seat.role) == "committee"
        choices(self.fields["within"], [*own, *every] if committee else every)
        choices(self.fields["about"], party_names(self.opened), empty=_("No"))

    def _is_filed(self, kind: str) -> bool:
        """A letter comes by itself; a recording with the hearing that it is of."""
        return kind != "letter" and not regulation.within(self.rules, kind)

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("text") and not self.received:
            self.add_error("text", _("Write its words, or add a file."))
        return super().clean()

    def carry_out(self) -> None:
        told = dict(self.cleaned_data)
        about, within = told.pop("about"), WITHIN[told.pop("within")]
        told.pop("stamp")
        told["masks"] = self.named.get(told.get("masks", ""))
        whom = party_of(self.opened.row.pk, about) if about else None
        documents.file_document(self.opened, Draft(**told, about=whom, within=within, files=tuple(self.received)))


class Approve(ComplaintForm):
    """By the chair; with it the draft becomes a paper that everybody who handles the complaint can read."""

    deed = "approve"
    name = _("Approve a paper")
    says = _("From then on everybody who handles this complaint reads it, and it can be served.")
    done = _("Approved, and open to everybody who handles this complaint.")
    sides = frozenset({"committee"})
    paper = forms.ChoiceField(label=_("Paper"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {str(UUID(one.payload["document"])) for one in self.opened.of(COURSE, "approved")}
        self.lines = [one for one in papers_of(self.opened) if one[0] not in there]
        choices(self.fields["paper"], self.lines, empty=_("Choose"))

    @property
    def fits(self) -> bool:
        return bool(self.lines) and regulation.of(self.opened.row).presides(self.opened.seat.role)

    def carry_out(self) -> None:
        paper = UUID(self.cleaned_data["paper"])
        documents.approve(self.opened, paper)
        documents.release(self.opened, paper)


class Serve(ComplaintForm):
    deed = "serve"
    name = _("Serve papers")
    says = _("Both sides get the same at the same moment. Where the regulation makes an exception, choose it below.")
    done = _("Served. Whoever was given it can open it from this moment.")
    papers = ticks(_("Which papers"), required=True)
    how = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = papers_of(self.opened)
        choices(self.fields["papers"], self.lines)
        kinds = {one.kind for one in self.opened.papers}
        rules = [one for one in self.rules.exceptions if kinds & set(one.documents)]
        apart = [(one.key, f"{said(one.name)} ({one.article})") for one in rules]
        choices(self.fields["how"], [("both", _("Both sides, in one dispatch")), *apart])
        self.initial["how"] = "both"

    @property
    def fits(self) -> bool:
        return bool(self.lines)

    def carry_out(self) -> None:
        how, papers = self.cleaned_data["how"], [UUID(one) for one in self.cleaned_data["papers"]]
        serving.serve(self.opened, papers, exception="" if how == "both" else how)


class Hand(ComplaintForm):
    deed = "hand"
    name = _("Hand papers to a management council")
    says = _("They get these papers and nothing else of this complaint, as far as the regulation allows it.")
    done = _("Handed over. They can open these papers from this moment.")
    sides = frozenset({"office", "decider"})
    seat = forms.ChoiceField(label=_("To whom"))
    papers = ticks(_("Which papers"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = Seat.objects.admitted().filter(complaint=self.opened.row).select_related("user")
        self.rows = {str(one.pk): one for one in seats if self.rules.side(one.role) == "other"}
        roles = {one.role for one in self.rows.values()}
        kinds = {kind for role in roles for kind in regulation.kinds_for(self.rules, role)}
        fitting = {str(one.row.pk) for one in self.opened.papers if one.kind in kinds}
        self.lines = [one for one in papers_of(self.opened) if one[0] in fitting]
        choices(self.fields["seat"], [(key, one.user.name) for key, one in self.rows.items()])
        choices(self.fields["papers"], self.lines)

    @property
    def fits(self) -> bool:
        return bool(self.lines)

    def carry_out(self) -> None:
        seat, papers = self.rows[self.cleaned_data["seat"]], [UUID(one) for one in self.cleaned_data["papers"]]
        handing.hand(self.opened, seat, papers)


class Permit(ComplaintForm):
    deed = "permit"
    name = _("Record that a third party agreed")
    done = _("The paper is part of the file now.")
    sides = OFFICE
    paper = forms.ChoiceField(label=_("The paper that waits"))
    permission = forms.ChoiceField(label=_("Their written permission, a paper of the file"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = [(str(one.row.pk), one.title) for one in self.opened.papers if one.row.quarantined]
        choices(self.fields["paper"], self.waiting)
        choices(self.fields["permission"], papers_of(self.opened), empty=_("Choose"))

    @property
    def fits(self) -> bool:
        return bool(self.waiting)

    def carry_out(self) -> None:
        documents.admit(self.opened, UUID(self.cleaned_data["paper"]), UUID(self.cleaned_data["permission"]))


class Sent(ComplaintForm):
    deed = "sent"
    name = _("Record what was sent on paper")
    sides = OFFICE
    role = forms.ChoiceField(label=_("To whom"))
    how = forms.CharField(label=_("How, or why there is nobody"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [(one.role, said(self.rules.role(one.role).name)) for one in self._waiting()]
        choices(self.fields["role"], self.lines)

    def _waiting(self) -> list[dispatching.Recipient]:
        step = last_of(self)
        return [one for one in dispatching.waiting(self.opened, step) if one.party is None] if step else []

    @property
    def fits(self) -> bool:
        return bool(self.lines)

    def carry_out(self) -> None:
        dispatching.record_sent(self.opened, self.cleaned_data["role"], how=self.cleaned_data["how"])


def last_of(form: ComplaintForm) -> Step | None:
    """The step with which a complaint is closed when everybody has everything."""
    return next((one for one in form.rules.steps if STEP in one.needs), None)


class AskBoth(ComplaintForm):
    deed = "ask_sides"
    name = _("Ask both sides whether they agree")
    done = _("Everybody on both sides is asked, at the same moment.")
    what = forms.ChoiceField(label=_("To what"))
    text = words(_("The question"), rows=3)
    until = day_field(_("Until which day"), required=False, hint=_("For a longer term."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [(one.key, said(one.name)) for one in self.rules.steps if "agreed_by_sides" in one.needs]
        choices(self.fields["what"], self.lines)

    @property
    def fits(self) -> bool:
        return bool(self.lines)

    def carry_out(self) -> None:
        told = self.cleaned_data
        agreeing.ask(self.opened, told["what"], told["text"], until=told["until"])


class RecordAnswer(ComplaintForm):
    deed = "record_answer"
    name = _("Record an answer that came on paper")
    sides = OFFICE
    question = forms.ChoiceField(label=_("To which question"))
    party = forms.ChoiceField(label=_("Of whom"))
    agrees = forms.ChoiceField(label=_("Answer"), choices=(("yes", _("Agrees")), ("no", _("Does not agree"))))
    how = forms.CharField(label=_("How it came"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [(one.id, f"{said(self.rules.step(one.step).name)}: {one.text[:80]}") for one in self._asked()]
        choices(self.fields["question"], self.asked)
        choices(self.fields["party"], party_names(self.opened), empty=_("Choose"))

    def _asked(self) -> list[agreeing.Question]:
        return agreeing.questions(self.opened)

    @property
    def fits(self) -> bool:
        return bool(self.asked)

    def carry_out(self) -> None:
        told = self.cleaned_data
        party = party_of(self.opened.row.pk, told["party"])
        agrees = told["agrees"] == "yes"
        agreeing.record_answer(self.opened, told["question"], party, agrees=agrees, how=told["how"])


class Disclose(ComplaintForm):
    deed = "disclose"
    name = _("Record what was told to a physician or to justice")
    says = _("They are exempt from confidentiality. Haven hands nothing over by itself.")
    sides = OFFICE
    to = forms.ChoiceField(label=_("To"), choices=(("physician", _("A physician")), ("justice", _("Justice"))))
    whom = forms.CharField(label=_("To whom exactly"), max_length=200)
    what = words(_("What was told"), rows=3)

    def carry_out(self) -> None:
        told = self.cleaned_data
        disclosing.disclose(self.opened, told["to"], whom=told["whom"], what=told["what"])


class Join(ComplaintForm):
    deed = "join"
    name = _("Join with another complaint")
    says = _("About the same matter, of another complainant. Each stays a complaint of its own; one hearing can do.")
    done = _("Joined.")
    sides = frozenset({"committee"})
    reference = forms.CharField(label=_("Reference of the other complaint"), max_length=12)

    def carry_out(self) -> None:
        other = self.cleaned_data["reference"].strip().upper()
        try:
            second = open_complaint(other, keyring=self.opened.keyring, by=self.opened.by)
        except Complaint.DoesNotExist:
            raise NotNow("no_such_complaint") from None
        joined.join(self.opened, second)
