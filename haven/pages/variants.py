"""The answers to one question beside each other, with what differs marked for an editor (R-004-60)."""

from difflib import SequenceMatcher
from typing import Any

from django.utils.html import strip_tags
from wagtail.admin.panels import Panel

type Marked = list[tuple[str, bool]]


def marked(text: str, beside: str) -> Marked:
    """The words of a text in pieces, and whether a piece is missing in the text beside it."""
    words, others = text.split(), beside.split()
    matcher = SequenceMatcher(a=others, b=words, autojunk=False)
    pieces = [(" ".join(words[j1:j2]), kind != "equal") for kind, _i1, _i2, j1, j2 in matcher.get_opcodes()]
    return [(piece, differs) for piece, differs in pieces if piece]


def side_by_side(variants: list[tuple[str, Any]]) -> list[tuple[str, Marked]]:
    """Each compared with the one before it; the first with the second."""
    plain = [strip_tags(str(text).replace("</p>", "</p> ")) for _name, text in variants]
    beside = [plain[n - 1] if n else plain[1] if len(plain) > 1 else plain[0] for n in range(len(plain))]
    return [(name, marked(text, other)) for (name, _), text, other in zip(variants, plain, beside, strict=True)]


class VariantsPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/edit/variants.html"

        def is_shown(self) -> bool:
            return len(self.instance.answers) > 1

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"variants": side_by_side(self.instance.variants())}
