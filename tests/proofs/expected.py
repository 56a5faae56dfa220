"""What the machine of who can open what knows of a case."""

from dataclasses import dataclass, field

from haven.cases.models import Case


@dataclass
class Expected:
    """What the model knows of a case: who reads it, and who knows the reporter."""

    case: Case
    code: str
    readers: set[int]
    knows: set[int]
    readback: bool
    struck_out: set[int]
    mode: str
    gone: bool = False
    words_gone: bool = False
    ended: bool = False
    screened: bool = False
    handler: int | None = None
    said: list[str] = field(default_factory=list)
    asked: str = ""
    agreed: bool = False
    elsewhere: str = ""

    def advisers_leave(self, *, but: int | None = None) -> None:
        leaving = {n for n in self.readers if n > 4 and n != but}
        self.readers, self.knows = self.readers - leaving, self.knows - leaving
