"""The addresses of what editors write, and of their editor. Read only where the site is open.

Sign-in, sign-out and everything about an account is our own. The editor's pages for that are not there.
"""

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as editor
from wagtail.urls import serve_pattern
from wagtail.utils.urlpatterns import decorate_urlpatterns

from haven.desk.views.sign_in import sign_out
from haven.pages import editing, feeds, searched, written
from haven.pages.situations import SITUATIONS

NOT_OURS = ("account", "documents", "groups", "login", "password_reset", "users")

beside: list[URLPattern | URLResolver] = [
    path("media/images/<str:name>", written.picture, name="picture"),
    path("edit/logout/", sign_out),
    *(path(f"edit/{one}/", editing.not_here) for one in NOT_OURS),
    *(path(f"edit/{one}/<path:rest>", editing.not_here) for one in NOT_OURS),
    path("edit/", include(decorate_urlpatterns(editor.urlpatterns, editing.for_editors))),
]
front: list[URLPattern | URLResolver] = [
    path("", written.home),
    path("help/", written.provisions, name="provisions"),
    path("search/", searched.search, name="search"),
    re_path(rf"^help/(?P<key>{'|'.join(SITUATIONS)})/$", written.situation),
    path("about/definition/", written.definition),
    path("about/accessibility/", written.accessibility),
    path("feeds/updates.atom", feeds.updates, name="updates_feed"),
    path("feeds/activities.atom", feeds.activities, name="activities_feed"),
    path("feeds/activities.ics", feeds.calendar, name="activities_calendar"),
]
behind: list[URLPattern | URLResolver] = [re_path(serve_pattern, written.serve, name="wagtail_serve")]
