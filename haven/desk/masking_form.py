"""A copy of a paper with words blacked out: made here, and served instead of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.complaints import masking, regulation
from haven.complaints.letter import NONE
from haven.complaints.opened import Paper
from haven.desk.complaint_forms import ComplaintForm, paper_name
from haven.desk.forms import choices, words
from haven.desk.redact import black_out


class Mask(ComplaintForm):
    deed = "mask"
    name = _("Make a copy with words blacked out")
    says = _(
        "The copy goes to the parties instead of the paper. The paper stays with those who handle the complaint."
        " Files are not in the copy. Read it before you serve it."
    )
    done = _("The copy is in the file. Read it, then serve it.")
    paper = forms.ChoiceField(label=_("Paper"))
    out = words(_("Words that have to go"), rows=3, hint=_("One on a line. They go wherever they stand."))
    reason = words(_("Why"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = set(self.opened.row.documents.filter(served__exception="").values_list("pk", flat=True))
        self.papers = {str(one.row.pk): one for one in self.opened.papers if one.row.pk not in given and self._fit(one)}
        lines = [(key, paper_name(self.rules, one.kind, one.title)) for key, one in self.papers.items()]
        choices(self.fields["paper"], lines, empty=_("Choose"))

    def _fit(self, paper: Paper) -> bool:
        inside = regulation.within(self.rules, paper.kind)
        return not (paper.row.quarantined or paper.row.masks_id or inside) and bool(words_of(paper))

    @property
    def fits(self) -> bool:
        return bool(self.papers)

    def clean(self) -> dict[str, Any]:
        """Something has to go: a copy that says the same would be served in the belief that it does not."""
        told = super().clean()
        paper, out = self.papers.get(str(told.get("paper"))), self._lines()
        if paper and out and black_out(words_of(paper), out) == words_of(paper):
            self.add_error("out", _("None of these words stands in this paper."))
        return told

    def _lines(self) -> list[str]:
        return [line.strip() for line in str(self.cleaned_data.get("out", "")).splitlines() if line.strip()]

    def carry_out(self) -> None:
        paper, out = self.papers[self.cleaned_data["paper"]], self._lines()
        title = black_out(paper_name(self.rules, paper.kind, paper.title), out)
        text, reason = black_out(words_of(paper), out), self.cleaned_data["reason"]
        masking.mask(self.opened, paper.row.pk, title=title, text=text, reason=reason)


def words_of(paper: Paper) -> str:
    """Its text; of a letter of complaint what it says beside the form in which it came."""
    letter = paper.head.get("letter")
    if not isinstance(letter, dict):
        return paper.text
    before = str(letter.get("steps_taken", ""))
    return "\n\n".join(filter(None, (str(letter.get("description", "")), before if before != NONE else "")))
