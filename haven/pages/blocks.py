"""What text on the site is made of: a short closed list. How each of them looks is ours, in templates/pages/blocks/."""

import re
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from haven.rulebook import shelf

WORDS: Final = ["bold", "italic", "link", "ol", "ul"]  # inside text; headings are blocks of their own


def provisions() -> list[tuple[str, str]]:
    language = get_language() or "nl"
    return [(one.key, one.name.say(language)) for one in shelf.current().provisions]


def text(label: Any) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(features=WORDS, label=label)


class Step(blocks.StructBlock):
    summary = blocks.CharBlock(label=_("Step"), max_length=160)
    text = text(_("What to do"))


class Example(blocks.StructBlock):
    """Something that happens. With a note it is folded, so that nobody reads it unprepared (R-004-03)."""

    content_note = blocks.CharBlock(label=_("Note before it, when it is strong"), required=False, max_length=160)
    text = text(_("Example"))

    class Meta:
        template = "pages/blocks/example.html"
        icon = "comment"
        label = _("Example")


class Card(blocks.StructBlock):
    """Leads to a page of the site, or to an address."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    link = blocks.CharBlock(label=_("Or an address"), required=False, help_text=_("Such as /help/ or https://…"))


class Quote(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"))
    who = blocks.CharBlock(label=_("Whose"), required=False, max_length=120)

    class Meta:
        template = "pages/blocks/quote.html"
        icon = "openquote"
        label = _("Quotation")


class Somebody(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=120)
    function = blocks.CharBlock(label=_("Function or group"), required=False, max_length=160)


class People(blocks.ListBlock):
    class Meta:
        template = "pages/blocks/people.html"
        icon = "group"
        label = _("People")


class ContactWay(blocks.StructBlock):
    """Somebody of the directory, as the rulebook says how to reach them."""

    provision = blocks.ChoiceBlock(label=_("Who"), choices=provisions)

    class Meta:
        template = "pages/blocks/contact.html"
        icon = "mail"
        label = _("Contact")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        found = (one for one in shelf.current().provisions if one.key == value["provision"])
        return context | {"provision": next(found, None)}


class Picture(blocks.StructBlock):
    """What it shows has to be said as well, for who cannot see it."""

    image = ImageChooserBlock(label=_("Picture"))
    alternative = blocks.CharBlock(label=_("What it shows"), max_length=250)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    def clean(self, value: Any) -> Any:
        said: Any = super().clean(value)
        if re.fullmatch(r"\S+\.\w{3,4}|(IMG|DSC|image|foto)[-_ ]?\d*", said["alternative"].strip(), re.IGNORECASE):
            wrong = ValidationError(_("Say what the picture shows, not how the file is called."))
            raise blocks.StructBlockValidationError({"alternative": wrong})
        return said

    class Meta:
        template = "pages/blocks/picture.html"
        icon = "image"
        label = _("Picture")


BODY: Final = [
    (
        "heading",
        blocks.CharBlock(label=_("Heading"), icon="title", max_length=160, template="pages/blocks/heading.html"),
    ),
    ("text", blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=WORDS, template="pages/blocks/text.html")),
    ("steps", blocks.ListBlock(Step(), label=_("Steps"), icon="list-ol", template="pages/blocks/steps.html")),
    ("example", Example()),
    ("cards", blocks.ListBlock(Card(), label=_("Cards"), icon="grip", template="pages/blocks/cards.html")),
    ("quote", Quote()),
    ("people", People(Somebody())),
    ("contact", ContactWay()),
    ("picture", Picture()),
]
TEAM: Final = [("people", People(Somebody()))]
