"""Why a step or a deed of a complaint is refused, as sentences; and what stands in its trail."""

from typing import Final

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haven.complaints.opened import NotNow
from haven.desk.forms import said
from haven.rulebook.course import Shut
from haven.rulebook.procedure import Procedure

REFUSED: Final = {
    "a_side_is_missing": _("One side has not been invited yet. What goes to one goes to the other at the same moment."),
    "agreed_by_sides": _("Not everybody on both sides has agreed. Ask them, or record what they answered on paper."),
    "already_past": _("Choose a day that is still to come."),
    "cannot_have_this_seat": _("This person cannot have this seat: not on the list, ruled out, or not declared yet."),
    "chair_approved": _("The chair has not approved every paper of this step. Tick the papers that were approved."),
    "changed": _("Somebody did something in this complaint meanwhile. Look at what is new, and send it again."),
    "committee_complete": _(
        "The committee is not complete: a chair or vice-chair, two members and a secretary, all with their declaration."
    ),
    "confidentiality_first": _("Confidentiality has to be accepted first."),
    "contents_missing": _("Something that this step must record is missing."),
    "day_has_passed": _("The day that this step sets has to be a day to come."),
    "day_missing": _("Choose the day that this step sets."),
    "decided_by_another": _("These complaints are decided by different bodies, and cannot be joined."),
    "discussed_before": _("The discussion has to be on record, on an earlier day."),
    "dispatch_complete": _("Not everybody on the list has been sent everything. Look at “Who gets what”."),
    "ended": _("This complaint has ended."),
    "has_a_seat": _("This person has a seat in this complaint already."),
    "for_one_side": _("The address of one side stands on this letter. To both goes a copy on which it is blacked out."),
    "frozen": _("This report is finished, and cannot be changed."),
    "hearing_valid": _(
        "A hearing counts with the secretary and two of the committee, the chair among them, and nobody from outside."
    ),
    "name_must_be_masked": _("This paper shows the name of an anonymous witness. Serve the copy without the name."),
    "hidden_name": _("The name of an anonymous witness stands in these words. Write how they are called instead."),
    "hearing_is_over": _("This hearing was held or called off already."),
    "invitation_served": _("Whoever is heard gets the invitation first, and the complaint with it: serve them."),
    "invited_agreed": _("Not everybody who is invited has permitted a recording of this hearing."),
    "kept_inside": _("A paper of this kind stays with who holds it, and goes to nobody else."),
    "masked_copy_goes": _("There is a copy of this paper with words blacked out. Serve that one."),
    "no_hearing": _("There is no such hearing."),
    "letters_served": _("Whom this step informs gets the letter of it first: draw it up and serve it."),
    "letters_with_it": _("This step is taken in writing. Put its letter in the file first, and tick it here."),
    "no_letter": _("Somebody who is invited has no new letter of invitation in the file. Draw it up first."),
    "not_decided": _("The committee has not decided to hear people in this way."),
    "not_invited": _("Choose people who are invited to this hearing, or who stand by them."),
    "not_that_time": _("Give a day to come, a place, and an end that is later than the begin."),
    "not_released": _("The overview of this year was not released yet."),
    "one_report": _("A hearing that was held has one report: a draft, then approved, then sent."),
    "served_before": _("Both sides have this paper already, as it is."),
    "no_consent": _("There is no consent for this."),
    "no_document": _("Choose papers that are in the file and that you can open."),
    "no_extension": _("The term cannot be extended like that: not so long, or not so often."),
    "no_permission": _("Choose the paper that waits, and the written permission, which is a paper of the file too."),
    "sent_already": _("This was sent already."),
    "no_such_complaint": _("No complaint with this reference can be opened by you."),
    "no_such_fact": _("The regulation does not know this fact."),
    "no_such_step": _("The regulation does not know this step."),
    "not_an_exception": _("The regulation does not let these papers go to one side only."),
    "not_finished": _("The report has to be finished first."),
    "not_for_this_role": _("The regulation does not let these papers go to this role."),
    "not_in_this_role": _("This is not for your role in this complaint."),
    "not_invoked": _("Without a request to follow the regulation this is no formal complaint."),
    "not_on_that_day": _("That day is still to come, or lies before the complaint was received."),
    "no_regulation": _("No regulation was in force on that day, or too few complaints officers have keys."),
    "not_signed": _("It is a letter of complaint when the person has signed it, and knew that it carries their name."),
    "signed_later": _("A letter is signed before it is received, or on that day."),
    "nothing_to_agree": _("There is nothing to agree on for this step."),
    "reasons_recorded": _("Write down the reasons."),
    "reports_sent": _("A hearing was held of which no report has gone to both sides. Send it first."),
    "served_both_sides": _("Serve the papers of this step on both sides first, and tick them here."),
    "still_to_come": _("That day is still to come."),
    "third_party_must_agree": _("This paper waits for the written permission of a third party."),
    "too_far": _("That day lies more than a year ahead. Look whether the year is right."),
    "year_runs": _("This year is not over yet."),
    "within_term": _("The term has passed already: it can be extended only before its last day."),
}

SHUT: Final = {
    "not_yours": _("Another role takes this step."),
    "fact": _("This does not apply, as the facts stand."),
    "ended": _("This complaint has ended."),
    "taken": _("This was done already."),
}

FLAGS: Final = {
    "long_ago": _("It lies longer ago than the regulation allows. The committee judges."),
    "left_long_ago": _("The complainant left longer ago than the regulation allows. The committee judges."),
    "legal_procedure": _("There is or was a legal procedure about the same."),
    "earlier_complaint": _("There was an earlier complaint about the same."),
    "anonymous": _("The letter has no name."),
}
LACKS: Final = {
    "name": _("The letter lacks the name of the complainant."),
    "description": _("The letter lacks what happened."),
    "defendants": _("The letter lacks whom it is about."),
    "steps_taken": _("The letter lacks which steps were taken."),
}


def refused(why: NotNow, rules: Procedure | None = None) -> str:
    """With `rules` also which steps are missing, where order is what refuses."""
    if rules and isinstance(why.says, Shut):
        return why_shut(rules, why.says)
    return str(REFUSED.get(str(why), _("This is not possible now.")))


def why_shut(rules: Procedure, shut: Shut) -> str:
    """In one sentence, with the names of the steps that are missing or in the way."""
    if shut.why in SHUT:
        return str(SHUT[shut.why])
    names = ", ".join(f"“{said(rules.step(key).name)}”" for key in shut.steps)
    if shut.why == "shut":
        return now("No longer possible after %(steps)s.") % {"steps": names}
    if shut.why == "part":
        return now("Depends on what is recorded in %(steps)s.") % {"steps": names}
    return now("First comes %(steps)s.") % {"steps": names}
