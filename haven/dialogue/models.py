"""Where a reporter returns with the code. Messages are sealed items of the case; this is only the way to them."""

from datetime import date
from typing import ClassVar

from django.db import models

from haven.cases.models import Case


class Mailbox(models.Model):
    """The way from a receipt code to a case. `lookup` and the reporter's key both come from the code, stored nowhere.

    `lookup` is unique: a report that is sent twice with the same code is one report. After a withdrawal the look-up
    stays for some days without a case, so that a browser that sends the last page again does not bring it back.
    """

    case = models.OneToOneField(Case, null=True, on_delete=models.CASCADE, related_name="mailbox")
    lookup = models.BinaryField(max_length=32, unique=True)
    kid = models.CharField(max_length=32)
    public = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    last_seq = models.PositiveIntegerField(default=0)
    spent_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["Mailbox"]] = models.Manager()

    def spend(self, on: date) -> None:
        """Leave nothing but the look-up, and the day after which that goes too."""
        self.case, self.kid, self.public, self.digest, self.last_seq, self.spent_on = None, "", b"", b"", 0, on
        self.save()
