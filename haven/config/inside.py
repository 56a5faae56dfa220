"""The verbs of `haven` that work on a data folder. Django is set up first: what needs its models is named, and imported
after that."""

import os
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import django
from django.db import DatabaseError
from django.utils.module_loading import import_string

from haven.config import place
from haven.config.outside import alone
from haven.config.place import Refused
from haven.rulebook import loader
from haven.rulebook.words import RulebookError

WHOLE = frozenset({"init", "check", "restore", "prepare", "migrate", "grants", "links"})
"""Verbs that have to do with the tables of every door, whichever are opened here. The editor of the site takes
seconds to read, and what the others do has nothing to do with it; the clock publishes where it has that zone."""


def say(words: str) -> None:
    print(words, flush=True)


def run(given: Namespace) -> int:
    """The exit code. Raises Refused."""
    verb = " ".join(filter(None, (given.verb, getattr(given, "deed", None))))
    if verb in WHOLE:
        os.environ["HAVEN_ZONES"] = place.EVERY_ZONE
    elif verb != "clock":
        os.environ["HAVEN_ZONES"] = place.WITHOUT_SITE
    try:
        return VERBS[verb](given)
    except RulebookError as error:
        raise Refused(f"The rulebook is not right.\n\n{error}") from None
    except DatabaseError as error:
        raise Refused(f"The database does not answer ({error}). Run `haven migrate` if it is new.") from None


def _enter() -> None:
    """Set Django up on a data folder that exists. Raises Refused, or RulebookError."""
    folder = place.data_folder(os.environ)
    place.check_whole(folder)
    if not (folder / "secrets").exists():
        raise Refused(f"There is no Haven in {folder}. Set HAVEN_DATA, or start with: haven serve")
    os.environ.setdefault("HAVEN_DEMO", "1" if (folder / place.MARK).exists() else "")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haven.config.settings")
    django.setup()


def _entered(name: str) -> Any:
    """What is called `name`, after Django was set up."""
    _enter()
    return import_string(name)


def _check_rulebook(given: Namespace) -> int:
    wrong = loader.check(Path(given.folder))
    for problem in wrong:
        say(f"{problem}\n")
    say(f"{len(wrong)} to mend." if wrong else f"{given.folder} can be used as it is.")
    return 1 if wrong else 0


def _prepare(_given: Namespace) -> int:
    _entered("haven.config.prepare.prepare")(say)
    import_string("haven.config.prepare.tell_missing")(say)
    import_string("haven.config.prepare.addresses")(say)
    return 0


def _migrate(_given: Namespace) -> int:
    folder = place.data_folder(os.environ)
    place.check_whole(folder)
    place.prepare(folder, demo=False)
    _entered("haven.config.prepare.prepare")(say)
    say("Done.")
    return 0


def _grants(given: Namespace) -> int:
    _entered("haven.config.grants.tell")(say, given.account)
    return 0


def _links(_given: Namespace) -> int:
    return 1 if _entered("haven.config.links.check")(say) else 0


def _clock(given: Namespace) -> int:
    failed = _entered("haven.clock.tick.once" if given.once else "haven.clock.tick.run")()
    return 1 if failed else 0


def _verify(_given: Namespace) -> int:
    findings = _entered("haven.clock.verify.findings")()
    for finding in findings:
        say(finding)
    say(f"{len(findings)} found." if findings else "All is sound.")
    return 1 if findings else 0


def _verify_trail(given: Namespace) -> int:
    try:
        key = bytes.fromhex(given.key) or None
    except ValueError:
        raise Refused("That is not a key: it has 64 signs, 0 to 9 and a to f.") from None
    broken = _entered("haven.trail.actions.broken_at")(key)
    begins = import_string("haven.trail.actions.begins")()
    if begins:
        say("The trail begins at line {}: what was before it was forgotten on {}, after {} years.".format(*begins))
    say("Every line follows from the one before." if broken is None else f"The trail is broken at line {broken}.")
    return 0 if broken is None else 1


def _first_key(_given: Namespace) -> int:
    try:
        key = _entered("haven.trail.actions.first_key")()
    except RuntimeError as error:
        raise Refused(str(error)) from None
    say("The first key of the trail. Give it to the auditor, and keep no copy here:")
    say(f"   {key.hex()}")
    return 0


def _add_person(given: Namespace) -> int:
    functions = (given.function_nl, given.function_en)
    _entered("haven.config.staff.add")(say, email=given.email, name=given.name, functions=functions, role=given.role)
    return 0


def _init(given: Namespace) -> int:
    import_string("haven.config.init.init")(say, given)
    return 0


def _check(_given: Namespace) -> int:
    found = _entered("haven.config.check.missing")()
    for sentence in found:
        say(f"- {sentence}")
    say("This has to be done before people rely on it." if found else "Nothing is missing.")
    return 1 if found else 0


def _backup(given: Namespace) -> int:
    """`backup key FILE`, or `backup [FOLDER]`."""
    words = given.words
    if words[:1] == ["key"] and len(words) == 2:
        import_string("haven.config.backup.keys.make")(say, Path(words[1]))
    elif len(words) < 2 and words != ["key"]:
        _entered("haven.config.backup.make.make")(say, Path(words[0]).resolve() if words else None)
    else:
        raise Refused("Either `haven backup FOLDER`, or `haven backup key FILE`.")
    return 0


def _restore(given: Namespace) -> int:
    wish = import_string("haven.config.backup.restore.Wish")(
        given.file, given.key, given.register, given.without_register
    )
    return int(import_string("haven.config.backup.restore.restore")(say, wish))


def _make_roots(given: Namespace) -> int:
    _entered("haven.config.staff.make_roots")(say, tuple(given.emails))
    return 0


def _alone(name: str) -> Any:
    """What is called `name`, for a reader outside: no data folder, no database."""
    alone.set_up()
    return import_string(f"haven.config.outside.offline.{name}")


def _make_outside_keys(given: Namespace) -> int:
    _alone("make_keys")(say, given.folder)
    return 0


def _open_package(given: Namespace) -> int:
    _alone("open_package")(say, given.file, key=given.key, to=given.to, language=given.language)
    return 0


def _answer_outside(given: Namespace) -> int:
    decided = (given.close, given.category, given.destination)
    if any(decided) and not all(decided):
        raise Refused("Closing a case takes all three: --close OUTCOME --category CATEGORY --destination DESTINATION.")
    places = {"key": given.key, "text": given.text, "to": given.to}
    _alone("answer")(say, given.file, case=given.case, decided=decided if all(decided) else None, **places)
    return 0


def _export_packages(given: Namespace) -> int:
    _entered("haven.config.outside.server.export")(say, given.route, given.folder)
    return 0


def _import_reply(given: Namespace) -> int:
    _entered("haven.config.outside.server.take_in")(say, given.file)
    return 0


def _close_overview(given: Namespace) -> int:
    _entered("haven.config.overview.close")(say, given.period)
    return 0


VERBS: Mapping[str, Callable[[Namespace], int]] = {
    "init": _init,
    "check": _check,
    "backup": _backup,
    "restore": _restore,
    "prepare": _prepare,
    "migrate": _migrate,
    "grants": _grants,
    "links": _links,
    "clock": _clock,
    "verify": _verify,
    "rulebook check": _check_rulebook,
    "trail key": _first_key,
    "trail verify": _verify_trail,
    "people add": _add_person,
    "people root": _make_roots,
    "overview close": _close_overview,
    "outside keys": _make_outside_keys,
    "outside export": _export_packages,
    "outside open": _open_package,
    "outside answer": _answer_outside,
    "outside import": _import_reply,
}
