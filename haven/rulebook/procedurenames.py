"""Every name in a procedure stands for something: a role, a fact, a step, a part, a kind of paper, a term."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from haven.rulebook.guards import OF_A_COMMITTEE
from haven.rulebook.problems import near
from haven.rulebook.procedure import Content, Procedure, Step
from haven.rulebook.words import Problem


class Named(NamedTuple):
    """Names that are used at one place, and what they have to be."""

    path: str
    what: str
    names: Collection[str | None]
    known: Collection[str]


def check(file: str, rules: Procedure, entities: Collection[str]) -> Iterator[Problem]:
    for path, what, names, known in _names(rules, entities):
        for name in names:
            if name is not None and name not in known:
                says = f"There is no {what} “{name}” in this regulation."
                yield Problem(file, path, says, near(name, [*known]))
    yield from _needs_a_committee(file, rules)


def _names(rules: Procedure, entities: Collection[str]) -> Iterator[Named]:
    yield from _of_the_whole(rules, entities)
    yield from _of_steps(rules)
    yield from _of_terms(rules)
    yield from _of_hearings(rules)
    yield from _of_the_year(rules)


def _needs_a_committee(file: str, rules: Procedure) -> Iterator[Problem]:
    """Whoever asks for a whole committee says what that is."""
    for n, step in enumerate(rules.steps if rules.committee is None else ()):
        if asked := [guard for guard in step.needs if guard in OF_A_COMMITTEE]:
            says = f"“{asked[0]}” is asked for, and it is not said who must be in the committee."
            remedy = "Add [committee] with chairs, secretary, members, present and article."
            yield Problem(file, f"steps[{n}].needs", says, remedy)


def _of_the_whole(rules: Procedure, entities: Collection[str]) -> Iterator[Named]:
    roles, facts, papers = _keys(rules.roles), _keys(rules.facts), _keys(rules.papers)
    yield Named("entities", "entity", rules.entities, entities)
    yield Named("first", "step", [rules.first], _keys(rules.steps))
    yield Named("starter", "role", [rules.starter], roles)
    if rules.committee:
        yield Named("committee.chairs", "role", rules.committee.chairs, roles)
        yield Named("committee.secretary", "role", [rules.committee.secretary], roles)
    for n, role in enumerate(rules.roles):
        yield Named(f"roles[{n}].replaces", "role", role.replaces, roles)
        yield Named(f"roles[{n}].supported_by", "role", role.supported_by, roles)
        yield Named(f"roles[{n}].when", "fact", [role.when], facts)
        yield Named(f"roles[{n}].needed_unless", "fact", [role.needed_unless], facts)
    for n, request in enumerate(rules.requests):
        yield Named(f"requests[{n}].who", "role", request.who, roles)
    for n, exception in enumerate(rules.exceptions):
        yield Named(f"exceptions[{n}].documents", "kind of paper", exception.documents, papers)
        yield Named(f"exceptions[{n}].to", "role", exception.to, roles)


def _of_steps(rules: Procedure) -> Iterator[Named]:
    steps, roles, facts = _keys(rules.steps), _keys(rules.roles), _keys(rules.facts)
    for n, step in enumerate(rules.steps):
        for name in ("after", "after_any", "unless"):
            yield Named(f"steps[{n}].{name}", "step", getattr(step, name), steps)
        for name in ("who", "informs"):
            yield Named(f"steps[{n}].{name}", "role", getattr(step, name), roles)
        for name in ("when", "when_not"):
            yield Named(f"steps[{n}].{name}", "fact", [getattr(step, name)], facts)
        yield Named(f"steps[{n}].stage", "stage", [step.stage], _keys(rules.stages))
        yield from _of_parts(rules, n, step)
        if step.extends:
            yield Named(f"steps[{n}].extends.term", "term", [step.extends.term], _keys(rules.terms))


def _of_parts(rules: Procedure, n: int, step: Step) -> Iterator[Named]:
    for m, content in enumerate(step.contents):
        yield Named(f"steps[{n}].contents[{m}].given", "part of this step", [content.given], _others(step, content))
    for m, earlier in enumerate(step.given):
        parts = {part for one in rules.steps if one.key == earlier.step for part in one.parts()}
        yield Named(f"steps[{n}].given[{m}].step", "step", [earlier.step], _keys(rules.steps))
        yield Named(f"steps[{n}].given[{m}].part", "part of that step", [earlier.part], sorted(parts))


def letters(file: str, rules: Procedure, papers: Collection[str]) -> Iterator[Problem]:
    """Each letter that a step or a term names has its words."""
    asked = [(f"steps[{n}].letters", key) for n, step in enumerate(rules.steps) for key in step.letters]
    asked += [(f"terms[{n}].letter", term.letter) for n, term in enumerate(rules.terms) if term.letter]
    for path, key in asked:
        if key not in papers:
            yield Problem(file, path, f"papers.toml has no paper “{key}”.", near(key, [*papers]))


def _of_terms(rules: Procedure) -> Iterator[Named]:
    steps, facts = _keys(rules.steps), _keys(rules.facts)
    for n, term in enumerate(rules.terms):
        yield Named(f"terms[{n}].who", "role", term.who, _keys(rules.roles))
        yield Named(f"terms[{n}].counted_from", "step", term.counted_from, steps)
        yield Named(f"terms[{n}].met_by", "step", term.met_by, steps)
        yield Named(f"terms[{n}].interim", "step", [term.interim], steps)
        yield Named(f"terms[{n}].when", "fact", [term.when], facts)
        yield Named(f"terms[{n}].when_not", "fact", [term.when_not], facts)
        for m, pause in enumerate(term.pauses):
            yield Named(f"terms[{n}].pauses[{m}]", "step", [pause.by, pause.until], steps)


def _of_the_year(rules: Procedure) -> Iterator[Named]:
    """What is counted once a year is something that a step can say."""
    if rules.yearly is None:
        return
    counted = [(f"yearly.outcomes[{n}]", one.steps, one.part) for n, one in enumerate(rules.yearly.outcomes)]
    advised = rules.yearly.recommendations
    for path, steps, part in (*counted, ("yearly.recommendations", (advised.step,), advised.part)):
        parts = {key for one in rules.steps if one.key in steps for key in one.parts()}
        yield Named(path, "step", steps, _keys(rules.steps))
        yield Named(path, "part of that step", [part], sorted(parts))


def _of_hearings(rules: Procedure) -> Iterator[Named]:
    steps, roles, papers = _keys(rules.steps), _keys(rules.roles), _keys(rules.papers)
    for n, one in enumerate(rules.hearings):
        invites = next((step for step in rules.steps if step.key == one.invites), None)
        yield Named(f"hearings[{n}].hears", "role", one.hears, roles)
        yield Named(f"hearings[{n}].letters", "role that is heard", one.letters, one.hears)
        yield Named(f"hearings[{n}].heard", "role that is heard", one.heard, one.hears)
        named = (one.after, one.invites, one.reports, one.records, *one.heard.values())
        yield Named(f"hearings[{n}]", "step", named, steps)
        kinds = (
            *one.letters.values(),
            one.report,
            one.recording,
            *(key for kinds in one.encloses.values() for key in kinds),
        )
        yield Named(f"hearings[{n}]", "kind of paper", kinds, papers)
        yield Named(f"hearings[{n}].encloses", "part of that step", one.encloses, invites.parts() if invites else ())


def _others(step: Step, content: Content) -> list[str]:
    return [key for one in step.contents if one is not content for key in (one.key, *one.keys())]


def _keys(items: Collection[object]) -> list[str]:
    return [str(getattr(one, "key")) for one in items]  # noqa: B009  mypy knows no field of an item
