"""Keys of somebody who left: when they can be destroyed, and what has to stay so that others stay proven."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from haven.vault.models import Compartment, Drawer, Endorsement, Grant, KeyBundle, KeySlot, SearchEntry, UnlockedSession

FEWEST_READERS = 2  # with one, a lost key is a lost case
FOR_ONE = ("identity", "originals", "deciding")  # a confidential reporter chose one person; a board may have one member
SEALED_TO_ONE = "counsel"  # begins the kind of every part of a notification: only who was told it can open it

_DESTROYED = b""


def too_few() -> QuerySet[Compartment]:
    """Parts of cases that fewer people can open than should. Keys of who is suspended or gave them up open nothing.

    What was told to a confidential counsellor is not among them: it goes with that one person (counsel/retention.py).
    """
    idle = KeyBundle.objects.filter(Q(state=KeyBundle.State.RETIRED) | Q(owner__is_active=False)).values("kid")
    shared = Compartment.objects.exclude(kind__startswith=SEALED_TO_ONE)
    counted = shared.annotate(able=Count("grants", filter=~Q(grants__kid__in=idle)))
    return counted.filter(Q(able__lt=1) | (Q(able__lt=FEWEST_READERS) & ~Q(kind__in=FOR_ONE)))


def is_needed(owner: AbstractBaseUser) -> bool:
    """Whether a part of a case has too few readers without the keys of this person, who is suspended."""
    held = Grant.objects.filter(kid__in=_kids(owner)).values("compartment")
    return too_few().filter(pk__in=held).exists()


def destroy(owner: AbstractBaseUser) -> None:
    """The keys to all cases first, then the private keys and every way to open them. The public halves stay for now."""
    kids = _kids(owner)
    Grant.objects.filter(kid__in=kids).delete()
    SearchEntry.objects.filter(kid__in=kids).delete()
    Drawer.objects.filter(kid__in=kids).delete()
    KeySlot.objects.filter(bundle__kid__in=kids).delete()
    UnlockedSession.objects.filter(bundle__kid__in=kids).delete()
    Endorsement.objects.filter(kid__in=kids, ended_on=None).update(ended_on=timezone.localdate())
    KeyBundle.objects.filter(kid__in=kids).update(private_sealed=_DESTROYED, state=KeyBundle.State.RETIRED)


def drop_spare() -> set[int]:
    """Remove the public halves that prove nobody any more, with what was signed for them; gives whose they were."""
    gone = KeyBundle.objects.filter(private_sealed=_DESTROYED, owner__isnull=False)
    spare = gone.exclude(kid__in=_proving())
    owners = set(spare.values_list("owner_id", flat=True))
    Endorsement.objects.filter(kid__in=list(spare.values_list("kid", flat=True))).delete()
    spare.delete()
    return owners


def _proving() -> set[str]:
    """The keys in use, those who signed for them, those who signed for these, and so on: the roots are among them."""
    signers: dict[str, set[str]] = {}
    for kid, by_kid in Endorsement.objects.values_list("kid", "by_kid"):
        signers.setdefault(kid, set()).add(by_kid)
    needed = set(KeyBundle.objects.exclude(private_sealed=_DESTROYED).values_list("kid", flat=True))
    while added := {by for kid in needed for by in signers.get(kid, ())} - needed:
        needed |= added
    return needed


def _kids(owner: AbstractBaseUser) -> list[str]:
    return list(KeyBundle.objects.filter(owner_id=owner.pk).values_list("kid", flat=True))
