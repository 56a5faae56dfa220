"""One's own keys: unlock and lock, make them the first time, change the passphrase, print a new recovery code."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from haven.cases.off_the_team import settle
from haven.desk import joining
from haven.desk.gate import asked_again
from haven.desk.home import home
from haven.desk.key_forms import ChangePassphrase, ConfirmRecovery, NewPassphrase, NewRecovery, UnlockForm
from haven.desk.keychain import bundle_of, carry_on, is_last_group, recovery_in, show_recovery, try_secret, unlock_page
from haven.desk.middleware import remember
from haven.people.access import StaffRequest, staff_with
from haven.rulebook.roles import Right
from haven.vault import unlocking

both = require_http_methods(["GET", "POST"])


@both
@staff_with(Right.UNLOCK)
def unlock(request: StaffRequest) -> HttpResponse:
    """Open one's keys for twenty minutes of work at a time. Signing in alone opens nothing."""
    bundle = bundle_of(request.user)
    if bundle is None:
        return redirect("desk:first_keys")
    if request.keyring and request.method == "GET":
        return redirect(home(request.user))
    form = UnlockForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    keyring = try_secret(form, "secret", request.user, bundle) if form.is_valid() else None
    if keyring is None:
        return render(request, "desk/unlock.html", unlock_page(form))
    settle(keyring, request.user)
    to, kept = form.cleaned_data["next"], form.cleaned_data["kept"]
    return remember(carry_on(request, request.user, to=to, kept=kept), unlocking.open_session(bundle, keyring))


@both
@staff_with(Right.UNLOCK)
def first_keys(request: StaffRequest) -> HttpResponse:
    """Make keys: at the first visit, or after old ones were given up."""
    if bundle_of(request.user):
        return redirect("desk:unlock")
    form = NewPassphrase(request.POST or None, user=request.user)
    if not form.is_valid():
        return render(request, "desk/first_keys.html", {"form": form})
    bundle, code = unlocking.make_bundle(request.user, form.cleaned_data["passphrase"])
    request.keyring = keyring = unlocking.unlock(bundle, form.cleaned_data["passphrase"])
    return remember(show_recovery(request, request.user, code), unlocking.open_session(bundle, keyring))


@require_POST
@staff_with(Right.UNLOCK)
def confirm_recovery(request: StaffRequest) -> HttpResponse:
    """The last group was typed from paper, so the paper exists."""
    form = ConfirmRecovery(request.POST)
    code = recovery_in(form, request.user)
    if not code:
        return redirect("desk:account")
    if form.is_valid() and is_last_group(form.cleaned_data["group"], code):
        messages.success(request, _("Your recovery code is confirmed. Keep the paper where only you can find it."))
        return redirect(home(request.user))
    form.add_error("group", _("That is not the last group. Look at the last four characters on your paper."))
    return show_recovery(request, request.user, code, form)


@both
@staff_with(Right.UNLOCK)
def passphrase(request: StaffRequest) -> HttpResponse:
    """A new passphrase. Everything that was open elsewhere closes."""
    bundle = bundle_of(request.user)
    if bundle is None:
        return redirect("desk:first_keys")
    form = ChangePassphrase(request.POST or None, user=request.user)
    if not (form.is_valid() and (keyring := try_secret(form, "current", request.user, bundle))):
        return render(request, "desk/passphrase.html", {"form": form})
    unlocking.change_passphrase(bundle, form.cleaned_data["current"], form.cleaned_data["passphrase"])
    messages.success(request, _("Your passphrase is changed."))
    return remember(redirect("desk:account"), unlocking.open_session(bundle, keyring))


@both
@staff_with(Right.UNLOCK)
def new_recovery(request: StaffRequest) -> HttpResponse:
    """A new recovery code. The old paper opens nothing from now on."""
    bundle = bundle_of(request.user)
    if bundle is None:
        return redirect("desk:first_keys")
    form = NewRecovery(request.POST or None)
    if not (form.is_valid() and try_secret(form, "current", request.user, bundle)):
        return render(request, "desk/new_recovery.html", {"form": form})
    return show_recovery(request, request.user, unlocking.new_recovery(bundle, form.cleaned_data["current"]))


@both
@staff_with(Right.UNLOCK)
@asked_again
def give_up(request: StaffRequest) -> HttpResponse:
    """Passphrase and paper are both lost: give up the old keys. Colleagues confirm the new ones and share again."""
    bundle = bundle_of(request.user)
    if bundle is None:
        return redirect("desk:first_keys")
    if request.method == "POST" and request.POST.get("sure"):
        joining.give_up(request.user, bundle)
        return redirect("desk:first_keys")
    return render(request, "desk/give_up.html", {"asked": request.method == "POST"})


@require_POST
@staff_with(Right.UNLOCK)
def lock(request: StaffRequest) -> HttpResponse:
    """Close what is open, and stay signed in."""
    unlocking.close_session(request.COOKIES.get(settings.UNLOCK_COOKIE_NAME, ""))
    response = redirect("desk:unlock")
    response.delete_cookie(settings.UNLOCK_COOKIE_NAME, samesite="Strict")
    return response
