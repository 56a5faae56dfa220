"""Words that leave Haven: on paper, as a PDF, blacked out. What may not be in it is looked for in the file itself."""

import io
import subprocess
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import given, settings
from hypothesis import strategies as st

from haven.cases.models import Case
from haven.desk.paper import Entry, Paper, Section
from haven.desk.pdf import pdf_of
from haven.desk.redact import BLOCK, black_out
from haven.dialogue.actions import open_mailbox, withdraw
from haven.dialogue.ledger import ledger
from haven.trail.models import Entry as Line
from tests.advisers import adviser
from tests.desk.conftest import AtDesk, page
from tests.institution import PASSPHRASE, Institution
from tests.proofs.filled import IDENTITY, WORDS, fill
from tests.proves import proves

WHY = {"reason": "zqwhywm", "secret": PASSPHRASE}


def asks(client: Client, case: Case, what: str, **form: str) -> Any:
    address = reverse(f"desk:{what}", args=[case.reference])
    return client.post(address, form) if form else client.get(address)


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def read(pdf: bytes) -> str:
    """As somebody gets it who selects everything; and everything that a program finds in it."""
    told = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        inside = [one.read_bytes() for one in opened.objects if isinstance(one, pikepdf.Stream)]
    return told + b"".join(inside).decode("latin-1")


def did(case: Case) -> list[str]:
    return list(Line.objects.filter(subject=case.reference).order_by("seq").values_list("did", flat=True))


@proves("R-000-21")
def test_opening_the_page_to_print_is_told_to_the_reporter(house: Institution, at_desk: AtDesk) -> None:
    case, code = house.report({"story": "A story on paper."})
    client = at_desk(house.readers[0])

    text = asks(client, case, "print").content.decode()

    assert "A story on paper." in text
    assert "Confidential" in text
    assert f"<title>{'To print'}" in text
    box = open_mailbox(code)
    assert box is not None
    assert [(one.did, one.function) for one in ledger(box, "en")] == [("case.printed", "Officer")]


@proves("R-000-21", "R-002-18")
def test_a_case_leaves_as_a_file_with_a_reason_and_a_passphrase(house: Institution, at_desk: AtDesk) -> None:
    case, code = house.report({"story": "A story in a file."})
    client = at_desk(house.readers[0])

    for missing in ({"secret": PASSPHRASE}, {"reason": "x"}, {"reason": "x", "secret": "wrong"}):
        assert "Content-Disposition" not in asks(client, case, "export", **missing).headers
    assert "case.exported" not in did(case)
    answer = asks(client, case, "export", **WHY)

    assert answer["Content-Disposition"] == 'attachment; filename="document.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert "no-store" in answer["Cache-Control"]
    told = read(content(answer))
    assert "A story in a file." in told
    assert "Reader 0" not in told  # by function; who it was stands in the trail
    box = open_mailbox(code)
    assert box is not None
    assert ("case.exported", "Officer") in [(one.did, one.function) for one in ledger(box, "en")]
    assert "zqwhywm" in asks(client, case, "case").content.decode()


@pytest.mark.parametrize(
    ("words", "archival"), [("Plain words, é and “quotes”.", True), ("A letter no font has: \ue123", False)]
)
def test_a_file_can_be_read_out_and_tells_no_time_of_day(words: str, *, archival: bool) -> None:
    made = pdf_of(Paper("Report", "Made by", (Section("The report", (Entry("What happened?", words),)),)))

    with pikepdf.open(io.BytesIO(made)) as opened:
        root, about = opened.Root, opened.docinfo
        assert root.MarkInfo.Marked
        assert str(root.Lang).startswith("en")
        assert str(about["/Title"]) == "Confidential"
        assert "/Author" not in about
        assert str(about["/CreationDate"]).startswith(f"D:{localdate():%Y%m%d}000000")
        with opened.open_metadata() as metadata:
            assert ("pdfuaid:part" in metadata) == archival


@proves("R-000-19")
def test_a_name_that_would_have_to_be_opened_is_in_no_file(house: Institution, at_desk: AtDesk) -> None:
    house.with_readers(6)
    filled = fill(house)
    client = at_desk(filled.keeper)

    with_all = read(content(asks(client, filled.case, "export", **WHY, internal="on")))
    plain = read(content(asks(client, filled.case, "export", **WHY)))

    told = {word for word in WORDS.values() if word in with_all}
    assert told == set(WORDS.values()) - IDENTITY - {WORDS["content"]}
    assert WORDS["note"] not in plain
    assert not [word for word in IDENTITY if word in plain + asks(client, filled.case, "print").content.decode()]


