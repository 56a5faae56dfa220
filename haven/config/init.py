"""`haven init`: an installation for real. What is there already says how far it came, so that it can go on where it was
interrupted: settings, then tables, then one reader after the other, then the ceremony."""

import os
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import django
from django.utils.module_loading import import_string

from haven.config import asking, place
from haven.config.place import Refused
from haven.config.terminal import Terminal

ROOTS = "roots"

type Say = Callable[[str], object]


def init(say: Say, given: Namespace) -> None:
    """Raises Refused: also when somebody stops it, which keeps what was done."""
    try:
        _go_on(Terminal(say), given)
    except (KeyboardInterrupt, EOFError):
        raise Refused("Stopped. What was done is kept: run haven init again, and it goes on from there.") from None


def _go_on(terminal: Terminal, given: Namespace) -> None:
    folder = place.data_folder(os.environ)
    if _begun(folder):
        terminal.say(f"Going on with the installation in {folder}. Its settings are in {folder / place.SETTINGS}.")
    else:
        terminal.say(f"A new installation in {folder}.")
        answers = asking.ask(terminal, given)
        place.prepare(folder, demo=False)
        place.write_settings(folder, answers)
        terminal.say(f"Written: {folder / place.SETTINGS}. Only you can read it; change it there.")
    place.read_settings(os.environ)
    place.prepare(folder, demo=False)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haven.config.settings")
    django.setup()
    import_string("haven.config.prepare.prepare")(terminal.say)
    import_string("haven.config.ceremony.hold")(terminal, given)
    _last_words(terminal.say, folder)


def _begun(folder: Path) -> bool:
    """Whether this folder holds an installation that `haven init` has begun. Raises Refused when it holds another."""
    place.check_whole(folder)
    if (folder / place.MARK).exists():
        raise Refused(f"{folder} holds the demo, whose keys everybody knows. Name a new folder: haven init FOLDER")
    if (folder / "secrets" / ROOTS).exists():
        raise Refused(f"There is a Haven in {folder} already. See what it still needs with: haven check")
    if (folder / place.SETTINGS).exists():
        return True
    if (folder / "haven.sqlite3").exists():
        raise Refused(f"There is a Haven in {folder} set up by hand. Go on by hand: docs/operations.md")
    left = {one.name for one in folder.iterdir()} if folder.is_dir() else set()
    if left - {"secrets", f".{place.SETTINGS}.part"}:
        raise Refused(f"{folder} is not empty. Name a new folder: haven init FOLDER")
    return False


def _last_words(say: Say, folder: Path) -> None:
    say("")
    say("Installed. What is still missing:")
    for sentence in import_string("haven.config.check.missing")():
        say(f"- {sentence}")
    say("")
    say("Then start it, and look again with haven check:")
    say(f"   HAVEN_DATA={folder} haven serve")
