"""Uploads through Django's own parser: sealed while they arrive, refused in words, and nothing left when cut off."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadhandler import StopUpload
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from haven.vault import files
from haven.vault.handler import SealedUpload, SealingUploadHandler, UploadProblem, clean_name, sniff, was_interrupted
from tests.proves import proves

WORDS = b"onuitwisbaar herkenbare woorden "


def body(name: str, content: bytes, **fields: str) -> bytes:
    attached = io.BytesIO(content)
    attached.name = name
    return encode_multipart(BOUNDARY, {"before": "1", "file": attached, **fields})


def posted(data: bytes) -> HttpRequest:
    return RequestFactory().generic("POST", "/", data, content_type=MULTIPART_CONTENT)


def upload(request: HttpRequest) -> SealedUpload:
    value = request.FILES["file"]
    assert isinstance(value, SealedUpload)
    return value


def on_disk(settings: Settings) -> list[Path]:
    return sorted(settings.BLOB_ROOT.iterdir()) if settings.BLOB_ROOT.exists() else []


@proves("R-003-14", "R-000-18")
def test_a_file_is_on_disk_as_ciphertext_only_when_the_view_begins(settings: Settings) -> None:
    request = posted(body("verhaal.txt", WORDS * 5000, after="2"))
    value = upload(request)
    assert (value.name, value.size, value.content_type, value.problem) == ("verhaal.txt", 160_000, "text/plain", None)
    assert (request.POST["before"], request.POST["after"]) == ("1", "2")
    assert value.info is not None
    assert [path.name for path in on_disk(settings)] == [value.info.blob.hex]
    assert WORDS not in on_disk(settings)[0].read_bytes()
    assert b"".join(files.open_verified(settings.BLOB_ROOT, value.info)) == WORDS * 5000
    assert repr(value) == "<SealedUpload>"


def test_a_file_too_large_is_refused_in_words_and_the_rest_of_the_form_is_read(settings: Settings) -> None:
    request = posted(body("film.mp4", b"x" * 700_000, after="2"))
    value = upload(request)
    assert (value.problem, value.info, request.POST["after"]) == (UploadProblem.TOO_LARGE, None, "2")
    assert on_disk(settings) == []


def test_the_limit_itself_is_allowed(settings: Settings) -> None:
    assert upload(posted(body("a.bin", b"x" * settings.UPLOAD_MAX_BYTES))).problem is None


def test_far_too_large_is_not_even_read_to_its_end(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    handler = SealingUploadHandler()
    handler.new_file("file", "a.bin", "", None)
    for start in range(0, 10_000, 1000):
        handler.receive_data_chunk(b"x" * 1000, start)
    with pytest.raises(StopUpload):
        handler.receive_data_chunk(b"x", 10_000)
    assert on_disk(settings) == []


def test_an_empty_file_is_refused_in_words(settings: Settings) -> None:
    value = upload(posted(body("leeg.txt", b"")))
    assert (value.problem, value.info) == (UploadProblem.EMPTY, None)
    assert on_disk(settings) == []


def test_a_file_cut_off_on_its_way_leaves_nothing(settings: Settings) -> None:
    whole = body("verhaal.txt", WORDS * 5000)
    request = posted(whole[:100_000])
    assert list(request.FILES) == []
    assert was_interrupted(request)
    assert on_disk(settings) == []
    assert not was_interrupted(posted(whole))


class Broken(io.BytesIO):
    """A connection that breaks after some bytes."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 100_000:
            raise OSError("connection reset")
        return super().read(size)


def test_a_broken_connection_leaves_nothing(settings: Settings) -> None:
    whole = body("verhaal.txt", WORDS * 5000)
    request = RequestFactory().generic("POST", "/", b"x", content_type=MULTIPART_CONTENT)
    request.META.update(CONTENT_LENGTH=str(len(whole)))
    request.environ["wsgi.input"] = request._stream = Broken(whole)
    with pytest.raises(OSError, match="reset"):
        _ = request.FILES
    del request
    assert on_disk(settings) == []


def test_a_second_file_that_is_malformed_does_not_keep_the_part_of_it(settings: Settings) -> None:
    data = (
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=file; filename=a.txt\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{'QUJD' * 50_000}!!!!\r\n--{BOUNDARY}--\r\n"
    )
    with pytest.raises(MultiPartParserError):
        _ = posted(data.encode()).FILES
    assert on_disk(settings) == []


def archive(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archived:
        for name in names:
            archived.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
        (b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom", "audio/mp4"),
        (b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2", "video/mp4"),
        ("Beste mensen, één verhaal".encode(), "text/plain"),
        (bytes(range(256)), "application/octet-stream"),
        (archive("[Content_Types].xml", "word/document.xml"),
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (archive("a.txt"), "application/zip"),
        (b"<html><script>alert(1)</script>", "text/html"),
        (b"", "text/plain"),
    ],
)  # fmt: skip
def test_the_type_is_found_from_the_content(content: bytes, kind: str) -> None:
    assert sniff(content) == kind


def test_what_the_browser_claims_is_not_asked() -> None:
    assert upload(posted(body("foto.jpg", b"%PDF-1.7\n" + WORDS))).content_type == "application/pdf"


@given(st.binary(max_size=400))
def test_no_content_upsets_the_finding_of_its_type(content: bytes) -> None:
    assert "/" in sniff(content)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("foto.jpg", "foto.jpg"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\map\\brief.docx", "C__map_brief.docx"),
        ("factuur\u202excod.exe", "factuurxcod.exe"),
        ("nul\0l\u200b.txt", "null.txt"),
        ("cafe\u0301.txt", "caf\u00e9.txt"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        (" .. ", "file"),
        ("", "file"),
    ],
)
def test_a_file_name_can_be_shown_and_saved(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@given(st.text())
def test_every_file_name_becomes_a_harmless_one(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean) <= 120
    assert clean.isprintable()
    assert not set(clean) & set('/\\\0<>"|')
