"""Steps of a guide: folded, each with an address of its own, for everyone or for some (R-004-15)."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from haven.pages import audience
from haven.pages.blocks import provisions, text
from haven.rulebook import shelf
from haven.rulebook.directory import Provision


class GuideStep(blocks.StructBlock):
    summary = blocks.CharBlock(label=_("Step"), max_length=160)
    content_note = blocks.CharBlock(
        label=_("Note before it, when it is strong"),
        required=False,
        max_length=160,
        help_text=_("Stands beside the step, so that nobody reads it unprepared."),
    )
    text = text(_("What to do"))
    provision = blocks.ChoiceBlock(label=_("Whom to contact"), choices=provisions, required=False)
    audiences = blocks.MultipleChoiceBlock(
        label=_("Only for"), choices=audience.named, required=False, help_text=_("Nothing ticked means everyone.")
    )


STEPS: Final = [("step", GuideStep(label=_("Step"), icon="list-ol"))]


class Step(NamedTuple):
    summary: str
    note: str
    text: Any
    address: str
    provision: Provision | None
    only: Sequence[str]  # names of audiences, where nobody said who reads


def for_reader(stream: Any, chosen: str, taken: set[str]) -> list[Step]:
    """What somebody of this audience sees. `taken`: addresses on the page so far; those of the steps join them."""
    directory = {one.key: one for one in shelf.current().provisions}
    steps = []
    for block in stream:
        told = block.value
        address = free(told["summary"], taken)
        if audience.reads(chosen, told["audiences"]):
            only = [] if chosen else audience.names(told["audiences"])
            provision = directory.get(told["provision"])
            steps.append(Step(told["summary"], told["content_note"], told["text"], address, provision, only))
    return steps


def free(words: str, taken: set[str]) -> str:
    """An address made of these words that nothing else on the page has."""
    wished = slugify(words)[:60].strip("-") or "step"
    numbered: Iterable[str] = (f"{wished}-{n}" for n in range(2, len(taken) + 3))
    address = next(one for one in (wished, *numbered) if one not in taken)
    taken.add(address)
    return address
