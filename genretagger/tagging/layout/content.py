"""What a file is by its first bytes, whatever its name: a container of audio, or something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from genretagger.core.leading_tags import leading_bytes
from genretagger.tagging.layout import (
    LayoutError,
    blocks,
    matroska,
    mpeg,
    mpeg_audio,
    ogg,
    peek,
    size_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD_BYTES: Final = 512
# Where a mark stands, the mark, the container. Sources: those in the modules of `layout`.
_MARKS: Final = (
    (0, b"fLaC", "flac"),
    (4, b"ftyp", "m4a"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wma"),
    (0, b"MAC ", "ape"),
    (0, b"wvpk", "wv"),
    (0, b"MPCK", "mpc"),
    (0, b"MP+", "mpc"),
    (0, b"OFR ", "ofr"),
    (0, b"tBaK", "tak"),
    (0, b"TTA1", "tta"),
    (0, b"TTA2", "tta"),
    (0, b"DSD ", "dsf"),
    (0, b"ADIF", "aac"),
    (0, b"\x0b\x77", "ac3"),
)
# As `_MARKS`; of a form that holds many things, the second mark stands at byte 8 (DSDIFF: 12).
_FORMS: Final = (
    (b"RIFF", 8, b"WAVE", "wav"),
    (b"RF64", 8, b"WAVE", "wav"),
    (b"BW64", 8, b"WAVE", "wav"),
    (b"FORM", 8, b"AIFF", "aiff"),
    (b"FORM", 8, b"AIFC", "aiff"),
    (b"FRM8", 12, b"DSD ", "dff"),
)
_OGG_CODECS: Final = {
    b"\x01vorbis": "ogg",
    b"\x7fFLAC": "oga",
    b"OpusHead": "opus",
    b"Speex   ": "spx",
}
# Older files of QuickTime begin with another atom than `ftyp` (QuickTime File Format, "Atoms").
_FIRST_ATOMS: Final = (b"moov", b"mdat", b"wide", b"free", b"skip")
_LEAST_ATOM_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds.

    container : as the table of containers calls it, None if it is no audio that we know
    start : where it begins, behind other tags
    """

    container: str | None
    start: int


def look(stream: BinaryIO) -> Content:
    """Return what an open file holds, behind tags of ID3v2 and APEv2 in front."""
    start = leading_bytes(stream)
    head = peek(stream, start, size=_HEAD_BYTES)
    for at, mark, container in _MARKS:
        if head.startswith(mark, at):
            return Content(container, start)
    for form, at, kind, container in _FORMS:
        if head.startswith(form) and head.startswith(kind, at):
            return Content(container, start)
    if head.startswith(b"OggS"):
        return Content(_ogg_codec(stream, start), start)
    if mpeg.is_adts(head):
        return Content("aac", start)
    if matroska.is_matroska(head):
        return Content("mka", start)
    if head[4:8] in _FIRST_ATOMS and _is_atom(stream, start, head):
        return Content("m4a", start)
    if head.startswith(_NOT_MPEG):
        return Content(None, start)
    first = mpeg_audio.first_frame(stream, start, end=_audio_end(stream))
    return Content(None if first is None else "mp3", start)


def _is_atom(stream: BinaryIO, start: int, head: bytes) -> bool:
    size = int.from_bytes(head[:4], "big")
    return size in (0, 1) or _LEAST_ATOM_BYTES <= size <= size_of(stream) - start


def _ogg_codec(stream: BinaryIO, start: int) -> str | None:
    """Return the container of the sound in an Ogg file, whose film may begin in front of it."""
    end = ogg.first_pages_end(stream, start=start) or start + _HEAD_BYTES
    head = peek(stream, start, size=end - start)
    found = [(head.find(mark), name) for mark, name in _OGG_CODECS.items() if mark in head]
    return min(found)[1] if found else None


# What is not audio, or no audio that is known

_NOT_MPEG: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"FORM", b"%PDF", b"PK\x03\x04")
_IMAGES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_VIDEOS: Final = (b"\0\0\1\xba", b"\0\0\1\xb3", b"FLV\x01", b".RMF")
_ARCHIVES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"%PDF")
_PLAYLISTS: Final = (b"#extm3u", b"#extinf", b"[playlist]", b"<?wpl", b"<asx")
_WEB_PAGES: Final = (b"<!doctype html", b"<html", b"<head", b"<body")
_TEXT_BYTES: Final = 4096
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")
_TS_PACKET_BYTES: Final = 188  # each begins with 0x47 (ISO/IEC 13818-1, 2.4.3.2)


def sentence_key(stream: BinaryIO, content: Content) -> str:
    """Return the key of the sentence that says what a file is that holds no audio we know."""
    size = size_of(stream)
    if size == 0:
        return "file-empty"
    if content.start >= _audio_end(stream):
        return "file-only-tags"
    head = peek(stream, content.start, size=_TEXT_BYTES)
    if head.startswith((b"ID3", b"APETAGEX")):  # a tag that says to be longer than the file
        return "file-only-tags"
    if not head.strip(b"\0") and not any(b.strip(b"\0") for b in _rest(stream, content.start)):
        return "file-zeros"
    return _key_of_head(head)


def _audio_end(stream: BinaryIO) -> int:
    """Return where the tags behind everything else begin; the end of the file if they overlap."""
    try:
        return mpeg.audio_span(stream)[1]
    except LayoutError:
        return size_of(stream)


def _rest(stream: BinaryIO, start: int) -> Iterator[bytes]:
    return blocks(stream, start=start, end=size_of(stream))


def _key_of_head(head: bytes) -> str:
    if head.startswith(_IMAGES) or (head[:4], head[8:12]) == (b"RIFF", b"WEBP"):
        return "file-image"
    is_stream = head[:1] == b"G" == head[_TS_PACKET_BYTES : _TS_PACKET_BYTES + 1]
    if head.startswith(_VIDEOS) or (head[:4], head[8:12]) == (b"RIFF", b"AVI ") or is_stream:
        return "file-video"
    if head.startswith(b"OggS"):
        return "video-silent" if b"theora" in head[:_HEAD_BYTES] else "coding-unknown"
    if head.startswith(_ARCHIVES):
        return "file-archive"
    return _key_of_text(head) if _is_text(head) else "format-unknown"


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16
        return not any(head[2::2]) or not any(head[3::2])
    return not _CONTROLS.intersection(head)


def _key_of_text(head: bytes) -> str:
    text = head.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(_PLAYLISTS) or b"<playlist" in text[:_HEAD_BYTES]:
        return "file-playlist"
    # Comments, scripts and a declaration of XML may stand in front.
    return "file-web-page" if any(mark in text for mark in _WEB_PAGES) else "file-text"
