"""How to read an overview, and what it promises: the same sentences on the site and on paper."""

from math import exp

from django.utils.formats import localize
from django.utils.translation import gettext as _

from haven.rulebook.declared import Declared


def reading(declared: Declared) -> list[str]:
    told = [
        _("Every number is a multiple of five. What is smaller than ten is shown as “fewer than 10”."),
        _(
            "Chance was added before anything was counted, so a number is not exact. Each table says how far it may"
            " lie from what was counted. A difference that is smaller than that says nothing."
        ),
        _("Shares are worked out from the numbers that you see, and only of 25 and more."),
        _("An overview is never counted anew. What came in late stands in the next one."),
        _("Numbers say how often people came to us. They do not say how often something happens, nor to whom."),
    ]
    return told if declared.method == "noise" else [told[0], *told[2:]]


def promise(declared: Declared) -> list[str]:
    if declared.method != "noise":
        return [
            _(
                "Small numbers are left out and the others rounded. That makes it hard to trace somebody; it proves"
                " nothing."
            )
        ]
    odds, sure = factor(declared.epsilon), certain(declared.epsilon)
    return [
        _(
            "Chance noise is built into the counters before any case is counted. Whether or not any one case was ever"
            " brought to us changes the odds of anything we publish or keep, apart from the figures a law or"
            " regulation makes us give exactly, by at most a factor %(odds)s a year: a colleague who already knows"
            " every other case and is fifty-fifty about yours can never become more than %(sure)d %% sure from our"
            " overviews."
        )
        % {"odds": odds, "sure": sure},
        _(
            "It is given for each case; three cases by one person: a factor %(thrice)d. It hides single cases, not a"
            " pattern of many cases about one person, nor a true trend. It covers overviews and counters, not open case"
            " files, nor what people tell each other."
        )
        % {"thrice": round(exp(3 * declared.epsilon))},
    ]


def factor(epsilon: float) -> str:
    return str(localize(round(exp(epsilon), 1)))


def certain(epsilon: float) -> int:
    """How sure somebody can become who was fifty-fifty before, in per cent."""
    return round(100 * exp(epsilon) / (1 + exp(epsilon)))
