"""Keys of rules and of trail lines, as sentences for the people of the desk."""

from typing import Final

from django.utils.translation import gettext_lazy as _

NOT_NOW: Final = {
    "ended": _("This case has ended. Nothing can be added to it any more."),
    "only_anonymous_and_not_urgent_is_filed": _(
        "Only an anonymous report without urgency can be filed. Choose another result: somebody may be waiting for us."
    ),
    "not_a_reader": _("This person cannot read this case, and so cannot handle it."),
    "before_the_report": _("That day is before the report came in. Check the date."),
    "no_key": _("You do not hold the key to this name. Only the one person whom the reporter chose can open it."),
    "not_screened": _("This case was not screened yet. Screen it first; then it can be closed."),
    "urgent_needs_an_action": _(
        "This case is urgent and nothing was recorded yet. Record what was done, or say here why nothing had to be."
    ),
    "cannot_be_endorsed": _("This person made no keys yet, or was not proposed for this team, or is you yourself."),
    "read_outside": _("This team is read outside Haven. Nobody here can get a key to its reports."),
    "endorsed_already": _("You confirmed this key already. Somebody else has to be the second."),
    "not_a_reader_yourself": _("Only a present reader of this team can confirm a key for it."),
    "not_of_this_team": _("Only a present reader of this team can say that somebody reads no longer."),
    "same_kind": _("The case has this kind already."),
    "linked_already": _("These two belong together already, or are one and the same."),
    "not_linked": _("These two are not linked any more."),
    "not_to_come": _("Choose a day that is still to come."),
    "not_closed": _("This case is not closed, or it ended in a way that cannot be undone."),
    "too_late_to_reopen": _("Its words are destroyed today. It cannot be opened again."),
    "not_an_adviser": _("This person cannot be given this case. Choose somebody from the list."),
    "adviser_has_it": _("This adviser has the case already."),
    "adviser_without_keys": _("The keys of this adviser are not confirmed yet, so nothing can be sealed to them."),
    "adviser_without_training": _(
        "This adviser has no valid training today, so the case stays where it is. Choose somebody else."
    ),
    "adviser_away": _("This adviser is away today. Choose the deputy or somebody else."),
    "only_the_team_gives": _("Only who reads for this team can give its cases to an adviser."),
    "no_adviser": _("No adviser has this case."),
    "destination_needs_consent": _(
        "You want to count this case as referred, but nothing says that the reporter agreed. Ask for consent, record "
        "what they said by telephone or in person, or record that you told them where to go. Or choose “Not referred”."
    ),
    "still_to_come": _("That day is still to come. Record it when it has happened."),
    "summary_missing": _("Write the summary that would go. The reporter reads it before they answer."),
    "not_a_team": _("This cannot go there in this way. Choose another recipient."),
    "not_a_place": _("This goes to a team that works with Haven: seal it for them, nothing has to be taken out."),
    "too_few_readers": _(
        "Too few people of that team may read this, without those the reporter struck out. Choose another recipient."
    ),
    "name_held_by_another": _(
        "The reporter agreed that the name goes along, but you do not hold the key to it. "
        "Only the one person whom the reporter chose can do this."
    ),
    "no_consent": _("There is no consent for this now: it was not given, or was taken back. Nothing was handed over."),
    "nothing_to_stop": _("This was refused or taken back already."),
    "no_task": _("This was done already, or is not wanted any more."),
    "second_person": _("You proposed this yourself. Somebody else who reads this case has to agree."),
    "decided_already": _("Somebody decided on this already."),
    "told_already": _("The reporter has been told already."),
    "no_ground": _("This ground is not in the rulebook any more. Propose it again with another one."),
    "review_too_late": _("Choose a day to look again: after today, and within the days that the ground allows."),
    "choose_who_reads": _("Too few people would be left to read this. Choose first who reads in your place."),
    "nobody_reads_instead": _(
        "Too few people would be left to read this, and there is nobody who could read in your place."
    ),
    "proposed_already": _("This was proposed or agreed already. Wait for the answer, or for the last day."),
    "extended_already": _("The term was made longer already, or is over. That can be done once, in time."),
    "who_not_checked": _("Write first how and on which day it was checked who asks. Without that no answer is sent."),
    "nobody_asked": _("Choose at least one person to ask."),
    "day_missing": _("Choose a day on which you look again: this decision holds only until then."),
    "changed": _(
        "This case changed since you opened the page: a colleague, the reporter, or you yourself in another window. "
        "What you typed is still here. Look at what is new above, then send it again."
    ),
}

