"""Sign-in: the views of allauth that we need, each with its audience and our own page. Signing in opens no words."""

from typing import Any

from allauth.account import views as account
from allauth.account.forms import LoginForm
from allauth.mfa.base import views as mfa
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django import forms
from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from haven.desk import demo
from haven.people.access import ANYONE, SIGNED_IN, StaffRequest, open_to
from haven.people.actions import end_other_sessions
from haven.people.adapter import AccountAdapter
from haven.people.models import User
from haven.vault import unlocking

USED_CODES_FOR = 120


class SignInForm(LoginForm):
    """Only in the demo a password is ever put in the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Mail address")
        self.fields["password"].label = _("Password")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        password = self.fields["password"].widget
        if isinstance(password, forms.PasswordInput):
            password.render_value = settings.DEMO


class CodeForm(AuthenticateForm):
    """A code works once, also in the minute in which a clock that is slow would still accept it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.help_text = (
            _("Code"),
            _("Six digits from your authenticator app, or one of your recovery codes."),
        )
        code.widget.attrs = {"autocomplete": "one-time-code", "spellcheck": "false", "autofocus": True}

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if not cache.add(f"code-{self.user.pk}-{code}", "used", USED_CODES_FOR):
            raise ValidationError(_("This code was used already. Wait for the next one."))
        return code


class SignIn(account.LoginView):
    form_class = SignInForm
    template_name = "desk/sign_in/sign_in.html"
    extra_context = {"people": demo.people, "invented": demo.invented}

    def get_form_class(self) -> type[forms.Form]:
        return SignInForm

    def get_initial(self) -> dict[str, str]:
        return demo.filled_in(self.request.GET.get("as", ""))

    def get_next_url(self) -> str | None:
        """The inbox is where who reads lands anyway. Who reads nothing has no inbox, and would land on nothing."""
        url: str | None = super().get_next_url()
        return None if url == reverse("desk:inbox") else url


class SecondFactor(mfa.AuthenticateView):
    form_class = CodeForm
    template_name = "desk/sign_in/second_factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo_code": demo.code_for(self.stage.login.user)}


class EndsOtherSessions:
    """A new second factor ends what was begun without it: a session from before has shown a password and no more."""

    request: StaffRequest

    def form_valid(self, form: forms.Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of the view that this is mixed into
        end_other_sessions(self.request.user, but=self.request.session.session_key)
        return response


class AddApp(EndsOtherSessions, totp.ActivateTOTPView):
    """With a telephone."""


class AddPasskey(EndsOtherSessions, webauthn.AddWebAuthnView):
    """With a passkey."""


def page(view: type[Any], template: str = "", audience: str = SIGNED_IN) -> Any:
    """A view of allauth as one of ours: with its audience and our template, and never kept by a browser."""
    ours = {"template_name": f"desk/sign_in/{template}.html"} if template else {}
    return open_to(audience)(never_cache(view.as_view(**ours)))


sign_in = page(SignIn, audience=ANYONE)
second_factor = page(SecondFactor, audience=ANYONE)
ask_again = page(account.ReauthenticateView, "ask_again")
ask_code_again = page(mfa.ReauthenticateView, "ask_again")
ask_passkey_again = page(webauthn.ReauthenticateWebAuthnView, "ask_passkey_again")
new_password = page(account.PasswordChangeView, "new_password")
factors = page(mfa.IndexView, "factors")
add_app = page(AddApp, "add_app")
remove_app = page(totp.DeactivateTOTPView, "remove")
add_passkey = page(AddPasskey, "add_passkey")
passkeys = page(webauthn.ListWebAuthnView, "passkeys")
remove_passkey = page(webauthn.RemoveWebAuthnView, "remove")
recovery_codes = page(recovery.ViewRecoveryCodesView, "recovery_codes")
new_recovery_codes = page(recovery.GenerateRecoveryCodesView, "new_recovery_codes")


@require_POST
@open_to(ANYONE)
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and lock: the browser is told to forget every page, and the keys in it are nothing any more."""
    if unlocked := request.COOKIES.get(settings.UNLOCK_COOKIE_NAME):
        unlocking.close_session(unlocked)
    AccountAdapter(request).logout(request)
    response = redirect("account_login")
    response.delete_cookie(settings.UNLOCK_COOKIE_NAME, samesite="Strict")
    response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Strict")
    response["Clear-Site-Data"] = '"cache", "storage"'  # not "cookies": the browser stays known (people/known.py)
    return response


@require_http_methods(["GET"])
@open_to(ANYONE)
@never_cache
def inactive(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/sign_in/inactive.html")


class FirstPassword(SetPasswordForm[User]):
    """The first password, or a new one after starting anew: chosen with a link that works once."""

    def clean_new_password1(self) -> str:
        return AccountAdapter().clean_password(self.cleaned_data["new_password1"])


@require_http_methods(["GET", "POST"])
@open_to(ANYONE)
@never_cache
def set_up(request: HttpRequest, person: int, token: str) -> HttpResponse:
    """Whoever got the link chooses a password, and then signs in like everybody."""
    user = User.objects.filter(pk=person, is_active=True).first()
    if user is None or not default_token_generator.check_token(user, token):
        raise Http404
    form = FirstPassword(user, request.POST or None)
    if form.is_valid():
        form.save()
        return redirect("account_login")
    return render(request, "desk/sign_in/set_up.html", {"form": form, "person": user})
