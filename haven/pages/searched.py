"""What editors wrote, for those who search the site: pages that everybody can read, and whom to turn to."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from haven.pages import searching
from haven.pages.door import visitors
from haven.pages.models import DirectoryEntry
from haven.pages.models.base import HousePage
from haven.pages.searching import Document
from haven.pages.settled import settled


@visitors
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Nothing of what is asked reaches the database: all pages are read, and looked through here."""
    written = (*searching.of_the_rulebook(), *of_editors()) if request.method == "POST" else ()
    return searching.answered(request, written)


def of_editors() -> Iterator[Document]:
    """In the language of the frame, and what is not there in it in the other one."""
    language = translation.get_language() or "nl"
    for one in DirectoryEntry.objects.there(language).select_related("locale"):
        address = f"/{language}/help/#{one.key}"
        yield Document(address, one.name, one.does, one.for_whom, _other(one.written_in, language))
    pages = [
        page for page in Page.objects.live().public().select_related("locale").specific() if isinstance(page, HousePage)
    ]
    there = {page.translation_key for page in pages if page.locale.language_code == language}
    for page in pages:
        other = _other(page.locale.language_code, language)
        if not other or page.translation_key not in there:
            yield from _of(page, language, other)


def _of(page: HousePage, language: str, other: str) -> Iterator[Document]:
    own = page.get_url() or "/"
    address = f"/{language}{own.removeprefix(f'/{other}')}" if other else own
    yield Document(address, page.title, settled(page.summary), settled(page.words), other)
    for part in page.parts():
        yield Document(f"{address}#{part.anchor}", part.title, settled(part.says), settled(part.words), other)


def _other(written: str, language: str) -> str:
    return "" if written == language else written
