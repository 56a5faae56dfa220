"""Where a reporter returns with the code. Messages are sealed items of the case; this is only the way to them."""

from datetime import date
from hmac import compare_digest, digest
from typing import ClassVar
from uuid import UUID

from django.db import models

from haven.cases.models import Case
from haven.vault.context import ctx
from haven.vault.keyring import Keyring
from haven.vault.readers import Reader, reader_of
from haven.vault.sealing import mark_of_reporter


class Mailbox(models.Model):
    """The way from a receipt code to a case. `lookup` and the reporter's key both come from the code, stored nowhere.

    `lookup` is unique: a report that is sent twice with the same code is one report. After a withdrawal the look-up
    stays for some days without a case, so that a browser that sends the last page again does not bring it back.

    `proof` ties the code to its case, under a key of the code: who points the row at a case of their own would
    otherwise read there what the reporter writes next. `mark` ties the public key to the case, under the key of the
    server: when somebody leaves the case, what comes later is sealed to the reporter again without the code.
    """

    case = models.OneToOneField(Case, null=True, on_delete=models.CASCADE, related_name="mailbox")
    lookup = models.BinaryField(max_length=32, unique=True)
    kid = models.CharField(max_length=32)
    public = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    proof = models.BinaryField(max_length=32)
    mark = models.BinaryField(max_length=32, default=b"")
    last_seq = models.PositiveIntegerField(default=0)
    spent_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["Mailbox"]] = models.Manager()

    def belongs(self, keyring: Keyring) -> bool:
        """Whether this case is the one that the owner of the code sent."""
        return self.case_id is not None and compare_digest(bytes(self.proof), proof_of(keyring, self.case_id))

    @property
    def reader(self) -> Reader | None:
        """The reporter, to seal to; None when the key in this row is not the one that came with the report."""
        public = bytes(self.public)
        proven = self.case_id is not None and compare_digest(bytes(self.mark), mark_of_reporter(self.case_id, public))
        return reader_of(public) if proven else None

    def spend(self, on: date) -> None:
        """Leave nothing but the look-up, and the day after which that goes too."""
        self.case, self.kid, self.public, self.digest, self.proof = None, "", b"", b"", b""
        self.mark = b""
        self.last_seq, self.spent_on = 0, on
        self.save()


def proof_of(keyring: Keyring, case: UUID) -> bytes:
    """Only who has the code can make it, and only for one case."""
    return digest(keyring.index_key, ctx("haven/v1/mailbox", case.bytes), "sha256")
