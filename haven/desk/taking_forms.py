"""What comes in with each page of an intake at the desk. Whatever was typed is kept, also when it cannot go on yet."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from haven.desk.taking import ANSWERS, BEGIN, CHANNELS, READERS, Taking
from haven.intake import questionnaire
from haven.intake.forms import form_for
from haven.rulebook import shelf
from haven.rulebook.form_kinds import FORM
from haven.rulebook.questions import Kind


@dataclass(frozen=True)
class Taken:
    """The intake with what came in, and a sentence for everything that is in the way of going on.

    `wrong`: the key of a question, or the name of a field, and what is wrong with it.
    """

    taking: Taking
    wrong: dict[str, str]


def take(taking: Taking, posted: QueryDict) -> Taken:
    takes = _TAKES.get(taking.draft.at)
    return takes(taking, posted) if takes else Taken(taking, {})


def _begin(taking: Taking, posted: QueryDict) -> Taken:
    channel, form = posted.get("channel", ""), posted.get("form", "")
    languages = shelf.current().institution.languages
    language = next((one for one in languages if one == posted.get("language")), taking.language)
    answers = {**taking.draft.answers, FORM: form} if form else dict(taking.draft.answers)
    if not shelf.current().intake.form(answers) or not form:
        answers.pop(FORM, None)
    known = channel if channel in CHANNELS else ""
    taken = replace(taking, channel=known, language=language, draft=replace(taking.draft, answers=answers, route=""))
    return Taken(taken, {} if known else {"channel": _("Choose how this came in.")})


def _answers(taking: Taking, posted: QueryDict) -> Taken:
    intake, answers = shelf.current().intake, dict(taking.draft.answers)
    wrong: dict[str, str] = {}
    for question in intake.asks(answers):
        if question.kind is not Kind.FILES:
            form = form_for(question, posted, question.key)
            answers[question.key] = form.answer
            wrong |= dict.fromkeys([question.key] if form.errors else [], " ".join(map(str, form.non_field_errors())))
    asked = {question.key for question in questionnaire.path(answers)}
    wrong = {key: says for key, says in wrong.items() if key in asked}
    if not intake.fits(answers):
        wrong["audience"] = _("This form is for others. Go on with the general questions; nothing you typed is lost.")
    return Taken(replace(taking, draft=replace(taking.draft, answers=answers, urgent="urgent" in posted)), wrong)


def _readers(taking: Taking, posted: QueryDict) -> Taken:
    here = taking.team.kids
    struck = here & frozenset(posted.getlist("strike"))
    draft = replace(taking.draft, struck_out=(taking.draft.struck_out - here) | struck)
    draft = replace(draft, keeper=posted.get("keeper", ""), deputy=posted.get("deputy", ""))
    taken = replace(taking, draft=draft, told="told" in posted, deleted="deleted" in posted)
    return Taken(taken, _not_ready(taken))


def _not_ready(taking: Taking) -> dict[str, str]:
    """What has to be done before anything can be sent; checked again when it is sent."""
    left, wrong = {one.kid for one in taking.team.left}, {}
    if not taking.team.enough:
        wrong["strike"] = _("Too few people are left to read this. Below you see what you can do.")
    if taking.confidential and taking.draft.keeper not in left:
        wrong["keeper"] = _("Choose the one person who may know the name.")
    elif taking.confidential and not taking.team.knows(taking.draft.keeper, taking.draft.deputy):
        wrong["deputy"] = _("Choose somebody else as the second person, or nobody.")
    if not taking.told:
        wrong["told"] = _("Tell who reads, and tick that you did.")
    if taking.by_mail and not taking.deleted:
        wrong["deleted"] = _("Delete the mail first, and tick that you did.")
    return wrong


def obstacle(taking: Taking) -> str:
    """The page to see to before sending; nothing when all is well."""
    if not taking.channel:
        return BEGIN
    if questionnaire.first_unfit(taking.draft.answers) or not shelf.current().intake.fits(taking.draft.answers):
        return ANSWERS
    shown = {one.kid for one in taking.team.left} <= taking.draft.shown
    return "" if shown and not _not_ready(taking) else READERS


_TAKES: dict[str, Callable[[Taking, QueryDict], Taken]] = {BEGIN: _begin, ANSWERS: _answers, READERS: _readers}
