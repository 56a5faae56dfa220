"""Files leave as downloads, and never as pages."""

from typing import Any

import pytest
from django.urls import reverse

from haven.desk.views.files import safe_name
from haven.dialogue.actions import open_mailbox, write
from haven.intake.actions import ParkedFile
from haven.trail.models import Entry
from haven.vault.files import SealedWriter
from haven.vault.models import SealedItem
from tests.desk.conftest import AtDesk
from tests.institution import Institution


def parked(
    root: Any, *, name: str = "photo.png", kind: str = "image/png", content: bytes = b"\x89PNG then more"
) -> ParkedFile:
    writer = SealedWriter(root)
    writer.write(content)
    info = writer.finish()
    return ParkedFile(info=info, name=name, kind=kind, size=info.size)


def address(client: Any, reference: str) -> str:
    page = client.get(reverse("desk:case", args=[reference])).context["page"]
    return reverse("desk:file", args=[reference, page.files[0]["id"]])


def test_a_file_is_a_download_shut_off_from_the_desk(house: Institution, at_desk: AtDesk, settings: Any) -> None:
    case, _code = house.report(
        files=[parked(settings.BLOB_ROOT, kind="text/html", content=b"<script>alert(1)</script>")]
    )
    client = at_desk(house.readers[0])

    got: Any = client.get(address(client, case.reference) + "?look")

    assert b"".join(got.streaming_content) == b"<script>alert(1)</script>"
    assert got["Content-Type"] == "application/octet-stream"
    assert got["Content-Disposition"].startswith("attachment")
    assert got["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got["Cache-Control"]
    assert Entry.objects.filter(did="file.opened", subject=case.reference).count() == 1


@pytest.mark.parametrize(("kind", "shown"), [("image/png", True), ("image/svg+xml", False), ("application/pdf", False)])
def test_only_a_picture_made_of_points_can_be_looked_at(
    house: Institution, at_desk: AtDesk, settings: Any, kind: str, *, shown: bool
) -> None:
    case, _code = house.report(files=[parked(settings.BLOB_ROOT, kind=kind)])
    client = at_desk(house.readers[0])

    got: Any = client.get(address(client, case.reference) + "?look")

    assert got["Content-Disposition"].startswith("inline") == shown
    assert (got["Content-Type"] == kind) == shown
    assert b"".join(got.streaming_content)


def test_of_a_damaged_file_not_one_byte_leaves(house: Institution, at_desk: AtDesk, settings: Any) -> None:
    file = parked(settings.BLOB_ROOT)
    case, _code = house.report(files=[file])
    client = at_desk(house.readers[0])
    where = address(client, case.reference)
    path = settings.BLOB_ROOT / file.info.blob.hex
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    got = client.get(where)

    assert got.status_code == 410
    assert "Not one byte of it was given out" in got.content.decode()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\me.jpg", "me.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("line\r\nSet-Cookie: a=b", "lineSet-Cookie: a=b"),
        ("...", "file"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
    ],
)
def test_a_name_cannot_lead_anywhere(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def names(files: list[dict[str, Any]]) -> list[str]:
    return [one["name"] for one in files]


def test_a_file_stands_at_the_message_it_came_with(house: Institution, at_desk: AtDesk, settings: Any) -> None:
    """And with nobody else's: one of the report has the number that a message has."""
    case, code = house.report(files=[parked(settings.BLOB_ROOT, name=f"report-{n}.png") for n in range(2)])
    for text, sent in (("Only words.", ()), ("With two.", ("one.png", "two.pdf")), ("", ("alone.png",))):
        files = [parked(settings.BLOB_ROOT, name=name) for name in sent]
        box = open_mailbox(code)
        assert box
        write(box, text, files=tuple((one.info, {"name": one.name, "type": one.kind, "size": 9}) for one in files))
    client = at_desk(house.readers[0])

    got = client.get(reverse("desk:case", args=[case.reference]))

    shown, html = got.context["page"], got.content.decode()
    assert names(shown.files) == ["report-0.png", "report-1.png"]
    assert [(one.words, names(one.files)) for one in shown.messages] == [
        ("Only words.", []),
        ("With two.", ["one.png", "two.pdf"]),
        ("", ["alone.png"]),
    ]
    report, dialogue = html.index('id="report"'), html.index('id="dialogue"')
    places = [html.index(f">{name}<") for name in ("report-1.png", "one.png", "two.pdf", "alone.png")]
    assert [report, places[0], dialogue, *places[1:]] == sorted([report, dialogue, *places])
    for message in shown.messages:
        for one in message.files:
            where = reverse("desk:file", args=[case.reference, one["id"]])
            assert where in html
            assert client.get(where).status_code == 200
    assert html.count("as the reporter sent them") == 2


def test_files_that_came_with_no_message_are_shown_without_a_dialogue(
    house: Institution, at_desk: AtDesk, settings: Any
) -> None:
    case, code = house.report(files=[parked(settings.BLOB_ROOT)])
    box = open_mailbox(code)
    assert box
    write(box, "Only words.")

    html = at_desk(house.readers[0]).get(reverse("desk:case", args=[case.reference])).content.decode()

    assert (html.count('class="files"'), html.count("as the reporter sent them")) == (1, 1)


def test_a_damaged_file_does_not_hide_and_does_not_close_its_message(
    house: Institution, at_desk: AtDesk, settings: Any
) -> None:
    case, code = house.report()
    box, file = open_mailbox(code), parked(settings.BLOB_ROOT)
    assert box
    write(box, "See this.", files=((file.info, {"name": file.name, "type": file.kind, "size": 9}),))
    SealedItem.objects.filter(slot="file").update(body=b"broken")

    shown = at_desk(house.readers[0]).get(reverse("desk:case", args=[case.reference])).context["page"]

    assert [one["damaged"] for one in shown.files] == [True]
    assert [(one.words, one.files) for one in shown.messages] == [("See this.", [])]
