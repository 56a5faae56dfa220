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
    "identity.given": _("The reporter said who they are"),
    "reply.sent": _("Answer sent to the reporter"),
    "message.received": _("Message from the reporter"),
    "file.opened": _("File opened"),
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


def not_now(key: str) -> str:
    return str(NOT_NOW.get(key, _("That cannot be done now.")))
