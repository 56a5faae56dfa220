"""Who may do what. Rights are code, not data: security is not a matter of house rules."""

from dataclasses import dataclass
from enum import StrEnum

from haven.rulebook.words import Text


class Right(StrEnum):
    READ_CASE = "read_case"
    SCREEN = "screen"
    ANSWER = "answer"
    NOTE = "note"
    RECORD_ATTEMPT = "record_attempt"
    REVEAL = "reveal"  # open the identity one holds the key of, with a reason
    ASK_CONSENT = "ask_consent"  # ask and record consent, and refer what was agreed
    DISCLOSE_RISK = "disclose_risk"  # the one exception to consent: professional roles only
    CLOSE = "close"
    EXPORT = "export"  # take words out of Haven, as a PDF: with a passphrase and a reason
    READ_REGISTER = "read_register"
    ASSIGN = "assign"
    ENDORSE = "endorse"  # sign for a colleague's key; it takes two readers of the route
    LEAD_ADVISERS = "lead_advisers"  # see who advises for the team, and record their training
    ADVISE = "advise"  # keep one's own profile and log as an adviser: takes no case by itself
    UNLOCK = "unlock"  # keep keys of one's own, and unlock them
    TAKE_DOWN = "take_down"  # write down an intake for somebody
    COUNSEL = "counsel"  # keep notifications that nobody else can open: takes no case, and none of a team's
    READ_COMPLAINT = "read_complaint"  # see the complaints of which one holds a key
    KEEP_COMPLAINTS = "keep_complaints"  # take in a letter, invite parties, send and serve: the complaints officer
    INPUT = "input"  # read and answer input from people, and say what was done with it: no case
    EDIT_SITE = "edit_site"  # write pages of the information site; which ones, says the editor itself
    PUBLISH_OVERVIEWS = "publish_overviews"  # plan, close and release overviews, with a second person
    READ_OVERVIEWS = "read_overviews"  # see what was released, and nothing else
    MANAGE_PEOPLE = "manage_people"  # accounts and routes: never a key, never a case


@dataclass(frozen=True, kw_only=True)
class Role:
    key: str
    label: Text
    rights: frozenset[Right]
    adviser: str = ""  # the level of a pool, for who is a reader of no team (advisers.py, counsellors.py)

    def may(self, right: Right) -> bool:
        return right in self.rights


HANDLING = frozenset(
    {
        Right.UNLOCK,
        Right.TAKE_DOWN,
        Right.READ_CASE,
        Right.SCREEN,
        Right.ANSWER,
        Right.NOTE,
        Right.RECORD_ATTEMPT,
        Right.REVEAL,
        Right.ASK_CONSENT,
        Right.CLOSE,
        Right.EXPORT,
        Right.READ_REGISTER,
        Right.LEAD_ADVISERS,
        Right.ENDORSE,
    }
)

CONTACT_POINT = Role(
    key="contact_point",
    label=Text(nl="Medewerker contactpunt", en="Contact point officer"),
    rights=HANDLING | {Right.DISCLOSE_RISK, Right.INPUT},
)
COORDINATOR = Role(
    key="coordinator",
    label=Text(nl="Coördinator contactpunt", en="Contact point coordinator"),
    rights=HANDLING | {Right.ASSIGN, Right.DISCLOSE_RISK, Right.INPUT, Right.PUBLISH_OVERVIEWS, Right.READ_OVERVIEWS},
)
# Advisers handle what a team gave them. They screen, assign and close nothing, and vouch for nobody.
ADVISING = frozenset(
    {
        Right.UNLOCK,
        Right.TAKE_DOWN,
        Right.READ_CASE,
        Right.ANSWER,
        Right.NOTE,
        Right.RECORD_ATTEMPT,
        Right.REVEAL,
        Right.ADVISE,
    },
)

ADVISER_PROFESSIONAL = Role(
    key="adviser_professional",
    label=Text(nl="Adviseur (beroeps)", en="Adviser (professional)"),
    rights=ADVISING | {Right.DISCLOSE_RISK},
    adviser="professional",
)
ADVISER_VOLUNTEER = Role(
    key="adviser_volunteer",
    label=Text(nl="Adviseur (vrijwilliger)", en="Adviser (volunteer)"),
    rights=ADVISING,
    adviser="volunteer",
)
# One account has one role: who counsels reads no case, and who reads cases counsels nobody. Taking down is for the word
# of a notifier only: the page begins at a notification.
CONFIDENTIAL_COUNSELLOR = Role(
    key="confidential_counsellor",
    label=Text(nl="Vertrouwenspersoon", en="Confidential counsellor"),
    rights=frozenset({Right.UNLOCK, Right.TAKE_DOWN, Right.COUNSEL, Right.READ_OVERVIEWS}),
    adviser="counsellor",
)
# Reads only the requests that are sealed to it: a role gives no key. It passes nothing on, counts nothing and has no
# advisers.
PRIVACY_OFFICER = Role(
    key="privacy_officer",
    label=Text(nl="Functionaris gegevensbescherming", en="Data protection officer"),
    rights=(HANDLING - {Right.ASK_CONSENT, Right.READ_REGISTER, Right.LEAD_ADVISERS})
    | {Right.PUBLISH_OVERVIEWS, Right.READ_OVERVIEWS},
)
# The complaints procedure. Which seat a pool can take stands in routes.toml. An account has one role, so who is of the
# committee has no other, and a complaints officer is no confidential counsellor. `adviser` is the level of the pool.
COMPLAINING = frozenset({Right.UNLOCK, Right.READ_COMPLAINT})

