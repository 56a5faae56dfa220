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
    "case.forgotten": _("Words destroyed"),
    "identity.revealed": _("Name of the reporter opened"),
    "identity.given": _("The reporter said who they are"),
    "reply.sent": _("Answer sent to the reporter"),
    "message.received": _("Message from the reporter"),
    "file.opened": _("File opened"),
    "original.opened": _("Original of a file opened"),
}

SCREENED: Final = {
    "file": _("Filed for analysis"),
    "urgent": _("Urgent"),
    "assign": _("Assign to a colleague"),
    "other": _("Something else"),
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
