"""A file of a case: what became of it when it came in, and what of it is sealed where."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from django.utils.translation import gettext_lazy as _

from haven.cleaning.kinds import Reason
from haven.cleaning.scanning import Scan
from haven.vault.files import SealedFileInfo

ORIGINALS, SHEETS, FILE = "originals", "sheets", "file"
NOT_TRIED: Final = "not_tried"

WHY: Final = {
    Reason.KIND: _("This kind of file cannot be cleaned here."),
    Reason.WRONG_TYPE: _("It is another kind of file than its name says."),
    Reason.FAILED: _("It is damaged, or holds something unusual."),
    Reason.LOCKED: _("It is locked with a password."),
    Reason.BOMB: _("It unpacks to far more than a file like this does."),
    Reason.PAGES: _("It has more pages or pictures than can be cleaned."),
    Reason.TOO_LARGE: _("It is too large to be cleaned."),
    Reason.TOO_LONG: _("Cleaning it took too long."),
    Reason.BUSY: _("Too much was being cleaned at that moment."),
    Reason.MISSING: _("A program that cleans files is not installed here."),
}
UNKNOWN_WHY: Final = _("Nobody tried to clean it.")


@dataclass(frozen=True, kw_only=True)
class Safety:
    """What was done to a file. `came`: the SHA-256 of the file as it came. `sheets`: sizes of the pictures of pages."""

    reason: str = NOT_TRIED
    scan: str = Scan.NOT_SCANNED
    came: str = ""
    pages: int = 0
    sheets: tuple[int, ...] = ()
    left_out: bool = False

    @property
    def cleaned(self) -> bool:
        return self.reason == Reason.CLEANED

    @property
    def found(self) -> bool:
        return self.scan == Scan.FOUND

    @property
    def safe(self) -> bool:
        """Whether it opens without a warning, and may be looked at."""
        return self.cleaned and not self.found

    @property
    def why(self) -> str:
        return str(WHY.get(Reason(self.reason), UNKNOWN_WHY) if self.reason in set(Reason) else UNKNOWN_WHY)

    @classmethod
    def told(cls, payload: Mapping[str, Any]) -> Self:
        """What stands in a sealed item. What an older Haven sealed was not cleaned."""
        told = payload.get("safety", {})
        known = {name: told[name] for name in ("reason", "scan", "came", "pages", "left_out") if name in told}
        return cls(**known, sheets=tuple(told.get("sheets", ())))


@dataclass(frozen=True)
class ParkedFile:
    """A file that arrived and was not sent yet: ciphertext on disk, the keys in the reporter's form.

    `info` is what readers get: the cleaned copy, or the file as it came where cleaning did not succeed. `original` is
    there only if the reporter asked to keep it too.
    """

    info: SealedFileInfo
    name: str
    kind: str
    size: int
    safety: Safety = Safety()
    sheets: SealedFileInfo | None = None
    original: SealedFileInfo | None = None

    @property
    def infos(self) -> list[SealedFileInfo]:
        return [one for one in (self.info, self.sheets, self.original) if one is not None]

    def parts(self) -> Iterator[tuple[str, str, SealedFileInfo, dict[str, Any]]]:
        """What is sealed: compartment, slot, file, and what is told about it. `of` ties the parts together."""
        of = self.info.blob.hex
        about = {"name": self.name, "type": self.kind, "size": self.size, "safety": asdict(self.safety)}
        yield "report", FILE, self.info, about
        if self.sheets:
            yield "report", SHEETS, self.sheets, {"of": of}
        if self.original:
            yield ORIGINALS, FILE, self.original, {"of": of, "name": self.name, "size": self.original.size}

    def as_dict(self) -> dict[str, Any]:
        """As it travels in a form, with the keys to it."""
        more = {name: info.as_dict() for name in ("sheets", "original") if (info := getattr(self, name))}
        return {
            **self.info.as_dict(),
            "name": self.name,
            "kind": self.kind,
            "safety": asdict(self.safety),
            "more": more,
        }

    @classmethod
    def from_dict(cls, travelled: Mapping[str, Any]) -> Self:
        info = SealedFileInfo.from_dict(travelled)
        more = {name: SealedFileInfo.from_dict(one) for name, one in travelled.get("more", {}).items()}
        name, kind = str(travelled.get("name", "")), str(travelled.get("kind", ""))
        return cls(info, name, kind, info.size, Safety.told(travelled), more.get("sheets"), more.get("original"))
