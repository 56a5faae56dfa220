"""At the server: pack what waits for readers outside, and take in what they answered. Neither opens anything."""

import base64
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from haven.cases.actions import NotNow
from haven.cases.models import Case
from haven.config.outside import package
from haven.config.place import Refused
from haven.dialogue import outside as deeds
from haven.people.readers import RouteReader, outside_of, readers_of
from haven.rulebook import loader, shelf
from haven.trail import actions as trail
from haven.vault import outside
from haven.vault.errors import CannotOpen
from haven.vault.models import SealedFile

AT_THE_TERMINAL = "terminal"  # who did it, in the trail
LONGEST_REPLY = 4 * 1024 * 1024

type Say = Callable[[str], object]


def export(say: Say, route: str, folder: Path) -> None:
    """A package for each reader: one in which a case lay that somebody may not know of would tell that it exists."""
    if not outside_of(route):
        known = ", ".join(one.key for one in shelf.current().routes if one.outside) or "none"
        raise Refused(f"“{route}” is not a route with readers outside. Known here: {known}.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        packages = [(reader, _export(route, reader, folder)) for reader in readers_of(route)]
    except OSError as error:
        raise Refused(f"A package cannot be written in {folder}: {error.strerror}.") from None
    with transaction.atomic():
        trail.note("outside.exported", subject=route, by=AT_THE_TERMINAL)
    say("Bring each package to its reader. Nobody else can open it, and it is not secret that it exists.")
    for reader, file in packages:
        say(f"   {reader.name}: {file}")
    say(f"They are sealed by {package.show(outside.institution().kid)}. Tell each reader, for their first package.")


def _export(route: str, reader: RouteReader, folder: Path) -> Path:
    with transaction.atomic():
        running = Case.objects.filter(route=route).exclude(state__in=("closed", "withdrawn"))
        cases = list(running.select_related("mailbox"))
        packed = outside.pack([case.pk for case in cases], reader.kid)
        theirs = [case for case in cases if case.pk in packed]
        entries: dict[str, bytes | Path] = {
            f"rulebook/{name}": settings.RULEBOOK / name for name in loader.names(settings.RULEBOOK)
        }
        entries |= {_entry(case): _case(case, packed[case.pk]) for case in theirs}
        blobs = _blobs(packed)
    entries |= {f"files/{blob}": settings.BLOB_ROOT / blob for blob in blobs}
    institution, file = outside.institution(), folder / f"{route}-{reader.kid[:8]}.haven"
    about = {"for": reader.kid, "route": route, "on": localdate().isoformat()}
    keys = {"opens": institution.reader.public.hex(), "signs": institution.sign_public.hex()}
    package.write(file, entries, {**about, **keys}, institution)
    return file


def _entry(case: Case) -> str:
    return f"cases/{case.reference}.json"


def _case(case: Case, packed: outside.Packed) -> bytes:
    days = {"received_on": case.received_on.isoformat(), "due": case.contact_due and case.contact_due.isoformat()}
    about = {"reference": case.reference, "scope": case.pk.hex, "urgent": case.urgent, "seq": case.mailbox.last_seq}
    return json.dumps({**about, **days, **packed}).encode()


def _blobs(packed: Mapping[UUID, outside.Packed]) -> list[str]:
    """The sealed files in the parts this reader can open."""
    parts = [part["id"] for case in packed.values() for part in case["parts"]]
    return [blob.hex for blob in SealedFile.objects.filter(compartment__in=parts).values_list("pk", flat=True)]


def take_in(say: Say, file: Path) -> None:
    """Store a reply, or say why not. A file that comes twice changes nothing the second time."""
    said, signature = _read(file)
    try:
        reply = deeds.signed(said, signature)
        new = deeds.receive(reply)
    except CannotOpen:
        raise Refused(f"{file} is not a reply that a reader of routes.toml signed. Nothing was changed.") from None
    except NotNow as refused:
        reason = "has ended" if str(refused) == "ended" else "is not here, or not for this reader"
        raise Refused(f"The case of this reply {reason}. Nothing was changed.") from None
    say("The reply is in the mailbox of the reporter." if new else "This reply came before. Nothing was changed.")
    if new and reply.closing:
        say("The case is closed.")


def _read(file: Path) -> tuple[bytes, bytes]:
    try:
        with file.open("rb") as source:
            read: dict[str, Any] = json.loads(package.read_at_most(source, LONGEST_REPLY))
        return read["said"].encode(), base64.b64decode(read["signature"], validate=True)
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from None
    except outside.NONSENSE:
        raise Refused(f"{file} is not a reply of Haven, or not a whole one. Nothing was changed.") from None
