"""Staff of the institution: who they are, and which routes they serve. Reporters are not people of this table, ever."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from haven.rulebook.roles import ROLES, Right, Role

APART = ("complaints_officer", "confidential_counsellor")
"""Roles that one person cannot have, also not with two accounts."""


class UserQuerySet(models.QuerySet["User"]):
    def serving(self, route: str) -> Self:
        """Everyone who serves this route and may still come in."""
        return self.filter(is_active=True, memberships__route=route)

    def who_keeps_or_counsels(self, name: str, role: str) -> Self:
        """The accounts with this name that this role must not meet in one person (R-001-29)."""
        return self.filter(name__iexact=name, role_key__in=APART) if role in APART else self.none()

    def nameless(self) -> Self:
        """Who left, and of whom nothing stays but a number that keys and signatures refer to."""
        return self.filter(is_active=False, name="")

    def known(self) -> Self:
        """Everybody else: whoever may be shown or asked for."""
        return self.exclude(is_active=False, name="")

    def left(self, before: date) -> Self:
        """Who was suspended on this day or earlier, and is still known."""
        return self.known().filter(is_active=False, left_on__lte=before)


class UserManager(BaseUserManager["User"]):
    """Knows how to find somebody by mail address, which is what allauth asks for."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def serving(self, route: str) -> UserQuerySet:
        return self.get_queryset().serving(route)

    def who_keeps_or_counsels(self, name: str, role: str) -> UserQuerySet:
        return self.get_queryset().who_keeps_or_counsels(name, role)

    def nameless(self) -> UserQuerySet:
        return self.get_queryset().nameless()

    def known(self) -> UserQuerySet:
        return self.get_queryset().known()

    def left(self, before: date) -> UserQuerySet:
        return self.get_queryset().left(before)


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff. The name and function stand on the page where a reporter sees who will read.

    Groups and permissions are the editor's of the information site, and follow from the role (people/editors.py). No
    page of ours asks them: what somebody may do here is `may`.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    function_nl = models.CharField(max_length=120)
    function_en = models.CharField(max_length=120)
    role_key = models.CharField(max_length=40)
    is_active = models.BooleanField(default=True)
    on_duty = models.BooleanField(default=False)
    unit = models.CharField(max_length=40, default="", blank=True)  # of institution.toml
    left_on = models.DateField(null=True)

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar = [
            # An account has one role. That one person does not keep complaints with one account and counsel with
            # another, the name has to tell: two of these people with the same name need an initial (R-001-29).
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(role_key__in=APART) & ~Q(name=""),
                name="nobody_keeps_complaints_and_counsels",
            ),
            models.CheckConstraint(condition=Q(is_superuser=False), name="nobody_may_do_everything"),
        ]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def role(self) -> Role:
        return ROLES[self.role_key]

    def may(self, right: Right) -> bool:
        return self.is_active and right in self.role.rights

    @property
    def advises(self) -> str:
        """The level of a pool, of an adviser or a counsellor; empty for everybody else."""
        return self.role.adviser

    def function(self, language: str) -> str:
        return self.function_nl if language == "nl" else self.function_en

    @property
    def must_have_second_factor(self) -> bool:
        """Whoever can read anything signs in with two factors (R-002-18)."""
        return bool(self.role.rights)


class Membership(models.Model):
    """A person serves a route. It gives no key: the vault's directory decides who is sealed to (security.md 2.4)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    route = models.CharField(max_length=40)
    since = models.DateField(default=date.today)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "route"], name="a_person_serves_a_route_once")]


class Profile(models.Model):
    """What a team has to know of an adviser to choose one. Why somebody is away is not asked."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    languages = models.JSONField(default=list)
    audiences = models.JSONField(default=list)
    days = models.JSONField(default=list)  # of the week, Monday is 0
    away_from = models.DateField(null=True)
    away_until = models.DateField(null=True)
    deputy = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[models.Manager["Profile"]] = models.Manager()

    def is_away(self, on: date) -> bool:
        """Without a last day the absence goes on."""
        return bool(self.away_from and self.away_from <= on and (self.away_until is None or on <= self.away_until))


class Training(models.Model):
    """A training that an adviser passed, and the last day on which it counts."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="trainings")
    key = models.CharField(max_length=40)
    passed_on = models.DateField()
    valid_until = models.DateField()

    objects: ClassVar[models.Manager["Training"]] = models.Manager()


class Development(models.Model):
    """A line of the log of an adviser: development or supervision, on a day, for some hours (R-002-16)."""

    class Kind(models.TextChoices):
        DEVELOPMENT = "development", _("Professional development")
        SUPERVISION = "supervision", _("Supervision")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="developments")
    kind = models.CharField(max_length=12, choices=Kind)
    day = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=1)

    objects: ClassVar[models.Manager["Development"]] = models.Manager()


class DutyQuerySet(models.QuerySet["Duty"]):
    def of(self, route: str, on: date) -> Self:
        return self.to_come(route, on).filter(first_on__lte=on)

    def to_come(self, route: str, on: date) -> Self:
        known = self.filter(route=route, last_on__gte=on).select_related("person", "second")
        return known.order_by("first_on", "pk")


class Duty(models.Model):
    """Who is on duty for a team, from the first minute of one day to the last of another, nights and weekends too."""

    route = models.CharField(max_length=40)
    first_on = models.DateField()
    last_on = models.DateField()
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar = DutyQuerySet.as_manager()

    @property
    def people(self) -> list[User]:
        return [self.person, *([self.second] if self.second else [])]


class Tried(models.Model):
    """Something that counts for some minutes: wrong tries, a code that was used (see tries.py). Only of staff."""

    key = models.CharField(primary_key=True, max_length=64)
    value = models.TextField()
    until = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager["Tried"]] = models.Manager()
