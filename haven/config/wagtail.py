"""The editor of the information site: what settings.py takes in where the zone `site` is open.

Nothing of it asks another server: no pictures of people from elsewhere, no look for updates. Who somebody is, is asked
by our own sign-in; so everything about passwords and accounts is off here.
"""

from pathlib import Path
from typing import Any, Final

APPS: Final = (
    "haven.pages",
    "wagtail.contrib.simple_translation",
    "wagtail.users",
    "wagtail.documents",  # the editor asks for its addresses; nobody may put one there
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
)
FIRST: Final = "haven.pages.kept.KeptPages"  # before everything that looks at who asks
LONGEST, MOST_PAGES = 60, 300  # seconds; a page is 15 to 60 kB
PICTURES_UP_TO = 10 * 1024 * 1024  # of an editor; they are held in memory while they are painted anew

SETTINGS: Final[dict[str, Any]] = {
    "WAGTAIL_SITE_NAME": "Haven",
    "WAGTAIL_I18N_ENABLED": True,
    "WAGTAIL_ALLOW_UNICODE_SLUGS": False,  # an address that can be typed and is kept (haven/pages/kept.py)
    "WAGTAILSEARCH_BACKENDS": {"default": {"BACKEND": "wagtail.search.backends.database"}},
    "WAGTAIL_ENABLE_UPDATE_CHECK": False,
    "WAGTAIL_ENABLE_WHATS_NEW_BANNER": False,
    "WAGTAIL_GRAVATAR_PROVIDER_URL": None,
    "WAGTAIL_PASSWORD_MANAGEMENT_ENABLED": False,
    "WAGTAIL_PASSWORD_RESET_ENABLED": False,
    "WAGTAIL_EMAIL_MANAGEMENT_ENABLED": False,
    "WAGTAIL_WORKFLOW_ENABLED": False,  # it would mail
    "WAGTAILADMIN_COMMENTS_ENABLED": False,  # they would, too
    "WAGTAIL_PRIVATE_PAGE_OPTIONS": {"SHARED_PASSWORD": False},  # it would keep who gave it in a session
    "WAGTAILADMIN_PERMITTED_LANGUAGES": [("en", "English"), ("nl", "Nederlands")],
    "WAGTAILIMAGES_EXTENSIONS": ["jpg", "jpeg", "png", "webp"],
    "WAGTAILIMAGES_MAX_UPLOAD_SIZE": PICTURES_UP_TO,
    "FILE_UPLOAD_MAX_MEMORY_SIZE": PICTURES_UP_TO,
    "TAGGIT_CASE_INSENSITIVE": True,
    "MEDIA_URL": "/media/",
}


def pictures(data: Path) -> dict[str, Any]:
    """What editors put on the site lies in a folder of its own, apart from everything that is sealed."""
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": data / "media", "base_url": "/media/"},
    }


def caches(seconds: int) -> dict[str, dict[str, Any]]:
    """Public pages for a moment, in the memory of the process, never longer than a minute; for 0, none. No picture."""
    short = {"TIMEOUT": min(seconds, LONGEST), "OPTIONS": {"MAX_ENTRIES": MOST_PAGES}}
    in_memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages", **short}
    nothing = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    return {"pages": in_memory if seconds > 0 else nothing, "renditions": nothing}
