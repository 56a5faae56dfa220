"""Guards that can never hold: a step that names one could be open for ever, and nobody could take it."""

from collections.abc import Callable, Iterator
from typing import Final

from haven.rulebook.procedure import Procedure, Step
from haven.rulebook.words import Problem

type Never = Callable[[Procedure, Step], str | None]


def check(file: str, rules: Procedure) -> Iterator[Problem]:
    for n, step in enumerate(rules.steps):
        for guard in step.needs:
            why = NEVER[guard](rules, step) if guard in NEVER else None
            if why:
                says = f"“{guard}” can never hold for “{step.key}”: {why}"
                yield Problem(file, f"steps[{n}].needs", says, "Leave it out, or give the step what it looks at.")


def _no_words(_rules: Procedure, step: Step) -> str | None:
    if any(not one.choices for one in step.contents):
        return None
    return "the step records no words, so there are no reasons in it."


def _no_term(_rules: Procedure, step: Step) -> str | None:
    return None if step.extends else "the step extends no term."


def _no_sides(rules: Procedure, _step: Step) -> str | None:
    return None if rules.sides else "no role has equal = true, so there is nobody to ask."


def _one_side(rules: Procedure, _step: Step) -> str | None:
    return None if rules.sides else "no role has equal = true, so there is nobody to serve."


def _no_letter(rules: Procedure, step: Step) -> str | None:
    if not step.letters:
        return "the step has no letters."
    return None if {*step.informs} & {*rules.sides} else "the step informs nobody of both sides."


def _letterless(_rules: Procedure, step: Step) -> str | None:
    return None if step.letters else "the step has no letters."


def _nobody_heard(rules: Procedure, step: Step) -> str | None:
    heard = any(step.key in one.heard.values() for one in rules.hearings)
    return None if heard else "no hearing has it in `heard`, so nobody was invited to it."


def _no_hearings(rules: Procedure, _step: Step) -> str | None:
    return None if rules.hearings else "there are no hearings, so there is no report of one."


def _nothing_before(_rules: Procedure, step: Step) -> str | None:
    return None if step.after else "the step waits for nothing that could be discussed before. Write it in `after`."


def _no_committee(rules: Procedure, _step: Step) -> str | None:
    """Who is of the committee, without those who preside and without the secretary."""
    asked = rules.committee
    if asked is None:
        return None
    of_it = {one.key for one in rules.roles if one.side == "committee"}
    if outside := [one for one in (*asked.chairs, asked.secretary) if one not in of_it]:
        return f"“{outside[0]}” has not side = “committee”."
    members = of_it - {*asked.chairs, asked.secretary}
    return None if members else f"no role is left for its {asked.members} members."


def _too_few(rules: Procedure, step: Step) -> str | None:
    asked = rules.committee
    if asked and asked.present > asked.members + len(asked.chairs):
        return "more have to be present than the committee has."
    return _no_committee(rules, step)


NEVER: Final[dict[str, Never]] = {
    "agreed_by_sides": _no_sides,
    "committee_complete": _no_committee,
    "discussed_before": _nothing_before,
    "hearing_valid": _too_few,
    "invitation_served": _nobody_heard,
    "letters_served": _no_letter,
    "letters_with_it": _letterless,
    "reasons_recorded": _no_words,
    "reports_sent": _no_hearings,
    "served_both_sides": _one_side,
    "within_term": _no_term,
}
