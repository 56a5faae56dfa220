"""Steps of somebody who cannot take them here: a party who said it on paper, a management council that has no key to
the course (R-001-108), a body outside. A complaints officer records them; never those of the committee or who decides.
"""

from haven.complaints import course, regulation
from haven.complaints.opened import OpenComplaint
from haven.rulebook import course as engine
from haven.rulebook.procedure import Step

SPOKEN_FOR = frozenset({"party", "other"})
"""The sides whose steps an officer can record."""


def roles(opened: OpenComplaint, step: Step) -> tuple[str, ...]:
    """For which roles this person can record the step. Empty when it is a step of their own, or nobody's to record."""
    rules = regulation.of(opened.row)
    own = rules.acting(opened.seat.role, opened.facts) & {*step.who}
    if own or rules.side(opened.seat.role) != "office":
        return ()
    return tuple(one for one in step.who if rules.side(one) in SPOKEN_FOR)


def steps(opened: OpenComplaint) -> tuple[Step, ...]:
    """The steps of others that an officer can record now, in the order of the file."""
    if opened.row.ended_on:
        return ()
    rules, happened = regulation.of(opened.row), course.of(opened)
    ahead = [one for one in engine.ahead(rules, happened) if one.key != rules.first]
    return tuple(one for one in ahead if roles(opened, one))
