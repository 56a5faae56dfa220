"""The shortest ways to a step of a procedure: which steps come before it, and which facts that takes. For checks."""

from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from itertools import product

from haven.rulebook.procedure import Procedure, Step

type Edge = tuple[str, str]  # the first comes before the second

MANY = 200
"""More ways than this to one step are not followed: they differ in nothing that a check could find."""


@dataclass(frozen=True)
class Way:
    """The steps of one way, the last one among them. `parts`: what earlier steps must have recorded."""

    steps: frozenset[str] = frozenset()
    before: frozenset[Edge] = frozenset()
    parts: frozenset[tuple[str, str]] = frozenset()
    holds: frozenset[str] = frozenset()
    fails: frozenset[str] = frozenset()

    def __or__(self, other: "Way") -> "Way":
        return Way(
            self.steps | other.steps,
            self.before | other.before,
            self.parts | other.parts,
            self.holds | other.holds,
            self.fails | other.fails,
        )

    def with_fact(self, fact: str | None) -> bool:
        return fact not in self.fails

    def without_fact(self, fact: str | None) -> bool:
        return fact not in self.holds

    def shorter(self, other: "Way") -> bool:
        return self.steps <= other.steps and self.holds <= other.holds and self.fails <= other.fails


@dataclass
class Ways:
    """All shortest ways of one procedure, found once. `anybody`: as if every step could be taken by somebody."""

    procedure: Procedure
    anybody: bool = False
    _found: dict[str, tuple[Way, ...]] = field(default_factory=dict)
    _asked: list[str] = field(default_factory=list)
    _cut: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._steps = {one.key: one for one in self.procedure.steps}

    def step(self, key: str) -> Step:
        return self._steps[key]

    def to(self, key: str) -> tuple[Way, ...]:
        """Empty when no order of the steps leads there."""
        if key in self._found:
            return self._found[key]
        if key not in self._steps:
            return ()
        if key in self._asked:
            self._cut.add(key)
            return ()
        self._asked.append(key)
        found = self._shortest(self._steps[key])
        self._asked.pop()
        self._cut.discard(key)
        if not self._cut:  # what was found while a circle was cut may lack ways that others have
            self._found[key] = found
        return found

    def fits(self, way: Way) -> bool:
        """No fact must both hold and not hold, nothing comes after an end, and in some order no step shuts another."""
        if way.holds & way.fails:
            return False
        edges = [*way.before, *((key, shut) for shut in way.steps for key in self._shut_by(shut, way))]
        graph: dict[str, set[str]] = {key: set() for key in way.steps}
        for first, then in edges:
            graph[then].add(first)
        for end in (one for one in way.steps if self._steps[one].ends):
            graph[end] |= way.steps - {end}
        try:
            TopologicalSorter(graph).prepare()
        except CycleError:
            return False
        return True

    def _shut_by(self, key: str, way: Way) -> list[str]:
        """The steps of this way that have to be taken before this one, because it shuts them."""
        return [one for one in way.steps if key in self._steps[one].unless]

    def _shortest(self, step: Step) -> tuple[Way, ...]:
        own = Way(frozenset({step.key}))
        needed = [self._all_of(key, step) + self._not_waited_for(key) for key in step.after]
        if step.after_any:
            needed.append([way for key in step.after_any for way in self._all_of(key, step)])
        if step.given:
            needed.append(
                [
                    way | Way(parts=frozenset({(one.step, one.part)}))
                    for one in step.given
                    for way in self._all_of(one.step, step)
                ]
            )
        ways: list[Way] = [own]
        for more in (*needed, self._takers(step)):
            ways = shortest([one for pair in product(ways, more) if self.fits(one := pair[0] | pair[1])])
        return tuple(ways)

    def _all_of(self, key: str, step: Step) -> list[Way]:
        return [way | Way(before=frozenset({(key, step.key)})) for way in self.to(key)] if key != step.key else []

    def _not_waited_for(self, key: str) -> list[Way]:
        """With facts under which that step does not exist, nobody waits for it."""
        step = self._steps[key]
        skips = [Way(fails=_one(step.when)), Way(holds=_one(step.when_not))]
        return [way for way in skips if way != Way()]

    def _takers(self, step: Step) -> list[Way]:
        """The facts with which there is somebody to take it, beside those that the step itself wants."""
        wanted = Way(holds=_one(step.when), fails=_one(step.when_not))
        if self.anybody:
            return [wanted]
        rules, found = self.procedure, []
        for role in rules.roles:
            if {role.key, *role.replaces} & {*step.who}:
                taken_over = frozenset(one.when for one in rules.roles if role.key in one.replaces and one.when)
                found.append(wanted | Way(holds=_one(role.when), fails=taken_over | _one(role.needed_unless)))
        return shortest(found)


def shortest(ways: list[Way]) -> list[Way]:
    """Without those that hold another one."""
    kept: list[Way] = []
    for way in sorted(ways, key=lambda one: (len(one.steps), len(one.holds | one.fails), sorted(one.steps))):
        if not any(one.shorter(way) and one.parts <= way.parts for one in kept):
            kept.append(way)
    return kept[:MANY]


def exists(step: Step, way: Way) -> bool:
    """Whether the facts of this way leave the step out."""
    return step.when not in way.fails and (step.when_not is None or step.when_not not in way.holds)


def _one(fact: str | None) -> frozenset[str]:
    return frozenset({fact}) if fact else frozenset()
