"""What people do in the run: a reporter writes, is refused, cut off, comes back; a reader does every deed there is."""

import io
import re
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from PIL import Image

from tests.proofs.canary.house import House
from tests.proofs.canary.secrets import PASSPHRASE, PASSWORD
from tests.proofs.canary.visitor import Fields, Files, Visitor, multipart

# Said by the reporter, in the order in which text fields come; then said by the desk; then said by machines.
TYPED = ("where", "story", "wish", "name", "contact")
WORDS = {
    name: f"zq{name}kw"
    for name in (
        *TYPED, "filename", "content", "letter", "anonymous", "given", "reached", "codelike",
        "remark", "note", "answer", "attempt", "reason", "closing", "search", "password", "passphrase",
        "lost", "large", "tampered", "elsewhere", "cut", "cutname", "when", "toldaloud", "caller",
        "begun", "taken", "blacked",
    )
}  # fmt: skip
PICTURE = {"exif": "zqexifkw", "comment": "zqcommentkw", "maker": "zqcamerakw"}
TELLS = {
    "X-Forwarded-For": "203.0.113.77",
    "X-Real-IP": "203.0.113.78",
    "Forwarded": "for=203.0.113.79",
    "User-Agent": "zqbrowserkw/1.0",
    "Referer": "http://zqreferrerkw.example/zqpagekw",
    "Accept-Language": "en, zqlanguagekw;q=0.1",
    "Cookie": "zqcookiekw=zqcookievaluekw",
}
TOLD = {"203.0.113.77", "203.0.113.78", "203.0.113.79", *re.findall(r"zq\w+kw", str(TELLS))}
IN_ADDRESSES = {"zqquerykw", "zqpathkw"}
CHOSEN = {"report", "self", "student", "bullying", "verbal", "work", "recent", "no", "yes", "confidential", "phone"}
BREAK_TRAIL = "UPDATE trail_head SET seq='x'"
MEND_TRAIL = "UPDATE trail_head SET seq=(SELECT coalesce(max(seq), 0) FROM trail_entry)"
GROUP = re.compile(r'class="group"[^>]*>(\w{4})<')
CODE = re.compile(r"(?:[0-9A-Z]{4} ){5}[0-9A-Z]{4}")


def picture() -> bytes:
    """A photograph that tells where and with what it was taken."""
    image, kept = Image.new("RGB", (32, 32), "teal"), io.BytesIO()
    exif = image.getexif()
    exif[0x010E], exif[0x0110] = PICTURE["exif"], PICTURE["maker"]
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 9.0, 31.7), 3: "E", 4: (5.0, 23.0, 41.3), 29: "zqgpskw"})
    image.save(kept, "jpeg", exif=exif, comment=PICTURE["comment"].encode())
    return kept.getvalue() + WORDS["content"].encode()


def to_the_code(visitor: Visitor, *, mode: str, files: Files = ()) -> str:
    """Every page there is, each twice: on, back, and on again. The code of the last page is returned."""
    texts = iter(WORDS[name] for name in TYPED) if mode == "confidential" else iter([WORDS["anonymous"]] * 9)
    visitor.get("/en/contact/?q=zqquerykw")
    for _page in range(40):
        if "<h1>Your code</h1>" in visitor.text:
            return str(CODE.findall(visitor.text)[0])
        filled = fill(visitor, texts, mode)
        if 'name="files"' in visitor.text and files:
            visitor.post("/en/contact/", [*state(visitor), ("do", "add")], files)
        press(visitor, "next", filled)
        if "Your code" not in visitor.text:
            press(visitor, "back", [])
            press(visitor, "next", filled)
    raise AssertionError("the way does not end")


def fill(visitor: Visitor, texts: Iterator[str], mode: str) -> Fields:
    """Something in every text field, and one option of every choice."""
    form = next(form for form in visitor.sheet.forms if "state" in dict(form.hidden))
    wanted = {*CHOSEN - {"confidential"}, mode}
    picked = [(name, next((v for v in values if v in wanted), values[0])) for name, values in form.picked.items()]
    when = "choice" in form.picked
    typed = [(name, WORDS["when"] if when else next(texts)) for name in form.typed]
    return [*[one for one in picked if one[0] not in {"strike", "urgent"}], *typed]


def state(visitor: Visitor) -> Fields:
    return [("state", value) for form in visitor.sheet.forms for name, value in form.hidden if name == "state"][:1]


def press(visitor: Visitor, button: str, fields: Fields) -> Visitor:
    return visitor.post("/en/contact/", [*state(visitor), ("do", button), *fields])


def go_wrong(house: House, visitor: Visitor, form: Fields) -> dict[str, int]:
    """Everything that can go wrong on the last page of the way, one after the other."""
    status = {}

    def send(name: str, fields: Fields) -> None:
        status[name] = visitor.post("/en/contact/", fields).status

    sending = [*form, ("do", "send")]
    with house.broken(BREAK_TRAIL, MEND_TRAIL):
        send("broken inside", sending)
    with house.broken("ALTER TABLE vault_sealeditem RENAME TO gone", "ALTER TABLE gone RENAME TO vault_sealeditem"):
        send("table gone", sending)
    with house.database() as other:
        other.execute("BEGIN EXCLUSIVE")
        send("locked", sending)
        other.execute("ROLLBACK")
    send("tampered", [("state", form[0][1][:-9] + "tampering"), ("words", WORDS["tampered"])])
    send("too large", [*form, ("words", WORDS["large"] * 1_000_000)])
    elsewhere = Visitor(house.port, {**TELLS, "Sec-Fetch-Site": "cross-site"})
    status["elsewhere"] = elsewhere.post("/en/contact/", [*form, ("words", WORDS["elsewhere"])]).status
    visitor.get("/en/contact/zqpathkw/")
    status["not there"] = visitor.status
    cut_off(house, form)
    nonsense(house)
    return status


