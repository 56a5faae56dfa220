"""The addresses of the site where it is open: what editors write comes before what the rulebook says, and takes
whatever is left. Read nowhere else, since it needs the apps of the editor."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.urls import serve_pattern

from haven.pages import feeds, searched, written
from haven.pages.situations import SITUATIONS

urlpatterns: list[URLPattern | URLResolver] = [
    path("", written.home),
    path("help/", written.provisions, name="provisions"),
    path("search/", searched.search, name="search"),
    re_path(rf"^help/(?P<key>{'|'.join(SITUATIONS)})/$", written.situation),
    path("about/definition/", written.definition),
    path("about/accessibility/", written.accessibility),
    path("input/outcomes/", written.outcomes),
    path("feeds/updates.atom", feeds.updates, name="updates_feed"),
    path("feeds/activities.atom", feeds.activities, name="activities_feed"),
    path("feeds/activities.ics", feeds.calendar, name="activities_calendar"),
    path("", include("haven.pages.urls")),
    re_path(serve_pattern, written.serve, name="wagtail_serve"),
]
