"""What the demo shows so that anyone can look around within a minute. Outside the demo everything here is empty."""

import tomllib
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from haven.people.adapter import current_code
from haven.people.models import User


@dataclass(frozen=True)
class Invented:
    """The staff of the demo: one password and one passphrase for all of them, and whom the sign-in page names."""

    password: str = ""
    passphrase: str = ""
    listed: tuple[str, ...] = ()


@cache
def invented() -> Invented:
    """Only in the demo; production refuses these secrets at start."""
    if not settings.DEMO:
        return Invented()
    told = tomllib.loads((settings.BASE / "config" / "demo" / "people.toml").read_text())
    listed = tuple(one["email"] for one in (*told["person"], *told["editor"]) if one.get("listed", True))
    return Invented(told["password"], told["passphrase"], listed)


def people() -> list[User]:
    named = User.objects.filter(is_active=True, email__in=invented().listed).order_by("pk")
    return list(named) if settings.DEMO else []


def filled_in(email: str) -> dict[str, str]:
    """What one click puts in the form."""
    return {"login": email, "password": invented().password} if settings.DEMO and email else {}


def code_for(user: User) -> str:
    """The code that this person's telephone would show."""
    return current_code(user) if settings.DEMO else ""
