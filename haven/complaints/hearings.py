"""Hearings as they stand: when, where, who is invited, what became of each. Read anew from sealed lines.

A line holds the whole hearing as it was from then on; the last one counts. Whoever is invited has one of their own,
that names nobody else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from haven.complaints import regulation
from haven.complaints.models import COURSE, Party, Served
from haven.complaints.opened import NotNow, OpenComplaint, OpenParty, Paper, Payload
from haven.complaints.papers.hearing import Sitting, cancellation, invitation
from haven.rulebook.hearings import HearingForm

HEARING, HELD, REPORT, RECORDING = "hearing", "held", "hearing_report", "recording"
PLANNED, SENT, OFF, WAS_HELD = "planned", "sent", "off", "held"
DRAFT, APPROVED, REPORT_SENT = "draft", "approved", "sent"


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """`number`: 0 at first, one more with each change. `to`: ids of parties. `why`: of the last change, for everybody
    who is invited."""

    key: str
    form: str
    number: int
    day: date
    begins: time
    ends: time
    place: str = field(repr=False)
    to: tuple[str, ...] = ()
    along: tuple[str, ...] = ()  # ids of papers that go with the invitation
    sent_on: date | None = None
    off: bool = False
    why: str = field(default="", repr=False)
    must_come: bool = False  # for whom this line is
    told_on: date | None = None

    def line(self) -> Payload:
        """As it is sealed."""
        told = {"hearing": self.key, "form": self.form, "number": self.number, "place": self.place, "why": self.why}
        told |= {"day": self.day.isoformat(), "begins": f"{self.begins:%H:%M}", "ends": f"{self.ends:%H:%M}"}
        told |= {"to": self.to, "along": self.along}
        return told | {"sent": self.sent_on.isoformat() if self.sent_on else "", "off": self.off}

    def for_party(self, *, must_come: bool) -> Payload:
        return self.line() | {"to": (), "along": (), "must_come": must_come}

    def calendar(self, language: str, *, to: tuple[str, ...] = ()) -> bytes:
        """For a calendar. It is of the day of the last change, and holds nobody but `to`."""
        zone = ZoneInfo(settings.TIME_ZONE)
        sitting = Sitting(
            key=self.key,
            number=self.number,
            day=self.told_on or self.day,
            starts=datetime.combine(self.day, self.begins, zone),
            ends=datetime.combine(self.day, self.ends, zone),
            place=self.place,
            language=language,
            sender=settings.DEFAULT_FROM_EMAIL,
            to=to,
        )
        return cancellation(sitting) if self.off else invitation(sitting)


def _hearing(line: Payload, on: date) -> Hearing:
    return Hearing(
        key=line["hearing"],
        form=line["form"],
        number=line["number"],
        day=date.fromisoformat(line["day"]),
        begins=time.fromisoformat(line["begins"]),
        ends=time.fromisoformat(line["ends"]),
        place=line["place"],
        to=tuple(line["to"]),
        along=tuple(line["along"]),
        sent_on=date.fromisoformat(line["sent"]) if line["sent"] else None,
        off=line["off"],
        why=line["why"],
        must_come=line.get("must_come", False),
        told_on=on,
    )


def hearings(opened: OpenComplaint | OpenParty) -> list[Hearing]:
    """By day. A party reads those to which they were invited."""
    kind = opened.party.kind if isinstance(opened, OpenParty) else COURSE
    last = {one.payload["hearing"]: _hearing(one.payload, one.item.made_on) for one in opened.of(kind, HEARING)}
    return sorted(last.values(), key=lambda one: (one.day, one.begins, one.key))


def hearing(opened: OpenComplaint | OpenParty, key: str) -> Hearing:
    """Raises NotNow."""
    found = next((one for one in hearings(opened) if one.key == key), None)
    if found is None:
        raise NotNow("no_hearing")
    return found


def form_of(opened: OpenComplaint | OpenParty, one: Hearing) -> HearingForm:
    return next(form for form in regulation.of(opened.row).hearings if form.key == one.form)


def invited(opened: OpenComplaint, key: str) -> list[Party]:
    """Who is invited to this hearing and still takes part."""
    ids = [UUID(one) for one in hearing(opened, key).to]
    rows = Party.objects.present().filter(complaint=opened.row, pk__in=ids).select_related("bundle", "complaint")
    return list(rows.order_by("invited_on", "pk"))


def letters_of(opened: OpenComplaint, form: HearingForm, party: Party) -> list[Paper]:
    """The invitations of this party in the order in which they were filed: of one day too, the newest is the last."""
    order = {one.payload["document"]: number for number, one in enumerate(opened.of(COURSE, "document"))}
    kind = form.letters[party.role]
    own = [one for one in opened.papers if one.kind == kind and one.row.about_id == party.pk]
    return sorted(own, key=lambda one: order.get(one.row.pk.hex, 0))


def must_come(opened: OpenComplaint, party: Party) -> bool:
    relation = str(opened.people.get(party.pk, {}).get("relation", ""))
    return regulation.must_come(regulation.of(opened.row), party.role, relation, opened.facts)


def about(opened: OpenComplaint, slot: str, key: str) -> Payload:
    """The last line of a hearing in another slot: that it was held, its report, its recording."""
    found = [one.payload for one in opened.of(COURSE, slot) if one.payload["hearing"] == key]
    return found[-1] if found else {}


def state(opened: OpenComplaint, one: Hearing) -> str:
    if about(opened, HELD, one.key):
        return WAS_HELD
    return OFF if one.off else SENT if one.sent_on else PLANNED


def may_be_kept(opened: OpenComplaint, one: Hearing) -> bool:
    """Whether it was held, and has no recording yet."""
    recorded = about(opened, RECORDING, one.key)
    return form_of(opened, one).recording is not None and state(opened, one) == WAS_HELD and not recorded


def absent(opened: OpenComplaint, one: Hearing) -> Iterator[tuple[Party, bool]]:
    """Who was invited to a hearing that was held and did not come, and whether they had to."""
    held = about(opened, HELD, one.key)
    for party in invited(opened, one.key) if held else ():
        if party.pk.hex not in held["present"]:
            yield party, must_come(opened, party)


def report_of(opened: OpenComplaint, key: str) -> UUID | None:
    """The one report of a hearing, when it was written."""
    line = about(opened, REPORT, key)
    return UUID(line["document"]) if line else None


def report_state(opened: OpenComplaint, key: str) -> str:
    """Empty, draft, approved or sent: in this order and no other (R-001-78)."""
    document = report_of(opened, key)
    if document is None:
        return ""
    copies = [document, *opened.row.documents.filter(masks=document).values_list("pk", flat=True)]
    if Served.objects.filter(document__in=copies, exception="").exists():
        return REPORT_SENT
    approved = {one.payload["document"] for one in opened.of(COURSE, "approved")}
    return APPROVED if document.hex in approved else DRAFT
