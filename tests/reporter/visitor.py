"""Somebody at the reporter's door with a browser: presses buttons, fills what is on the page, keeps the state."""

import re
from html import unescape
from typing import Any, Self

from django.test import Client

HERE = {"sec-fetch-site": "same-origin"}
_STATE = re.compile(r'name="state" value="([^"]+)"')
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


class Visitor:
    def __init__(self, language: str = "en") -> None:
        self.client = Client(headers=HERE)
        self.base = f"/{language}/contact/"
        self.answer: Any = None
        self.state = ""

    def open(self) -> Self:
        return self.got(self.client.get(self.base))

    def press(self, button: str = "next", **fields: Any) -> Self:
        """Press a button of the page, with its fields filled in."""
        return self.got(self.client.post(self.base, {"state": self.state, "do": button} | self._filled() | fields))

    def go(self, path: str, **fields: Any) -> Self:
        """Follow a link, or send a form when there are fields."""
        address = self.base + path
        answer = self.client.post(address, fields, follow=True) if fields else self.client.get(address)
        return self.got(answer)

    def until(self, heading: str, **answers: Any) -> Self:
        """On and on, giving these answers where their questions are asked, until a page with this heading."""
        for _page in range(40):
            if self.heading == heading:
                return self
            self.press("next", **answers.get(self.at.removeprefix("ask:"), {}))
        raise AssertionError(f"never came to “{heading}”, but to “{self.heading}”")

    @property
    def at(self) -> str:
        """The page we are on, by the name the wizard gives it."""
        draft = self.answer.context["draft"]
        return str(draft.at)

    @property
    def draft(self) -> Any:
        return self.answer.context["draft"]

    @property
    def text(self) -> str:
        return unescape(self.answer.content.decode())

    @property
    def heading(self) -> str:
        found = _HEADING.search(self.text)
        return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""

    @property
    def problems(self) -> list[str]:
        return [str(problem) for problem in self.answer.context["problems"]]

    @property
    def notices(self) -> list[str]:
        return [str(notice) for notice in self.answer.context["notices"]]

    @property
    def code(self) -> str:
        return str(self.draft.code)

    def _filled(self) -> dict[str, Any]:
        """What the page holds already, which a browser sends along."""
        context = (self.answer.context if self.answer else None) or {}
        filled = {"choice": [one.value for one in context.get("options", ()) if one.checked]}
        filled["strike"] = [one.value for one in context.get("everyone", ()) if one.checked]
        filled["keeper"] = [one.value for one in context.get("left", ()) if one.checked][:1]
        filled["words"] = [context["words"]] if context.get("words") else []
        return {name: values for name, values in filled.items() if values}

    def got(self, answer: Any) -> Self:
        self.answer = answer
        if found := _STATE.search(answer.content.decode(errors="replace")):
            self.state = unescape(found[1])
        return self


CHECK = "Look everything over"
CODE = "Your code"
READERS = "These people can read your message"


def picked(option: str) -> dict[str, Any]:
    return {"choice": option}


def at_the_code(visitor: Visitor, **answers: Any) -> Visitor:
    """Everything answered, nothing sent."""
    chosen = {key: picked(value) for key, value in answers.items() if key not in {"story", "name"}}
    told = {key: {"words": value} for key, value in answers.items() if key in {"story", "name"}}
    return visitor.open().until(CODE, **chosen, **told)
