"""Can a regulation be walked from its first step to an end, by people who are there, with every term in its place?

Walks are looked at by their shortest ways (procedureways.py). An end that is open from the beginning, such as a
withdrawal, is no answer to a path that leads nowhere.
"""

from collections.abc import Collection, Iterator

from haven.rulebook import procedurenames
from haven.rulebook.course import fits
from haven.rulebook.procedure import Procedure, Step, Term
from haven.rulebook.procedureways import Way, Ways, exists
from haven.rulebook.words import Problem

type Found = tuple[str, str, str]  # the path, what is wrong, what to do


def check(file: str, rules: Procedure, entities: Collection[str]) -> Iterator[Problem]:
    """Names first: with a name that stands for nothing, the rest would be about something else than was meant."""
    unknown = [*procedurenames.check(file, rules, entities)]
    yield from unknown
    if unknown:
        return
    ways = Ways(rules)
    wrong = [*_unreachable(rules, ways), *_without_stage(rules)]
    wrong = wrong or [*_terms(rules, ways), *_no_end(rules, ways)]
    for path, says, remedy in wrong:
        yield Problem(file, path, says, remedy)


def _unreachable(rules: Procedure, ways: Ways) -> Iterator[Found]:
    """Only the first step of a row: what hangs on it cannot be reached either, and is no mistake of its own."""
    anyhow = Ways(rules, anybody=True)
    for n, step in enumerate(rules.steps):
        if ways.to(step.key) or not _could_come(step, ways):
            continue
        if anyhow.to(step.key):
            says = f"Nobody can take the step “{step.key}”: with its facts none of {_list(step.who)} is there."
            yield f"steps[{n}].who", says, "Add a role that is there, or change `when` or `when_not`."
        else:
            says = f"The step “{step.key}” can never be taken: what it waits for excludes itself, or comes after it."
            yield (
                f"steps[{n}].after",
                says,
                "Look at `after`, `after_any`, `given` and `unless` of this step and of those before it.",
            )
    if not any(step.ends for step in rules.steps):
        yield "steps", "No step ends this procedure.", "Write ends = true at each step with which it is over."


def _could_come(step: Step, ways: Ways) -> bool:
    """Whether everything it waits for can come by itself."""
    given = [one.step for one in step.given]
    one_of = [keys for keys in (step.after_any, given) if keys]
    return all(ways.to(key) for key in step.after) and all(any(ways.to(key) for key in keys) for keys in one_of)


def _without_stage(rules: Procedure) -> Iterator[Found]:
    for n, step in enumerate(rules.steps if rules.stages else ()):
        if step.stage is None:
            says = f"The step “{step.key}” belongs to no stage, so no page shows it."
            yield f"steps[{n}].stage", says, "Give it one of [[stages]]."


def _terms(rules: Procedure, ways: Ways) -> Iterator[Found]:
    for n, term in enumerate(rules.terms):
        yield from _begins(n, term, ways)
        yield from _can_be_met(n, term, rules, ways)


def _begins(n: int, term: Term, ways: Ways) -> Iterator[Found]:
    """On each way on which it is met, it must have begun."""
    for met in term.met_by:
        for way in ways.to(met):
            began = [key in way.steps or not exists(ways.step(key), way) for key in term.counted_from]
            needed = way.with_fact(term.when) and (term.when_not is None or way.without_fact(term.when_not))
            if needed and not term.only_if_begun and not (all(began) if term.pick == "latest" else any(began)):
                never = next(key for key, there in zip(term.counted_from, began, strict=True) if not there)
                says = f"“{term.key}” is counted from “{never}”, which may not have happened when “{met}” is taken."
                remedy = f"Let “{met}” wait for “{never}”, or write only_if_begun = true."
                yield f"terms[{n}].counted_from", says, remedy
                return


def _can_be_met(n: int, term: Term, rules: Procedure, ways: Ways) -> Iterator[Found]:
    """Also with each of the facts: else it would pass without anybody being able to do something about it."""
    for fact in (None, *(one.key for one in rules.facts if one.key != term.when_not)):
        facts = frozenset(one for one in (fact, term.when) if one)
        begins, ends = (
            [key for key in keys if fits(ways.step(key), facts)] for keys in (term.counted_from, term.met_by)
        )
        if not begins or not all(_possible(ways, key, facts, term) for key in begins):
            continue
        met = [_possible(ways, key, facts, term) for key in ends]
        if not met or not (any(met) if term.met_any else all(met)):
            lost = next((key for key, possible in zip(ends, met, strict=True) if not possible), term.met_by[0])
            because = f"With the fact “{fact}”" if fact else "In this regulation"
            says = f"{because} nobody can take “{lost}”, so “{term.key}” could never be met."
            yield f"terms[{n}].met_by", says, "Change `met_by`, or say with `when` or `when_not` when the term holds."
            return


def _possible(ways: Ways, key: str, facts: frozenset[str], term: Term) -> bool:
    return any(not (way.fails & facts) and term.when_not not in way.holds for way in ways.to(key))


def _no_end(rules: Procedure, ways: Ways) -> Iterator[Found]:
    """After each step, with each choice that it can record, some end must remain, and wait for no party."""
    ends = [way for step in rules.steps if step.ends for way in ways.to(step.key)]
    ends = [way for way in ends if len(way.steps) > 2] or ends
    for n, step in enumerate(rules.steps):
        for choice in () if step.ends else (None, *_choices(step)):
            found = ways.to(step.key)
            stuck = [way for way in found if not any(_goes_on(way, end, step, choice, ways) for end in ends)]
            if stuck:
                how = f" with “{choice}”" if choice else ""
                says = f"After “{step.key}”{how} no end can be reached, or only when a party takes a step"
                remedy = "Add a step that goes on from here, or look at `unless` of those that end it."
                yield f"steps[{n}]", f"{says}: {', '.join(_in_order(rules, stuck[0]))}.", remedy
                break


def _goes_on(way: Way, end: Way, step: Step, choice: str | None, ways: Ways) -> bool:
    left, both = end.steps - way.steps, way | end
    if any(ways.step(key).ends for key in way.steps):
        return True
    shut = any({*ways.step(key).unless} & way.steps or _by_a_party(ways, key) for key in left)
    others = {one for one in _choices(step) if one != choice} if choice else set()
    lost = any((step.key, one) in end.parts for one in others)
    return not shut and not lost and ways.fits(both)


def _by_a_party(ways: Ways, key: str) -> bool:
    return all(ways.procedure.side(role) == "party" for role in ways.step(key).who)


def _choices(step: Step) -> list[str]:
    return [one.key for content in step.contents for one in content.choices]


def _in_order(rules: Procedure, way: Way) -> list[str]:
    return [one.key for one in rules.steps if one.key in way.steps]


def _list(keys: Collection[str]) -> str:
    return ", ".join(f"“{key}”" for key in keys)
