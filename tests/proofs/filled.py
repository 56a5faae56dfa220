"""A case in which every place that can hold words holds one that stands nowhere else: what leaks is then found."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.conf import settings
from django.utils.timezone import localdate

from haven.cases import actions, reminders, triage
from haven.cases.files import ParkedFile, Safety
from haven.cases.models import Case
from haven.cases.opened import OpenCase
from haven.cleaning.kinds import Reason
from haven.dialogue import actions as dialogue
from haven.vault.files import SealedWriter
from tests.institution import Institution, Person

WORDS = {
    place: f"zq{place}wm"
    for place in (
        "story", "where", "when", "name", "contact", "file", "content", "message", "letter", "remark", "note",
        "attempt", "reason", "answer", "action", "kindword", "judged", "tag", "again",
    )
}  # fmt: skip
IDENTITY = {WORDS["name"], WORDS["contact"]}


@dataclass
class Filled:
    """The case, its code, and the id of its file as the desk addresses it. `keeper` alone may know the name."""

    case: Case
    code: str
    item: str
    keeper: Person
    file: ParkedFile
    advisers: tuple[Person, ...] = ()  # who had the case and lost it, and who has it now

    @property
    def everything(self) -> set[str]:
        case, blob = self.case, self.file.info.blob
        return {*WORDS.values(), case.reference, case.pk.hex, str(case.pk), self.item, blob.hex, str(blob)}


def parked(name: str, content: bytes, kind: str = "text/plain") -> ParkedFile:
    """A file that arrived before sending: ciphertext on disk."""
    writer = SealedWriter(settings.BLOB_ROOT)
    writer.write(content)
    return ParkedFile(writer.finish(), name, kind, len(content))


def made_safe(file: ParkedFile) -> ParkedFile:
    """As if it had been cleaned, with a picture to look at: so every address of a file has something to give."""
    looks = parked("sheet", WORDS["content"].encode())
    return replace(file, safety=Safety(reason=Reason.CLEANED, sheets=(looks.size,), pages=1), sheets=looks.info)


def fill(house: Institution, *, struck_out: tuple[Person, ...] = (), urgent: bool = False) -> Filled:
    """A confidential report whose name the first reader holds, with a dialogue and every internal deed."""
    keeper = house.readers[0]
    file = made_safe(parked(f"{WORDS['file']}.txt", WORDS["content"].encode()))
    answers = {
        "categories": ["bullying"],
        "mode": "confidential",
        "story": WORDS["story"],
        "where": WORDS["where"],
        "when": {"choice": "recent", "words": WORDS["when"]},
        "name": WORDS["name"],
        "contact_way": "phone",
        "contact_detail": WORDS["contact"],
    }
    struck = frozenset(one.kid for one in struck_out)
    case, code = house.report(answers, struck_out=struck, keeper=keeper.kid, files=[file], urgent=urgent)
    handle(case, code, keeper)
    opened = open_for(keeper, case)
    return Filled(case, code, str(opened.files[0].item.pk), keeper, file)


def handle(case: Case, code: str, by: Person, *, on: date | None = None) -> None:
    """Everything that can be written in a case, by the reporter and by the desk."""
    day = on or localdate()
    box = dialogue.open_mailbox(code)
    assert box is not None
    letter = parked(f"{WORDS['letter']}.txt", WORDS["content"].encode())
    dialogue.write(box, WORDS["message"], files=(letter,), on=day)
    actions.screen(open_for(by, case), "assign", remark=WORDS["remark"], on=day)
    actions.note(open_for(by, case), WORDS["note"], on=day)
    actions.record_attempt(open_for(by, case), way="phone", reached=False, remark=WORDS["attempt"], on=day)
    dialogue.answer(open_for(by, case), WORDS["answer"], on=day)
    actions.reveal(open_for(by, case), reason=WORDS["reason"], on=day)
    sort_out(case, by, on=day)
    case.refresh_from_db()


def sort_out(case: Case, by: Person, *, on: date) -> None:
    triage.act(open_for(by, case), "listened", text=WORDS["action"], on=on)
    triage.change_kind(open_for(by, case), "talk", reason="It was a talk.", on=on)
    triage.change_kind(open_for(by, case), "report", reason=WORDS["kindword"], on=on)
    triage.assess(open_for(by, case), "bullying", remark=WORDS["judged"], on=on)
    triage.tag(open_for(by, case), (WORDS["tag"],), on=on)
    reminders.remind(open_for(by, case), day=on + timedelta(days=7), text=WORDS["again"], on=on)


def open_for(person: Person, case: Case) -> OpenCase:
    opened = person.opens(case)
    assert opened is not None
    return opened
