"""The one mail of Haven with words in it: an answer to somebody who asked to be answered by mail, and knew that mail
can be read on its way. It is sent while staff wait for it, and stored nowhere on the way out: no outbox, no queue."""

from typing import Final

from django.core.mail import EmailMessage

SUBJECT: Final = "Antwoord / Answer"


def send(text: str, *, to: str) -> None:
    """Raises OSError when the mail server does not take it. What was asked is not repeated."""
    EmailMessage(SUBJECT, text, to=[to]).send()
