"""What the invented confidential counsellors were told, through the usual actions, each sealed to that one alone."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta

from pydantic import BaseModel

from haven.config.demo.content import HERE, Days, Read, Words
from haven.config.demo.playing import Member
from haven.counsel import actions, peers
from haven.counsel.models import Notification
from haven.counsel.opened import OpenNotification, open_notification


class Note(Read):
    days_after: Days
    text: Words
    pointed: str


class Asked(Read):
    fellow: str
    days_after: Days
    text: Words
    advice: Words


class Ended(Read):
    days_after: Days
    outcome: str
    destination: str


class Told(Read):
    """One notification. `next_in`: days from today until the next talk."""

    counsellor: str
    days_ago: Days
    audience: str
    category: str
    also: tuple[str, ...] = ()
    about: Words
    support: Words
    name: str = ""
    reach: str = ""
    next_in: int | None = None
    notes: tuple[Note, ...] = ()
    asked: Asked | None = None
    ended: Ended | None = None


class AllTold(BaseModel):
    notification: tuple[Told, ...]


def told() -> tuple[Told, ...]:
    return AllTold.model_validate(tomllib.loads((HERE / "notifications.toml").read_text(encoding="utf-8"))).notification


def play(staff: Mapping[str, Member], today: date) -> None:
    for one in told():
        _play(one, staff, today)


def _play(one: Told, staff: Mapping[str, Member], today: date) -> None:
    own, day = staff[one.counsellor], today - timedelta(days=one.days_ago)
    next_on = (today + timedelta(days=one.next_in)).isoformat() if one.next_in is not None else ""
    words = one.model_dump(include={"audience", "category", "also", "about", "support"}, mode="json")
    notifier = {"name": one.name, "reach": one.reach}
    row = actions.take_down(own.keyring, by=own.user, told={**words, "next": next_on}, notifier=notifier, on=day)
    for note in one.notes:
        written = {"text": note.text, "pointed": note.pointed, "next": next_on}
        actions.note(_open(row, own), written, on=day + timedelta(days=note.days_after))
    if one.asked:
        _ask(one.asked, _open(row, own), staff[one.asked.fellow], day)
    if one.ended:
        on = day + timedelta(days=one.ended.days_after)
        actions.close(_open(row, own), outcome=one.ended.outcome, destination=one.ended.destination, on=on)


def _ask(asked: Asked, opened: OpenNotification, fellow: Member, day: date) -> None:
    on = day + timedelta(days=asked.days_after)
    [to] = [one for one in peers.fellows(opened.by) if one.person == fellow.user]
    peers.ask(opened, to=to, text=asked.text, on=on)
    [talk] = peers.talks(fellow.keyring, by=fellow.user)
    peers.say(talk, asked.advice, on=on + timedelta(days=1))


def _open(row: Notification, own: Member) -> OpenNotification:
    return open_notification(row.pk, keyring=own.keyring, by=own.user)
