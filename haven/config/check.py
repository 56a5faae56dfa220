"""`haven check`: what is missing or unsafe before people rely on an installation, each with what to do about it. Never
a word of a case, and never how many there are."""

import shutil
import smtplib
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.timezone import localdate

from haven.clock.verify import findings
from haven.config import place
from haven.config.backup.make import newest
from haven.desk import joining
from haven.trail.models import Entry

LEAST_FREE = 2 * 1024**3
BACKUP_DAYS = 2
SWAPS = Path("/proc/swaps")
_GUARDED = ("/dev/dm-", "/dev/zram")  # encrypted, or in memory


def missing() -> list[str]:
    """Sentences for the administrator; an empty list means that nothing is missing."""
    checks = (_address, _rulebook, _readers, _mail, _backups, _folder, _machine, _clock, _store)
    return [sentence for check in checks for sentence in check()]


def _address() -> Iterator[str]:
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or ""
    if settings.DEMO:
        yield "This is the demo: its passwords and keys are public. Make an installation: haven init FOLDER"
    if settings.DEBUG:
        yield "HAVEN_DEBUG is on: pages of errors show what somebody wrote. Take it away."
    if not settings.HTTPS or host in place.LOOPBACK:
        yield f"The address is {settings.PUBLIC_ADDRESS}. Set HAVEN_ADDRESS to the one people use, with https://."
    if not any(host == one or (one.startswith(".") and host.endswith(one)) for one in settings.ALLOWED_HOSTS):
        yield f"{host} is not answered. Add it to HAVEN_HOSTS."
    if "*" in settings.ALLOWED_HOSTS:
        yield "HAVEN_HOSTS answers every name. Name the hosts that are yours."


def _rulebook() -> Iterator[str]:
    """A wrong one is refused before this is asked."""
    if settings.RULEBOOK.resolve() == settings.BASE.parent / "rulebooks" / "example":
        yield "The rulebook is that of an invented institution. Write your own, and set HAVEN_RULEBOOK."


def _readers() -> Iterator[str]:
    if len(settings.VAULT_ROOTS) != joining.NEEDED:
        yield "The two first readers are not named. Hold the ceremony: haven init, or haven people root."
    for team in joining.teams():
        if not team.enough:
            yield (
                f"Nobody can send to “{team.route.name.en}” yet: it needs {team.route.min_readers} readers whose keys "
                "are confirmed. Add them at the desk, under People."
            )
        if team.route.outside and not team.couriers:
            yield f"Nobody carries the packages of “{team.route.name.en}”. Name couriers at the desk, under People."


def _mail() -> Iterator[str]:
    options: dict[str, Any] = settings.SMTP
    if not options.get("host"):
        yield "There is no mail server, so nobody hears that something came. Set HAVEN_SMTP_HOST."
        return
    try:
        with smtplib.SMTP(options["host"], options["port"], timeout=options["timeout"]) as server:
            if options["use_tls"]:
                server.starttls()
            if options["username"]:
                server.login(options["username"], options["password"])
    except (OSError, smtplib.SMTPException) as error:
        yield f"The mail server {options['host']} does not take our mail ({type(error).__name__}). See HAVEN_SMTP_*."
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield "Mails have no sender that others accept. Set HAVEN_MAIL_FROM."


def _backups() -> Iterator[str]:
    keys = len(settings.BACKUP_RECIPIENTS)
    if keys < 2:
        have = "one key" if keys else "no key"
        yield (
            f"There is {have} that opens backups; have two, in two safes. Make each on another computer with "
            "`haven backup key FILE`, and set HAVEN_BACKUP_RECIPIENTS."
        )
    folder = settings.BACKUPS
    if folder is None or not folder.is_dir():
        yield "There is no folder for backups. Mount one of another machine, and set HAVEN_BACKUPS."
        return
    last = newest(folder)
    if last is None or localdate() - last > timedelta(days=BACKUP_DAYS):
        made = f"The newest backup is of {last}" if last else "No backup was made yet"
        yield f"{made}. Let `haven backup` run every night, and rehearse `haven restore`."


def _folder() -> Iterator[str]:
    for path in (settings.DATA, settings.DATA / "secrets", settings.DATA / place.SETTINGS):
        if path.exists() and path.stat().st_mode & 0o077:
            yield f"Others on this machine can read {path}. Close it: chmod go= {path}"
    if shutil.disk_usage(settings.DATA).free < LEAST_FREE:
        yield f"There is less than 2 GB free on the disk of {settings.DATA}. Make room."


def _machine() -> Iterator[str]:
    swaps = SWAPS.read_text().splitlines()[1:] if SWAPS.exists() else []
    if any(not line.startswith(_GUARDED) for line in swaps):
        yield "Swap is on: words and keys in memory can end up on the disk. Switch it off (swapoff -a), or encrypt it."
    told = shutil.which("timedatectl")
    if told:
        command = [told, "show", "--property=NTPSynchronized", "--value"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603  fixed words
        if done.stdout.strip() == "no":
            yield "The time of this machine is not synchronised; second factors need it: timedatectl set-ntp on"


def _clock() -> Iterator[str]:
    """It verifies every night, on whatever machine it runs, and leaves a line."""
    last = Entry.objects.filter(did__in=("store.sound", "store.unsound")).order_by("seq").last()
    if last is None or localdate() - last.day > timedelta(days=1):
        yield "The clock did not run last night, so no mail leaves and nothing is forgotten. Start it: haven serve"


def _store() -> Iterator[str]:
    if findings():
        yield "The verification found something. See what: haven verify"
