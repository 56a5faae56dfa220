"""Serving: one dispatch, one day, both sides. Equal arms is this one deed (R-001-64, R-001-80, R-001-87, R-001-114).

It takes sides and not persons, and refuses to serve one side only, unless the regulation names the exception. The key
moves in the same transaction, so what one side can open the other can open from the same moment.
"""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate

from haven.complaints import regulation
from haven.complaints.documents import ADDRESSED
from haven.complaints.models import COURSE, Complaint, Document, Party, Served
from haven.complaints.opened import NotNow, OpenComplaint, Paper, again
from haven.trail import actions as trail
from haven.vault import grants


@transaction.atomic
def serve(
    opened: OpenComplaint,
    documents: Collection[UUID],
    *,
    exception: str = "",
    together: UUID | None = None,
    on: date | None = None,
) -> UUID:
    """Give these documents to both sides in one dispatch; gives its id. With `exception`, a key of the regulation, to
    the roles that it names. `together`: the dispatch of which they are part. Raises NotNow, and then nobody was given
    anything."""
    day, now = on or localdate(), again(opened)
    papers = [one for one in now.papers if one.row.pk in set(documents)]
    if len(papers) < len(set(documents)) or not papers:
        raise NotNow("no_document")
    addressees = _addressees(now, papers, exception)
    for paper in papers:
        _must_be_fit(now, paper, exception)
    dispatch = _dispatch(now, [one.row for one in papers], addressees, on=day, exception=exception, dispatch=together)
    now.row.changed()
    trail.note("complaint.served", subject=now.row.reference, by=str(now.by.pk), on=day)
    return dispatch


def _addressees(now: OpenComplaint, papers: Iterable[Paper], exception: str) -> list[Party]:
    """Everybody who is there on both sides; neither side may be empty, or one would get it first."""
    rules = regulation.of(now.row)
    if rules.side(now.seat.role) not in {"office", "committee"}:
        raise NotNow("not_in_this_role")
    if exception:
        return _excepted(now, papers, exception)
    found = list(Party.objects.as_role(*rules.sides).filter(complaint=now.row).select_related("bundle", "complaint"))
    if not set(rules.needed_sides(now.facts)) <= {one.role for one in found}:
        raise NotNow("a_side_is_missing")
    return found


def _excepted(now: OpenComplaint, papers: Iterable[Paper], exception: str) -> list[Party]:
    rule = regulation.of(now.row).exception(exception)
    if rule is None or not all(one.kind in rule.documents for one in papers):
        raise NotNow("not_an_exception")
    found = list(Party.objects.as_role(*rule.to).filter(complaint=now.row).select_related("bundle", "complaint"))
    own = {one.row.about_id for one in papers}
    found = [one for one in found if not rule.own_only or own == {one.pk}]
    if not found:
        raise NotNow("a_side_is_missing")
    return found


def _must_be_fit(now: OpenComplaint, paper: Paper, exception: str) -> None:
    """Nothing goes that waits for a third party; a witness's paper not beside its own; no name that was hidden; and
    nothing to both on which stands the address of one."""
    if paper.row.quarantined:
        raise NotNow("third_party_must_agree")
    if regulation.within(regulation.of(now.row), paper.kind):
        raise NotNow("kept_inside")
    if not exception and paper.head.get(ADDRESSED):
        raise NotNow("for_one_side")
    if not exception and now.row.documents.filter(masks=paper.row).exists():
        raise NotNow("masked_copy_goes")
    whole = f"{paper.title} {paper.text}"
    if not exception and now.shows_a_hidden_name(None if paper.row.masks_id else paper.row.about, whole):
        raise NotNow("name_must_be_masked")


def _dispatch(  # noqa: PLR0913  as above
    now: OpenComplaint,
    papers: list[Document],
    to: list[Party],
    *,
    on: date,
    exception: str = "",
    dispatch: UUID | None = None,
) -> UUID:
    dispatch = dispatch or uuid4()
    row = {"dispatch": dispatch, "on": on, "exception": exception}
    rows = [Served(document=paper, party=party, **row) for paper in papers for party in to]
    Served.objects.bulk_create(rows, ignore_conflicts=True)
    readers = [one.reader for party in to for one in (party, *_beside(party))]
    grants.regrant(now.keyring, now.row.pk, [one.kind for one in papers], readers)
    told = {"dispatch": dispatch.hex, "documents": [one.pk.hex for one in papers], "to": [one.pk.hex for one in to]}
    now.keep(COURSE, "served", {**told, "by": now.seat.role}, on=on)
    return dispatch


def _beside(party: Party) -> list[Party]:
    """The people whom this party lets see all that comes."""
    return list(party.supporters.present().filter(sees_all=True).select_related("bundle", "complaint"))


def catch_up(now: OpenComplaint, party: Party, *, on: date) -> UUID | None:
    """Who joins a side later gets at once what that side has; in the caller's transaction. None when there is
    nothing."""
    rules = regulation.of(now.row)
    if party.role not in rules.sides:
        return None
    given = Served.objects.filter(party__complaint=now.row, party__role__in=rules.sides, exception="").values(
        "document"
    )
    rows = list(Document.objects.in_the_file().filter(complaint=now.row, pk__in=given))
    return _dispatch(now, rows, [party], on=on) if rows else None


def unequal(row: Complaint) -> list[tuple[UUID, UUID]]:
    """Documents and parties where one side has what the other has not: always empty, and tested to be. What a party
    filed, and what an exception of the regulation gave, is no inequality."""
    rules = regulation.of(row)
    parties = list(Party.objects.as_role(*rules.sides).filter(complaint=row).values_list("pk", flat=True))
    given: dict[UUID, set[UUID]] = {}
    both: set[UUID] = set()
    held = Served.objects.filter(document__complaint=row, party__in=parties)
    for document, party, exception in held.values_list("document", "party", "exception"):
        given.setdefault(document, set()).add(party)
        both |= set() if exception else {document}
    return [(document, party) for document in both for party in set(parties) - given[document]]
