"""Writes what the demo lays down: definitions, documents, good practice, accessibility, and all on one page."""

from collections.abc import Mapping

from haven.config.demo.writing import Table, Trees, as_html, put, read
from haven.pages.models import (
    AccessibilityPage,
    DefinitionPage,
    DocumentPage,
    PracticePage,
    RequiredPage,
    StandardPage,
)


def write(homes: Trees) -> None:
    put(DefinitionPage, homes, {code: _definition(code) for code in homes})
    put(AccessibilityPage, homes, {code: _accessibility(code) for code in homes})
    about = put(StandardPage, homes, ABOUT)
    for told in read("documents")["documents"]:
        put(DocumentPage, about, {code: _document(told, code) for code in homes})
    put(PracticePage, about, {code: _practices(code) for code in homes})
    put(RequiredPage, about, {code: _required(code) for code in homes})


ABOUT: Mapping[str, Table] = {
    "nl": {"title": "Wat we afspraken", "lead": "De code, de huisregels, wat werkt, en alles op één pagina."},
    "en": {"title": "What we agreed", "lead": "The code, the house rules, what works, and everything on one page."},
}


def _definition(code: str) -> Table:
    told = read("definitions")
    terms = [("category", _term(one, code) | {"category": one["category"]}) for one in told["categories"]]
    grounds = [("ground", {"ground": one["ground"], "text": one["text"][code]}) for one in told["grounds"]]
    first, *_more = as_html(told["experienced"]["text"][code]).split("</p>", 1)
    words = as_html(told["experienced"]["text"][code]).removeprefix(f"{first}</p>")
    lists = {name: [("term", _term(one, code)) for one in told[name]] for name in ("forms", "settings")}
    return {"title": TITLE[code], "words": words, "categories": terms, "grounds": grounds, **lists}


TITLE = {"nl": "Wat is ongewenst gedrag?", "en": "What is undesirable behaviour?"}


def _term(told: Table, code: str) -> dict[str, object]:
    text, note = told.get("text"), told.get("note")
    return {
        "title": told["title"][code],
        "text": text[code].strip() if text else "",
        "content_note": note[code] if note else "",
        "examples": told["examples"][code] if "examples" in told else [],
    }


def _accessibility(code: str) -> Table:
    told = read("accessibility")
    same = {name: told[name] for name in ("status", "standard", "made_on", "checked_on", "recheck_on")}
    words = {name: told[name][code] for name in ("title", "lead", "how", "contact")}
    parts = ("title", "cause", "consequence", "measure")
    deviations = [
        ("deviation", {**{part: one[part][code] for part in parts}, "by": one["by"]}) for one in told["deviations"]
    ]
    return {**same, **words, "deviations": deviations}


def _document(told: Table, code: str) -> Table:
    versions = [("version", _version(one, code)) for one in told["versions"]]
    words = {"title": told["title"][code], "lead": told["about"][code], "audiences": _with_pages(told["audiences"])}
    return {**words, "versions": versions}


def _with_pages(audiences: list[str]) -> list[str]:
    """For visitors too means for everyone."""
    return [] if "visitor" in audiences else audiences


def _version(told: Table, code: str) -> Table:
    articles = [{"title": one["title"][code], "text": as_html(one["text"][code])} for one in told["articles"]]
    return {
        "number": told["number"],
        "from_on": told["from"],
        "until": told.get("until"),
        "changes": told["changes"][code],
        "agreed_by": told["agreed_by"][code],
        "articles": articles,
    }


def _practices(code: str) -> Table:
    told = read("practices")["practices"]
    return {**PRACTICES[code], "practices": [(one["kind"], _practice(one, code)) for one in told]}


PRACTICES: Mapping[str, Table] = {
    "nl": {
        "title": "Wat werkt, hier en elders",
        "lead": "Van onze eigen mensen, van andere organisaties, en wat nog ontbreekt.",
    },
    "en": {
        "title": "What works, here and elsewhere",
        "lead": "From our own people, from others, and what is missing still.",
    },
}


def _practice(told: Table, code: str) -> Table:
    words = {name: told[name][code] for name in ("title", "source")}
    used = told["used"][code] if "used" in told else ""
    return {
        **words,
        "origin": told["origin"],
        "text": as_html(told["text"][code]),
        "used": used,
        "link": told.get("link", ""),
    }


def _required(code: str) -> Table:
    told = read("required_page")
    blocks = [
        ("block", {"about": one["key"], "title": one["title"][code], "text": as_html(one["text"][code])})
        for one in told["blocks"]
    ]
    changes = [
        ("version", {"number": one["number"], "on": one["on"], "changes": one["changes"][code]})
        for one in reversed(told["versions"])
    ]
    return {"title": told["title"][code], "lead": told["lead"][code], "blocks": blocks, "changes": changes}
