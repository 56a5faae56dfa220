"""What stands in braces in a text of an editor: the rulebook says it, and it changes everywhere at once (R-004-58)."""

from django.http import HttpResponse
from django.utils.html import escape

from haven.rulebook import shelf


def settled(text: str) -> str:
    """With the address of the site and the numbers for an emergency. Other braces stay as they are."""
    for place, words in _known().items():
        text = text.replace(place, words)
    return text


def settle(answer: HttpResponse) -> None:
    """The same on a page or a feed that was drawn. Not where words of a reader come back: those stay as they were."""
    html = answer.content.decode()
    if "{" in html:
        for place, words in _known().items():
            html = html.replace(place, escape(words))
        answer.content = html.encode()


def _known() -> dict[str, str]:
    book = shelf.current()
    emergency = book.institution.emergency.numbers
    return {
        "{site_mail}": book.voices.mail,
        "{emergency_number}": emergency[0].number,
        "{internal_emergency_number}": emergency[-1].number,
    }
