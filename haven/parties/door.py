"""The parties' door. There is no account: the number of the letter and a secret open the keys; that is the sign-in."""

from django.conf import settings

from haven.intake.doorway import Doorway
from haven.people.access import PARTY

parties = Doorway(audience=PARTY, cookie=settings.PARTY_COOKIE_NAME, start="parties:enter").page
