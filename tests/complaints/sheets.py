"""The forms of a page as a browser has them: what stands in them, what can be chosen, what must be filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

type Sent = dict[str, list[Any]]
type Attributes = list[tuple[str, str | None]]

NEEDED = "Written down at the desk."
TICKED, WRITTEN = {"radio", "checkbox"}, {"text", "textarea"}


@dataclass
class Box:
    """One thing to fill in. `options`: of a list to choose from. `on`: a box or an option that is chosen."""

    name: str
    kind: str
    value: Any = ""
    label: str = ""
    on: bool = False
    needed: bool = False
    options: list["Box"] = field(default_factory=list)


@dataclass
class Sheet:
    """One form. `place`: its own name, or that of what opens it."""

    place: str
    action: str
    boxes: list[Box] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def asks(self) -> set[str]:
        return {one.name for one in self.boxes}

    def filled(self, told: Mapping[str, Any], press: str = "") -> Sent:
        """What a browser sends. A name that is not asked for, and an option that is not offered, fail the story."""
        assert told.keys() <= self.asks, (self.place, set(told) - self.asks, self.asks)
        for name, want in told.items():
            fill([one for one in self.boxes if one.name == name], want)
        for one in self.boxes:
            if one.needed and one.kind in WRITTEN and not one.value:
                one.value = NEEDED
        sent: Sent = {}
        for name, value in self._held():
            sent.setdefault(name, []).append(value)
        if press:
            assert any(value == press for _name, value in self.buttons), (self.place, press, self.buttons)
            sent |= {name: [value] for name, value in self.buttons if value == press}
        return sent

    def _held(self) -> Iterator[tuple[str, Any]]:
        for one in self.boxes:
            if one.kind == "select":
                chosen = next((each for each in one.options if each.on), one.options[0] if one.options else None)
                yield from [(one.name, chosen.value)] if chosen else []
            elif one.kind == "file":
                yield from [(one.name, one.value)] if one.value else []
            elif one.kind not in TICKED or one.on:
                yield one.name, one.value


def fill(boxes: list[Box], want: Any) -> None:
    """A list ticks the boxes beside which these words stand, and no other; True ticks the only one; of several options
    one takes that with these words."""
    if boxes[0].kind == "checkbox":
        words = want if isinstance(want, list) else [""]
        for one in boxes:
            one.on = any(each in one.label for each in words)
        assert all(any(each in one.label for one in boxes) for each in words), (boxes[0].name, words, boxes)
    elif boxes[0].kind in {"radio", "select"}:
        options = boxes if boxes[0].kind == "radio" else boxes[0].options
        for one in options:
            one.on = False
        found = [one for one in options if one.value == want] or [one for one in options if want in one.label]
        assert found, (boxes[0].name, want, [one.label for one in options])
        found[0].on = True
    else:
        boxes[0].value = want if boxes[0].kind == "file" else str(want)


class Reading(HTMLParser):
    """Reads a page for its forms."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self._address, self._opened, self._labelled = address, [""], list[Box]()
        self._within = False  # a label
        self._writes: Box | None = None
        self._option: Box | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "details":
            self._opened.append(given.get("id", ""))
        elif tag == "form":
            place = given.get("id") or self._opened[-1]
            self.sheets.append(Sheet(place, given.get("action") or self._address))
        elif tag == "label":
            self._within, self._labelled = True, []
        elif self.sheets:
            self._within_a_form(tag, given)

    def _within_a_form(self, tag: str, given: dict[str, str]) -> None:
        if tag == "option":
            self._option = Box("", "option", given.get("value", ""), on="selected" in given)
            self.sheets[-1].boxes[-1].options.append(self._option)
        elif tag == "button":
            self.sheets[-1].buttons.append((given.get("name", ""), given.get("value", "")))
        elif tag in {"input", "select", "textarea"}:
            self._box(tag, given)

    def _box(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        if not given.get("name"):
            return
        value = given.get("value", "on" if kind in TICKED else "")
        box = Box(given["name"], kind, value, on="checked" in given, needed="required" in given)
        self.sheets[-1].boxes.append(box)
        if self._within:
            self._labelled.append(box)
        if tag == "textarea":
            self._writes = box

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self._opened.pop()
        elif tag == "label":
            self._within = False
        elif tag == "option":
            self._option = None
        elif tag == "textarea" and self._writes:
            self._writes.value = self._writes.value.removeprefix("\n")
            self._writes = None

    def handle_data(self, data: str) -> None:
        if self._writes:
            self._writes.value += data
        elif self._option:
            self._option.label += data
        elif self._within and self._labelled:
            self._labelled[-1].label += data


def sheets(page: str, address: str) -> list[Sheet]:
    return Reading(page, address).sheets
