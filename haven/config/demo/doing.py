"""Writes what is being done in the demo: the plan with its versions, through the same deeds as an editor."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from haven.config.demo.writing import Block, Table, Trees, as_html, put, read
from haven.pages import actions
from haven.pages.models import (
    Action,
    Activity,
    ActivityIndexPage,
    Component,
    Finding,
    HomePage,
    Initiative,
    InitiativeIndexPage,
    InitiativeKind,
    Outcome,
    PlanPage,
    Progress,
    Series,
    Source,
    StandardPage,
    Unit,
    UpdateIndexPage,
    UpdatePage,
)

PAIRS = ("title", "text", "reason", "window", "partner", "call")
SECTIONS = {"happening": "happening", "coming": "next", "highlights": "highlighted"}
INITIATIVES = {
    "nl": {"title": "Initiatieven", "lead": "Wat faculteiten, diensten en het ziekenhuis zelf doen."},
    "en": {"title": "Initiatives", "lead": "What faculties, services and the hospital do themselves."},
}
WORDS_OF_AN_ACTIVITY = ("title", "purpose", "window", "place", "partner")
PLAIN_OF_AN_ACTIVITY = (
    *("key", "kind", "details_follow", "around", "on", "until", "starts", "ends"),
    *("audiences", "languages", "contact", "link"),
)
ACTIVITIES = {
    "nl": {"title": "Activiteiten", "lead": "Waar je de komende zes maanden aan mee kunt doen."},
    "en": {"title": "Activities", "lead": "What you can join in the next six months."},
}
UPDATES = {
    "nl": {"title": "Elke maand een update", "lead": "Wat er gebeurt, wat er komt, en wat anderen doen."},
    "en": {"title": "An update every month", "lead": "What happens, what comes, and what others do."},
}


RESTS_ON_FIGURES = ("answer-on-every-report", "two-supervisors", "first-listeners")


def write() -> None:
    """In the caller's transaction, once the trees are there."""
    homes = {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}
    below = put(StandardPage, homes, {code: _doing(code) for code in homes})
    _units()
    _sources()
    _plan(below)
    _initiatives(below)
    _updates(below)
    _activities(below)


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
    Action.objects.filter(key__in=RESTS_ON_FIGURES).update(overview=str(localdate().year - 1))


def _initiatives(below: Trees) -> None:
    put(InitiativeIndexPage, below, {code: INITIATIVES[code] for code in below})
    for one in read("initiatives")["initiatives"]:
        plain = {name: one[name] for name in ("key", "status", "highlighted", "audiences")}
        plain |= {"kind": InitiativeKind.objects.get(key=one["kind"]), "unit": Unit.objects.get(key=one["unit"])}
        Initiative.objects.create(**plain, **pair("title", one["title"]), **pair("text", one["text"]))


def _activities(below: Trees) -> None:
    put(ActivityIndexPage, below, {code: ACTIVITIES[code] for code in below})
    told = read("activities")
    for one in told["series"]:
        words = pair("title", one["title"]) | pair("text", one["text"]) | pair("purpose", one["purpose"])
        Series.objects.create(key=one["key"], **words)
    for one in told["activities"]:
        words = {name: said for pairs in WORDS_OF_AN_ACTIVITY for name, said in pair(pairs, one.get(pairs)).items()}
        plain = {name: one[name] for name in PLAIN_OF_AN_ACTIVITY if name in one}
        series = Series.objects.filter(key=one.get("series", "")).first()
        made = Activity(series=series, unit=Unit.objects.filter(key=one.get("unit", "")).first(), **plain, **words)
        made.clean()
        made.save()
        for idea in one.get("outcomes", ()):
            used_in = Action.objects.filter(key=idea.get("action", "")).first()
            Outcome.objects.create(activity=made, action=used_in, **pair("text", idea["text"]))


def _updates(below: Trees) -> None:
    index = put(UpdateIndexPage, below, {code: UPDATES[code] for code in below})
    for one in read("updates")["updates"]:
        put(UpdatePage, index, {code: _update(one, code) for code in index})


def _update(told: Table, code: str) -> Table:
    plain = {name: told[name] for name in ("on", "audiences", "quiet")} | {"contact": told.get("contact", "")}
    words = {name: told[name][code].strip() for name in ("title", "lead", "call") if name in told}
    lines = {name: [_line(one, code) for one in told.get(part, ())] for name, part in SECTIONS.items()}
    month: date = told["on"].replace(day=1)
    return {"slug": f"{month:%Y-%m}", "month": month, **plain, **words, **lines}


def _line(told: Table, code: str) -> Block:
    about = {name: told.get(name, "") for name in ("action", "initiative")}
    return "line", {"text": as_html(told["text"][code]), **about}


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
