"""A letter of complaint that came on paper, entered by a complaints officer."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from haven.complaints.letter import SCAN, Letter, Person
from haven.complaints.regulation import COMPLAINT
from haven.desk.complaint_forms import ticks
from haven.desk.complaint_people_forms import LANGUAGES
from haven.desk.forms import choices, day_field, said, words
from haven.desk.uploads import Sealed
from haven.rulebook import shelf
from haven.rulebook.questions import Option

LEGAL = (("none", _("No")), ("pending", _("Yes, it is going on")), ("completed", _("Yes, it has ended")))


def line(label: Any, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=required, help_text=hint)


def relations() -> tuple[Option, ...]:
    """Who somebody can be to the institution, as the letter on the site asks it."""
    form = next((one for one in shelf.current().intake.forms if one.letter), None)
    asked = next((one for one in form.questions if one.key == "letter_relation"), None) if form else None
    return asked.options if asked else ()


class Register(forms.Form):
    """`as_id`: made when the page was shown, so that a double press is one complaint."""

    as_id = forms.UUIDField(widget=forms.HiddenInput)
    received_on = day_field(_("Received on"))
    entity = forms.ChoiceField(label=_("Whom it is addressed to"))
    invoked = forms.BooleanField(
        label=_("The letter asks to follow the regulation"),
        error_messages={"required": _("Without this it is no formal complaint. Ask what the person wants.")},
    )
    name = line(
        _("Name of the complainant"), hint=_("Empty only when the letter has no name. The committee judges that.")
    )
    relation = forms.ChoiceField(label=_("Relation to the institution"))
    relation_ended = day_field(_("If it has ended: on which day"), required=False)
    address = words(_("Postal address"), rows=3, required=False)
    mail = forms.EmailField(label=_("E-mail address"), required=False)
    phone = line(_("Telephone"))
    language = forms.ChoiceField(label=_("Writes and reads"), choices=LANGUAGES)
    defendant = line(_("Whom the complaint is about"), hint=_("One person. Others below."))
    function = line(_("Their function"))
    others = words(_("Others whom it is about"), rows=2, required=False, hint=_("One person on a line."))
    works_here = forms.BooleanField(label=_("The person it is about works here"), required=False)
    board = forms.BooleanField(
        label=_("The complainant, or somebody it is about, is a member of the board"),
        required=False,
        help_text=_("Then another body decides, and nobody of the board can know that this complaint exists."),
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

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"received_on": localdate(), "as_id": uuid4()})
        book = shelf.current()
        regulations = [one for one in book.procedures.now(localdate()) if one.kind == COMPLAINT]
        kinds = {one.key: said(one.label) for rules in regulations for one in rules.categories}
        grounds = {one.key: said(one.label) for rules in regulations for one in rules.grounds_of_discrimination}
        self.employed = {key for rules in regulations for key in rules.employed}
        self.of_the_board = {key for rules in regulations for key in rules.of_the_board}
        choices(self.fields["relation"], [(one.key, said(one.name())) for one in relations()])
        choices(self.fields["entity"], [(one.key, said(one.name)) for one in book.institution.entities])
        for name, lines in (("categories", kinds), ("grounds", grounds)):
            choices(self.fields[name], lines.items())
            if not lines:
                del self.fields[name]

    received: Sequence[Sealed] = ()  # the scan of the letter, and what came with it

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
            steps_taken=told["steps_taken"],
            categories=tuple(told.get("categories", ())),
            grounds=tuple(told.get("grounds", ())),
            way=SCAN,
            files=tuple(self.received),
            **{key: told[key] for key in (*plain, "invoked", "received_on", "language")},
        )

    def _defendants(self) -> list[Person]:
        told, rest = self.cleaned_data, self.cleaned_data["others"].splitlines()
        known = {"employed": told["works_here"], "member_of_board": told["board"]}
        first = Person(name=told["defendant"].strip(), function=told["function"], **known)
        return [first, *(Person(name=one.strip(), employed=told["works_here"]) for one in rest if one.strip())]
