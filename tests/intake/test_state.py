"""The draft that travels in the form."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.utils.timezone import now

from haven.cases.files import ParkedFile
from haven.intake import state
from haven.intake.state import Draft
from haven.vault import files
from haven.vault.errors import CannotOpen
from haven.vault.files import SealedWriter

ANSWERS = {"purpose": "report", "story": "Wat er gebeurde \u202e", "categories": ["bullying"]}


def parked(name: str = "foto.jpg") -> ParkedFile:
    writer = SealedWriter(settings.BLOB_ROOT)
    writer.write(b"a picture")
    info = writer.finish()
    return ParkedFile(info, name, "image/jpeg", info.size)


def full() -> Draft:
    return Draft(
        answers=ANSWERS,
        files=(parked(),),
        struck_out=frozenset({"a" * 32}),
        keeper="b" * 32,
        urgent=True,
        readback=True,
        at="ask:story",
        changing=True,
        seen=frozenset({"start"}),
        shown=frozenset({"c" * 32}),
    )


def test_a_draft_comes_back_as_it_went() -> None:
    draft = full()

    assert state.reopen(state.seal(draft)) == state.Reopened(draft)


def test_a_sealed_draft_shows_nothing_of_itself() -> None:
    sealed = state.seal(full())

    assert not any(word in sealed for word in ("report", "gebeurde", "foto", "bullying"))


@pytest.mark.parametrize("spoil", [lambda s: s[:-4] + "AAAA", lambda s: s[:40], lambda _s: "", lambda _s: "né"])
def test_a_draft_we_did_not_seal_does_not_open(spoil: Any) -> None:
    with pytest.raises(CannotOpen):
        state.reopen(spoil(state.seal(full())))


def test_a_form_of_more_than_two_days_keeps_its_answers_and_names_the_files_that_are_gone() -> None:
    sealed = state.seal(full())
    with time_machine.travel(now() + timedelta(hours=49), tick=False):
        reopened = state.reopen(sealed)

    assert (reopened.old, reopened.lost, reopened.draft.files) == (True, ("foto.jpg",), ())
    assert reopened.draft.answers == ANSWERS


def test_a_parked_file_that_was_swept_is_named_and_the_others_stay() -> None:
    gone, kept = parked("weg.pdf"), parked("blijft.pdf")
    sealed = state.seal(Draft(files=(gone, kept)))
    files.unlink_all(settings.BLOB_ROOT, [gone.info.blob])

    reopened = state.reopen(sealed)

    assert reopened.lost == ("weg.pdf",)
    assert reopened.draft.files == (kept,)


def test_a_form_in_use_keeps_its_files_from_the_sweeper() -> None:
    file = parked()
    path: Path = settings.BLOB_ROOT / file.info.blob.hex
    sealed = state.seal(Draft(files=(file,)))
    before = path.stat().st_mtime
    with time_machine.travel(now() + timedelta(hours=30), tick=False):
        state.reopen(sealed)

    assert path.stat().st_mtime > before


def test_files_of_a_branch_that_was_left_are_not_sent() -> None:
    draft = Draft(answers={"purpose": "report"}, files=(parked(),))

    assert len(draft.report("nl").files) == 1
    assert draft.answered("purpose", "talk").report("nl").files == ()
