"""What a party adds to the file: words and files, and whether somebody else said or wrote them (R-001-65)."""

from dataclasses import asdict, dataclass, field
from typing import Self

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from haven.cases.files import ParkedFile
from haven.complaints import documents
from haven.complaints.documents import Draft
from haven.complaints.opened import OpenParty, party_again
from haven.intake.forms import Words
from haven.intake.message import Message

OWN, THIRD, PERMISSION = "own", "third", "permission"
KINDS = (OWN, THIRD, PERMISSION)
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Filing:
    """`kind`: of this party, of somebody else, or the written permission of somebody else."""

    kind: str = ""
    title: str = field(default="", repr=False)
    message: Message = field(default_factory=Message)
    problems: tuple[str, ...] = ()

    @classmethod
    def posted(cls, request: HttpRequest) -> Self:
        """Files that arrived stay with the form, whatever else is in the way."""
        message, kind = Message.posted(request), request.POST.get("kind", "")
        title = str(Words(required=False).to_python(request.POST.get("title"))).strip()
        problems = list(message.problems)
        problems += [] if kind in KINDS else [_("Choose whose words these are.")]
        over = {"most": LONGEST_TITLE}
        problems += [_("The title is too long: use at most %(most)s characters.") % over] * (len(title) > LONGEST_TITLE)
        return cls(kind, title, message, tuple(problems))

    @property
    def own(self) -> bool:
        return self.kind == OWN

    @property
    def third(self) -> bool:
        return self.kind == THIRD

    @property
    def permission(self) -> bool:
        return self.kind == PERMISSION

    def draft(self, language: str) -> Draft:
        return Draft(
            kind="permission" if self.kind == PERMISSION else "statement",
            title=self.title,
            text=self.message.words,
            language=language,
            more={"once": self.message.once},
            files=tuple((one.info, _about(one)) for one in self.message.files),
            third_party=self.kind == THIRD,
        )


def _about(file: ParkedFile) -> dict[str, object]:
    return {"name": file.name, "type": file.kind, "size": file.size, "safety": asdict(file.safety)}


@transaction.atomic
def hand_in(opened: OpenParty, filing: Filing, language: str) -> None:
    """The same form sent twice is one document. Raises NotNow."""
    now = party_again(opened)
    if filing.message.once not in {one.head.get("once") for one in now.papers}:
        documents.file_document(now, filing.draft(language))
