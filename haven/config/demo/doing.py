"""Writes what is being done in the demo: the plan with its versions, through the same deeds as an editor."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from haven.config.demo.writing import Table, Trees, put, read
from haven.pages import actions
from haven.pages.models import Action, Component, Finding, HomePage, PlanPage, Progress, Source, StandardPage, Unit

PAIRS = ("title", "text", "reason", "window", "partner", "call")


def write() -> None:
    """In the caller's transaction, once the trees are there."""
    homes = {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}
    below = put(StandardPage, homes, {code: _doing(code) for code in homes})
    _units()
    _sources()
    _plan(below)


def _doing(code: str) -> Table:
    return {
        "title": {"nl": "Wat we doen", "en": "What we do"}[code],
        "lead": {
            "nl": "Het plan, het nieuws van elke maand, wat faculteiten zelf doen en waar je aan mee kunt doen.",
            "en": "The plan, the news of each month, what faculties do themselves and what you can join.",
        }[code],
    }


def pair(name: str, told: Mapping[str, Any] | None) -> dict[str, str]:
    return {f"{name}_{code}": said.strip() for code, said in (told or {}).items()}


def _units() -> None:
    for number, one in enumerate(read("units")["units"]):
        Unit.objects.update_or_create(key=one["key"], defaults={"position": number, **pair("name", one["name"])})


def _sources() -> None:
    for one in read("plan")["sources"]:
        words = pair("title", one["title"]) | pair("body", one["body"])
        source = Source.objects.create(**words, **{name: one[name] for name in ("key", "kind", "on", "link")})
        for found in one["findings"]:
            Finding.objects.create(source=source, key=found["key"], **pair("text", found["text"]))


def _plan(below: Trees) -> None:
    told = read("plan")
    put(PlanPage, below, {code: {name: told[name][code].strip() for name in ("title", "lead")} for code in below})
    every = [one for version in told["versions"] for one in version.get("changes", ())]
    later = {one["action"]: one["was"] for one in every if "was" in one}
    for version in told["versions"]:
        changes = version.get("changes", ())
        for number, one in enumerate(told["actions"]):
            if one["version"] == version["number"]:
                _action(one | later.get(one["key"], {}), number)
        for change in changes:
            if change["kind"] == "changed":
                now = next(one for one in told["actions"] if one["key"] == change["action"])
                Action.objects.filter(key=now["key"]).update(**_words(now))
        _steps(told["actions"], until=version["on"])
        why = {one["action"]: one["reason"] for one in changes}
        actions.make_version(on=version["on"], title=version["title"], reason=version["reason"], why=why)
    _steps(told["actions"])


def _action(told: Table, number: int) -> None:
    action = Action(key=told["key"], position=number, **_words(told))
    action.component = Component.objects.get(key=told["component"])
    action.unit = Unit.objects.get(key=told["unit"])
    action.findings = Finding.objects.filter(key__in=told["findings"])
    action.save()


def _words(told: Table) -> dict[str, Any]:
    words: dict[str, Any] = {name: said for one in PAIRS for name, said in pair(one, told.get(one)).items()}
    words |= {name: told[name] for name in ("targets", "priority", "promised")}
    return words | {"contact": told.get("contact", ""), "recheck_on": told.get("recheck_on")}


def _steps(told: list[Table], until: date | None = None) -> None:
    rows = {one.key: one for one in Action.objects.prefetch_related("history")}
    there = {(key, step.on) for key, row in rows.items() for step in row.history.all()}
    Progress.objects.bulk_create(
        Progress(
            action=rows[one["key"]],
            **{name: step[name] for name in ("on", "state", "percent")},
            **pair("says", step.get("says")),
        )
        for one in told
        for step in one["history"]
        if one["key"] in rows and (one["key"], step["on"]) not in there and (until is None or step["on"] <= until)
    )