COMPLAINTS_OFFICER = Role(
    key="complaints_officer",
    label=Text(nl="Klachtenfunctionaris", en="Complaints officer"),
    rights=COMPLAINING
    | {Right.KEEP_COMPLAINTS, Right.ENDORSE, Right.EXPORT, Right.PUBLISH_OVERVIEWS, Right.READ_OVERVIEWS},
)
PORTFOLIO_HOLDER = Role(
    key="portfolio_holder",
    label=Text(nl="Portefeuillehouder (bestuur)", en="Portfolio holder (board)"),
    rights=COMPLAINING | {Right.READ_OVERVIEWS},
    adviser="board",
)
BOARD_MEMBER = Role(
    key="board_member",
    label=Text(nl="Lid van het bestuur", en="Board member"),
    rights=COMPLAINING | {Right.READ_OVERVIEWS},
    adviser="board",
)
SUPERVISOR = Role(
    key="supervisory_board",
    label=Text(nl="Lid van de raad van toezicht", en="Member of the supervisory board"),
    rights=COMPLAINING | {Right.READ_OVERVIEWS},
    adviser="supervisory_board",
)
COMMITTEE_MEMBER = Role(
    key="committee_member",
    label=Text(nl="Lid van de klachtencommissie (extern)", en="Member of the complaints committee (external)"),
    rights=COMPLAINING,
    adviser="committee",
)
COMMITTEE_SECRETARY = Role(
    key="committee_secretary",
    label=Text(nl="Secretaris van de klachtencommissie", en="Secretary of the complaints committee"),
    rights=COMPLAINING,
    adviser="secretary",
)
MANAGEMENT_COUNCIL = Role(
    key="management_council",
    label=Text(nl="Lid van een managementteam", en="Member of a management council"),
    rights=COMPLAINING,
    adviser="management",
)
# They write what everybody may read, and nothing else: no keys, no route, no page of the desk.
WRITING = frozenset({Right.EDIT_SITE})

COMMUNICATION = Role(key="communication", label=Text(nl="Communicatie", en="Communication"), rights=WRITING)
PROJECT_TEAM = Role(
    key="project_team", label=Text(nl="Projectteam sociale veiligheid", en="Social safety project team"), rights=WRITING
)
PARTNER_BODY = Role(
    key="partner_body",
    label=Text(nl="Partner (bijvoorbeeld de studentenbond)", en="Partner body (such as the students' union)"),
    rights=WRITING | {Right.READ_OVERVIEWS},
)
# The board's office, the works council, a participation body, somebody who does research: figures that were released,
# and nothing else. No keys, no route, no other page.
OVERVIEW_READER = Role(
    key="overview_reader",
    label=Text(
        nl="Lezer van overzichten (ondernemingsraad, medezeggenschap, bestuur, onderzoek)",
        en="Reader of overviews (works council, participation body, board, research)",
    ),
    rights=frozenset({Right.READ_OVERVIEWS}),
)
ADMINISTRATOR = Role(
    key="administrator",
    label=Text(nl="Beheerder", en="Administrator"),
    rights=frozenset({Right.MANAGE_PEOPLE}),
)

STAFF = (
    CONTACT_POINT,
    COORDINATOR,
    ADVISER_PROFESSIONAL,
    ADVISER_VOLUNTEER,
    CONFIDENTIAL_COUNSELLOR,
    PRIVACY_OFFICER,
    COMPLAINTS_OFFICER,
    PORTFOLIO_HOLDER,
    BOARD_MEMBER,
    SUPERVISOR,
    COMMITTEE_MEMBER,
    COMMITTEE_SECRETARY,
    MANAGEMENT_COUNCIL,
    COMMUNICATION,
    PROJECT_TEAM,
    PARTNER_BODY,
    OVERVIEW_READER,
    ADMINISTRATOR,
)
ROLES = {role.key: role for role in STAFF}
