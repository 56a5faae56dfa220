"""What was agreed, as a page to print or as a locked package for somebody without Haven."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from haven.cases.referral import Extract
from haven.desk.casepage import told
from haven.desk.consent_forms import name_of
from haven.desk.consentpage import extent, purpose_of
from haven.vault import files, handover
from haven.vault.errors import CannotOpen

ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def printable(request: HttpRequest, found: Extract) -> HttpResponse:
    return render(request, "desk/hand_over.html", _words(found) | {"printed": True})


def package(found: Extract, key: str) -> HttpResponse:
    """A zip with a readable page and the files, sealed to one key. It exists in the clear in memory only."""
    content, lost = BytesIO(), []
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for number, about in enumerate(found.files, 1):
            try:
                data = b"".join(_pieces(about))
            except CannotOpen:
                lost.append(str(about.get("name", "")))
                continue
            archive.writestr(f"files/{number:02}{_ending(str(about.get('name', '')))}", data)
        page = render_to_string("desk/hand_over_alone.html", _words(found) | {"lost": lost})
        archive.writestr("read-me-first.html", page)
    response = HttpResponse(handover.seal_for(key, content.getvalue()), content_type="application/octet-stream")
    response["Content-Disposition"] = 'attachment; filename="handover.zip.age"'
    return response


def _ending(name: str) -> str:
    """The kind of file, as its name says; the name itself stands on the page, under the same number."""
    found = ENDING.search(name)
    return found[0].lower() if found else ""


def _pieces(about: dict[str, object]) -> Iterator[bytes]:
    return files.open_verified(settings.BLOB_ROOT, files.SealedFileInfo.from_dict(about))


def _words(found: Extract) -> dict[str, object]:
    consent = found.consent
    return {
        "consent": consent,
        "name": name_of(consent),
        "purpose": purpose_of(consent),
        "extent": extent(consent),
        "summary": found.summary,
        "answers": told(found.answers),
        "identity": told(found.identity, "identity"),
        "files": found.files,
    }
