"""What sign-in is here: nobody signs up, nothing is mailed, and a stolen database does not give away second factors."""

from time import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa import app_settings as mfa
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haven.people import editors, known
from haven.people.models import User
from haven.rulebook import shelf
from haven.rulebook.roles import Right
from haven.vault import forms_state

SHORTEST_PASSWORD = 12
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class AccountAdapter(DefaultAccountAdapter):
    """Who you are. What you can open is another matter (vault.unlocking)."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The mail address or the password is not right. Check both and try again."),
        "too_many_login_attempts": _("That went wrong too often. Wait five minutes and try again."),
        "incorrect_password": _("That is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the shape allauth asks for
        return False

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:  # noqa: ARG002  the shape allauth asks for
        """Long is what counts (ASVS 6.2.1): no rules about capitals and signs."""
        if len(password) < SHORTEST_PASSWORD:
            raise ValidationError(_("Use at least 12 characters. A few words in a row are easy to remember."))
        return password

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The library's own remarks are not ours to show."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing about an account leaves by mail: who reads the mail could come in with it."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """There is none (config/wsgi.py). Instead limits count all unknown browsers together, and each known one."""
        return known.login_of(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords of strangers do not count against the owner in a known browser (known.py)."""
        key, login = str(super()._get_login_attempts_cache_key(request, **credentials)), known.login_of(request)
        return f"known {key}" if login and key.endswith(f":{login}") else key

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return known.remember(response, user) if isinstance(user, User) and has_second_factor(user) else response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = request.user
        if not isinstance(user, User):
            return reverse("desk:people")
        if user.may(Right.EDIT_SITE):
            return editors.EDITOR
        homes = ((Right.READ_CASE, "desk:inbox"), (Right.COUNSEL, "desk:notifications"))
        return reverse(next((page for right, page in homes if user.may(right)), "desk:people"))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors lie sealed in the table, under the key of the server (settings.STATE_KEY)."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That is not the right code. Wait for the next one and try again."),
    }

    def encrypt(self, text: str) -> str:
        return forms_state.seal_state({"secret": text}, purpose="second factor")

    def decrypt(self, encrypted_text: str) -> str:
        return str(forms_state.open_state(encrypted_text, purpose="second factor")[0]["secret"])

    def get_totp_issuer(self) -> str:
        return f"Haven {shelf.current().institution.short_name}"

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002  asked for by this keyword
        """A name to recognise it by, which can be changed before it is kept."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("My passkey") if number == 1 else gettext("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Our name instead of that of a site framework we do not use."""
        return {"id": context.request.get_host().partition(":")[0], "name": self.get_totp_issuer()}


def has_second_factor(user: User) -> bool:
    return bool(is_mfa_enabled(user, SECOND_FACTORS))


def give_totp(user: User) -> None:
    """A second factor nobody has to scan: for the demo and for tests."""
    TOTP.activate(user, generate_totp_secret())


def current_code(user: User) -> str:
    """The code that the person's telephone would show now. For the demo and for tests."""
    authenticator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return ""
    secret = SecondFactorAdapter().decrypt(authenticator.data["secret"])
    return str(format_hotp_value(hotp_value(secret, int(time()) // mfa.TOTP_PERIOD)))
