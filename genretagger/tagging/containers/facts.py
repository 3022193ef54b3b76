"""Reads the cover and further tags of one file, for the detail pane."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from mutagen.apev2 import APEBinaryValue, APETextValue, APEv2
from mutagen.asf import ASFTags
from mutagen.flac import Picture
from mutagen.id3 import ID3
from mutagen.mp4 import MP4Tags

from genretagger.core.errors import TagLibraryBugError, TagReadError
from genretagger.core.tracks import FileFacts
from genretagger.tagging.containers.detect import identify, view
from genretagger.tagging.containers.errors import translate_errors
from genretagger.tagging.containers.id3.id3_writer import DATES
from genretagger.tagging.containers.stream_info import stated_number
from genretagger.tagging.containers.table import UnparsedFile
from genretagger.tagging.containers.writer import join
from genretagger.tagging.disk.errors import open_for_reading
from genretagger.tagging.layout.film import has_film

MOST_COVER_BYTES: Final = 8 << 20
_FRONT: Final = 3  # the type of a picture that is the front cover, in ID3, FLAC and ASF alike
# The names of each field in each kind of tags, in the order of the search.
_FIELDS: Final = ("date", "track_number", "disc_number", "composer", "label")
_ID3: Final = (
    DATES,
    ("TRCK", "TRK"),
    ("TPOS", "TPA"),
    ("TCOM", "TCM"),
    ("TPUB", "TPB"),
)
_VORBIS: Final = (
    ("date", "year", "originaldate"),
    ("tracknumber",),
    ("discnumber",),
    ("composer",),
    ("label", "organization", "publisher"),
)
_APE: Final = (("Year", "Date"), ("Track",), ("Disc",), ("Composer",), ("Label", "Publisher"))
_ASF: Final = (
    ("WM/Year",),
    ("WM/TrackNumber", "WM/Track"),
    ("WM/PartOfSet",),
    ("WM/Composer",),
    ("WM/Publisher",),
)
_MP4: Final = (("\xa9day",), ("trkn",), ("disk",), ("\xa9wrt",), ("\xa9pub",))


def read_facts(path: Path) -> FileFacts:
    """Return the facts in the tags of `path` that the row of the track lacks.

    Raises
    ------
    UnsupportedFormatError
        The file is of no known audio format.
    TagReadError
        The file cannot be opened or read.
    """
    with open_for_reading(path) as stream:
        with translate_errors(path):
            opened = identify(stream, path=path)
        file: Any = UnparsedFile
        with suppress(TagReadError, TagLibraryBugError), translate_errors(path):
            file = view(opened)
        # Damage may show only when a cover or a text is read.
        with suppress(TagReadError, TagLibraryBugError), translate_errors(path):
            return _facts(file, is_film=has_film(opened.stream, container=opened.row.name))
        return _facts(UnparsedFile)


def _facts(file: Any, *, is_film: bool = False) -> FileFacts:
    texts = _texts(file.tags) if file.tags else {}
    cover = next((c for c in _covers(file) if 0 < len(c) <= MOST_COVER_BYTES), b"")
    return FileFacts(
        **texts,
        sample_rate_hz=stated_number(file, "sample_rate"),
        channels=stated_number(file, "channels"),
        bits_per_sample=stated_number(file, "bits_per_sample"),
        bitrate_bps=stated_number(file, "bitrate"),
        cover=cover,
        is_film=is_film,
    )


def _texts(tags: Any) -> dict[str, str]:
    """Return the fields of `tags`, each as one line."""
    names, text_of = _kind(tags)
    fields = {}
    for field, keys in zip(_FIELDS, names, strict=True):
        texts = (text_of(key) for key in keys)
        fields[field] = next((text for text in texts if text), "")
    return fields


def _kind(tags: Any) -> tuple[Sequence[tuple[str, ...]], Callable[[str], str]]:
    """Return the names of our fields in this kind of tags, and a function that reads one."""
    match tags:
        case ID3():
            return _ID3, lambda key: join(tags[key].text) if key in tags else ""
        case MP4Tags():
            return _MP4, lambda key: join(_mp4_value(value) for value in tags.get(key, ()))
        case ASFTags():
            return _ASF, lambda key: join(tags.get(key))
        case APEv2():
            return _APE, lambda key: _ape_text(tags, key)
        case _:
            return _VORBIS, lambda key: join(v for name, v in tags if name.lower() == key)


def _mp4_value(value: Any) -> str:
    """Return the text of a value; a pair of numbers may lack the second (0)."""
    if isinstance(value, tuple):
        return "/".join(str(number) for number in value if number)
    return str(value)


def _ape_text(tags: APEv2, key: str) -> str:
    value = tags.get(key, None)
    return join(list(value)) if isinstance(value, APETextValue) else ""


def _covers(file: Any) -> Iterable[bytes]:
    """Yield the pictures of an open file, front covers first."""
    tags = file.tags
    yield from _front_first((p.type, p.data) for p in getattr(file, "pictures", ()))
    match tags:
        case None:
            return
        case ID3():
            frames = [frame for name in ("APIC", "PIC") for frame in tags.getall(name)]
            yield from _front_first((frame.type, frame.data) for frame in frames)
        case MP4Tags():
            yield from (bytes(cover) for cover in tags.get("covr", ()))
        case ASFTags():
            pictures = (_asf_picture(picture.value) for picture in tags.get("WM/Picture", ()))
            yield from _front_first(pictures)
        case APEv2():
            yield from _ape_covers(tags)
        case _:
            yield from _vorbis_covers(tags)


def _front_first(pictures: Iterable[tuple[int, bytes]]) -> Iterable[bytes]:
    return [data for kind, data in sorted(pictures, key=lambda picture: picture[0] != _FRONT)]


def _asf_picture(value: Any) -> tuple[int, bytes]:
    """Return type and data of a picture stored as type, size, two zero-ended UTF-16 texts, data."""
    raw = bytes(value) if isinstance(value, bytes) else b""
    start = 5
    for _text in range(2):
        while raw[start : start + 2] not in (b"\0\0", b""):
            start += 2
        start += 2
    return (raw[0] if raw else 0), raw[start:]


def _ape_covers(tags: APEv2) -> Iterable[bytes]:
    for name in ("Cover Art (Front)", "Cover Art (Other)"):
        value = tags.get(name, None)
        if isinstance(value, APEBinaryValue):
            data = bytes(value.value or b"")
            yield data.partition(b"\0")[2]  # a file name stands in front


def _vorbis_covers(tags: Any) -> Iterable[bytes]:
    """Yield the pictures that comments hold as text; damaged ones are skipped."""
    blocks = [value for name, value in tags if name.lower() == "metadata_block_picture"]
    pictures = []
    for block in blocks:
        try:
            picture = Picture(_unpacked(block))
        except Exception:  # noqa: BLE001 - mutagen raises anything for what is no picture
            continue
        pictures.append((picture.type, picture.data))
    yield from _front_first(pictures)
    for name, value in tags:
        if name.lower() == "coverart":  # the predecessor of METADATA_BLOCK_PICTURE
            yield _unpacked(value)


def _unpacked(text: str) -> bytes:
    """Return the bytes of a base 64 text, none if it is invalid or far too long."""
    if len(text) > 2 * MOST_COVER_BYTES:
        return b""
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""
