"""A letter of complaint that came on paper, entered by a complaints officer."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haven.complaints import regulation
from haven.complaints.letter import NONE, SCAN, Letter, Person
from haven.desk.complaint_forms import ticks
from haven.desk.complaint_people_forms import LANGUAGES
from haven.desk.forms import choices, day_field, said, words
from haven.desk.uploads import Sealed
from haven.rulebook import shelf
from haven.rulebook.procedure import Procedure
from haven.rulebook.questions import Option

LEGAL = (("none", _("No")), ("pending", _("Yes, it is going on")), ("completed", _("Yes, it has ended")))
BOARD = _("Then another body decides, and nobody of the board can know that this complaint exists.")


def line(label: Any, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=required, help_text=hint)


def relations() -> tuple[Option, ...]:
    """Who somebody can be to the institution, as the letter on the site asks it."""
    form = next((one for one in shelf.current().intake.forms if one.letter), None)
    asked = next((one for one in form.questions if one.key == "letter_relation"), None) if form else None
    return asked.options if asked else ()


def _tried(words: str) -> str:
    """That the letter says there were none is said in one word, whatever the language."""
    return NONE if words.strip().casefold() in {NONE, now("none")} else words


class Beginning(forms.Form):
    """What every way has in which a procedure begins. `as_id`: made when the page was shown, so that a double press is
    one complaint. `kind`: of the regulation; which one it is follows from where the person belongs whom it is about."""

    as_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.CharField(widget=forms.HiddenInput, required=False)
    received_on = day_field(_("Received on"))
    entity = forms.ChoiceField(
        label=_("Where the person belongs whom it is about"),
        help_text=_("The regulation of that organisation applies, and its board decides."),
    )
    received: Sequence[Sealed] = ()  # the scan of the letter, and what came with it

    def __init__(self, data: Any = None, *, kind: str, initial: dict[str, Any] | None = None) -> None:
        given = {"received_on": localdate(), "as_id": uuid4(), "kind": kind}
        super().__init__(data, initial=given | (initial or {}))
        self.regulations = [one for one in shelf.current().procedures.now(localdate()) if one.kind == kind]
        names = {one.key: said(one.name) for one in shelf.current().institution.entities}
        choices(self.fields["entity"], [(key, names[key]) for key in regulation.entities(kind, localdate())])

    def clean_kind(self) -> str:
        """What was shown is what is sent."""
        return str(self.initial["kind"])


def kinds() -> dict[str, list[Procedure]]:
    """The kinds of regulation that are in force, each with its regulations."""
    found: dict[str, list[Procedure]] = {}
    for one in shelf.current().procedures.now(localdate()):
        found.setdefault(one.kind, []).append(one)
    return found


class Register(Beginning):
    way = SCAN
    invoked = forms.BooleanField(
        label=_("The letter asks to follow the regulation"),
        error_messages={"required": _("Without this it is no formal complaint. Ask what the person wants.")},
    )
    name = line(_("Name"), hint=_("Empty only when the letter has no name. The committee judges that."))
    relation = forms.ChoiceField(label=_("Relation to the institution"))
    relation_ended = day_field(_("If it has ended: on which day"), required=False)
    address = words(_("Postal address"), rows=3, required=False)
    mail = forms.EmailField(label=_("E-mail address"), required=False)
    phone = line(_("Telephone"))
    language = forms.ChoiceField(label=_("Writes and reads"), choices=LANGUAGES)
    defendant = line(_("Whom it is about"), hint=_("One person. Others below."))
    function = line(_("Their function"))
    others = words(_("Others whom it is about"), rows=2, required=False, hint=_("One person on a line."))
    works_here = forms.BooleanField(label=_("The person it is about works here"), required=False)
    board = forms.BooleanField(
        label=_("The complainant, or somebody it is about, is a member of the board"), required=False, help_text=BOARD
    )
    description = words(
        _("What happened"),
        rows=8,
        required=False,
        hint=_("As in the letter. Or add the letter as a file below."),
    )
    steps_taken = words(
        _("Steps already taken"),
        rows=3,
        required=False,
        hint=_("Write “none” when the letter says so."),
    )
    categories = ticks(_("What it is about"))
    grounds = ticks(_("Grounds of discrimination"))
    incident_from = day_field(_("From which day"), required=False)
    incident_to = day_field(_("Until which day"), required=False)
    legal_procedure = forms.ChoiceField(label=_("Is there a legal procedure about the same?"), choices=LEGAL)
    earlier_complaint = forms.BooleanField(label=_("There was an earlier complaint about the same"), required=False)

    def __init__(self, data: Any = None, *, kind: str, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, kind=kind, initial=initial)
        listed = {one.key: said(one.label) for rules in self.regulations for one in rules.categories}
        grounds = {one.key: said(one.label) for rules in self.regulations for one in rules.grounds_of_discrimination}
        self.employed = {key for rules in self.regulations for key in rules.employed}
        self.of_the_board = {key for rules in self.regulations for key in rules.of_the_board}
        starter = next((said(one.role(one.starter).name) for one in self.regulations), "")
        self.fields["name"].label = now("Name (%(role)s)") % {"role": starter.lower()}
        choices(self.fields["relation"], [(one.key, said(one.name())) for one in relations()])
        for name, lines in (("categories", listed), ("grounds", grounds)):
            choices(self.fields[name], lines.items())
            if not lines:
                del self.fields[name]

    @property
    def letter(self) -> Letter:
        told = self.cleaned_data
        employed = told["relation"] in self.employed
        plain = ("description", "entity", "incident_from", "incident_to", "legal_procedure", "earlier_complaint")
        return Letter(
            complainant=Person(
                name=told["name"].strip(),
                employed=employed,
                member_of_board=told["relation"] in self.of_the_board,
                **{key: told[key] for key in ("relation", "relation_ended", "address", "mail", "phone")},
            ),
            defendants=tuple(self._defendants()),
            steps_taken=_tried(told["steps_taken"]),
            categories=tuple(told.get("categories", ())),
            grounds=tuple(told.get("grounds", ())),
            way=self.way,
            files=tuple(self.received),
            **self._more(),
            **{key: told[key] for key in (*plain, "invoked", "received_on", "language", "kind")},
        )

    def _more(self) -> dict[str, Any]:
        """What another way of coming in adds."""
        return {}

    def _defendants(self) -> list[Person]:
        told, rest = self.cleaned_data, self.cleaned_data["others"].splitlines()
        known = {"employed": told["works_here"], "member_of_board": told["board"]}
        first = Person(name=told["defendant"].strip(), function=told["function"], **known)
        return [first, *(Person(name=one.strip(), employed=told["works_here"]) for one in rest if one.strip())]
