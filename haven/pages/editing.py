"""Who comes into the editor of the site, and what differs there: pictures arrive, and scripts stand in the page."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from PIL import Image, ImageOps, UnidentifiedImageError

from haven.people.access import ANYONE, View, open_to, staff_with
from haven.rulebook.roles import Right

# The editor puts styles and some of its scripts in the page, and shows a page in a frame while it is written. Nothing
# from elsewhere, and for nobody but its editors.
LOOSER: Final[dict[str, list[str]]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "base-uri": [CSP.NONE],
}


POLICY: Final = "Content-Security-Policy"


def for_editors(view: Callable[..., HttpResponse]) -> View:
    """One page of the editor: for who writes the site, and for nobody else there at all."""
    taken = xframe_options_sameorigin(csrf_protect(view))

    @csrf_exempt  # until the files may come: looking for the token reads the form
    @staff_with(Right.EDIT_SITE)
    @csp_override(LOOSER)
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [Pictures(request)]
        answer = taken(request, *args, **kwargs)
        answer.headers.pop(POLICY, None)  # a page that is looked at brings its own, which lets no frame show it
        return answer

    return page


@open_to(ANYONE)
def not_here(request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001  any address below is the same
    """Accounts are not made or changed in the editor."""
    raise Http404


class Pictures(MemoryFileUploadHandler):
    """A picture is painted anew while it arrives, so that where and with what it was taken stays behind. Never on disk
    before that; what is no picture is dropped."""

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        whole = super().file_complete(file_size)
        return painted(whole) if isinstance(whole, InMemoryUploadedFile) else None


def painted(file: InMemoryUploadedFile) -> InMemoryUploadedFile | None:
    """The same picture with its pixels and nothing beside them; None for what is no picture."""
    again = BytesIO()
    try:
        with Image.open(file) as picture:
            kind = picture.format
            upright = ImageOps.exif_transpose(picture)
            upright.info.clear()
            upright.save(again, format=kind)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    size = again.tell()
    again.seek(0)
    return InMemoryUploadedFile(again, file.field_name, file.name, file.content_type, size, None)
