"""How a figure is printed: what was measured, the limit, the ratio of the two, and a verdict."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`least`: the limit is the least it may be; otherwise it is the most."""

    name: str
    measured: float
    limit: float
    unit: str
    least: bool = False

    @property
    def ok(self) -> bool:
        return self.measured >= self.limit if self.least else self.measured <= self.limit

    def __str__(self) -> str:
        limit = f"{'≥' if self.least else '≤'} {self.limit:g} {self.unit}"
        ratio = f"{self.measured / self.limit:.2f}" if self.limit else "-"
        verdict = "ok" if self.ok else "NOT ENOUGH" if self.least else "TOO MUCH"
        return f"{self.name:56}{self.measured:10.1f} {self.unit:6}{limit:>14}{ratio:>8}   {verdict}"


def table(title: str, figures: list[Figure]) -> int:
    """Prints, and gives the exit code: 0 when every figure is within its limit."""
    print(f"\n{title} (load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)")
    print(f"{'':56}{'measured':>10} {'':6}{'limit':>14}{'ratio':>8}")
    for figure in figures:
        print(figure)
    return 0 if all(figure.ok for figure in figures) else 1
