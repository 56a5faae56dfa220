"""Every view says who may come in. A house test refuses a view that does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from haven.people.models import User
from haven.rulebook.roles import Right
from haven.vault.unlocking import Keyring

type View = Callable[..., HttpResponse]

ANYONE: Final = "anyone"
REPORTER: Final = "reporter"
PARTY: Final = "party"
SIGNED_IN: Final = "signed in"


class StaffRequest(HttpRequest):
    """A request of somebody who signed in. `keyring` is None until they unlock."""

    user: User
    keyring: Keyring | None


def open_to(audience: str) -> Callable[[View], View]:
    """Declare the audience of a view that asks nobody to sign in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def announced(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs)

        announced.open_to = audience  # type: ignore[attr-defined]
        return announced

    return decorate


def staff_with(right: Right) -> Callable[[View], View]:
    """Let in who holds `right`. Anybody else gets the same answer as for a page that does not exist."""

    def decorate(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not permits(request.user, right):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.open_to = right  # type: ignore[attr-defined]
        return guarded

    return decorate


def permits(user: User, right: Right) -> bool:
    """The one permission check. A test run patches it to always say yes: the keys must still deny."""
    return user.may(right)
