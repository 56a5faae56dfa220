"""Which doors this process opens, by zone (HAVEN_ZONES).

The addresses of the other doors are known here all the same, because pages lead to each other; but nobody answers at
them. Whoever runs the zones apart lets the proxy lead each address to the process that has it (docs/operations.md).
"""

from typing import Any

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import Resolver404, URLPattern, URLResolver, include, path

from haven.intake.leaving import leave
from haven.pages import views as pages

handler404 = "haven.pages.views.not_found"


class Elsewhere(URLResolver):
    """A door that another process opens: its addresses can be named, and none is here but those that begin so."""

    here = ""

    def resolve(self, path: str) -> Any:
        if self.here and path.startswith(self.here):
            return super().resolve(path)
        raise Resolver404({"path": path, "tried": []})


def door(route: str, urls: str, *zones: str, here: str = "") -> URLResolver:
    """Open where one of these zones is. `here`: what is open all the same."""
    there: URLResolver = path(route, include(urls))
    if settings.ZONES & set(zones):
        return there
    closed = Elsewhere(there.pattern, there.urlconf_name, there.default_kwargs, there.app_name, there.namespace)
    closed.here = here
    return closed


SITE_IS_OPEN = "site" in settings.ZONES
SITE = "haven.config.site_urls" if SITE_IS_OPEN else "haven.pages.urls"
LISTENS = "input/" if "reporter" in settings.ZONES else ""
"""Input from people is sealed when it comes in, as reports are; so whoever takes those can take it too."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.choose_language, name="choose_language"),
    path("exit/", leave, name="exit"),
    path("style.css", pages.house_style, name="house_style"),
    *([path("", include("haven.config.editor_urls"))] if SITE_IS_OPEN else []),
    *i18n_patterns(
        door("contact/", "haven.reporter.urls", "reporter"),
        door("letter/", "haven.parties.urls", "parties"),
        door("desk/", "haven.desk.urls", "desk"),
        door("sign-in/", "haven.desk.sign_in_urls", "desk", "site"),  # editors of the site sign in like all staff
        door("", SITE, "site", here=LISTENS),  # takes whatever is left
    ),
]