@proves("R-002-18")
def test_an_adviser_takes_out_nothing(house: Institution, at_desk: AtDesk) -> None:
    helper = adviser(house, "Helper")
    case, _code = house.report()

    assert asks(at_desk(helper), case, "export").status_code == 404
    assert asks(at_desk(helper), case, "redacted").status_code == 404


def test_nothing_is_taken_out_of_what_was_withdrawn(house: Institution, at_desk: AtDesk) -> None:
    case, code = house.report()
    client = at_desk(house.readers[0])
    box = open_mailbox(code)
    assert box is not None
    withdraw(box)

    answer = asks(client, case, "export", **WHY)

    assert "This case has ended" in answer.content.decode()
    assert "case.exported" not in did(case)


@proves("R-000-21")
def test_of_what_was_blacked_out_nothing_is_left_in_the_file(house: Institution, at_desk: AtDesk) -> None:
    story = "Renée van Dam-Smit shouted. RENEE  VAN\nDAM SMIT did it again, in the Pelican room. Rene\u0301e too."
    case, _code = house.report({"story": story, "where": "The canteen"})
    client = at_desk(house.readers[0])
    key = next(one.key for one in asks(client, case, "redacted").context["parts"] if one.words == story)

    edit = asks(client, case, "redacted", **{f"take-{key}": "yes", "do": "edit"})
    assert [part.words for part in edit.context["copy"].parts] == [story]
    form = {f"text-{key}": story, "words": "Renée van Dam Smit\r\nrenee\r\nPelican\r\n\r\nofficer"}
    look = asks(client, case, "redacted", **form, do="look").content.decode()
    assert "[…] shouted. […] did it again, in the […] room. […] too." in look
    told = read(content(asks(client, case, "redacted", **form, **WHY, do="pdf")))

    assert "shouted" in told
    low = told.lower()
    assert [word for word in ("renee", "renée", "dam", "smit", "pelican", "officer", "canteen") if word in low] == []
    assert case.reference not in told
    assert did(case)[-1] == "case.redacted"
    assert page(client, case).opened.one("internal", "export")["redacted"] is True


def test_a_copy_says_what_does_not_fit_in_it(
    house: Institution, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _code = house.report({"story": "He shouted.", "where": "The canteen", "wish": "That it stops."})
    client = at_desk(house.readers[0])
    keys = [one.key for one in asks(client, case, "redacted").context["parts"]]
    monkeypatch.setattr("haven.desk.takeout.MOST_PARTS", len(keys) - 1)

    edit = asks(client, case, "redacted", **{f"take-{key}": "yes" for key in keys}, do="edit")

    assert [one.key for one in edit.context["copy"].parts] == keys[:-1]
    assert "The last one you ticked is not in it" in edit.content.decode()


def test_a_copy_is_looked_at_again_when_the_passphrase_is_wrong(house: Institution, at_desk: AtDesk) -> None:
    case, _code = house.report()
    form = {"text-a0": "A changed text", "words": "", "do": "pdf", "reason": "x", "secret": "wrong"}

    answer = asks(at_desk(house.readers[0]), case, "redacted", **form)

    assert "A changed text" in answer.content.decode()
    assert "case.redacted" not in did(case)


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Jansen's room", ["jansen"], "[…]'s room"),
        ("Jan\u200bsen", ["Jansen"], "[…]"),
        ("jan.jansen@example.org", ["Jan Jansen"], "[…]@example.org"),
        ("Jan [Jan Jansen] Jansen", ["Jan Jansen"], "[…]"),
        ("Straße 5", ["STRASSE"], "[…] 5"),
        ("nothing here", ["-", ""], "nothing here"),
        ("Ann and Anna", ["Ann", "Anna"], "[…] and […]"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, words: list[str], left: str) -> None:
    assert black_out(text, words) == left


@settings(max_examples=25)
@given(st.text(), st.lists(st.text(alphabet="abcdeé ", min_size=1), max_size=3))
def test_blacking_out_leaves_no_word_behind(text: str, words: list[str]) -> None:
    left = black_out(text, words).replace(BLOCK, "\n").casefold()

    assert [word for word in words if word.strip() and word.strip() in left] == []
