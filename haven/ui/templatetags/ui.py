"""Words, dates and components for templates. A builtin library: no template needs to load it."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext, ngettext

from haven.rulebook import opening, shelf
from haven.rulebook.opening import Today
from haven.ui.drawn import drawn_once
from haven.ui.frame import Frame, Tongue, frame, other_tongues
from haven.ui.icons import ICONS

register = template.Library()
register.tag(drawn_once)

UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})  # control, format, line and paragraph separators of Unicode
SIZES = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))

# ── Words ────────────────────────────────────────────────────────────────────────────────────────


@register.filter
def say(text: Any) -> str:
    """A text of the rulebook in the language of the page. A plain string passes through."""
    return str(text.say(get_language() or "nl")) if hasattr(text, "say") else str(text or "")


@register.filter
def all_said(texts: Iterable[Any]) -> str:
    """Several texts of the rulebook, one after the other."""
    return ", ".join(say(text) for text in texts)


@register.filter
def spoken(keys: Iterable[str]) -> str:
    """The languages somebody speaks, by their names."""
    return all_said(one.label for one in shelf.current().routes.languages if one.key in keys)


@register.filter
def plainly(words: str) -> str:
    """What a person wrote, with every character that hides itself made visible. Line breaks stay (show in `.words`)."""
    lines = str(words or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(f"[U+{ord(one):04X}]" if _hides(one) else one for one in lines)


def _hides(character: str) -> bool:
    return character not in "\n\t" and unicodedata.category(character) in UNSEEN


@register.filter
def tel(number: str) -> str:
    """A telephone number as an address a telephone can dial."""
    return "tel:" + "".join(one for one in number if one.isdigit() or one == "+")


@register.filter
def in_language(address: str) -> str:
    """An address of this site from the rulebook, in the language of the page; one elsewhere as it is."""
    return f"/{get_language() or 'nl'}{address}" if address.startswith("/") else address


# ── Days and numbers ─────────────────────────────────────────────────────────────────────────────


@register.filter
def day(value: Any) -> str:
    """Monday 23 November 2026. Takes a date, or a term of the calendar."""
    return _long_day(_date(value), get_language()) if value else ""


@lru_cache(maxsize=1024)
def _long_day(value: date, _language: str | None) -> str:
    return date_format(value, "l j F Y")


@register.filter
def short_day(value: Any) -> str:
    """23 November, without the year: for what lies near."""
    return date_format(_date(value), "j F") if value else ""


def _date(value: Any) -> date:
    found: date = getattr(value, "day") if not isinstance(value, date) else value  # noqa: B009  # a date has .day too
    return found


@register.filter
def in_working_days(count: int) -> str:
    """How far a term is, counted in working days: below zero it has passed."""
    if count == 0:
        return gettext("today")
    if count < 0:
        late = -count
        return ngettext("%(n)d working day late", "%(n)d working days late", late) % {"n": late}
    return ngettext("in %(n)d working day", "in %(n)d working days", count) % {"n": count}


@register.filter
def filesize(count: int) -> str:
    """12 MB, 340 kB, 80 bytes: in powers of ten, as telephones and computers show them now."""
    for size, unit in SIZES:
        if count >= size:
            amount = count / size
            places = 1 if amount < 10 else 0  # one figure behind the comma says enough, and only for small numbers
            return f"{number_format(amount, places)} {unit}"
    return ngettext("%(n)d byte", "%(n)d bytes", count) % {"n": count}


# ── The frame ────────────────────────────────────────────────────────────────────────────────────


@register.simple_tag
def page_frame() -> Frame:
    """Works without a request, so that an error page looks like every other page."""
    return frame()


@register.simple_tag(takes_context=True)
def tongues(context: Context, *, home: bool = False) -> list[Tongue]:
    return other_tongues(context.get("request"), home=home)


@register.simple_tag
def somebody_to_talk_to() -> str:
    """Where the directory of people begins with those who are bound to secrecy."""
    return shelf.current().provisions.counsellor


@register.simple_tag
def contact_today() -> Today:
    """Whether the contact point is open today, and what it announces (R-000-14)."""
    book = shelf.current()
    ways = book.institution.contact_ways
    return opening.on_day(ways.open, ways.closed, book.calendar, localdate())


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="{}"/></svg>',
        ICONS[name],
    )


# ── Components with a body ───────────────────────────────────────────────────────────────────────


@register.simple_block_tag
def note(content: str, kind: str = "info", title: str = "") -> SafeString:
    """Something worth knowing. Kinds: info, care (before something that cannot be undone), good."""
    drawing = {"info": "info", "care": "warn", "good": "check"}[kind]
    return render_to_string("ui/note.html", {"content": content, "kind": kind, "title": title, "icon": drawing})


@register.simple_block_tag
def card(content: str, title: str = "", key: str = "") -> SafeString:
    return render_to_string("ui/card.html", {"content": content, "title": title, "key": key})


@register.simple_block_tag
def more(content: str, summary: str, key: str = "", *, opened: bool = False) -> SafeString:
    """Folded text. With `key` it can be linked to: browsers unfold what an address points into."""
    return render_to_string("ui/more.html", {"content": content, "summary": summary, "key": key, "opened": opened})


@register.simple_block_tag
def confirm(content: str, title: str) -> SafeString:
    """The last question before a deed that cannot be undone. The form with its two ways out is the content."""
    return render_to_string("ui/confirm.html", {"content": content, "title": title})
