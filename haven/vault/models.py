"""What is kept: public keys, envelopes and ciphertext. Nothing here opens anything."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.vault.readers import Reader


class KeyBundle(models.Model):
    """The keys of one person: an opening key (X25519) and a signing key (Ed25519). `kid` is their fingerprint.

    Without an owner it is a party's of a complaint: somebody who has no account here (guests.py).
    """

    class State(models.TextChoices):
        CURRENT = "current"
        RETIRED = "retired"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="key_bundles")
    kid = models.CharField(max_length=32, unique=True)
    enc_public = models.BinaryField()
    sign_public = models.BinaryField()
    private_sealed = models.BinaryField()
    state = models.CharField(max_length=10, choices=State, default=State.CURRENT)
    made_on = models.DateField()

    @property
    def reader(self) -> Reader:
        return Reader(self.kid, bytes(self.enc_public))


class KeySlot(models.Model):
    """One way to open a bundle. Like a door with several locks: changing one leaves the others as they were."""

    class Kind(models.TextChoices):
        PASSPHRASE = "passphrase"  # noqa: S105  the kind of slot, not a passphrase
        RECOVERY = "recovery"
        PASSKEY = "passkey"  # reserved: the output of a passkey's PRF

    bundle = models.ForeignKey(KeyBundle, on_delete=models.CASCADE, related_name="slots")
    kind = models.CharField(max_length=10, choices=Kind)
    salt = models.BinaryField()
    parameters = models.JSONField(default=dict)
    sealed_umk = models.BinaryField()
    made_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bundle", "kind"], condition=~Q(kind="passkey"), name="one_slot_of_a_kind_but_passkeys"
            )
        ]


class Endorsement(models.Model):
    """One signature of a reader who vouches for another. Counts only when it verifies (see directory.py)."""

    route = models.CharField(max_length=60)
    kid = models.CharField(max_length=32)
    by_kid = models.CharField(max_length=32)
    signature = models.BinaryField()
    effective_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["route", "kid", "by_kid"], name="vouches_once_for_a_reader")
        ]


class UnlockedSession(models.Model):
    """Private keys sealed under a secret that only the cookie has. Times of staff, never of reporters."""

    lookup = models.BinaryField(max_length=32, unique=True)
    bundle = models.ForeignKey(KeyBundle, on_delete=models.CASCADE, related_name="sessions")
    sealed = models.BinaryField()
    idle_until = models.DateTimeField()
    ends_at = models.DateTimeField()


class Compartment(models.Model):
    """A part of a case with its own key pair. Anyone may seal to the public half; grants hold the private half.

    `mark` shows that the public half was written by this application (see sealing.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope = models.UUIDField()
    kind = models.CharField(max_length=40)
    epoch = models.PositiveIntegerField(default=1)
    public = models.BinaryField()
    mark = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["id", "kind", "scope"], name="compartment_to_scope")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "kind", "epoch"], name="one_compartment_of_a_kind_and_epoch")
        ]


class Grant(models.Model):
    """The private key of a compartment, sealed to one reader. No grant, no reading, whatever the rights say."""

    # No index of its own: the constraint below begins with it, and a report writes eighteen of these.
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="grants", db_index=False)
    kid = models.CharField(max_length=32)
    envelope = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kid", "compartment"], name="grants_of_a_reader")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["compartment", "kid"], name="one_grant_for_a_reader")]


class SealedItem(models.Model):
    """A sealed field, message or decision. `slot` names what it is; `seq` puts those of one slot in order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="items")
    slot = models.CharField(max_length=40)
    seq = models.PositiveIntegerField(default=0)
    envelope = models.BinaryField()
    body = models.BinaryField()
    made_on = models.DateField()


class SealedFile(models.Model):
    """A sealed file on disk; `id` is its name there. Key, hash, real size and name are in a sealed item."""

    id = models.UUIDField(primary_key=True, editable=False)
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="files")
    step = models.PositiveBigIntegerField()


class SearchEntry(models.Model):
    """What one reader can search of one case, sealed under a key of that reader. Can be made again at any time."""

    kid = models.CharField(max_length=32)
    scope = models.UUIDField(db_index=True)
    stamp = models.PositiveIntegerField()
    head = models.BinaryField()
    text = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kid", "scope"], name="one_search_entry_for_a_reader")]


class Drawer(models.Model):
    """What one reader keeps for themselves, sealed under a key of that reader. Lost with the key, and no harm done."""

    kid = models.CharField(max_length=32, unique=True)
    sealed = models.BinaryField()


class Paused(models.Model):
    """Answers that wait for who stopped on the way (see paused.py). `lookup` and the key come from the receipt code."""

    lookup = models.BinaryField(max_length=32, primary_key=True)
    sealed = models.BinaryField()
    goes_on = models.DateField()


class Tally(models.Model):
    """Coded values that wait to be counted (see tallies.py). `batch`: being counted now."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    day = models.DateField()
    batch = models.UUIDField(null=True)
    sealed = models.BinaryField()


class Shredded(models.Model):
    """The deletion register: whose words were destroyed, and when. Applied again after a restore. A withdrawn case
    is here at once, although its last part stays for some days."""

    scope = models.UUIDField(primary_key=True)
    on = models.DateField()
