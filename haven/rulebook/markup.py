"""The small part of Markdown in which letters are written: paragraphs, `##` headings, lists, **strong** and *emphasis*.

Everything else a person types is plain text. So a name with a strange sign in it is a name, and what somebody pastes
into a letter can draw nothing. Any Markdown editor shows these texts as Haven draws them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

_SIGN = re.compile(r"(?P<mark>- |\d{1,3}\. |## )(?P<words>.*)")
_INLINE = re.compile(
    r"\\(?P<plain>[\\*])|\*\*(?P<strong>[^\s*](?:[^*]*[^\s*])?)\*\*|\*(?P<emphasis>[^\s*](?:[^*]*[^\s*])?)\*"
)
_FOREIGN = re.compile(
    r"(?P<line>^\s*(?:#(?!# )|>|\||```|~~~|\+ |\* |---|===))|(?P<link>!?\[[^\]]*\]\()|(?P<tag></?[A-Za-z!])"
)
REMEDY: Final = "Use paragraphs, ## headings, lists with - or 1., **strong** and *emphasis*. Nothing else is drawn."


@dataclass(frozen=True)
class Run:
    """A piece of text in one manner. A line break in it is a line break."""

    text: str
    manner: Literal["plain", "strong", "emphasis", "small"] = "plain"


type Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True)
class Listing:
    items: tuple[Runs, ...]
    numbered: bool = False


type Flow = Heading | Paragraph | Listing


def unwrapped(text: str) -> str:
    """Lines that were only wrapped in the file run on, so that a line break in the rest is one that is meant."""
    lines: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if line and lines and lines[-1] and not _SIGN.match(line) and not lines[-1].startswith("## "):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return "\n".join(lines).strip()


def parse(text: str) -> tuple[Flow, ...]:
    """A text that was unwrapped, or typed into a form."""
    flow: list[Flow] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        plain: list[str] = []
        for line in part.splitlines():
            found = _SIGN.match(line.strip())
            if found is None:
                plain.append(line.strip())
                continue
            _say(flow, plain)
            _add(flow, found["mark"], found["words"].strip())
        _say(flow, plain)
    return tuple(flow)


def _say(flow: list[Flow], lines: list[str]) -> None:
    if words := "\n".join(lines).strip():
        flow.append(Paragraph(runs(words)))
    lines.clear()


def _add(flow: list[Flow], mark: str, words: str) -> None:
    """A heading, or one more item of the list that is going on."""
    if mark == "## ":
        flow.append(Heading("".join(run.text for run in runs(words))))
        return
    numbered, item = mark != "- ", runs(words)
    if flow and isinstance(last := flow[-1], Listing) and last.numbered == numbered:
        flow[-1] = Listing((*last.items, item), numbered)
    else:
        flow.append(Listing((item,), numbered))


def runs(words: str) -> Runs:
    """A line with its strong and emphasised parts; parts in the same manner are one."""
    made: list[Run] = []
    for run in _pieces(words):
        if made and made[-1].manner == run.manner == "plain":
            made[-1] = Run(made[-1].text + run.text)
        elif run.text:
            made.append(run)
    return tuple(made)


def _pieces(words: str) -> Iterator[Run]:
    done = 0
    for found in _INLINE.finditer(words):
        yield Run(words[done : found.start()])
        done = found.end()
        if found["strong"]:
            yield Run(found["strong"], "strong")
        elif found["emphasis"]:
            yield Run(found["emphasis"], "emphasis")
        else:
            yield Run(found["plain"])
    yield Run(words[done:])


def escaped(words: str) -> str:
    """A value that is said as it is, wherever it stands in a line."""
    return re.sub(r"([\\*])", r"\\\1", words)


def foreign(line: str) -> str:
    """What in a line of a letter looks like Markdown that no letter has: it would be printed as it stands."""
    found = _FOREIGN.search(line)
    return found[0].strip() if found else ""
