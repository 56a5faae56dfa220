"""The append-only trail of what was done. No foreign keys: it outlives what it speaks of."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One line: on which day who did what to which case. Never a word, a name of a reporter or a time of day."""

    seq = models.BigIntegerField(primary_key=True)
    day = models.DateField()
    actor = models.CharField(max_length=40)
    did = models.CharField(max_length=40)
    subject = models.CharField(max_length=40, db_index=True)
    hash = models.BinaryField(max_length=32)
    mac = models.BinaryField(max_length=32)

    class Meta:
        ordering: ClassVar = ["seq"]


class Head(models.Model):
    """Where the chain ends, and the key that seals its next line. One row; each key is erased by the next.

    `gone` is the number of the newest line that was forgotten, and `anchor` its hash: the first line that is kept
    follows from it.
    """

    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)
    key = models.BinaryField(max_length=32)
    gone = models.BigIntegerField(default=0)
    anchor = models.BinaryField(max_length=32, default=bytes(32))