def cut_off(house: House, form: Fields) -> None:
    """The connection breaks in the middle of a file."""
    name, content = f"{WORDS['cutname']}.jpg", WORDS["cut"].encode() * 20_000
    body, kind = multipart([*form, ("do", "add")], [(name, content)])
    head = f"POST /en/contact/ HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\nContent-Type: {kind}\r\n"
    raw(house, f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[: len(body) // 2])


def nonsense(house: House) -> None:
    raw(house, b"zqpathkw \x00\x01 NONSENSE\r\nX: zqquerykw\r\n\r\n")


def raw(house: House, sent: bytes) -> None:
    with closing(socket.create_connection(("127.0.0.1", house.port), source_address=("127.0.0.77", 0))) as line:
        line.sendall(sent)
        time.sleep(0.3)


def sign_in(house: House, visitor: Visitor, number: int) -> Visitor:
    """With a wrong password and a wrong passphrase first."""
    person = house.people[number]
    visitor.get("/en/desk/").send(login=person["email"], password=WORDS["password"])
    visitor.send(login=person["email"], password=PASSWORD)
    visitor.send(code=str(format_hotp_value(hotp_value(person["totp"], int(time.time()) // 30))))
    visitor.send(secret=WORDS["passphrase"])
    return visitor.send(secret=PASSPHRASE)


def deed(visitor: Visitor, case: str, name: str, **fill: str) -> Visitor:
    """One form of the page of a case."""
    visitor.get(case)
    form = next(form for form in visitor.sheet.forms if form.action.endswith(f"/{name}/"))
    return visitor.post(form.action, [*form.hidden, *fill.items()])


def handle(house: House, reader: Visitor, case: str) -> dict[str, int]:
    """Every deed of the desk, and a failing one: gives the status of each."""
    done = {
        "search": reader.get("/en/desk/search/").send(words=WORDS["search"], where="text").status,
        "found": reader.get("/en/desk/search/").send(words=WORDS["story"], where="text").text.count("/desk/case/"),
        "screen": deed(reader, case, "screen", result="assign", remark=WORDS["remark"]).status,
        "note": deed(reader, case, "note", text=WORDS["note"]).status,
        "answer": deed(reader, case, "answer", text=WORDS["answer"]).status,
        "attempt": deed(
            reader, case, "attempt", way="phone", reached="no", on=time.strftime("%Y-%m-%d"), remark=WORDS["attempt"]
        ).status,
        "assign": deed(reader, case, "assign", to=str(house.people[1]["pk"])).status,
        "reveal": deed(reader, case, "reveal", reason=WORDS["reason"]).status,
    }
    done |= take_out(reader, case)
    with house.broken(BREAK_TRAIL, MEND_TRAIL):
        done["failing"] = deed(reader, case, "note", text=WORDS["lost"]).status
    for link in sorted(one for one in reader.get(case).sheet.links if "/file/" in one and "?" not in one):
        reader.get(link)
    return done


def take_out(reader: Visitor, case: str) -> dict[str, int]:
    """A text to begin with, the page to print, the whole case as a file, and a copy with a word blacked out."""

    def press(page: str, **fields: str) -> int:
        there = [form for form in reader.get(f"{case}{page}/").sheet.forms if form.action.endswith(f"/{page}/")]
        form = next(form for form in there if form.hidden)
        return reader.post(form.action, [*form.hidden, *fields.items()]).status

    token = next(one for form in reader.get(case).sheet.forms for one in form.hidden if one[0] == "csrfmiddlewaretoken")
    begun = reader.post(f"{case}answer/text/", [token, ("letter", "received"), ("text", WORDS["begun"])]).status
    show = {"reason": WORDS["taken"], "secret": PASSPHRASE}
    copy = {"text-a0": WORDS["story"], "words": WORDS["blacked"]}
    return {
        "begun": begun,
        "print": reader.get(f"{case}print/").status,
        "export": press("export", internal="on", **show),
        "look": press("redacted", do="look", **copy),
        "redacted": press("redacted", do="pdf", **copy, **show),
    }


def close(reader: Visitor, case: str) -> int:
    fields = {"outcome": "talked", "category": "bullying", "destination": "none", "reason": WORDS["closing"]}
    return deed(reader, case, "close", **fields).status


def let_a_month_pass(connection: sqlite3.Connection) -> None:
    """The day on which closed cases are forgotten is today."""
    connection.execute("UPDATE cases_case SET forget_on = closed_on WHERE closed_on IS NOT NULL")


def take_down(house: House, reader: Visitor) -> tuple[str, dict[str, int]]:
    """A telephone call, written down at the desk: by name, with a mistake on the way, and with a failing last step."""

    def press(button: str = "next", **fields: str) -> int:
        form = next(form for form in reader.sheet.forms if "state" in dict(form.hidden))
        reader.post(form.action, [*form.hidden, ("do", button), *fields.items()])
        return reader.status

    done = {"begin": reader.get("/en/desk/intake/").status, "answers": press(channel="phone", language="en")}
    told = {"purpose-choice": "report", "mode-choice": "named", "story-words": WORDS["toldaloud"]}
    done["no name"] = press(**told)
    done["readers"] = press(**told, **{"name-words": WORDS["caller"]})
    done["code"] = press(told="yes")
    code, page = " ".join(GROUP.findall(reader.text)), reader.text
    with house.broken(BREAK_TRAIL, MEND_TRAIL):
        done["failing"] = press("send")
    reader.text = page
    done["sent"] = press("send")
    return code, done