DID: Final = {
    "report.received": _("The report came in"),
    "case.opened": _("Opened"),
    "case.screened": _("Screened"),
    "case.assigned": _("Assigned to a colleague"),
    "case.given": _("Given to an adviser"),
    "case.taken_back": _("Taken back from the adviser"),
    "case.shared": _("A colleague was given access too"),
    "case.rekeyed": _("New keys made, because somebody left the team"),
    "case.stepped_back": _("Stepped back from this case"),
    "case.noted": _("Internal note written"),
    "case.contacted": _("Contact attempt recorded"),
    "case.closed": _("Closed"),
    "case.withdrawn": _("Withdrawn by the reporter"),
    "case.acted": _("Action recorded"),
    "case.kind_changed": _("Kind changed"),
    "case.assessed": _("Main type named"),
    "case.worked": _("Links, tags or reminder changed"),
    "case.reopened": _("Reopened"),
    "case.forgotten": _("Words destroyed"),
    "identity.revealed": _("Name of the reporter opened"),
    "identity.waits": _("The reporter was told that who may open the name is away"),
    "identity.given": _("The reporter said who they are"),
    "reply.sent": _("Answer sent to the reporter"),
    "message.received": _("Message from the reporter"),
    "file.opened": _("File opened"),
    "consent.asked": _("Asked the reporter for consent"),
    "consent.recorded": _("Recorded a consent given in person or by telephone"),
    "consent.given": _("The reporter agreed"),
    "consent.refused": _("The reporter did not agree"),
    "consent.stopped": _("Consent taken back"),
    "case.referred.team": _("Sealed for another team what was agreed"),
    "case.referred.place": _("Took out what was agreed, for somebody elsewhere"),
    "case.signposted": _("Told the reporter where to go"),
    "referral.opened": _("Opened by the other team"),
    "referral.given_back": _("Given back by somebody of the other team"),
    "handover.done": _("Introduced the reporter"),
    "risk.proposed": _("Proposed to disclose a risk"),
    "risk.declined": _("A second person did not agree to disclose a risk"),
    "risk.disclosed": _("A second person agreed to disclose a risk"),
    "risk.reviewed": _("Looked again at telling the reporter of a risk"),
    "aftercare.asked": _("Proposed to ask later how the reporter is"),
    "aftercare.answered": _("The reporter answered whether to be asked later"),
    "aftercare.stopped": _("The reporter does not want to be asked later"),
    "aftercare.done": _("Asked how the reporter is"),
    "privacy.enquired": _("Asked people of another team whether something is kept"),
    "privacy.answered": _("Somebody of another team answered whether something is kept"),
    "case.looked": _("Looked at what the reporter told or asked later"),
    "case.term_extended": _("A term made longer"),
    "case.day_come": _("A day to look at the case has come"),
    "original.opened": _("Original of a file opened"),
    "case.printed": _("Page to print opened"),
    "case.exported": _("Exported as PDF"),
    "case.redacted": _("Redacted copy made"),
}

ADVISER_TOLD: Final = {
    "adviser": _("The reporter was told that an adviser was asked to help, and which function this person has."),
    "adviser_left": _("The reporter was told that the adviser no longer handles this."),
    "name_gone": _("The reporter was told that nobody can open the name any more, and can tell it again."),
    "name_waits": _("The reporter was told that the one who could open the name left the team, and can tell it again."),
    "name_away": _("The reporter was told that who may open the name is away, and can tell it again."),
    "given_back": _("The reporter was told that somebody of the other team gave back what was referred."),
    "all_given_back": _("The reporter was told that nobody of the other team can read what was referred any more."),
    "reads_instead": _(
        "The reporter was told that somebody reads in place of a colleague, and which function this is."
    ),
}

SCREENED: Final = {
    "file": _("Filed for analysis"),
    "urgent": _("Urgent"),
    "assign": _("Assign to a colleague"),
    "other": _("Something else"),
    "spam": _("Not a message for us (spam)"),
}

LINKED: Final = {
    "together": _("It is about the same"),
    "lost_code": _("The reporter wrote before and lost the code"),
}

WAYS: Final = [
    ("phone", _("By telephone")),
    ("mail", _("By mail")),
    ("mailbox", _("Through the mailbox")),
    ("meeting", _("In person")),
    ("none", _("No way to reach the reporter")),
]


CONCERNS: Final = {
    "disadvantage": _("A reporter tells of being disadvantaged"),
    "privacy": _("A request about personal data"),
    "check_in": _("Ask how a reporter is"),
}

STAGES: Final = {
    "asked": _("Waits for the reporter"),
    "refused": _("Refused"),
    "given": _("Agreed"),
    "withdrawn": _("Taken back"),
    "done": _("Handed over"),
    "ended": _("Handed over, then ended"),
    "returned": _("Handed over, then given back"),
    "told": _("Told where to go"),
}

RISK_STAGES: Final = {
    "proposed": _("Waits for a second person"),
    "declined": _("Not agreed"),
    "untold": _("Disclosed, reporter not told yet"),
    "told": _("Disclosed, reporter told"),
}


def not_now(key: str) -> str:
    return str(NOT_NOW.get(key, _("That cannot be done now.")))
