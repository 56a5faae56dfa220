"""Files leave as downloads, and never as pages."""

from hashlib import sha256
from typing import Any

import pytest
from django.conf import settings as settings_of_house
from django.urls import reverse

from haven.cases.files import ParkedFile
from haven.desk.casefiles import CaseFile
from haven.dialogue.actions import open_mailbox, write
from haven.intake.safe import make_safe
from haven.trail.models import Entry
from haven.ui.sending import SHUT_OFF, safe_name
from haven.vault import unlocking
from haven.vault.files import SealedWriter
from haven.vault.models import Grant, SealedItem
from tests.cleaning import corpus
from tests.cleaning.scanner import EICAR
from tests.desk.conftest import AtDesk
from tests.institution import Institution, Person
from tests.proves import proves


def parked(
    root: Any, *, name: str = "photo.png", kind: str = "image/png", content: bytes = b"\x89PNG then more"
) -> ParkedFile:
    writer = SealedWriter(root)
    writer.write(content)
    info = writer.finish()
    return ParkedFile(info=info, name=name, kind=kind, size=info.size)


def address(client: Any, reference: str) -> str:
    page = client.get(reverse("desk:case", args=[reference])).context["page"]
    return reverse("desk:file", args=[reference, page.files[0].id])


def test_a_file_is_a_download_shut_off_from_the_desk(house: Institution, at_desk: AtDesk, settings: Any) -> None:
    case, _code = house.report(
        files=[parked(settings.BLOB_ROOT, kind="text/html", content=b"<script>alert(1)</script>")]
    )
    client = at_desk(house.readers[0])

    got: Any = client.get(address(client, case.reference) + "?sure=1")

    assert b"".join(got.streaming_content) == b"<script>alert(1)</script>"
    assert got["Content-Type"] == "application/octet-stream"
    assert got["Content-Disposition"].startswith("attachment")
    assert got["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got["Cache-Control"]
    assert Entry.objects.filter(did="file.opened", subject=case.reference).count() == 1


def arrived(root: Any, name: str, content: bytes, *, keep_original: bool = False) -> ParkedFile:
    """A file as it is after it came in at the door."""
    return make_safe(parked(root, name=name, content=content), keep_original=keep_original)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_cleaned_file_opens_at_once_and_is_looked_at_as_pictures(
    house: Institution, at_desk: AtDesk, settings: Any
) -> None:
    case, _code = house.report(files=[arrived(settings.BLOB_ROOT, "brief.pdf", corpus.pdf())])
    client = at_desk(house.readers[0])
    where = address(client, case.reference)

    got, page = client.get(where), client.get(where + "look/").content.decode()
    sheet: Any = client.get(where + "sheet/1/")

    copy, picture = body(got), body(sheet)
    assert (copy[:5], corpus.marks(copy), got["Content-Disposition"]) == (
        b"%PDF-",
        0,
        'attachment; filename="brief.pdf"',
    )
    assert (picture[:3], picture[-2:], sheet["Content-Type"]) == (b"\xff\xd8\xff", b"\xff\xd9", "image/jpeg")
    assert (sheet["Content-Disposition"][:6], sheet["Content-Security-Policy"]) == ("inline", SHUT_OFF)
    assert f'src="{where}sheet/1/"' in page
    assert [client.get(f"{where}sheet/{number}/").status_code for number in (0, 2, 999)] == [404] * 3
    assert "Cleaned" in client.get(reverse("desk:case", args=[case.reference])).content.decode()


@pytest.mark.parametrize(("name", "why"), [
    ("list.zip", "This kind of file cannot be cleaned here"),
    ("photo.jpg", "another kind of file than its name says"),
])  # fmt: skip
def test_what_was_not_cleaned_says_why_asks_first_and_is_never_looked_at(
    house: Institution, at_desk: AtDesk, settings: Any, name: str, why: str
) -> None:
    content = b"<script>alert(1)</script>"
    case, _code = house.report(files=[arrived(settings.BLOB_ROOT, name, content)])
    client = at_desk(house.readers[0])
    where = address(client, case.reference)

    asked = client.get(where).content.decode()

    assert why in asked
    assert "Download this file only if you trust it" in asked
    assert Entry.objects.filter(did="file.opened").count() == 0
    assert body(client.get(where + "?sure=1")) == content
    assert [client.get(where + look).status_code for look in ("look/", "sheet/1/")] == [404, 404]
    assert "Not cleaned" in client.get(reverse("desk:case", args=[case.reference])).content.decode()


def test_a_file_with_a_virus_is_marked_asks_first_and_is_never_looked_at(
    house: Institution, at_desk: AtDesk, settings: Any, clamd: str
) -> None:
    settings.CLAMAV = clamd
    sick = arrived(settings.BLOB_ROOT, "photo.jpg", corpus.jpg() + EICAR)
    well = arrived(settings.BLOB_ROOT, "other.jpg", corpus.jpg())
    case, _code = house.report(files=[sick, well])
    client = at_desk(house.readers[0])
    page = client.get(reverse("desk:case", args=[case.reference]))
    first, second = page.context["page"].files

    asked = client.get(reverse("desk:file", args=[case.reference, first.id]))

    assert "The virus scanner found something" in asked.content.decode()
    assert client.get(reverse("desk:look", args=[case.reference, first.id])).status_code == 404
    assert client.get(reverse("desk:look", args=[case.reference, second.id])).status_code == 200
    assert page.content.decode().count("A virus was found") == 1
    assert "Not scanned for viruses" not in page.content.decode()


@proves("R-000-21")
def test_an_original_needs_the_consent_of_the_reporter_the_key_and_leaves_a_line(
    house: Institution, at_desk: AtDesk, settings: Any
) -> None:
    came = corpus.jpg()
    kept = arrived(settings.BLOB_ROOT, "kept.jpg", came, keep_original=True)
    gone = arrived(settings.BLOB_ROOT, "gone.jpg", came)
    keeper, other = house.readers[0], house.readers[1]
    answers = {"mode": "confidential", "name": "Sam", "contact_way": "mail", "contact_detail": "sam@voorbeeld.example"}
    case, _code = house.report(answers, keeper=keeper.kid, files=[kept, gone])
    client = at_desk(keeper)
    first, second = client.get(reverse("desk:case", args=[case.reference])).context["page"].files
    where = reverse("desk:original", args=[case.reference, first.id])

    assert client.get(where).headers["Location"].startswith(reverse("account_reauthenticate"))
    again(client, keeper)
    asked = client.get(where).content.decode()
    assert sha256(came).hexdigest() in asked
    assert Entry.objects.filter(did="original.opened").count() == 0
    assert body(client.get(where + "?sure=1")) == came
    assert Entry.objects.filter(did="original.opened", actor=str(keeper.user.pk)).count() == 1
    assert client.get(reverse("desk:original", args=[case.reference, second.id])).status_code == 404

    colleague = at_desk(other)
    again(colleague, other)
    assert colleague.get(where + "?sure=1").status_code == 404
    assert corpus.marks(body(colleague.get(reverse("desk:file", args=[case.reference, first.id])))) == 0
    assert Grant.objects.filter(compartment__kind="originals").count() == 1


def again(client: Any, person: Person) -> None:
    assert person.keyring is not None
    person.user.set_password("the password of signing in")
    person.user.save()
    client.force_login(person.user)
    secret = unlocking.open_session(person.user.key_bundles.get(state="current"), person.keyring)
    client.cookies[settings_of_house.UNLOCK_COOKIE_NAME] = secret
    client.post(reverse("account_reauthenticate"), {"password": "the password of signing in"})


def test_what_works_here_is_told_to_everybody_who_signs_in_and_names_nobody(
    house: Institution, at_desk: AtDesk, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    administrator = house.person("Beheer", role="administrator", keys=False, serves=False)
    settings.CLAMAV = "/nowhere"
    clients = [at_desk(house.readers[0]), at_desk(administrator, unlocked=False)]

    assert [page.count("Works") for page in (one.get(reverse("desk:health")).content.decode() for one in clients)] == [
        4,
        4,
    ]
    monkeypatch.setenv("PATH", str(tmp_path))
    for client in clients:
        page = client.get(reverse("desk:health")).content.decode()
        assert page.count("Missing") == 5
        assert "No file is cleaned, and none can be looked at" in page


def test_of_a_damaged_file_not_one_byte_leaves(house: Institution, at_desk: AtDesk, settings: Any) -> None:
    file = parked(settings.BLOB_ROOT)
    case, _code = house.report(files=[file])
    client = at_desk(house.readers[0])
    where = address(client, case.reference) + "?sure=1"
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


def names(files: list[CaseFile]) -> list[str]:
    return [one.name for one in files]


def test_a_file_stands_at_the_message_it_came_with(house: Institution, at_desk: AtDesk, settings: Any) -> None:
    """And with nobody else's: one of the report has the number that a message has."""
    case, code = house.report(files=[parked(settings.BLOB_ROOT, name=f"report-{n}.png") for n in range(2)])
    for text, sent in (("Only words.", ()), ("With two.", ("one.png", "two.pdf")), ("", ("alone.png",))):
        files = [parked(settings.BLOB_ROOT, name=name) for name in sent]
        box = open_mailbox(code)
        assert box
        write(box, text, files=tuple(files))
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
            where = reverse("desk:file", args=[case.reference, one.id])
            assert where in html
            assert client.get(where).status_code == 200
    assert html.count("Cleaned: a copy without") == 2


def test_files_that_came_with_no_message_are_shown_without_a_dialogue(
    house: Institution, at_desk: AtDesk, settings: Any
) -> None:
    case, code = house.report(files=[parked(settings.BLOB_ROOT)])
    box = open_mailbox(code)
    assert box
    write(box, "Only words.")

    html = at_desk(house.readers[0]).get(reverse("desk:case", args=[case.reference])).content.decode()

    assert (html.count('class="files"'), html.count("Cleaned: a copy without")) == (1, 1)


def test_a_damaged_file_does_not_hide_and_does_not_close_its_message(
    house: Institution, at_desk: AtDesk, settings: Any
) -> None:
    case, code = house.report()
    box, file = open_mailbox(code), parked(settings.BLOB_ROOT)
    assert box
    write(box, "See this.", files=(file,))
    SealedItem.objects.filter(slot="file").update(body=b"broken")

    shown = at_desk(house.readers[0]).get(reverse("desk:case", args=[case.reference])).context["page"]

    assert [one.damaged for one in shown.files] == [True]
    assert [(one.words, one.files) for one in shown.messages] == [("See this.", [])]
