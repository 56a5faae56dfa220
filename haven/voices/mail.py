"""The one mail of Haven with words in it: an answer to somebody who asked to be answered by mail, and knew that mail
can be read on its way. It is sent while staff wait for it, and stored nowhere on the way out: no outbox, no queue."""

from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage

SUBJECT: Final = "Antwoord / Answer"
A_FOLDER: Final = "django.core.mail.backends.filebased.EmailBackend"


def send(text: str, *, to: str) -> None:
    """Raises OSError when the mail server does not take it, and where there is none: then mail is written to a folder,
    and words would lie there in clear. What was asked is not repeated."""
    if settings.MAILERS["default"]["BACKEND"] == A_FOLDER and not settings.DEMO:
        raise OSError("There is no mail server.")
    EmailMessage(SUBJECT, text, to=[to]).send()
