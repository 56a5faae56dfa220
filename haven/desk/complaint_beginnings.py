"""The other ways in which a procedure begins: what somebody told the contact point and agreed to pass on, and a request
of who decides, without a complaint."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haven.cases.referral import Referred
from haven.complaints.letter import CASE, SCAN, Letter, Person
from haven.desk.casepage import told
from haven.desk.complaint_forms import ticks
from haven.desk.complaint_people_forms import LANGUAGES
from haven.desk.complaint_register import BOARD, Beginning, Register, kinds
from haven.desk.forms import choices, day_field, said, words
from haven.desk.referredpage import files_of
from haven.desk.uploads import Sealed
from haven.rulebook import shelf
from haven.rulebook.procedure import Procedure
from haven.vault import files
from haven.vault.files import SealedFileInfo, SealedWriter


class Carried(Register):
    """What was referred, as a letter that the person signs. It begins with the words that were agreed on, no others."""

    way = CASE
    told_named = forms.BooleanField(
        label=_(
            "The person was told before signing that the letter carries their name, and that the other side reads it"
        ),
        error_messages={"required": _("Tell this first. A formal complaint cannot be anonymous.")},
    )
    signed_on = day_field(_("The person signed the letter on"))
    along = ticks(_("Files that belong to the letter"), hint=_("Only files that were agreed to pass on."))

    def __init__(self, data: Any = None, *, kind: str, found: Referred) -> None:
        self.found, identity = found, told(found.one("identity"), "identity")
        given = {"description": text_of(found), "name": next((one.words for one in identity), "")}
        governs = shelf.current().routes.governs(found.one("answers"))
        super().__init__(data, kind=kind, initial=given | {"entity": governs.entity if governs else ""})
        self.agreed = {str(one.id): one for one in files_of(found) if not one.damaged}
        choices(self.fields["along"], [(key, one.name) for key, one in self.agreed.items()])
        if not self.agreed:
            del self.fields["along"]

    def _more(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("told_named", "signed_on")}

    def take_along(self) -> None:
        """Sealed anew: the files of a complaint live as long as the complaint, not as long as the case."""
        chosen = [self.agreed[key] for key in self.cleaned_data.get("along", ())]
        self.received = [*self.received, *(_again(SealedFileInfo.from_dict(one.about), one.name) for one in chosen)]


def text_of(found: Referred) -> str:
    """The words that were agreed on: the summary, or the answers with what was asked."""
    if text := found.one("summary").get("text"):
        return str(text)
    lines = told(found.one("answers"))
    return "\n\n".join("\n".join(filter(None, [one.asks, ", ".join(one.chosen), one.words])) for one in lines)


def _again(info: SealedFileInfo, name: str) -> Sealed:
    writer = SealedWriter(settings.BLOB_ROOT)
    for piece in files.open_verified(settings.BLOB_ROOT, info):
        writer.write(piece)
    return writer.finish(), {"name": name}


class Requested(Beginning):
    """An investigation that who decides asks for, without a complaint."""

    requested_by = forms.ChoiceField(label=_("Who asks for it"))
    description = words(_("What has to be investigated"), rows=6, hint=_("As in the request. Add it as a file below."))
    about = words(_("Whom it is about"), rows=2, required=False, hint=_("One person on a line. It can be nobody."))
    works_here = forms.BooleanField(label=_("The person it is about works here"), required=False)
    board = forms.BooleanField(label=_("It is about a member of the board"), required=False, help_text=BOARD)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, data: Any = None, *, kind: str) -> None:
        super().__init__(data, kind=kind)
        roles = {role.key: said(role.name) for one in self.regulations for role in askers(one)}
        choices(self.fields["requested_by"], roles.items(), empty=now("Choose") if len(roles) > 1 else None)

    @property
    def letter(self) -> Letter:
        told, known = self.cleaned_data, ("kind", "entity", "received_on", "requested_by", "description", "language")
        names = [one.strip() for one in told["about"].splitlines() if one.strip()] or [""] * told["board"]
        there = {"employed": told["works_here"], "member_of_board": told["board"]}
        about = tuple(Person(name=one, **there) for one in names)
        plain = {key: told[key] for key in known}
        files = tuple(self.received)
        return Letter(
            complainant=Person(name=""), defendants=about, steps_taken="", invoked=True, way=SCAN, files=files, **plain
        )


def askers(rules: Procedure) -> list[Any]:
    """The roles that can ask for an investigation without a complaint, and those that take over their duties."""
    steps = [one for one in rules.steps if one.when and not (one.after or one.after_any) and one.key != rules.first]
    who = {key for one in steps for key in one.who}
    return [one for one in rules.roles if one.key in who or who & {*one.replaces}]


def on_request() -> str | None:
    """The kind of regulation that knows such a request."""
    return next((kind for kind, found in kinds().items() if any(askers(one) for one in found)), None)
