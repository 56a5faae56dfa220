"""What can be done with the people of the desk. None of it gives a key: see vault.directory for who is sealed to."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.timezone import localdate

from haven.people import editors
from haven.people.models import Development, Duty, Membership, Profile, Training, User
from haven.trail import actions as trail
from haven.vault import unlocking


@transaction.atomic
def invite(person: User, *, by: User) -> User:
    """Save a new account, without a password: the person chooses one with a link that works once."""
    person.set_unusable_password()
    person.save()
    editors.admit(person)
    trail.note("person.invited", subject=str(person.pk), by=str(by.pk))
    return person


@transaction.atomic
def start_anew(person: User, *, by: User) -> None:
    """Password and second factor are lost or not trusted: sign-in starts anew. Keys stay as they were, and closed."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    Authenticator.objects.filter(user=person).delete()
    unlocking.close_all(person)
    trail.note("person.started_anew", subject=str(person.pk), by=str(by.pk))


def end_other_sessions(person: User, *, but: str | None) -> None:
    """Sign this person out everywhere, except in the session with the key `but`."""
    others = Session.objects.exclude(session_key=but)
    theirs = [one.pk for one in others if one.get_decoded().get(SESSION_KEY) == str(person.pk)]
    Session.objects.filter(pk__in=theirs).delete()


@transaction.atomic
def propose(person: User, *, route: str, by: User) -> Membership:
    """Say that somebody should serve a route. It means nothing before two readers confirm the key."""
    membership, made = Membership.objects.get_or_create(user=person, route=route)
    if made:
        trail.note("person.proposed", subject=str(person.pk), by=str(by.pk))
    return membership


@transaction.atomic
def suspend(person: User, *, by: User) -> None:
    """From now on this person cannot come in, and every open session ends.

    Keys stay as they were, and closed: this may be taken back, and no administrator can destroy a key at once. Who is
    not let in again is taken to have left (cases/leaving.py).
    """
    User.objects.filter(pk=person.pk, is_active=True).update(is_active=False, left_on=localdate())
    unlocking.close_all(person)
    trail.note("person.suspended", subject=str(person.pk), by=str(by.pk))


@transaction.atomic
def readmit(person: User, *, by: User) -> None:
    """The opposite of suspending."""
    User.objects.known().filter(pk=person.pk).update(is_active=True, left_on=None)
    trail.note("person.readmitted", subject=str(person.pk), by=str(by.pk))


@transaction.atomic
def set_duty(person: User, *, on_duty: bool) -> None:
    """Whether this person is told at once when something is urgent."""
    User.objects.filter(pk=person.pk).update(on_duty=on_duty)
    trail.note("person.on_duty" if on_duty else "person.off_duty", subject=str(person.pk), by=str(person.pk))


@transaction.atomic
def set_unit(person: User, *, unit: str, by: User) -> None:
    """Where this person works. Where the rulebook says so, reports about that unit are not sealed to them."""
    User.objects.known().filter(pk=person.pk).update(unit=unit)
    trail.note("person.unit", subject=str(person.pk), by=str(by.pk))


def forget(person: User) -> None:
    """Leave nothing of somebody who left but the number of their row, in the caller's transaction."""
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    Membership.objects.filter(user=person).delete()
    for model in (Profile, Training, Development):
        model.objects.filter(user=person).delete()
    Profile.objects.filter(deputy=person).update(deputy=None)
    Duty.objects.filter(person=person).delete()
    Duty.objects.filter(second=person).update(second=None)
    person.groups.clear()
    end_other_sessions(person, but=None)
    person.set_unusable_password()
    person.name = person.function_nl = person.function_en = person.unit = ""
    person.email, person.last_login, person.on_duty = f"{person.pk}@removed.invalid", None, False
    person.save()
