"""Writes the documents and the voice memo that the demo reports bring along. Run by hand; what it makes is committed.

    python tests/demo/write_documents.py        needs ffmpeg and espeak-ng on the path

Everything is invented. That the documents hold what was deleted, and by whom, is on purpose, as office programs do
that: one can then see what Haven does with it.
"""

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from docx import Document

OUT = Path(__file__).parents[2] / "haven" / "config" / "demo" / "files"


def tracked(name: str, title: str, lines: list[str], author: str) -> None:
    """A document with tracked changes. In a line, [-gone-] was deleted and [+new+] was inserted."""
    document = Document()
    document.core_properties.author = author
    document.core_properties.last_modified_by = author
    document.core_properties.title = title
    document.add_heading(title, level=1)
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    _mark_changes(buffer, OUT / name, author)


WRITTEN = (2026, 9, 14, 22, 41, 0)
LEFT_OUT = {"word/stylesWithEffects.xml", "docProps/thumbnail.jpeg"}  # a third of the size, and nobody reads them


def _mark_changes(made: io.BytesIO, target: Path, author: str) -> None:
    numbers: Iterator[int] = iter(range(100, 1000))
    about = f'w:author="{author}" w:date="2026-09-14T22:41:00Z"'

    def change(match: re.Match[str]) -> str:
        sign, words = match[1], match[2]
        kind, text = ("del", "delText") if sign == "-" else ("ins", "t")
        run = f'<w:r><w:{text} xml:space="preserve">{words}</w:{text}></w:r>'
        opened = '</w:t></w:r><w:{kind} w:id="{id}" {about}>{run}</w:{kind}><w:r><w:t xml:space="preserve">'
        return opened.format(kind=kind, id=next(numbers), about=about, run=run)

    with zipfile.ZipFile(made) as old, zipfile.ZipFile(target, "w", compresslevel=9) as new:
        for part in old.namelist():
            if part not in LEFT_OUT:
                words = _lighter(part, old.read(part).decode())
                if part == "word/document.xml":
                    words = re.sub(r"\[([-+])(.*?)\1\]", change, words)
                new.writestr(zipfile.ZipInfo(part, WRITTEN), words, zipfile.ZIP_DEFLATED)


def _lighter(part: str, words: str) -> str:
    """The part without the styles of tables and without pointers to what is left out."""
    if part == "word/document.xml":
        return words.replace("<w:t>", '<w:t xml:space="preserve">')
    if part == "word/styles.xml":
        return re.sub(r'(?s)<w:style [^>]*w:type="table"(?:(?!w:default).)*?</w:style>', "", words)
    return re.sub(r"<(Relationship|Override)[^>]*(stylesWithEffects|thumbnail)[^>]*/>", "", words)


MINUTES = [
    "Present: the candidate, the daily supervisor. Absent with notice: the promotor.",
    (
        "1. Progress. One paper was accepted in spring. "
        "[-The data for chapter three are complete.-][+The data for chapter three need further discussion.+]"
    ),
    (
        "2. Supervision. We agreed that [-supervision would be weekly, on Tuesdays-]"
        "[+the candidate was advised to become more independent+]."
    ),
    (
        "3. Instrument time. [-The candidate reported that bookings disappear from the calendar. "
        "The supervisor will look into it.-][+Nothing to report.+]"
    ),
    "4. Second supervisor. [-The candidate asks for one and will receive an answer before the end of the month.-]",
    "5. Next talk: in one year. [-Sooner if the candidate asks for it.-]",
]

REVIEW = [
    "We thank the reviewers for their careful reading.",
    "Reviewer 1, point 1. The table has been corrected.",
    (
        "Reviewer 2, point 4. You ask about participants who stopped with the study. "
        "[-Five participants discontinued, see the call list of the trial office.-][+No participant discontinued.+] "
        "[-Note to the supervisor: I made these five calls myself, I think we have to give the number. TS-]"
    ),
    "Reviewer 2, point 5. [-We added the numbers per group.-][+We do not consider this necessary.+]",
]


def letter() -> None:
    """A letter of one page as PDF, written by hand: real text that can be searched and copied."""
    lines = [
        (16, "Universitaire diensten - persoonlijk en vertrouwelijk"),
        (0, ""),
        (11, "Aan: de heer W. Proefpersoon"),
        (11, "Betreft: afspraken na uw herstel"),
        (0, ""),
        (11, "Geachte heer Proefpersoon,"),
        (0, ""),
        (11, "U bent sinds kort weer volledig aan het werk. Daar zijn wij blij mee. Tegelijk hebben"),
        (11, "wij gesproken over uw houding. Deze belast het team. Ik verwacht dat u dit binnen"),
        (11, "drie maanden zichtbaar verandert."),
        (0, ""),
        (11, "Wij evalueren dit in het voorjaar. Indien er onvoldoende verbetering is, bespreken wij"),
        (11, "of uw functie nog bij u past. Een afschrift van deze brief gaat naar uw dossier."),
        (0, ""),
        (11, "Met vriendelijke groet,"),
        (0, ""),
        (11, "A. van Verzonnen"),
        (11, "Hoofd van de afdeling"),
    ]
    drawn, y = [], 760
    for size, text in lines:
        if text:
            escaped = text.replace("(", r"\(").replace(")", r"\)")
            drawn.append(f"BT /F1 {size} Tf 70 {y} Td ({escaped}) Tj ET")
        y -= 24 if size > 11 else 18
    (OUT / "brief-leidinggevende.pdf").write_bytes(_pdf("\n".join(drawn).encode("latin-1")))


def _pdf(content: bytes) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (nl-NL) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Author (A. van Verzonnen) /Title (Afspraken na uw herstel) /Producer (Voorbeeldschrijver) >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    start = out.index(b"xref\n")
    return out + b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


MEMO = (
    "It is twenty to one at night. I am in my room. The door is locked. I say this now because tomorrow I will make it "
    "smaller. He stood in front of my door. I said no. I said it three times. Then the lift opened and people came "
    "out, and he went away with them. I did nothing wrong. I say that also, for tomorrow. I did nothing wrong."
)


def voice_memo() -> None:
    """A spoken note, as a telephone keeps it."""
    with tempfile.TemporaryDirectory() as folder:
        spoken = Path(folder) / "memo.wav"
        _run("espeak-ng", "-v", "en-gb+f3", "-s", "128", "-p", "38", "-w", str(spoken), MEMO)
        _run(
            *("ffmpeg", "-y", "-loglevel", "error", "-i", str(spoken), "-ac", "1", "-ar", "22050", "-b:a", "24k"),
            *("-metadata", "title=New recording 14", "-metadata", "location=+52.0000+004.0000/", "-bitexact"),
            str(OUT / "voice-memo.m4a"),
        )


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise SystemExit(f"{program} is not installed; the voice memo needs it.")
    subprocess.run([found, *arguments], check=True)


if __name__ == "__main__":
    tracked("minutes-progress-talk.docx", "Minutes of the yearly progress talk", MINUTES, "P. Daily-Supervisor")
    tracked("response-to-reviewers.docx", "Response to the reviewers", REVIEW, "S. Upervisor")
    letter()
    voice_memo()
