"""The whole text of every notice, in both languages at once. Nothing of a case fits in: there is no place for it."""

from collections.abc import Callable
from typing import Final

_SUBJECT: Final = "Haven"


def _mail(dutch: str, english: str) -> tuple[str, Callable[[str], str]]:
    return _SUBJECT, lambda address: f"{dutch}\n\n{english}\n\n{address}/nl/desk/\n"


TEMPLATES: Final = {
    "waiting": _mail("Er wacht iets op je.", "Something is waiting for you."),
    "urgent": _mail("Er wacht iets op je. Kijk nu.", "Something is waiting for you. Look now."),
    "overdue": _mail("Er wacht iets waarvan de termijn voorbij is.", "Something is waiting that is past its term."),
    "keys": _mail("Er is iets veranderd in wie kan meelezen.", "Who can read along has changed."),
    "round": _mail(
        "Dit bericht komt op vaste uren, ook als er niets is. Kijk of er iets op je wacht.",
        "This message comes at fixed hours, also when there is nothing. Look whether something is waiting for you.",
    ),
}
