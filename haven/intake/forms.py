"""A Django form for each question of the rulebook. A refusal loses nothing that was typed, and changes nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from haven.intake import facts
from haven.intake.facts import FACTS
from haven.intake.questionnaire import TEXTS, UNREADABLE, fitting, too_long
from haven.rulebook.questions import Kind, Question


class Words(forms.Field):
    """Text as it was typed: nothing trimmed, nothing taken out. A line ends with one character, so that we count alike.

    A NUL cannot be shown or searched, so it is marked like any other byte that is not a character.
    """

    def to_python(self, value: Any) -> str:
        return str(value or "").replace("\r\n", "\n").replace("\r", "\n").replace("\0", UNREADABLE)


class Chosen(forms.Field):
    """The options that were ticked, one or several."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [str(key) for key in value or ()]


class QuestionForm(forms.Form):
    """`answer` is what goes into the answers, also when it was refused: the page shows it again."""

    def __init__(self, question: Question, data: Any, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        self.question = question
        if question.kind not in {*TEXTS, *FACTS}:
            self.fields["choice"] = Chosen(required=False)
        if question.kind in {*TEXTS, Kind.WHEN}:
            self.fields["words"] = Words(required=False)

    @property
    def answer(self) -> Any:
        return fitting(self.question, self._typed())

    def clean(self) -> dict[str, Any]:
        if self.question.required and not self.answer:
            raise forms.ValidationError(_("We do need this, because of what you chose before. You can also go back."))
        if over := too_long(self.question, self.answer):
            raise forms.ValidationError(too_long_message(over, self.question.max_characters))
        if wrong := facts.wrong(self.question, self.answer):
            raise forms.ValidationError(wrong)
        return self.cleaned_data

    def _typed(self) -> Any:
        if self.question.kind in FACTS:
            return facts.typed(self.question, self.data)
        words, choice = self.cleaned_data.get("words", ""), self.cleaned_data.get("choice", [])
        match self.question.kind:
            case Kind.WORDS | Kind.STORY:
                return words
            case Kind.WHEN:
                return {"choice": choice[0] if choice else "", "words": words}
            case Kind.CHOICES:
                return choice
            case _:
                return choice[0] if choice else ""


def form_for(question: Question, data: Any, prefix: str | None = None) -> QuestionForm:
    """The form of one question, with what was posted. `prefix`: where several stand on one page."""
    form = QuestionForm(question, data, prefix)
    form.full_clean()
    return form


def too_long_message(over: int, fits: int) -> str:
    """How many characters too long, and what to do; the text itself stays on the page."""
    text = ngettext(
        "This is %(over)s character too long: %(fits)s fit here. Your text is still below. Make it a little shorter, "
        "or keep the rest for a message in your mailbox after sending.",
        "This is %(over)s characters too long: %(fits)s fit here. Your text is still below. Make it a little shorter, "
        "or keep the rest for a message in your mailbox after sending.",
        over,
    )
    return text % {"over": f"{over:,}".replace(",", "\u202f"), "fits": f"{fits:,}".replace(",", "\u202f")}
