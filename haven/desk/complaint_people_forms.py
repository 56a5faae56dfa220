"""Who takes part in a complaint: parties are invited, seats are asked for, given and left."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haven.complaints import insiders, parties, seats, talking
from haven.complaints.models import Party, Seat
from haven.complaints.parties import Invitation
from haven.desk.complaint_forms import ComplaintForm, party_names, ticks
from haven.desk.forms import choices, said, words
from haven.people.models import User

LANGUAGES = (("nl", _("Dutch")), ("en", _("English")))
OFFICE = frozenset({"office"})


class Invite(ComplaintForm):
    deed = "invite"
    name = _("Invite somebody to take part")
    says = _("They get keys of their own. You print a letter with a number and a code, which is shown once.")
    role = forms.ChoiceField(label=_("As"))
    person = forms.CharField(label=_("Name"), max_length=200)
    function = forms.CharField(label=_("Function"), max_length=200, required=False)
    relation = forms.CharField(label=_("Relation to the institution"), max_length=60, required=False)
    address = words(_("Postal address"), rows=3, required=False)
    mail = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Writes and reads"), choices=LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self.fields["role"], [(one.key, said(one.name)) for one in self.rules.roles if one.side == "party"])
        named = [one for one in self.opened.head.get("defendants", ()) if one.get("name")]
        known = {one.get("name") for one in self.opened.people.values()}
        missing = next((one for one in named if one["name"] not in known), None)
        if missing and len(self.rules.sides) > 1:
            told = {"role": self.rules.sides[-1], "person": missing["name"], "function": missing.get("function", "")}
            self.initial = {**self.initial, **told, "relation": missing.get("relation", "")}

    def carry_out(self) -> Invitation:
        told = dict(self.cleaned_data)
        person = {key: told[key] for key in ("function", "relation", "address", "mail", "phone", "language")}
        return parties.invite(self.opened, told["role"], {"name": told["person"].strip(), **person})


class InviteAgain(ComplaintForm):
    deed = "invite_again"
    name = _("New letter with a new code")
    says = _("For who lost passphrase and paper. The old keys open nothing from then on.")
    sides = OFFICE
    party = forms.ChoiceField(label=_("For"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self.fields["party"], party_names(self.opened), empty=_("Choose"))

    def carry_out(self) -> Invitation:
        return parties.invite_again(self.opened, party_of(self.opened.row.pk, self.cleaned_data["party"]))


def party_of(complaint: UUID, key: str) -> Party:
    found: Party = Party.objects.select_related("bundle", "complaint").get(complaint=complaint, pk=UUID(key))
    return found


class Appoint(ComplaintForm):
    deed = "appoint"
    name = _("Ask somebody to take a seat")
    says = _("They see who is involved, and nothing else, until they have declared to be independent.")
    done = _("They are asked. A mail tells them that something waits.")
    sides = frozenset({"office", "decider"})
    seat = forms.ChoiceField(label=_("Who, and as what"))
    expertise = forms.CharField(label=_("Expertise"), max_length=200, required=False, help_text=_("With commas."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: dict[str, User] = {}
        lines = [line for role in self.rules.roles if role.side != "party" for line in self._able(role.key)]
        choices(self.fields["seat"], lines, empty=_("Choose"))
        if known := self.rules.expertise:
            self.fields["expertise"] = ticks(_("What this person knows about"), hint=_("For a seat in the committee."))
            choices(self.fields["expertise"], [(one.key, said(one.label)) for one in known])

    def _able(self, role: str) -> list[tuple[str, str]]:
        taken = set(Seat.objects.present().filter(complaint=self.opened.row).values_list("user", flat=True))
        found = []
        for one in insiders.able(role, self.opened.entity, on=localdate()):
            if one.person and one.person.pk not in taken and not seats.is_ruled_out(self.opened, one.person):
                key = f"{one.person.pk}:{role}"
                self.people[key] = one.person
                found.append((key, f"{one.name}: {said(self.rules.role(role).name)}"))
        return found

    @property
    def fits(self) -> bool:
        return bool(self.people)

    def carry_out(self) -> None:
        key = self.cleaned_data["seat"]
        told = self.cleaned_data["expertise"]
        expertise = told if isinstance(told, list) else [one.strip() for one in told.split(",") if one.strip()]
        seats.appoint(self.opened, self.people[key], key.partition(":")[2], expertise=expertise)


class SeatForm(ComplaintForm):
    """Of one seat, chosen from those that `meant` gives."""

    seat = forms.ChoiceField(label=_("Who"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(one.pk): one for one in self.meant()}
        lines = [(key, f"{one.user.name}: {said(self.rules.role(one.role).name)}") for key, one in self.rows.items()]
        choices(self.fields["seat"], lines, empty=_("Choose") if len(lines) > 1 else None)

    def meant(self) -> list[Seat]:
        return list(Seat.objects.present().filter(complaint=self.opened.row).select_related("user"))

    @property
    def fits(self) -> bool:
        return bool(self.rows)

    @property
    def chosen(self) -> Seat:
        return self.rows[self.cleaned_data["seat"]]


class Admit(SeatForm):
    deed = "admit"
    name = _("Let in who has declared")
    done = _("They hold the keys now.")
    sides = frozenset({"office", "committee", "decider"})

    def meant(self) -> list[Seat]:
        return [one for one in super().meant() if one.declared_on and not one.admitted_on]

    def carry_out(self) -> None:
        seats.admit(self.opened, self.chosen)


class StepOut(SeatForm):
    deed = "step_out"
    name = _("Somebody leaves their seat")
    says = _("Access ends at once, and does not come back.")
    done = _("The seat is empty, and the keys are gone.")
    reason = words(_("Reason"), rows=2)

    def carry_out(self) -> None:
        seats.step_out(self.opened, self.chosen, reason=self.cleaned_data["reason"])


class HideName(ComplaintForm):
    deed = "hide_name"
    name = _("Hear a witness without their name")
    says = _("The name stays with the committee. Everywhere else the other name stands from now on.")
    sides = frozenset({"committee"})
    party = forms.ChoiceField(label=_("Witness"))
    pseudonym = forms.CharField(label=_("Called from now on"), max_length=60)
    reason = words(_("The decision, with its reasons"), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = {one.key for one in self.rules.roles if one.may_be_anonymous}
        meant = {str(one.pk) for one in Party.objects.as_role(*roles).filter(complaint=self.opened.row)}
        self.lines = [one for one in party_names(self.opened) if one[0] in meant]
        choices(self.fields["party"], self.lines, empty=_("Choose"))

    @property
    def fits(self) -> bool:
        return bool(self.lines)

    def carry_out(self) -> None:
        told = self.cleaned_data
        party = party_of(self.opened.row.pk, told["party"])
        parties.hide_name(self.opened, party, told["pseudonym"], reason=told["reason"])


class Reply(ComplaintForm):
    deed = "reply"
    name = _("Answer or write to a party")
    says = _("Only the complaints officers and this party read it.")
    done = _("It stands in their door.")
    sides = OFFICE
    party = forms.ChoiceField(label=_("To"))
    text = words(_("Your answer"), rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self.fields["party"], party_names(self.opened), empty=_("Choose"))

    def carry_out(self) -> None:
        talking.reply(self.opened, party_of(self.opened.row.pk, self.cleaned_data["party"]), self.cleaned_data["text"])


class Declaration(forms.Form):
    """The answer of who is asked for a seat."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=(
            (
                "yes",
                _("I have no connection with the institution or anybody named, and I keep what I read to myself"),
            ),
            ("no", _("I cannot say that, and do not take this seat")),
        ),
    )

    @property
    def says_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")


def declared(says_yes: bool) -> str:  # noqa: FBT001  the answer itself
    return now("Thank you. You get the keys when you are let in.") if says_yes else now("You do not take this seat.")
