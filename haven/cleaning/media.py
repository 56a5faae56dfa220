"""Sound and film: the streams are carried over as they are, and everything that was told about them stays behind."""

from pathlib import Path
from typing import Final

from haven.cleaning.kinds import FLAC, M4A, MKV, MOV, MP3, MP4, OGG, WAV, WEBM, Kind
from haven.cleaning.programs import run

READ: Final = {
    MP3: "mp3", OGG: "ogg", FLAC: "flac", WAV: "wav", M4A: "mp4", MP4: "mp4", MOV: "mov",
    WEBM: "matroska", MKV: "matroska",
}  # fmt: skip
WRITTEN: Final = {**READ, M4A: "ipod", WEBM: "webm"}
NOTHING_ELSE: Final = (
    *("-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1"),
    *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"),
)


def clean(source: Path, kind: Kind) -> Path:
    """Film and sound only: covers, subtitles, places and what an apparatus writes beside them are not carried over.

    Read as what it is, and from nowhere else: a list that points at other files or servers is no film.
    """
    copy = source.with_name("copy")
    read = ("-protocol_whitelist", "file", "-f", READ[kind], "-i", str(source))
    plain = ("-id3v2_version", "0", "-write_id3v1", "0") if kind is MP3 else ()
    streams = ("-map", "0:V?", "-map", "0:a?", "-c", "copy")
    run("ffmpeg", "-nostdin", "-v", "quiet", *read, *streams, *NOTHING_ELSE, *plain, "-f", WRITTEN[kind], str(copy))
    return copy
