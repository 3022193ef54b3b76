"""Matroska and WebM: elements of an id, a size and a payload; some payloads hold elements.

Sources: RFC 8794 (EBML), sections 4 to 6; RFC 9559 (Matroska), section 5.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from genretagger.tagging.layout import LayoutError, peek, read_at, size_of

_MARK: Final = b"\x1a\x45\xdf\xa3"
_SEGMENT: Final = 0x18538067
_INFO, _SCALE, _DURATION, _TITLE = 0x1549A966, 0x2AD7B1, 0x4489, 0x7BA9
_TRACKS, _TRACK, _TYPE, _SOUND = 0x1654AE6B, 0xAE, 0x83, 0xE1
_RATE, _CHANNELS = 0xB5, 0x9F
_TAGS, _TAG, _SIMPLE, _NAME, _TEXT = 0x1254C367, 0x7373, 0x67C8, 0x45A3, 0x4487
_TARGETS, _LEVEL = 0x63C0, 0x68CA
_OF_AN_ALBUM: Final = 50  # and above: what tags of this level say is not of one track
_VIDEO: Final = 1  # type of a track
_DEFAULT_SCALE_NS: Final = 1_000_000
_MOST_HEAD_BYTES: Final = 12  # an id of up to four bytes, a size of up to eight
_LONGEST_ID: Final = 4
_MOST_VALUE_BYTES: Final = 1 << 16
_MOST_ELEMENTS: Final = 100_000  # of a segment: ends the walk through a damaged file


@dataclass(frozen=True, slots=True)
class _Element:
    id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MatroskaLayout:
    """What a file says about itself; `texts` are lower-case names and values of its tags."""

    has_video: bool
    length_s: float | None
    sample_rate_hz: float | None
    channels: int | None
    texts: tuple[tuple[str, str], ...]


def is_matroska(head: bytes) -> bool:
    """Return whether `head` begins a Matroska or WebM file."""
    return head.startswith(_MARK)


def parse(stream: BinaryIO) -> MatroskaLayout:
    """Return what a file says about itself, as far as it is intact."""
    elements: dict[int, list[_Element]] = defaultdict(list)
    for top in _elements(stream, 0, size_of(stream)):
        if top.id == _SEGMENT:
            for element in _elements(stream, top.start, top.end):
                elements[element.id].append(element)
    if not elements[_TRACKS]:
        raise LayoutError("Matroska")
    tracks = _inside(stream, _inside(stream, elements[_TRACKS])[_TRACK])
    sound = _inside(stream, tracks[_SOUND])
    info = _inside(stream, elements[_INFO])
    scale_ns = _number(stream, info[_SCALE]) or _DEFAULT_SCALE_NS
    duration = _real(stream, info[_DURATION])
    titles = [("title", _text(stream, element)) for element in info[_TITLE]]
    return MatroskaLayout(
        any(_number(stream, [kind]) == _VIDEO for kind in tracks[_TYPE]),
        duration * scale_ns / 1e9 if duration else None,
        _real(stream, sound[_RATE]),
        _number(stream, sound[_CHANNELS]),
        tuple(titles + _texts(stream, _inside(stream, elements[_TAGS])[_TAG])),
    )


def _elements(stream: BinaryIO, start: int, end: int) -> Iterator[_Element]:
    """Yield the elements from `start` on; stops at one that exceeds `end` or is invalid."""
    for _ in range(_MOST_ELEMENTS):
        head = peek(stream, start, size=min(_MOST_HEAD_BYTES, end - start)) if start < end else b""
        id_bytes = _width(head[:1])
        size_bytes = _width(head[id_bytes : id_bytes + 1])
        if not 0 < id_bytes <= _LONGEST_ID or not size_bytes or len(head) < id_bytes + size_bytes:
            return
        payload = start + id_bytes + size_bytes
        size = int.from_bytes(head[id_bytes : id_bytes + size_bytes], "big")
        size &= (1 << 7 * size_bytes) - 1
        is_unknown = size == (1 << 7 * size_bytes) - 1  # of a live stream: as long as what holds it
        yield _Element(
            int.from_bytes(head[:id_bytes], "big"),
            payload,
            end if is_unknown else min(payload + size, end),
        )
        start = end if is_unknown else payload + size


def _width(first: bytes) -> int:
    """Return the length in bytes of a number, told by the leading zeros of its first byte."""
    return 9 - first[0].bit_length() if first and first[0] else 0


def _inside(stream: BinaryIO, parents: Iterable[_Element]) -> dict[int, list[_Element]]:
    children: dict[int, list[_Element]] = defaultdict(list)
    for parent in parents:
        for element in _elements(stream, parent.start, parent.end):
            children[element.id].append(element)
    return children


def _value(stream: BinaryIO, element: _Element) -> bytes:
    size = min(element.end - element.start, _MOST_VALUE_BYTES)
    return read_at(stream, element.start, size=size, part="Matroska")


def _number(stream: BinaryIO, elements: list[_Element]) -> int | None:
    return int.from_bytes(_value(stream, elements[0])[:8], "big") if elements else None


def _real(stream: BinaryIO, elements: list[_Element]) -> float | None:
    data = _value(stream, elements[0]) if elements else b""
    form = {4: ">f", 8: ">d"}.get(len(data))
    return float(struct.unpack(form, data)[0]) if form else None


def _text(stream: BinaryIO, element: _Element) -> str:
    return _value(stream, element).rstrip(b"\0").decode("utf-8", "replace")


def _texts(stream: BinaryIO, tags: list[_Element]) -> list[tuple[str, str]]:
    """Return names and values of all tags; an album's title gets the name `album`."""
    texts = []
    for tag in tags:
        inside = _inside(stream, [tag])
        levels = _inside(stream, inside[_TARGETS])[_LEVEL]
        is_of_album = (_number(stream, levels) or 0) >= _OF_AN_ALBUM
        for simple in inside[_SIMPLE]:
            pair = _inside(stream, [simple])
            if pair[_NAME] and pair[_TEXT]:
                name = _text(stream, pair[_NAME][0]).lower()
                name = "album" if is_of_album and name == "title" else name
                texts.append((name, _text(stream, pair[_TEXT][0])))
    return texts
