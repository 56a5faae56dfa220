"""Files that somebody of ours adds: taken only once it is known who sends them, sealed while they arrive, made safe."""

from dataclasses import asdict, dataclass, field
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from haven.cases.files import ParkedFile
from haven.intake.safe import make_safe
from haven.people.access import View
from haven.rulebook import shelf
from haven.ui.templatetags.ui import filesize
from haven.vault import files
from haven.vault.files import SealedFileInfo
from haven.vault.handler import SealedUpload, SealingUploadHandler, was_interrupted

type Sealed = tuple[SealedFileInfo, dict[str, Any]]


def sealing(view: View) -> View:
    """Under the gate: the body is read here and not before. The token of the form is looked at as everywhere."""

    @wraps(view)
    def sealed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [SealingUploadHandler(request)]
        answer: HttpResponse = csrf_protect(view)(request, *args, **kwargs)
        return answer

    return sealed


def takes_files(view: View) -> View:
    """Above the gate, together with `sealing` under it: who has no business here fills no disk."""
    late: View = csrf_exempt(view)
    return late


@dataclass
class Received:
    files: list[Sealed] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def receive(request: HttpRequest) -> Received:
    """The files of this form; what cannot be kept is told, and destroyed."""
    found = Received()
    for upload in request.FILES.getlist("files"):
        if isinstance(upload, SealedUpload):
            _take(upload, found)
    if was_interrupted(request):
        found.problems.append(_("A file did not arrive completely. Please add it again. Nothing else was lost."))
    return found


def _take(upload: SealedUpload, found: Received) -> None:
    name, most = upload.name or "", min(shelf.current().intake.files.max_bytes, settings.UPLOAD_MAX_BYTES)
    if upload.info is None or upload.info.size > most:
        if upload.info:
            files.unlink_all(settings.BLOB_ROOT, [upload.info.blob])
        told = _("“%(name)s” was not added: it is empty, or larger than %(most)s.")
        found.problems.append(told % {"name": name, "most": filesize(most)})
        return
    came = ParkedFile(upload.info, name, upload.content_type or "", upload.info.size)
    safe = make_safe(came, keep_original=False)
    about = {"name": safe.name, "type": safe.kind, "safety": asdict(safe.safety)}
    found.files.append((safe.info, about))
    if safe.sheets:
        files.unlink_all(settings.BLOB_ROOT, [safe.sheets.blob])


def drop(received: Received) -> None:
    """The form came back: what arrived with it is not kept."""
    files.unlink_all(settings.BLOB_ROOT, [info.blob for info, _about in received.files])
