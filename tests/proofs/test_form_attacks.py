"""What somebody who writes their own requests can do at the reporter's door: nothing that the pages do not offer."""

import re
from itertools import batched, product
from urllib.parse import parse_qsl

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from haven.cases.models import Case, State
from haven.dialogue.models import Mailbox
from haven.people.models import User
from haven.vault import files, forms_state
from haven.vault.codes import new_code
from haven.vault.models import Compartment, Grant, SealedFile, SealedItem
from tests.institution import Institution
from tests.proofs.asking import body, on_the_wire, sits
from tests.proofs.filled import WORDS, fill, open_for, parked
from tests.proofs.tables import database, written
from tests.proves import proves
from tests.reporter.visitor import HERE, Visitor, at_the_code, picked

SCRIPT = "<script>alert('zq')</script><img src=x onerror=alert(1)>\"'>{{ 7|add:7 }}{% csrf_token %}"
PURPOSES = ("form", "mailbox", "message", "kept words", "recovery code to confirm", "second factor")


# ── More fields than were asked for ──


@proves("R-003-13")
def test_fields_that_no_page_asks_for_change_nothing_of_the_case(house: Institution) -> None:
    wished = "reference=AAAA-AAAA&handler=1&id=1&route=outside&stamp=99&received_on=2020-01-01&contact_due=2030-01-01"
    wished += "&forget_on=2020-01-01&compartment=internal&struck_out=x&readers=x&kid=x&code=AAAA&channel=phone"
    more = dict(parse_qsl(wished))
    visitor = Visitor().open()
    while visitor.at != "code":
        visitor.press("next", **more, **(picked("anonymous") if visitor.at == "ask:mode" else {}))
    code = visitor.code
    visitor.press("send", **more)

    case = Case.objects.get()
    assert (case.route, case.state, case.handler, case.stamp, case.forget_on) == (
        "contact_point",
        State.NEW,
        None,
        1,
        None,
    )
    assert (case.reference, code) != (more["reference"], more["code"])
    assert {len(open_for(reader, case).struck_out) for reader in house.readers} == {0}
    assert open_for(house.readers[0], case).head["coarse"]["channel"] == "web"


@proves("R-000-19")
def test_a_name_cannot_be_sealed_to_somebody_who_was_not_on_the_page(house: Institution) -> None:
    outsider = house.person("Outsider")
    visitor = Visitor()
    visitor.open()
    while visitor.at != "keeper":
        given = {"ask:mode": picked("confidential"), "ask:name": {"words": "Sam"}, "ask:contact_way": picked("phone")}
        visitor.press("next", **given.get(visitor.at, {"words": "x"} if "contact" in visitor.at else {}))
    for keeper in (outsider.kid, "", "x", [house.readers[0].kid, outsider.kid]):
        visitor.press("next", keeper=keeper)

    assert (visitor.at, Grant.objects.filter(kid=outsider.kid).count(), Case.objects.count()) == ("keeper", 0, 0)


@proves("R-000-18")
def test_what_is_typed_into_a_hidden_branch_is_not_sent(house: Institution) -> None:
    """A name that was typed before somebody decided to stay anonymous."""
    visitor = Visitor().open()
    visitor.until("Look everything over", mode=picked("named"), name={"words": WORDS["name"]})
    visitor.press("change-ask:mode").press("next", **picked("anonymous")).press("change-code")
    visitor.until("Your code").press("send", name=WORDS["name"], contact_detail=WORDS["contact"])

    case = Case.objects.get()
    house.report({"mode": "anonymous", "name": WORDS["name"], "contact_detail": WORDS["contact"]})
    assert Compartment.objects.filter(kind="identity").count() == 0
    items = open_for(house.readers[0], case).items
    assert [one for one in items if WORDS["name"] in str(one.payload) or WORDS["contact"] in str(one.payload)] == []
    assert {one.kind for one in items} == {"report", "replies"}


# ── What travels in forms and cookies ──


def sealed_states(code: str) -> dict[str, str]:
    """Something sealed for each purpose there is, each holding all that any of them reads."""
    everything = {"code": code, "until": 2**40, "once": "x", "files": [], "answers": {}, "secret": "x", "by": 1}
    return {purpose: forms_state.seal_state(everything, purpose=purpose) for purpose in PURPOSES}


