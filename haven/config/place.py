"""The data folder and the port, looked at before anything else happens. Only the standard library: this has to be able
to say what is wrong when nothing else works."""

import os
import secrets
import socket
import tempfile
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from urllib.parse import urlsplit

WITHOUT_SITE = "reporter,parties,desk"
EVERY_ZONE = f"site,{WITHOUT_SITE}"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SECRETS = ("secret_key", "state_key")
SETTINGS = "haven.env"  # what `haven init` asked, in the data folder; whatever the environment says itself wins
RESTORING = "restoring"  # a folder of this name in the data folder says that a restore did not come to its end
MARK = "demo"  # a file of this name in the data folder says that everything in it is invented


class Refused(Exception):
    """Haven does not start. The message is one or two sentences: what is wrong, and what to do."""


type Environment = MutableMapping[str, str]


def data_folder(environment: Environment) -> Path:
    return Path(environment.get("HAVEN_DATA", "data")).resolve()


def read_settings(environment: Environment) -> None:
    """Add what `haven init` wrote down to what the environment says. Raises Refused."""
    file = data_folder(environment) / SETTINGS
    try:
        known = settings_in(file)
    except OSError as error:
        raise Refused(f"{file} cannot be read ({error.strerror}). Run `haven` as the user who owns it.") from None
    said = {name.removesuffix("_FILE") for name in environment}
    environment.update({name: value for name, value in known.items() if name.removesuffix("_FILE") not in said})


def settings_in(file: Path) -> dict[str, str]:
    """What stands in such a file: a name and a value on each line, as systemd reads it too."""
    lines = file.read_text().splitlines() if file.exists() else []
    pairs = (line.partition("=") for line in lines if not line.startswith("#"))
    return {name.strip(): value.strip() for name, between, value in pairs if between}


def write_settings(folder: Path, values: Mapping[str, str]) -> None:
    """Whole or not at all: passwords of the database and the mail server are in it."""
    head = "# The settings of this Haven, by `haven init`. Whatever the environment says itself wins.\n"
    write_whole(folder / SETTINGS, head + "".join(f"{name}={value}\n" for name, value in values.items()))


def write_whole(file: Path, text: str) -> None:
    """For the owner only, on disk for good, and never half."""
    part = file.with_name(f".{file.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as kept:
        kept.write(text)
        kept.flush()
        os.fsync(kept.fileno())
    part.replace(file)


def check_whole(folder: Path) -> None:
    """Raises Refused where a restore was interrupted: what had to stay destroyed may still be in it."""
    if (folder / RESTORING).exists():
        raise Refused(
            f"A restore into {folder} did not come to its end. Empty that folder, and run `haven restore` once more."
        )


def is_demo(environment: Environment, folder: Path, *, asked: bool) -> bool:
    """A demo by wish; also where nothing was configured and the folder is new, or holds a demo already.

    Raises Refused when that does not fit what the folder holds: a demo has keys and passwords that everybody knows.
    """
    marked, used = (folder / MARK).exists(), (folder / "secrets").exists()
    configured = any(name.startswith("HAVEN_") for name in environment) or "DATABASE_URL" in environment
    demo = asked or (not configured and (marked or not used))
    if demo and used and not marked:
        raise Refused(f"{folder} holds real data. Give the demo a folder of its own: set HAVEN_DATA to a new one.")
    if marked and not demo:
        raise Refused(
            f"{folder} holds the demo, whose passwords and keys are public. Set HAVEN_DATA to a new folder, or start "
            "the demo with: haven serve --demo"
        )
    return demo


def check_stays_inside(environment: Environment, host: str) -> None:
    """The demo is for this machine only. Raises Refused."""
    address = urlsplit(environment.get("HAVEN_ADDRESS", "http://localhost")).hostname
    if host not in LOOPBACK or address not in LOOPBACK:
        raise Refused(
            "The demo listens on this machine only, since its passwords are public. Leave out --host and "
            "HAVEN_ADDRESS, or start without --demo on a new data folder."
        )


def check_port(host: str, port: int) -> None:
    """Raises Refused when somebody listens there already, or when we may not."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except PermissionError:
            raise Refused(f"Port {port} is reserved for the system. Choose one above 1023: --port 8000") from None
        except OverflowError:
            raise Refused(f"{port} is not a port. Choose one between 1024 and 65535: --port 8000") from None
        except OSError as error:
            if isinstance(error, socket.gaierror):
                raise Refused(f"“{host}” is not an address of this machine. Leave out --host.") from None
            raise Refused(
                f"Port {port} is in use by another program, perhaps by another Haven. Stop that one, or choose another "
                f"port: --port {port + 1}"
            ) from None


def prepare(folder: Path, *, demo: bool) -> None:
    """Make the data folder where it is missing, see that it can be written, and make its secrets. Raises Refused."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(4096))
            probe.flush()
            os.fsync(probe.fileno())
        _make_secrets(folder / "secrets")
        if demo:
            (folder / MARK).touch()
    except OSError as error:
        raise Refused(
            f"Haven cannot write in {folder} ({error.strerror}). Make the folder writable for this user and see that "
            "the disk has room, or set HAVEN_DATA to another folder."
        ) from None


def _make_secrets(folder: Path) -> None:
    """Once, at the first start. They lie outside the database; a backup holds both, encrypted."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for name in SECRETS:
        file = folder / name
        if not file.exists():
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
                kept.write(secrets.token_urlsafe(48) + "\n")
