"""Writes what a person comes to the site of the demo for: situations, questions, the toolkit, topics and statements."""

from collections.abc import Mapping
from typing import Any

from haven.config.demo.writing import Table, as_html, filled, put, read
from haven.pages.models import HomePage, SituationPage

PARTS = {"do": "what", "how": "how", "whom": "whom"}


def write() -> None:
    """In the caller's transaction, once the trees are there."""
    homes = {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}
    for told in read("audiences")["situations"]:
        put(SituationPage, homes, {code: _situation(told, code) for code in homes})


def _situation(told: Table, code: str) -> Table:
    parts = {PARTS[part["key"]]: [("step", _step(one, code)) for one in part["steps"]] for part in told["parts"]}
    return {"title": told["title"][code], "situation": told["key"], "lead": filled(told["lead"][code]), **parts}


def _step(told: Table, code: str) -> Table:
    return {
        "summary": told["title"][code],
        "content_note": in_language(told.get("note"), code),
        "text": as_html(told["text"][code]),
        "provision": told.get("provision", ""),
        "audiences": told.get("audiences", []),
    }


def in_language(text: Mapping[str, Any] | None, code: str) -> str:
    """What may be absent is empty."""
    return filled(text[code]) if text else ""
