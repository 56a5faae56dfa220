"""Which doors this process opens, by zone (HAVEN_ZONES)."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from haven.intake.leaving import leave
from haven.pages import views as pages

handler404 = "haven.pages.views.not_found"

_doors: dict[str, list[URLPattern | URLResolver]] = {
    "site": [path("", include("haven.pages.urls"))],
    "reporter": [path("contact/", include("haven.reporter.urls"))],
    "parties": [path("letter/", include("haven.parties.urls"))],
    "desk": [path("desk/", include("haven.desk.urls")), path("sign-in/", include("haven.desk.sign_in_urls"))],
}
urlpatterns = [
    path("", pages.choose_language, name="choose_language"),
    path("exit/", leave, name="exit"),
    path("style.css", pages.house_style, name="house_style"),
    *i18n_patterns(*(entry for zone, door in _doors.items() if zone in settings.ZONES for entry in door)),
]
