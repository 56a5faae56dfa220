"""The addresses of the editor of the site, and of pictures in it. Read only where the site is open.

Sign-in, sign-out and everything about an account is our own. The editor's pages for that are not there.
"""

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as editor
from wagtail.utils.urlpatterns import decorate_urlpatterns

from haven.desk.views.sign_in import sign_out
from haven.pages import editing, written

NOT_OURS = ("account", "documents", "groups", "login", "password_reset", "users")

urlpatterns: list[URLPattern | URLResolver] = [
    path("media/images/<str:name>", written.picture, name="picture"),
    path("edit/logout/", sign_out),
    *(path(f"edit/{one}/", editing.not_here) for one in NOT_OURS),
    *(path(f"edit/{one}/<path:rest>", editing.not_here) for one in NOT_OURS),
    path("edit/", include(decorate_urlpatterns(editor.urlpatterns, editing.for_editors))),
]
