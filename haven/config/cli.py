"""The command `haven`. What it says is meant to be read: each step while it happens, and a sentence when it stops.

This file needs the standard library only, so that the process that watches over the others stays small; what needs
Django is in inside.py, and runs in a process of its own when a server is started.
"""

import argparse
import importlib
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from haven.config import place, running
from haven.config.place import Refused

ANSWERS = (
    *("address", "hosts", "rulebook", "database", "smtp-host", "smtp-port", "smtp-tls", "smtp-user"),
    *("smtp-password-file", "mail-from", "backups", "recipients"),
)
REFUSED = 2  # the exit code of a start that was refused with a sentence


def say(words: str) -> None:
    print(words, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Gives the exit code: 0 all is well, 1 something was found or went wrong, 2 refused."""
    given = parser().parse_args(arguments)
    try:
        if getattr(given, "data", None):
            os.environ["HAVEN_DATA"] = given.data
        place.read_settings(os.environ)
        if given.verb in {None, "serve"}:
            return serve(given)
        return int(importlib.import_module("haven.config.inside").run(given))
    except Refused as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return REFUSED


def serve(given: argparse.Namespace) -> int:
    """Check, prepare, serve. The port comes first: nothing is touched while another Haven may be running here."""
    running.stop_on_signals()
    host, port, environment = given.host, given.port, os.environ
    say(f"Haven {version('haven')}")
    place.check_port(host, port)
    say(f"Port {port} is free.")
    folder = place.data_folder(environment)
    place.check_whole(folder)
    demo = place.is_demo(environment, folder, asked=given.demo)
    if demo:
        place.check_stays_inside(environment, host)
    place.prepare(folder, demo=demo)
    say(f"Data folder: {folder}{' (the demo)' if demo else ''}")
    shown = f"[{host}]" if ":" in host else host
    environment |= {"HAVEN_DATA": str(folder), "HAVEN_BIND": f"{shown}:{port}", "HAVEN_DEMO": "1" if demo else ""}
    environment.setdefault("HAVEN_ADDRESS", f"http://{shown}:{port}")
    prepared = subprocess.run([*running.HAVEN, "prepare"], check=False)  # noqa: S603  our own command
    return prepared.returncode or running.run(host, port, say, with_clock=given.clock)


def parser() -> argparse.ArgumentParser:
    haven = argparse.ArgumentParser(prog="haven", description="Social safety software. Without a verb: haven serve.")
    haven.set_defaults(host="127.0.0.1", port=8000, demo=False, clock=True)
    verbs = haven.add_subparsers(dest="verb", metavar="VERB")
    _serve(verbs.add_parser("serve", help="prepare everything and serve it, with the clock beside it"))
    _init(verbs.add_parser("init", help="set up an installation: settings, keys of the first two readers, checks"))
    verbs.add_parser("check", help="say what is missing or unsafe before people rely on this installation")
    _backup(verbs.add_parser("backup", help="make an encrypted backup while Haven runs; or the key for it"))
    _restore(verbs.add_parser("restore", help="from a backup to an empty data folder"))
    verbs.add_parser("migrate", help="prepare the data folder and the database, and no more")
    verbs.add_parser("prepare")
    grants = verbs.add_parser("grants", help="print what a database account of the site alone may do, as SQL")
    grants.add_argument("account", help="the account, which was made without any rights")
    verbs.add_parser("links", help="ask whether the addresses elsewhere, to which pages lead, still answer")
    clock = verbs.add_parser("clock", help="send mail, remind, forget and verify, until it is stopped")
    clock.add_argument("--once", action="store_true", help="do what is due now, and stop")
    verbs.add_parser("verify", help="do the nightly verification now, and print all it finds")
    _rulebook(verbs.add_parser("rulebook", help="the rules of the institution"))
    _trail(verbs.add_parser("trail", help="the record of what was done"))
    _people(verbs.add_parser("people", help="the first people of an installation"))
    _outside(verbs.add_parser("outside", help="a route whose readers have their keys elsewhere"))
    overview = verbs.add_parser("overview", help="figures of a period that is over")
    close = overview.add_subparsers(dest="deed", required=True).add_parser(
        "close", help="freeze them, for the desk to release"
    )
    close.add_argument("period", help="such as 2026Q3 or 2026")
    return haven


def _serve(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--demo", action="store_true", help="fill a new data folder with an invented institution")
    verb.add_argument("--port", type=int, default=8000)
    verb.add_argument("--host", default="127.0.0.1", help="the address to listen on; this machine only by default")
    verb.add_argument("--no-clock", dest="clock", action="store_false", help="the clock runs elsewhere (haven clock)")


def _init(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("data", nargs="?", metavar="FOLDER", help="the data folder; otherwise that of HAVEN_DATA")
    for answer in ANSWERS:
        verb.add_argument(f"--{answer}", help="asked when it is left out")
    verb.add_argument(
        "--reader",
        action="append",
        nargs=4,
        default=[],
        metavar=("NAME", "EMAIL", "FUNCTION_NL", "FUNCTION_EN"),
        help="one of the first two readers; give it twice",
    )
    files = "the passphrase of each --reader, for rehearsals: in earnest a reader types it"
    verb.add_argument("--passphrase-file", action="append", default=[], type=Path, help=files)
    verb.add_argument("--routes", help="the teams the two read for, with commas; by default the contact point")
    verb.add_argument("--print-to", type=Path, help="a new file for what has to be printed")


def _backup(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("words", nargs="*", metavar="FOLDER", help="where to; or: key FILE, to make a key, elsewhere")


def _restore(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, help="the backup")
    verb.add_argument("--key", type=Path, required=True, help="the file that `haven backup key` made")
    verb.add_argument("--register", type=Path, help="the newest deletion register; that beside the backup by default")
    verb.add_argument("--without-register", action="store_true", help="there is none any more")


def _rulebook(verb: argparse.ArgumentParser) -> None:
    check = verb.add_subparsers(dest="deed", required=True).add_parser("check", help="say what is wrong with a folder")
    check.add_argument("folder")


def _trail(verb: argparse.ArgumentParser) -> None:
    deeds = verb.add_subparsers(dest="deed", required=True)
    deeds.add_parser("key", help="show the first key, once, before anything is recorded; the auditor keeps it")
    verify = deeds.add_parser("verify", help="see whether every line follows from the one before")
    verify.add_argument("--key", default="", help="the first key: then the seals are verified as well")


def _people(verb: argparse.ArgumentParser) -> None:
    deeds = verb.add_subparsers(dest="deed", required=True)
    add = deeds.add_parser("add", help="make an account; prints the link for choosing a password")
    add.add_argument("email")
    add.add_argument("--name", required=True)
    add.add_argument("--function-nl", required=True, help="as reporters will read it, in Dutch")
    add.add_argument("--function-en", required=True, help="the same in English")
    add.add_argument(
        "--role",
        required=True,
        help="contact_point, coordinator, adviser_professional, adviser_volunteer, administrator",
    )
    root = deeds.add_parser("root", help="the ceremony: name the two first readers")
    root.add_argument("emails", nargs=2, metavar="EMAIL")


def _outside(verb: argparse.ArgumentParser) -> None:
    deeds = verb.add_subparsers(dest="deed", required=True)
    deeds.add_parser("keys", help="at the reader's: make keys").add_argument("folder", type=Path)
    export = deeds.add_parser("export", help="at the server: pack what waits, a package for each reader")
    export.add_argument("route")
    export.add_argument("folder", type=Path)
    opening = deeds.add_parser("open", help="at the reader's: open a package, without a network")
    answer = deeds.add_parser("answer", help="at the reader's: make a reply to one report")
    for one in (opening, answer):
        one.add_argument("file", type=Path, help="the package")
        one.add_argument("--key", type=Path, required=True, help="the key file")
    opening.add_argument("--to", type=Path, required=True, help="a new folder, for what can be read")
    opening.add_argument("--language", choices=("nl", "en"), default="nl")
    answer.add_argument("--case", required=True, help="the reference on top of its page")
    answer.add_argument("--text", type=Path, required=True, help="the answer, in a plain text file")
    answer.add_argument("--to", type=Path, required=True, help="a new file, for the reply")
    answer.add_argument("--close", metavar="OUTCOME", help="close the case as well")
    answer.add_argument("--category")
    answer.add_argument("--destination")
    deeds.add_parser("import", help="at the server: take in a reply").add_argument("file", type=Path)


if __name__ == "__main__":
    sys.exit(main())
