"""A draft becomes a letter of complaint: what was answered, in the words of the regulation, and the letter as it reads.

The questions are the rulebook's (intake.toml, the form with `letter`); here stands which of them says what.
"""

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.complaints.letter import NONE, Letter, Person
from haven.intake import facts, letters, questionnaire
from haven.intake.state import Draft
from haven.rulebook import shelf
from haven.rulebook.procedure import Procedure
from haven.rulebook.questions import Answers, Kind

SIGNED = "signed"
"""Among the answers of a draft, and of no question: what was ticked above the signature."""

STATEMENTS = ("own", "invoked", "true")


def signed(draft: Draft) -> frozenset[str]:
    return frozenset(draft.answers.get(SIGNED, ())) & frozenset(STATEMENTS)


def letter_from(draft: Draft, language: str) -> Letter:
    """What is sent. Nothing is invoked before it was signed."""
    rules = letters.rules_for(draft.clean)
    said, when = draft.clean, draft.clean.get("letter_when") or {}
    tried = NONE if said.get("letter_tried") == "none" else str(said.get("letter_steps", ""))
    return Letter(
        complainant=_complainant(said, rules),
        defendants=tuple(_defendant(one, rules) for one in said.get("letter_about", ())),
        description=str(said.get("letter_what", "")),
        steps_taken=tried,
        invoked=signed(draft) == frozenset(STATEMENTS),
        kind=letters.kind_of(said),
        entity=letters.entity_of(said),
        categories=tuple(said.get("letter_categories", ())),
        grounds=tuple(said.get("letter_grounds", ())),
        connected_with_work=said.get("letter_work") != "no",
        incident_from=facts.day_of(when.get("from")),
        incident_to=facts.day_of(when.get("to")) or facts.day_of(when.get("from")),
        repeated=bool(when.get("repeated")),
        legal_procedure=str(said.get("letter_legal", NONE)),
        earlier_complaint=said.get("letter_before") == "yes",
        new_facts=str(said.get("letter_new_facts", "")),
        language=language,
        written=written(draft),
        received_on=localdate(),
        files=tuple((one.info, _about(one)) for one in files_of(draft)),
    )


def files_of(draft: Draft) -> tuple[Any, ...]:
    return draft.files if any(question.kind is Kind.FILES for question in draft.asked) else ()


def _about(file: Any) -> dict[str, Any]:
    """What is told about a file: as in a case, and so without its place among others."""
    _kind, _slot, _info, about = next(file.parts())
    return dict(about)


def _complainant(said: Answers, rules: Procedure | None) -> Person:
    relation, reach = str(said.get("letter_relation", "")), str(said.get("letter_reach", ""))
    mail = reach if "@" in reach else ""
    return Person(
        name=str(said.get("letter_name", "")).strip(),
        relation=relation,
        relation_ended=facts.day_of(said.get("letter_left")),
        employed=rules is not None and relation in rules.employed,
        member_of_board=rules is not None and relation in rules.of_the_board,
        address=str(said.get("letter_address", "")),
        mail=mail,
        phone="" if mail else reach,
    )


def _defendant(one: dict[str, str], rules: Procedure | None) -> Person:
    return Person(
        name=one["name"],
        function=one["function"],
        relation=one["as"],
        employed=rules is not None and one["as"] in rules.employed,
        member_of_board=rules is not None and one["as"] in rules.of_the_board,
    )


def written(draft: Draft) -> str:
    """The letter as it was read over and signed, in the language it was written in; without ways to reach somebody,
    since the defendant reads it too. On another day the same letter."""
    said = draft.clean
    rules, name = letters.rules_for(said), str(said.get("letter_name", "")).strip()
    parts = [_("Letter of complaint"), _addressed(said)]
    for row in questionnaire.review(draft.answers):
        if row.said and row.question.compartment != "identity":
            chosen = [option.label.say(_language()) for option in row.chosen]
            parts.append("\n".join([row.question.asks.say(_language()), *chosen, *([row.words] if row.words else [])]))
    if files := files_of(draft):
        parts.append("\n".join([_("Files"), *(one.name for one in files)]))
    parts += [text.format(regulation=rules.name.say(_language()) if rules else "") for text in statements().values()]
    return "\n\n".join([*parts, _("Signed: %(name)s") % {"name": name}])


def statements() -> dict[str, str]:
    """What somebody signs, by key."""
    return {
        "own": _("I myself went through what this letter describes."),
        "invoked": _("I invoke this procedure and ask that my letter is handled as a formal complaint: {regulation}."),
        "true": _("I wrote this letter myself, as I experienced it, and I sign it with my name."),
    }


def _addressed(said: Answers) -> str:
    names = {one.key: one.name for one in shelf.current().institution.entities}
    entity = names.get(letters.entity_of(said))
    to = entity.say(_language()) if entity else ""
    return _("To the board of %(entity)s, through the complaints officer") % {"entity": to}


def _language() -> str:
    return get_language() or ""