@proves("R-003-13")
def test_what_was_sealed_for_one_purpose_opens_nothing_else(house: Institution) -> None:
    _case, code = house.report()
    opens = {}
    for purpose, state in sealed_states(code).items():
        form = Client(headers=HERE).post(reverse("reporter:start"), {"state": state})
        visit = Client(headers=HERE)
        visit.cookies[settings.MAILBOX_COOKIE_NAME] = state
        opens[purpose] = (form.status_code == 200, visit.get(reverse("reporter:open")).status_code == 200)

    assert opens == {purpose: (purpose == "form", purpose == "mailbox") for purpose in PURPOSES}


@pytest.mark.parametrize("where", ["start", "middle", "end"])
@proves("R-003-13")
def test_a_form_that_was_changed_in_one_place_is_no_form(house: Institution, where: str) -> None:
    state = Visitor().open().state
    place = {"start": 0, "middle": len(state) // 2, "end": len(state) - 2}[where]
    other = "A" if state[place] != "A" else "B"

    answer = Client(headers=HERE).post(reverse("reporter:start"), {"state": state[:place] + other + state[place + 1 :]})

    assert answer.status_code == 400


@proves("R-003-14")
def test_a_cookie_of_a_mailbox_that_is_gone_opens_nothing_and_brings_nothing_back(house: Institution) -> None:
    case, code = house.report()
    visitor = Visitor().go("mailbox/", code=code)
    kept = visitor.client.cookies.output(header="", sep=";")
    visitor.go("mailbox/open/withdraw/", sure="yes")
    before = database()

    replayed = Client(headers=HERE)
    replayed.cookies.load(kept)
    for name, method in product(("open", "write", "reveal", "withdraw"), ("get", "post")):
        answer = getattr(replayed, method)(reverse(f"reporter:{name}"), {"words": "x", "name": "x", "to": "everyone"})
        replayed.cookies.load(kept)
        assert (name, method, answer.status_code) == (name, method, 403)
    case.refresh_from_db()
    assert (case.state, written(before, database())) == (State.WITHDRAWN, {table: [] for table in before})


@proves("R-003-13")
def test_the_code_of_one_report_reaches_nothing_of_another(house: Institution) -> None:
    filled = fill(house)
    _own, code = house.report(readback=True)
    visitor = Visitor().go("mailbox/", code=code)

    pages = [visitor.answer.content, *(visitor.go(f"mailbox/open/{page}").answer.content for page in ("", "reveal/"))]
    for name in ("file", "item", "message", "case", "seq", "id"):
        pages += [visitor.client.get(reverse("reporter:open"), {name: filled.item}).content]
    asked = {filled.item}
    assert [word for word in filled.everything - asked if any(word.encode() in page for page in pages)] == []


@proves("R-003-13")
def test_to_remove_a_file_of_somebody_else_removes_nothing(house: Institution) -> None:
    filled = fill(house)
    waiting = parked("waiting.txt", b"of another draft")

    visitor = Visitor().open().press()
    for blob in (filled.file.info.blob.hex, waiting.info.blob.hex, "../secrets/state_key", ""):
        visitor.press(f"remove-{blob}")

    assert b"".join(files.open_verified(settings.BLOB_ROOT, filled.file.info)) == WORDS["content"].encode()
    assert b"".join(files.open_verified(settings.BLOB_ROOT, waiting.info)) == b"of another draft"


# ── Words that want to be more than words ──

NAMES = (
    "../../../etc/passwd", "..\\..\\windows\\system.ini", "/etc/passwd", "a\r\nSet-Cookie: zq=1.txt", "a\0b.txt", "",
    ".", "..", "\u202egnp.exe", f"{SCRIPT}.html", "é" * 250 + ".txt", "CON", "a;b=c.txt", 'quo"te.txt', "naïve ☃.txt",
)  # fmt: skip


@pytest.mark.parametrize("names", list(batched(NAMES, 8, strict=False)))
@proves("R-003-13")
def test_no_name_of_a_file_leads_anywhere_or_speaks_to_a_browser(house: Institution, names: tuple[str, ...]) -> None:
    visitor, reader = Visitor().open().press("change-ask:files"), house.readers[0]
    form = multipart(visitor.state, names)
    visitor.got(visitor.client.post(visitor.base, form, content_type="multipart/form-data; boundary=zqmark"))
    case, _code = house.report(files=visitor.draft.files)

    blobs = {one.id.hex for one in SealedFile.objects.all()}
    assert {str(path.relative_to(settings.BLOB_ROOT)) for path in settings.BLOB_ROOT.rglob("*")} == blobs
    for one, look in product(open_for(reader, case).files, ("?sure=1", "?sure=1&look")):
        with sits(reader).asks("get", reverse("desk:file", args=[case.reference, one.item.pk]) + look) as answer:
            status, content, headers, cookies = on_the_wire(answer)
        said = dict(headers)
        assert (status, content, cookies, said["Content-Type"]) == (200, b"content", "", "application/octet-stream")
        assert re.fullmatch(r"attachment; filename[^\r\n/\\<>\0]+", said["Content-Disposition"])
    assert len(blobs) >= 5


def multipart(state: str, names: tuple[str, ...]) -> bytes:
    """By hand, since no honest client sends such names."""
    head = '--zqmark\r\nContent-Disposition: form-data; name="'
    text = f'{head}state"\r\n\r\n{state}\r\n{head}do"\r\n\r\nadd\r\n'
    for name in names:
        quoted = name.replace('"', '\\"')
        text += f'{head}files"; filename="{quoted}"\r\n\r\ncontent\r\n'
    return f"{text}--zqmark--".encode()


@pytest.mark.parametrize(("kind", "content"), [
    ("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    ("text/html", b"<!doctype html><script>alert(1)</script>"),
    ("image/png", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"),
])  # fmt: skip
@proves("R-003-13")
def test_a_file_that_could_act_is_shut_off_from_the_desk(house: Institution, kind: str, content: bytes) -> None:
    file = parked("picture.png", content, kind)
    case, _code = house.report(files=[file])
    reader = house.readers[0]
    item = open_for(reader, case).files[0].item.pk

    with sits(reader).asks("get", reverse("desk:file", args=[case.reference, item]) + "?sure=1&look") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert (policy.startswith("sandbox; default-src 'none'"), answer.headers["X-Content-Type-Options"]) == (
            True,
            "nosniff",
        )
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert body(answer) == content


@proves("R-003-13")
def test_markup_in_every_text_is_shown_as_it_was_typed_and_never_obeyed(
    house: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in WORDS:
        monkeypatch.setitem(WORDS, place, f"{SCRIPT}{place}")
    User.objects.update(name=SCRIPT, function_en=SCRIPT)
    filled = fill(house)
    case = reverse("desk:case", args=[filled.case.reference])
    asker, pages = sits(filled.keeper), []
    for method, path, form in (
        ("get", case, {}),
        ("get", reverse("desk:inbox"), {}),
        ("get", reverse("desk:people"), {}),
        ("post", reverse("desk:search"), {"words": SCRIPT, "where": "text"}),
        ("post", f"{case}reveal/", {"stamp": str(filled.case.stamp), "reason": SCRIPT}),
        ("post", f"{case}note/", {"stamp": "0", "text": SCRIPT}),
    ):
        with asker.asks(method, path, form) as answer:
            pages.append(body(answer).decode())
    visitor = Visitor().go("mailbox/", code=filled.code)
    pages += [visitor.answer.content.decode(), *the_way_with(SCRIPT)]

    assert [page for page in pages if "<script>alert" in page or "<img src=x" in page or "1414" in page] == []
    assert len([page for page in pages if "&lt;script&gt;alert" in page]) >= 8


def the_way_with(words: str) -> list[str]:
    visitor = at_the_code(Visitor(), mode="named", name=words, story=words)
    pages = [visitor.answer.content.decode()]
    pages.append(visitor.press("change-check").answer.content.decode())
    pages.append(visitor.press("change-ask:story").answer.content.decode())
    return pages


# ── One code, one report ──


@proves("R-003-13")
def test_many_codes_at_a_guess_get_one_answer_and_write_nothing(house: Institution) -> None:
    fill(house)
    before = database()
    wires = set()
    for _guess in range(20):
        code = new_code()
        answer = Client(headers=HERE).post(reverse("reporter:mailbox"), {"code": code})
        wires.add((answer.status_code, answer.content.replace(code.encode(), b""), answer.cookies.output()))

    assert len(wires) == 1
    assert written(before, database()) == {table: [] for table in before}
    assert Mailbox.objects.count() == 1


@proves("R-003-13")
def test_a_code_of_ones_own_making_cannot_take_over_a_mailbox(house: Institution) -> None:
    """Whoever sends a report with the code of somebody else adds nothing to it, and learns nothing."""
    filled = fill(house)
    items = SealedItem.objects.count()
    receipt = house.sent({"story": "other words"}, code=filled.code)

    assert (receipt.again, receipt.differs, SealedItem.objects.count(), Case.objects.count()) == (True, True, items, 1)
