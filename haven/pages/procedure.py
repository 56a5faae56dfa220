"""A regulation as the site shows it: in stages, with who takes which step, where the way splits, and where it ends."""

from dataclasses import dataclass

from haven.rulebook.procedure import Procedure, Role, Stage, Step, Term
from haven.rulebook.procedureways import Ways
from haven.rulebook.terms import in_words
from haven.rulebook.words import Text


@dataclass(frozen=True)
class Move:
    step: Step
    who: tuple[Text, ...]


@dataclass(frozen=True)
class Limit:
    """A term in words: how long, after what, whose it is, and the steps that make it longer."""

    term: Term
    length: Text
    after: tuple[Text, ...]
    who: tuple[Text, ...]
    longer: tuple[tuple[Step, Text | None], ...]


@dataclass(frozen=True)
class Part:
    """`turns`: the steps in order; where there are several in one turn, only one of them can be taken."""

    stage: Stage
    turns: tuple[tuple[Move, ...], ...]
    limits: tuple[Limit, ...]
    ends: tuple[tuple[Step, bool], ...]  # where it can be over before the last stage, and whether at any time after


@dataclass(frozen=True)
class Doer:
    """A role, what it does, and whose place it takes when a fact holds."""

    role: Role
    steps: tuple[Step, ...]
    instead_of: tuple[Text, ...] = ()
    when: Text | None = None


def parts(rules: Procedure) -> list[Part]:
    return [_part(rules, stage) for stage in rules.stages]


def _part(rules: Procedure, stage: Stage) -> Part:
    steps = [one for one in rules.steps if one.stage == stage.key]
    keys = {one.key for one in steps}
    mine = tuple(limit(rules, term) for term in rules.terms if term.met_by[0] in keys)
    ends = tuple((one, _always_open(rules, one)) for one in steps if one.ends and stage != rules.stages[-1])
    return Part(stage, tuple(_turns(rules, steps)), mine, ends)


def _turns(rules: Procedure, steps: list[Step]) -> list[tuple[Move, ...]]:
    """Neighbours that shut each other stand beside each other."""
    turns: list[tuple[Move, ...]] = []
    for step in steps:
        move = Move(step, _names(rules, step.who))
        if turns and all(step.key in one.step.unless and one.step.key in step.unless for one in turns[-1]):
            turns[-1] = (*turns[-1], move)
        else:
            turns.append((move,))
    return turns


def limit(rules: Procedure, term: Term) -> Limit:
    longer = tuple(
        (one, in_words(one.extends.up_to, term.unit) if one.extends.up_to else None)
        for one in rules.steps
        if one.extends and one.extends.term == term.key
    )
    after = tuple(rules.step(key).name for key in term.counted_from)
    return Limit(term, in_words(term.length, term.unit), after, _names(rules, term.who), longer)


def doers(rules: Procedure) -> list[Doer]:
    """Everybody of whom the regulation asks something and who is no party; who decides first."""
    facts = {one.key: one.label for one in rules.facts}
    found = []
    for role in rules.roles:
        steps = tuple(step for step in rules.steps if role.key in step.who)
        found.append(Doer(role, steps, _names(rules, role.replaces), facts.get(role.when or "")))
    asked = [one for one in found if one.role.side != "party" and (one.steps or one.instead_of)]
    return sorted(asked, key=lambda one: one.role.side != "decider")


def stops(rules: Procedure) -> list[tuple[Move, bool]]:
    """The steps with which a party can end it, and whether that can be done at any time."""
    parties = {one.key for one in rules.roles if one.side == "party"}
    ends = [one for one in rules.steps if one.ends and parties & set(one.who)]
    return [(Move(one, _names(rules, one.who)), _always_open(rules, one)) for one in ends]


def _always_open(rules: Procedure, step: Step) -> bool:
    """Nothing but the first step comes before it, and nothing shuts it."""
    return not step.unless and any(way.steps <= {rules.first, step.key} for way in Ways(rules).to(step.key))


def _names(rules: Procedure, keys: tuple[str, ...]) -> tuple[Text, ...]:
    return tuple(rules.role(key).name for key in keys)
