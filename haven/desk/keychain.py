"""Between the forms about keys and the vault: try a secret, say plainly what went wrong, carry on where one was."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haven.desk import demo, patience
from haven.desk.home import home
from haven.desk.key_forms import ConfirmRecovery
from haven.people.models import User
from haven.vault.errors import CannotOpen
from haven.vault.forms_state import open_state, seal_state
from haven.vault.models import KeyBundle
from haven.vault.unlocking import Keyring, unlock

KEPT = "kept words"
RECOVERY = "recovery code to confirm"
_MISREAD = str.maketrans("OIL", "011")


def bundle_of(person: User) -> KeyBundle | None:
    """The keys this person uses now."""
    return KeyBundle.objects.filter(owner=person, state=KeyBundle.State.CURRENT).order_by("-made_on").first()


def fingerprint(bundle: KeyBundle | None) -> str:
    """In groups of four, to be read out to a colleague."""
    kid = bundle.kid if bundle else ""
    return " ".join(kid[at : at + 4] for at in range(0, len(kid), 4))


def try_secret(form: forms.Form, field: str, person: User, bundle: KeyBundle) -> Keyring | None:
    """The keyring, or None with a sentence on the form. Wrong secrets make the next try wait."""
    wait = patience.begin(person)
    if wait:
        said = ngettext("Wait %(n)d second and try again.", "Wait %(n)d seconds and try again.", wait) % {"n": wait}
        form.add_error(field, said)
        return None
    try:
        keyring = unlock(bundle, form.cleaned_data[field])
    except CannotOpen:
        patience.failed(person)
        form.add_error(field, _("That is not your passphrase, and not your recovery code. Check it and try again."))
        return None
    patience.succeeded(person)
    return keyring


def unlock_page(form: forms.Form) -> dict[str, Any]:
    """What the unlock page shows beside the form."""
    kept = form.data.get("kept") or form.initial.get("kept")
    return {"form": form, "kept": bool(kept), "demo_passphrase": demo.invented().passphrase}


def carry_on(request: HttpRequest, person: User, *, to: str, kept: str) -> HttpResponse:
    """Back to the page one came from, or to a page that holds what was typed, ready to be sent."""
    if kept:
        try:
            state, _age = open_state(kept, purpose=KEPT)
        except CannotOpen:
            return redirect(home(person))
        if state["by"] == person.pk:
            return render(request, "desk/carry_on.html", {"to": state["to"], "typed": state["typed"]})
    return redirect(to if is_ours(request, to) else home(person))


def is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def show_recovery(request: HttpRequest, person: User, code: str, form: ConfirmRecovery | None = None) -> HttpResponse:
    """The recovery code, once, with a form that asks for its last group."""
    state = seal_state({"code": code, "by": person.pk}, purpose=RECOVERY)
    form = form or ConfirmRecovery(initial={"state": state})
    return render(request, "desk/recovery_code.html", {"code": code, "form": form, "person": person})


def recovery_in(form: ConfirmRecovery, person: User) -> str:
    """The code this form is about, or nothing when the form is not ours or not theirs."""
    try:
        state, _age = open_state(form.data.get("state", ""), purpose=RECOVERY)
    except CannotOpen:
        return ""
    return str(state["code"]) if state["by"] == person.pk else ""


def is_last_group(typed: str, code: str) -> bool:
    return typed.strip().upper().translate(_MISREAD) == code.rsplit(maxsplit=1)[-1]
