"""The letters of a hearing, drawn as soon as it is set: one for each who is invited, to be read before they go."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from haven.complaints import agreeing, convening, hearings, regulation
from haven.complaints.documents import Draft
from haven.complaints.hearings import Hearing
from haven.complaints.models import Party
from haven.complaints.opened import NotNow, OpenComplaint
from haven.complaints.papers import letters
from haven.complaints.papers.filling import Value
from haven.complaints.papers.letters import Incomplete, Matter
from haven.desk.addressing import addressed, marked
from haven.desk.complaint_forms import paper_name
from haven.desk.complaint_letter import known, sealed_files
from haven.rulebook import shelf
from haven.rulebook.hearings import HearingForm


def drawn(opened: OpenComplaint, one: Hearing, language: str, *, recording: bool) -> Iterator[Draft]:
    """Raises NotNow when something that a letter says is not known."""
    form = hearings.form_of(opened, one)
    for party in Party.objects.present().filter(complaint=opened.row).order_by("invited_on", "pk"):
        if party.pk.hex in one.to:
            yield _letter(opened, one, form, party, language, recording=recording)


def redrawn(opened: OpenComplaint, moved: Hearing) -> Iterator[Draft]:
    """The same letters for another time, in the language of the first."""
    kinds = hearings.form_of(opened, moved).letters.values()
    before = [one.head.get("language", "nl") for one in opened.papers if one.kind in kinds]
    asked = any(one.hearing == moved.key for one in agreeing.questions(opened))
    return drawn(opened, moved, str(before[-1]) if before else "nl", recording=asked)


def _letter(  # noqa: PLR0913  of which hearing, for whom
    opened: OpenComplaint, one: Hearing, form: HearingForm, party: Party, language: str, *, recording: bool
) -> Draft:
    book, key = shelf.current(), form.letters[party.role]
    holds = {*form.says}
    holds |= {form.duty} if form.duty and hearings.must_come(opened, party) else set()
    holds |= {form.asked} if form.asked and recording else set()
    matter = Matter(
        language=language,
        day=localdate(),
        values=known(opened, party, language) | _of_hearing(opened, one, form),
        facts={fact: fact in holds for fact in book.papers.kind(key).facts},
        to=addressed(opened, party, alone=True),
        relation=str(opened.people.get(party.pk, {}).get("relation", "")),
        entity=opened.entity,
    )
    try:
        made = letters.finished(book, key, matter)
        text = "\n\n".join(filter(None, (each.words for each in letters.blocks_of(book, key, matter))))
    except Incomplete:
        raise NotNow("contents_missing") from None
    return Draft(
        kind=key, title=made.title, text=text, language=language, files=sealed_files(made), about=party,
        more=marked(made), within=("office", "committee"),
    )  # fmt: skip


def _of_hearing(opened: OpenComplaint, one: Hearing, form: HearingForm) -> dict[str, Value]:
    """When and where; and what goes along, by name."""
    chosen = {paper.row.pk for paper in opened.papers if paper.row.pk.hex in one.along}
    along = convening.enclosures(opened, form, chosen) if form.encloses else []
    names = tuple(paper_name(regulation.of(opened.row), paper.kind, paper.title) for paper in along)
    told: dict[str, Value] = {"hearing_on": one.day, "hearing_at": one.begins, "hearing_place": one.place}
    return told | ({"documents": names} if names else {})
