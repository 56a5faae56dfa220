"""The reporter's door. There is no session here, only a cookie with the sealed code once the mailbox is open."""

from django.conf import settings

from haven.intake.doorway import Doorway
from haven.people.access import REPORTER

reporters = Doorway(audience=REPORTER, cookie=settings.MAILBOX_COOKIE_NAME, start="reporter:start").page
