"""Identify the audio container of a file by its first bytes, behind tags in front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Final

from genretagger.core.files.leading_tags import leading_bytes
from genretagger.core.files.window import window
from genretagger.tagging.layout import (
    LayoutError,
    foreign,
    matroska,
    mpeg,
    mpeg_audio,
    ogg,
    peek,
    size_of,
)

# Where a mark stands, the mark, the container. Sources: those in the modules of `layout`; "Wave64"
# (Sony Pictures Digital 2003); "Core Audio Format Specification 1.0" (Apple); "Audio File Format"
# (Sun, au(5)); RFC 4867, 5 (AMR).
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
    (0, b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\0\0", "w64"),
    (0, b"caff\0\1", "caf"),
    (0, b".snd\0\0", "au"),
    (0, b"#!AMR", "amr"),
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
# Readers and writers of these kinds look behind tags of ID3 and APEv2, or behind one of ID3v2.
_ANY_TAGS: Final = frozenset({"mp3", "ape", "wv", "mpc", "ofr", "tak", "aac", "ac3"})
_ONE_TAG: Final = frozenset({"flac", "tta"})
_NOT_MPEG: Final = (b"RIFF", b"FORM")


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds.

    container : its id in the table of containers, None for unknown content
    start : its offset, behind tags in front
    """

    container: str | None
    start: int


def identify(stream: BinaryIO) -> Content:
    """Return what an open file holds, behind tags of ID3v2 and APEv2 in front."""
    start = leading_bytes(stream)
    head = peek(stream, start, size=foreign.HEAD_BYTES)
    if foreign.find_key(head):  # films hold MPEG audio, too, in a form that is not heard
        return Content(None, start)
    marked = _marked(head)
    if marked:
        return Content(marked, start)
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
    first = mpeg_audio.find_first_frame(stream, start, end=find_audio_end(stream))
    return Content(None if first is None else "mp3", start)


def _marked(head: bytes) -> str | None:
    for at, mark, container in _MARKS:
        if head.startswith(mark, at):
            return container
    for form, at, kind, container in _FORMS:
        if head.startswith(form) and head.startswith(kind, at):
            return container
    return None


def _is_atom(stream: BinaryIO, start: int, head: bytes) -> bool:
    size = int.from_bytes(head[:4], "big")
    return size in (0, 1) or _LEAST_ATOM_BYTES <= size <= size_of(stream) - start


def _ogg_codec(stream: BinaryIO, start: int) -> str | None:
    """Return the container of the sound in an Ogg file; a video stream may begin earlier."""
    end = ogg.find_first_pages_end(stream, start=start) or start + foreign.HEAD_BYTES
    head = peek(stream, start, size=end - start)
    positions = [(head.find(mark), name) for mark, name in _OGG_CODECS.items() if mark in head]
    return min(positions)[1] if positions else None


def find_audio_end(stream: BinaryIO) -> int:
    """Return where the trailing tags begin, the end of the file if they overlap others."""
    try:
        return mpeg.find_audio(stream)[1]
    except LayoutError:
        return size_of(stream)


def has_odd_tags(stream: BinaryIO, content: Content) -> bool:
    """Return whether a tag in front does not belong into a file of this kind."""
    if content.container in _ANY_TAGS or not content.start:
        return False
    return content.container not in _ONE_TAG or content.start != _first_tag_bytes(stream)


def _first_tag_bytes(stream: BinaryIO) -> int:
    try:
        return mpeg.read_id3v2_size(stream, 0)
    except LayoutError:
        return 0


def skip_odd_tags(stream: BinaryIO, *, container: str) -> BinaryIO:
    """Return a view behind tags that do not belong in front, else the file itself."""
    content = Content(container, leading_bytes(stream))
    return view_behind_tags(stream, content) if has_odd_tags(stream, content) else stream


def view_behind_tags(stream: BinaryIO, content: Content) -> BinaryIO:
    """Return a view of the file behind the tags in front."""
    return window(stream, content.start, size_of(stream))
