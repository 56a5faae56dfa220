"""How an editor looks at something before others do: as wide as a telephone and as a desk, and in each language."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import PreviewableMixin

from haven.pages.models.pairs import LANGUAGES
from haven.pages.settled import settle
from haven.rulebook import shelf
from haven.ui.frame import TONGUES


class LookedAt(PreviewableMixin):
    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """As pages are made for."""
        return [
            {"name": "phone", "icon": "mobile-alt", "device_width": 390, "label": _("On a telephone")},
            {"name": "desk", "icon": "desktop", "device_width": 1280, "label": _("On a desk")},
        ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        answer: HttpResponse = super().serve_preview(request, mode_name)
        answer = answer.render() if hasattr(answer, "render") else answer
        settle(answer)
        return answer


class InBothLanguages(LookedAt):
    """Something that is one row in every language."""

    preview_template: ClassVar[str]

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        first, *others = [code for code in shelf.current().institution.languages if code in LANGUAGES]
        return [("", TONGUES[first]), *((code, TONGUES[code]) for code in others)]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        language = mode_name or shelf.current().institution.languages[0]
        request.asked_in = language  # type: ignore[attr-defined]  # the frame
        with override(language):
            return super().serve_preview(request, mode_name)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:  # noqa: ARG002  the same in each
        return self.preview_template

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        written = request.asked_in  # type: ignore[attr-defined]  # set above
        return context | {"written_in": written, "entry": self} | self.looked_at()

    def looked_at(self) -> dict[str, Any]:
        return {}
