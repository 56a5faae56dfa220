"""What both sides are asked to agree to: a longer term, mediation; and who is invited to a hearing, a recording of it.
Each answers for themselves, in their door or on paper; nothing is agreed before everybody who was asked said yes
(R-001-24, R-001-74, R-001-79)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from secrets import token_hex

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import hearings, regulation
from haven.complaints.models import COURSE, Party
from haven.complaints.opened import NotNow, OpenComplaint, OpenParty, Payload, again, party_again
from haven.trail import actions as trail
from haven.vault import sealing

ASKED, ANSWERED = "asked", "answered"


@dataclass(frozen=True)
class Question:
    """One question to both sides, for one step of the regulation, and what each said."""

    id: str
    step: str
    text: str = field(repr=False)
    asked_on: date
    until: str = ""
    hearing: str = ""  # of which everybody who is invited is asked, and not both sides
    answers: tuple[tuple[str, bool, date], ...] = ()  # the party, whether they agree, on which day

    def agreed_by(self, parties: Iterable[Party]) -> bool:
        """Whether everybody who is asked said yes, and did not take it back."""
        said = {party: agrees for party, agrees, _day in self.answers}
        asked = [one.pk.hex for one in parties]
        return bool(asked) and all(said.get(one, False) for one in asked)


@transaction.atomic
def ask(  # noqa: PLR0913  what is asked, of whom, on which day
    opened: OpenComplaint, step: str, text: str, *, until: date | None = None, hearing: str = "", on: date | None = None
) -> str:
    """Ask everybody on both sides, or whom this hearing invites, at the same moment; gives the id of the question."""
    day, now = on or localdate(), again(opened)
    rules = regulation.of(now.row)
    if now.row.ended_on or rules.side(now.seat.role) not in {"office", "committee"}:
        raise NotNow("not_in_this_role")
    guard = "invited_agreed" if hearing else "agreed_by_sides"
    if step not in {one.key for one in rules.steps if guard in one.needs} or not (parties := _asked(now, hearing)):
        raise NotNow("nothing_to_agree")
    now.must_not_name(text)
    line = {"id": token_hex(8), "step": step, "text": text, "until": until.isoformat() if until else ""}
    line |= {"hearing": hearing} if hearing else {}
    now.keep(COURSE, ASKED, line, on=day)
    for party in parties:
        sealing.keep(now.row.pk, party.kind, ASKED, line, on=day, seq=now.row.stamp)
    now.row.changed()
    trail.note("party.asked", subject=now.row.reference, by=str(now.by.pk), on=day)
    return line["id"]


@transaction.atomic
def answer(opened: OpenParty, question: str, *, agrees: bool, on: date | None = None) -> None:
    """A party says yes or no, or takes it back while the step was not taken."""
    day, now = on or localdate(), party_again(opened)
    if now.row.ended_on or question not in {one.id for one in questions(now)}:
        raise NotNow("nothing_to_agree")
    line = {"id": question, "party": now.party.pk.hex, "agrees": agrees, "how": "door", "order": now.row.stamp}
    for kind in (COURSE, now.party.kind):
        sealing.keep(now.row.pk, kind, ANSWERED, line, on=day, seq=now.row.stamp)
    now.row.changed()
    trail.note("party.answered", subject=now.row.reference, by=f"party {now.party.number}", on=day)


@transaction.atomic
def record_answer(  # noqa: PLR0913  whose answer to what, and how it came
    opened: OpenComplaint, question: str, party: Party, *, agrees: bool, how: str, on: date | None = None
) -> None:
    """An answer on paper, written down by who keeps the file. The party sees it in their door."""
    day, now = on or localdate(), again(opened)
    asked = next((one for one in questions(now) if one.id == question), None)
    known = asked is not None and party.pk in {one.pk for one in _asked(now, asked.hearing)}
    if now.row.ended_on or not known or regulation.of(now.row).side(now.seat.role) != "office":
        raise NotNow("nothing_to_agree")
    line = {"id": question, "party": party.pk.hex, "agrees": agrees, "how": how, "order": now.row.stamp}
    for kind in (COURSE, party.kind):
        sealing.keep(now.row.pk, kind, ANSWERED, line, on=day, seq=now.row.stamp)
    now.row.changed()
    trail.note("party.answered", subject=now.row.reference, by=str(now.by.pk), on=day)


def questions(opened: OpenComplaint | OpenParty) -> list[Question]:
    """The newest last. A party sees their own answers only."""
    kind = opened.party.kind if isinstance(opened, OpenParty) else COURSE
    said: dict[str, list[tuple[str, bool, date]]] = {}
    for one in opened.of(kind, ANSWERED):
        line = one.payload
        said.setdefault(line["id"], []).append((line["party"], line["agrees"], one.item.made_on))
    return [_question(one.payload, one.item.made_on, said) for one in opened.of(kind, ASKED)]


def _question(line: Payload, on: date, said: dict[str, list[tuple[str, bool, date]]]) -> Question:
    answers = tuple(said.get(line["id"], ()))
    return Question(line["id"], line["step"], line["text"], on, line["until"], line.get("hearing", ""), answers)


def everybody(opened: OpenComplaint) -> list[Party]:
    """Who is there on both sides now."""
    rules = regulation.of(opened.row)
    return list(Party.objects.as_role(*rules.sides).filter(complaint=opened.row).select_related("bundle"))


def _asked(opened: OpenComplaint, hearing: str) -> list[Party]:
    return hearings.invited(opened, hearing) if hearing else everybody(opened)


def permitted(opened: OpenComplaint, hearing: str, step: str) -> bool:
    """Whether everybody who is invited to this hearing said yes to the newest question about this step."""
    asked = [one for one in questions(opened) if one.hearing == hearing and one.step == step]
    return bool(hearing and asked) and asked[-1].agreed_by(hearings.invited(opened, hearing))


def agreed(opened: OpenComplaint, step: str) -> Question | None:
    """The newest question about this step, when everybody on both sides agreed, and no side is missing."""
    asked = [one for one in questions(opened) if one.step == step and not one.hearing]
    parties = everybody(opened)
    needed = regulation.of(opened.row).needed_sides(opened.facts)
    whole = set(needed) <= {one.role for one in parties}
    return asked[-1] if asked and whole and asked[-1].agreed_by(parties) else None
