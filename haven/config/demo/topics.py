"""Writes the topics of the demo with their statements, and the surveys."""

from collections.abc import Mapping

from wagtail.models import Page

from haven.config.demo.writing import Table, Trees, entries, put, read
from haven.pages.models import (
    Question,
    StatementIndexPage,
    StatementPage,
    Survey,
    ToolkitItem,
    TopicIndexPage,
    TopicPage,
)


def write(homes: Trees) -> None:
    """Once the toolkit and the questions are there."""
    below = put(StatementIndexPage, homes, STATEMENTS)
    statements: dict[tuple[str, str], Page] = {}
    for told in read("statements")["statements"]:
        pages = put(StatementPage, below, {code: _statement(told, code) for code in homes})
        statements |= {(told["key"], code): page for code, page in pages.items()}
    tools = dict(_by_key(ToolkitItem))
    questions = dict(_by_key(Question))
    below = put(TopicIndexPage, homes, TOPICS)
    for told in read("topics")["topics"]:
        words = {}
        for code in homes:
            words[code] = {
                **_topic(told, code),
                "statements": [("statement", statements[key, code]) for key in told["statements"]],
                "tools": [("tool", tools[key, code]) for key in told["toolkit"]],
                "questions": [("question", questions[key, code]) for key in told["questions"]],
            }
        put(TopicPage, below, words)
    for told in read("site")["surveys"]:
        Survey.objects.bulk_create(entries(Survey, homes, {code: _survey(told, code) for code in homes}))


def _by_key(kind: type[Question] | type[ToolkitItem]) -> list[tuple[tuple[str, str], Question | ToolkitItem]]:
    return [((one.slug, one.locale.language_code), one) for one in kind.objects.select_related("locale")]


def _statement(told: Table, code: str) -> Table:
    guide = [("question", one) for one in told["guide"][code]]
    words = {"title": told["says"][code], "why": told["why"][code], "audiences": told["audiences"], "guide": guide}
    return words | {"slug": told["key"]}


def _topic(told: Table, code: str) -> Table:
    return {
        "title": told["title"][code],
        "lead": told["text"][code].strip(),
        "from_on": told["from"],
        "to_on": told["to"],
    }


def _survey(told: Table, code: str) -> Table:
    words = {name: told[name][code].strip() for name in ("title", "text")}
    same = {"slug": told["key"], "audiences": told["audiences"], "link": told["link"]}
    return words | same | {"from_on": told["from"], "to_on": told["to"]}


STATEMENTS: Mapping[str, Table] = {
    "nl": {"title": "Wat vind jij?", "lead": "Eens of oneens, in één klik. En praat er daarna eens over."},
    "en": {"title": "What do you think?", "lead": "Agree or disagree, in one click. And then talk about it."},
}
TOPICS: Mapping[str, Table] = {
    "nl": {
        "title": "Onderwerpen",
        "lead": "Elke paar maanden één onderwerp: om over te lezen, te praten en te oefenen.",
    },
    "en": {"title": "Topics", "lead": "One topic every few months: to read, to talk and to practise."},
}
