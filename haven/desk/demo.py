"""What the demo shows so that anyone can look around within a minute. Outside the demo everything here is empty."""

import tomllib
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from haven.people.adapter import current_code
from haven.people.models import User


@dataclass(frozen=True)
class Invented:
    """The staff of the demo: one password and one passphrase for all of them, and who they are."""

    password: str = ""
    passphrase: str = ""


@cache
def invented() -> Invented:
    """Only in the demo; production refuses these secrets at start."""
    if not settings.DEMO:
        return Invented()
    told = tomllib.loads((settings.BASE / "config" / "demo" / "people.toml").read_text())
    return Invented(told["password"], told["passphrase"])


def people() -> list[User]:
    return list(User.objects.filter(is_active=True).order_by("pk")) if settings.DEMO else []


def filled_in(email: str) -> dict[str, str]:
    """What one click puts in the form."""
    return {"login": email, "password": invented().password} if settings.DEMO and email else {}


def code_for(user: User) -> str:
    """The code that this person's telephone would show."""
    return current_code(user) if settings.DEMO else ""
