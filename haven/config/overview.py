"""Closing a period at the terminal. The first half: at the desk a second person looks, signs and releases."""

from collections.abc import Callable

from haven.config.place import Refused
from haven.desk import overview_deeds as deeds
from haven.register.plan import Refused as NotByThePlan
from haven.register.why import WHY


def close(say: Callable[[str], object], label: str) -> None:
    """Raises Refused, with the reason."""
    say(f"Closing {label}: counting, fitting, rounding, looking at it, drawing.")
    try:
        period = deeds.close(label, by=None)
    except NotByThePlan as why:
        raise Refused(str(WHY[str(why)])) from None
    say(f"Closed: {period.figures.count()} figures, {period.files.count()} files. Frozen, and nobody sees them yet.")
    say(f"What it comes to: {period.manifest}")
    say("Somebody at the desk who may release overviews looks at it now, and releases it: Overviews.")
