"""What of Haven is installed here, and what it means where something is not. No content, no names."""

from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from haven.cleaning import health as cleaning
from haven.cleaning.health import Part
from haven.desk.duty_forms import gaps_by_team
from haven.desk.gate import signed_in
from haven.people.access import StaffRequest

PARTS: Final = {
    Part.SANDBOX: (
        _("The closed room in which files are cleaned"),
        "bubblewrap",
        _("No file is cleaned, and none can be looked at. All are kept as they come, and marked."),
    ),
    Part.MAT2: (
        _("Cleans PDF and office documents"),
        "mat2",
        _("These documents are kept as they come, and marked. Pictures, sound and film are cleaned."),
    ),
    Part.PDFTOPPM: (
        _("Makes pictures of the pages of a PDF"),
        "poppler-utils",
        _("PDF files are kept as they come, and marked."),
    ),
    Part.FFMPEG: (
        _("Cleans sound and film"),
        "ffmpeg",
        _("Sound and film are kept as they come, and marked."),
    ),
    Part.CLAMAV: (
        _("Scans files for viruses"),
        "clamav-daemon",
        _("No file is scanned, and each says so. HAVEN_CLAMAV names the socket of the scanner."),
    ),
}


@require_safe
@signed_in
def health(request: StaffRequest) -> HttpResponse:
    """Looked up now, not remembered."""
    rows = [(one.there, *PARTS[one.part]) for one in cleaning.look(settings.CLAMAV)]
    whole, unmanned = all(there for there, *_more in rows), gaps_by_team()
    return render(request, "desk/health.html", {"rows": rows, "whole": whole, "unmanned": unmanned})
