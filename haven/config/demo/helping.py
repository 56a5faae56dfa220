"""Writes what a person comes to the site of the demo for: situations, questions, the toolkit, topics and statements."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from haven.config.demo import papers, topics
from haven.config.demo.writing import Table, Trees, as_html, entries, put, read
from haven.pages.models import (
    HomePage,
    Question,
    QuestionGroup,
    QuestionIndexPage,
    SituationPage,
    ToolkitItem,
    ToolkitPage,
)

AS_THEY_ARE = ("kind", "subject", "audiences", "languages", "link", "contact", "reviewed_on", "group_min", "group_max")
PARTS = {"do": "what", "how": "how", "whom": "whom"}


def write() -> None:
    """In the caller's transaction, once the trees are there."""
    homes = {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}
    for told in read("audiences")["situations"]:
        put(SituationPage, homes, {code: _situation(told, code) for code in homes})
    put(QuestionIndexPage, homes, {code: _page_of_questions(code) for code in homes})
    _questions(homes)
    put(ToolkitPage, homes, {code: _page_of_toolkit(code) for code in homes})
    _toolkit(homes)
    topics.write(homes)
    papers.write(homes)


def _situation(told: Table, code: str) -> Table:
    parts = {PARTS[part["key"]]: [("step", _step(one, code)) for one in part["steps"]] for part in told["parts"]}
    return {"title": told["title"][code], "situation": told["key"], "lead": told["lead"][code].strip(), **parts}


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
    return text[code].strip() if text else ""


def _page_of_questions(code: str) -> Table:
    return {
        "title": {"nl": "Vragen en antwoorden", "en": "Questions and answers"}[code],
        "lead": {
            "nl": "Wat anderen vroegen, met een antwoord voor studenten en voor medewerkers.",
            "en": "What others asked, with an answer for students and for staff.",
        }[code],
    }


def _questions(homes: Trees) -> None:
    told, groups = read("questions"), {}
    for n, one in enumerate(told["groups"]):
        key = uuid4()
        for code, home in homes.items():
            group = QuestionGroup(title=one["title"][code], position=n, locale=home.locale, translation_key=key)
            groups[one["key"], code] = group
    QuestionGroup.objects.bulk_create(groups.values())
    made: list[Question] = []
    for n, one in enumerate(told["questions"]):
        words = {code: {**_question(one, code), "group": groups[one["group"], code], "position": n} for code in homes}
        made += entries(Question, homes, words)
    Question.objects.bulk_create(made)


def _question(told: Table, code: str) -> Table:
    answers = [
        ("answer", {"audience": "" if key == "all" else key, "text": as_html(answer[code])})
        for key, answer in told["answers"].items()
    ]
    return {"slug": told["key"], "asks": told["asks"][code].strip(), "answers": answers}


def _page_of_toolkit(code: str) -> Table:
    lead = {
        "nl": "Trainingen, workshops en hulpmiddelen, om zelf iets te doen of met je groep.",
        "en": "Training, workshops and tools, to do something yourself or with your group.",
    }
    return {"title": "Toolkit", "lead": lead[code]}


def _toolkit(homes: Trees) -> None:
    made: list[ToolkitItem] = []
    for one in read("toolkit")["items"]:
        made += entries(ToolkitItem, homes, {code: _tool(one, code) for code in homes})
    ToolkitItem.objects.bulk_create(made)


def _tool(told: Table, code: str) -> Table:
    same = {name: told[name] for name in AS_THEY_ARE if name in told}
    words = {name: told[name][code].strip() for name in ("title", "text", "tense") if name in told}
    need = [("thing", one) for one in told.get("need", {}).get(code, ())]
    plan = [("part", {"minutes": one["minutes"], "text": one["text"][code]}) for one in told.get("plan", ())]
    return {"slug": told["key"], **same, **words, "need": need, "plan": plan}
