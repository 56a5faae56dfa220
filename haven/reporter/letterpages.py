"""What only a letter of complaint has: its first and last page, days and people to fill in, and what happens now."""

from collections.abc import Callable
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haven.complaints import regulation
from haven.complaints.regulation import Flag
from haven.complaints.sending import Sent
from haven.intake import complaining, letters
from haven.intake.state import Draft
from haven.reporter import wizard
from haven.rulebook import course, shelf, terms
from haven.rulebook.questions import Kind, Question
from haven.ui.templatetags.ui import day as in_words

type Context = dict[str, Any]


def _start(draft: Draft) -> Context:
    """That it cannot be anonymous and what else there is, before the first word (R-001-57)."""
    form = letters.letter_of(draft.clean)
    return {"form": form, "blocks": form.before if form else (), "rules": letters.rules_for(draft.clean)}


def _sign(draft: Draft) -> Context:
    """What is signed. Each statement on its own, since each means something else."""
    rules, ticked = letters.rules_for(draft.clean), complaining.signed(draft)
    name = rules.name.say(get_language() or "") if rules else ""
    lines = {key: text.format(regulation=name) for key, text in complaining.statements().items()}
    told = [{"key": key, "text": text, "checked": key in ticked} for key, text in lines.items()]
    return {"statements": told, "name": draft.clean.get("letter_name", ""), "rules": rules}


PAGES: dict[str, Callable[[Draft], Context]] = {wizard.START: _start, wizard.CODE: _sign}


def typed(question: Question, answer: Any) -> Context:
    """Days and people as they were typed, also when they could not be taken."""
    if question.kind is Kind.PEOPLE:
        return {"people": [_row(question, one) for one in answer or [{}]]}
    return {"typed": answer or ""}


def _row(question: Question, one: dict[str, str]) -> Context:
    language = get_language() or ""
    options = [(option.key, option.label.say(language), option.key == one.get("as")) for option in question.options]
    return {"name": one.get("name", ""), "function": one.get("function", ""), "options": options}


def flags(draft: Draft) -> list[str]:
    """What the committee will look at, said beforehand. Nothing is refused for it (R-001-54)."""
    rules = letters.rules_for(draft.clean)
    if rules is None:
        return []
    found = regulation.flags(rules, complaining.letter_from(draft, get_language() or ""))
    return [text for one in found if (text := _flag(one))]


def _flag(flag: Flag) -> str:
    says = {
        "long_ago": _(
            "The last day you name is longer ago than the time limit in article %(article)s: it ended on %(day)s. "
            "You can send your letter all the same. The committee decides whether it can handle it."
        ),
        "left_long_ago": _(
            "You left longer ago than article %(article)s allows: the time ended on %(day)s. You can send your letter "
            "all the same. The committee decides whether it can handle it."
        ),
        "legal_procedure": _(
            "There is or was a legal procedure about this. You can send your letter all the same. The committee "
            "decides whether it can handle it."
        ),
        "earlier_complaint": _(
            "You complained about this before. You can send your letter all the same. The committee looks at what is "
            "new."
        ),
    }
    day = in_words(flag.last_day) if flag.last_day else ""
    return says[flag.key] % {"article": flag.article, "day": day} if flag.key in says else ""


def afterwards(sent: Sent, draft: Draft) -> Context:
    """What happens now, with the days of the regulation: what can come next, and each term that runs."""
    rules, day = sent.regulation, sent.row.received_on
    facts = regulation.held(rules, complaining.letter_from(draft, ""))
    went = course.Course(taken=(course.Taken(rules.first, day, rules.starter),), facts=facts)
    every = terms.due(rules, went, shelf.current().calendar, on=localdate())
    running = [one for one in every if one.last and not one.over]
    return {"sent": sent, "rules": rules, "running": running, "mine": complaining.written(draft)}
