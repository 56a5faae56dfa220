"""A letter of a complaint: what is known is filled in, what is not is asked, and what is looked at is what is sent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haven.complaints import course, documents, regulation, revealing, serving
from haven.complaints.documents import Draft
from haven.complaints.models import Party, Seat, Served
from haven.complaints.opened import OpenComplaint
from haven.complaints.papers import letters, pdf
from haven.complaints.papers.document import Document, Signatures, Signer, Table
from haven.complaints.papers.enclosed import docx_of
from haven.complaints.papers.filling import Value
from haven.complaints.papers.letters import Block, Incomplete, Matter
from haven.desk.addressing import addressed, marked
from haven.desk.complaint_forms import ComplaintForm, name_of, paper_name, party_names, ticks
from haven.desk.complaint_letter_labels import label_of
from haven.desk.complaint_people_forms import LANGUAGES, party_of
from haven.desk.forms import choices, day_field, said, words
from haven.rulebook import shelf, terms
from haven.rulebook.papers import LISTS, PaperKind
from haven.rulebook.words import Text
from haven.vault.files import SealedFileInfo, SealedWriter

BLOCK, ASKED, PART, FACT = "block-", "known-", "part-", "facts"
NOT_YET, BOTH = "", "both"
ROUNDS: Final = 5  # a title can lack something only after its blocks lack nothing


def known(opened: OpenComplaint, party: Party | None, language: str) -> dict[str, Value]:
    """What Haven knows of this complaint, for whatever paper."""
    rules, head = regulation.of(opened.row), opened.head
    seats = list(Seat.objects.admitted().filter(complaint=opened.row).select_related("user"))
    committee = [one.user.name for one in seats if rules.side(one.role) == "committee"]
    by_role = {one.role: one.user.name for one in seats}
    officers = [one for one in seats if rules.side(one.role) == "office"]
    officer = next((one.user for one in officers if one.user == opened.by), officers[0].user if officers else None)
    decides = [one for one in rules.roles if one.side == "decider" and one.key in rules.acting(one.key, opened.facts)]
    told: dict[str, Value] = {
        "recipient": name_of(opened, party) if party else "",
        "complainant": head.get("complainant", {}).get("name", ""),
        "defendant": ", ".join(one.get("name", "") for one in head.get("defendants", ())),
        "officer": officer.name if officer else "",
        "officer_reach": officer.email if officer else "",
        "committee": ", ".join(committee),
        "chair": by_role.get("chair") or by_role.get("vice_chair", ""),
        "secretary": by_role.get("secretary", ""),
        "decider": decides[-1].name if decides else "",
        "reference": opened.row.reference,
        "regulation": rules.name,
        "regulation_from": rules.in_force,
        "regulation_copy": rules.copy_at or "",
        "received_on": opened.row.received_on,
        "complaint_on": opened.row.received_on,
        "terms": tuple(_terms(opened, language)),
        "signed": Signatures((Signer(opened.by.name, opened.by.function(language)),)),
    }
    return {name: value for name, value in told.items() if value not in {"", ()}} | _days(opened)


def _terms(opened: OpenComplaint, language: str) -> Iterable[str]:
    for one in regulation.of(opened.row).terms:
        unit = terms.UNITS[one.unit][0 if language == "nl" else 1][one.length != 1]
        yield f"{one.name.say(language)}: {one.length} {unit} ({one.article})"


def _days(opened: OpenComplaint) -> dict[str, Value]:
    """The day of each paper of which the step was taken, and the last day on which somebody was heard."""
    days = {"recommendation": "recommended_on", "decision": "decided_on", "withdrawal": "withdrawn_on"}
    rules, found = regulation.of(opened.row), dict[str, Value]()
    talks = {key for step in rules.steps if "discussed_before" in step.needs for key in step.after}
    for one in course.done(opened):
        step = rules.step(one.step)
        found |= {days[key]: one.on for key in step.letters if key in days}
        found |= {"heard_on": one.on} if "hearing_valid" in step.needs else {}
        found |= {"discussed_on": one.on} if one.step in talks else {}
    return found


def enclosed(opened: OpenComplaint) -> list[str]:
    """What both sides have been given, by name: what a letter mostly comes with."""
    rules = regulation.of(opened.row)
    given = set(Served.objects.filter(document__complaint=opened.row, exception="").values_list("document", flat=True))
    return [paper_name(rules, one.kind, one.title) for one in opened.papers if one.row.pk in given]


@dataclass
class Drawing:
    """What can be said so far, and what is still asked before it can be drawn."""

    key: str
    matter: Matter
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        given = dict(self.matter.values)
        for _round in range(ROUNDS):
            try:
                letters.finished(shelf.current(), self.key, self._with(given))
            except Incomplete as lacking:
                self.asked += [name for name in lacking.names if name not in self.asked]
                given |= {name: ("…",) if name in LISTS else "…" for name in lacking.names}
            else:
                return

    def _with(self, values: dict[str, Value]) -> Matter:
        return Matter(**{**self.matter.__dict__, "values": values})


class LetterForm(ComplaintForm):
    """Who gets it, what the procedure asks people to write, what Haven does not know; then its blocks."""

    deed = "letter"
    done = _("Sealed, with its PDF and its file for a word processor.")
    sides = frozenset({"office", "committee", "decider"})
    party = forms.ChoiceField(label=_("For"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    how = forms.ChoiceField(label=_("When it is issued"), required=False)

    def __init__(self, data: Any = None, *, opened: OpenComplaint, key: str) -> None:
        self.kind: PaperKind = shelf.current().papers.kind(key)
        super().__init__(data, opened=opened, initial={"language": get_language() or "nl"})
        self._address_it(key)
        if self.kind.facts:
            self.fields[FACT] = ticks(_("What is so"))
            choices(self.fields[FACT], [(one, label_of(one)) for one in self.kind.facts])
        for part in self.kind.parts:
            self.fields[PART + part] = words(self._asks(part), rows=4, required=False)
            self.initial[PART + part] = self._told_before(part)
        for name in Drawing(key, self.matter(draft=True)).asked:
            if name not in self.kind.parts:
                self.fields[ASKED + name] = _asked(name)
                self.initial[ASKED + name] = "\n".join(enclosed(opened)) if name == "documents" else ""

    def _asks(self, part: str) -> str:
        """As the regulation calls it, where a step records it."""
        every = (one for step in self.rules.steps for one in step.contents)
        return next((said(one.name) for one in every if one.key == part), label_of(part))

    def _address_it(self, key: str) -> None:
        """For whom it is by its name, until somebody chooses; and how it goes."""
        choices(self.fields["party"], party_names(self.opened), empty=_("The file"))
        apart = [one for one in self.rules.exceptions if key in one.documents]
        only = {role for one in apart for role in one.to}
        for one in Party.objects.present().filter(complaint=self.opened.row):
            if key.endswith(f"_{one.role}") or only == {one.role}:
                self.initial["party"] = str(one.pk)
                self.initial["how"] = apart[0].key if apart else NOT_YET
        lines = [(one.key, said(one.name)) for one in apart]
        lines += [] if self._alone else [(BOTH, now("Serve it on both sides at once"))]
        choices(self.fields["how"], lines, empty=_("Put it in the file; it goes later"))

    @property
    def _alone(self) -> bool:
        """Whether the regulation sends these to one side, and never to both."""
        return self.kind.key in regulation.one_sided(self.rules)

    @property
    def _own(self) -> bool:
        """Whether the regulation has each get their own of these."""
        return any(one.own_only and self.kind.key in one.documents for one in self.rules.exceptions)

    def _told_before(self, part: str) -> str:
        found = [one.told[part] for one in course.done(self.opened) if part in one.told]
        return str(found[-1]) if found else ""

    def _typed(self, name: str) -> str:
        return str(self.data.get(name, "")) if self.data else str(self.initial.get(name, ""))

    @property
    def whom(self) -> Party | None:
        key = self._typed("party")
        return party_of(self.opened.row.pk, key) if key in dict(party_names(self.opened)) else None

    def matter(self, *, draft: bool = False) -> Matter:
        """`draft`: with only what Haven knows by itself and what people wrote."""
        whom, language = self.whom, self._typed("language") or "nl"
        values = known(self.opened, whom, language)
        values |= {part: text for part in self.kind.parts if (text := self._typed(PART + part).strip())}
        if not draft:
            asked = {name.removeprefix(ASKED): one for name, one in self.cleaned_data.items() if name.startswith(ASKED)}
            values |= {name: _value(name, one) for name, one in asked.items()}
        holds = set(self.data.getlist(FACT)) if isinstance(self.data, QueryDict) else set[str]()
        return Matter(
            language=language,
            day=localdate(),
            values=values,
            facts={one: one in holds for one in self.kind.facts},
            to=addressed(self.opened, whom, alone=self._alone) if whom else (),
            relation=str(self.opened.people.get(whom.pk, {}).get("relation", "")) if whom else "",
            entity=self.opened.entity,
        )

    @property
    def edits(self) -> dict[str, str]:
        return {name.removeprefix(BLOCK): str(self.data[name]) for name in self.data if name.startswith(BLOCK)}

    @property
    def blocks(self) -> list[tuple[Block, str]]:
        """Each block with its words as they were edited."""
        edits = self.edits
        return [(one, edits.get(one.key, one.words)) for one in letters.blocks_of(shelf.current(), *self._drawn)]

    @property
    def _drawn(self) -> tuple[str, Matter]:
        return self.kind.key, self.matter()

    @property
    def named(self) -> list[str]:
        """Who is named in what everybody will read (R-001-109). A hint: whoever issues it judges."""
        if not self.kind.public:
            return []
        people = [*self.opened.people.values(), self.opened.head.get("complainant", {})]
        people += self.opened.head.get("defendants", ())
        names = {str(one.get("name", "")) for one in people}
        text = " ".join(words for _block, words in self.blocks)
        found = revealing.hints(text, self._typed("language") or "nl", units=(), names=sorted(names))
        return [one.said for one in found if one.rule == revealing.NAME]

    @property
    def document(self) -> Document:
        """Raises Incomplete when something is still not known, and Fixed when a fixed block was changed."""
        free = {one.key for one, _words in self.blocks if not one.fixed}
        edits = {key: text for key, text in self.edits.items() if key in free}
        return letters.finished(shelf.current(), *self._drawn, edits)

    @transaction.atomic
    def carry_out(self) -> None:
        """Sealed as it was looked at: its words, its PDF, its file for a word processor; and served, if so chosen."""
        made, whom, how = self.document, self.whom, self.cleaned_data["how"]
        files = sealed_files(made)
        text = "\n\n".join(filter(None, (words for _block, words in self.blocks)))
        about = whom if whom and (self._own or whom.role not in self.rules.sides) else None
        draft = Draft(
            kind=self.kind.key, title=made.title, text=text, language=made.language, files=files, about=about,
            more=marked(made),
        )  # fmt: skip
        paper = documents.file_document(self.opened, draft)
        if how != NOT_YET:
            serving.serve(self.opened, [UUID(str(paper.pk))], exception="" if how == BOTH else how)


def sealed_files(made: Document) -> tuple[tuple[SealedFileInfo, dict[str, Any]], ...]:
    """A letter as it goes: its PDF and its file for a word processor."""
    return tuple(_sealed(name, content) for name, content in _both(made))


def _both(made: Document) -> Iterable[tuple[str, bytes]]:
    yield "letter.pdf", pdf.pdf_of(made)
    yield "letter.docx", docx_of(made)


def _sealed(name: str, content: bytes) -> tuple[SealedFileInfo, dict[str, Any]]:
    writer = SealedWriter(settings.BLOB_ROOT)
    writer.write(content)
    return writer.finish(), {"name": name, "made_here": True}


def _asked(name: str) -> forms.Field:
    label = label_of(name)
    if name.endswith("_on") or name == "answer_by":
        return day_field(label)
    if name.endswith("_at"):
        return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}))
    if name == "beside":
        return words(label, rows=4, hint=_("One part on a line: part | recommendation | decision"))
    if name in LISTS:
        return words(label, rows=4, hint=_("One on a line."))
    return forms.CharField(label=label, max_length=300)


def _value(name: str, told: Any) -> Value:
    if name == "beside":
        rows = [[one.strip() for one in line.split("|")] for line in told.splitlines() if line.strip()]
        head = (now("Part"), now("Recommendation"), now("Decision"))
        return Table(head, tuple(tuple([*row, "", "", ""][:3]) for row in rows))
    if name in LISTS:
        return tuple(line.strip() for line in told.splitlines() if line.strip())
    value: date | str | Text = told
    return value
