"""Where a file keeps its ID3v2 tag: in front, in a chunk, or behind the audio.

MP3 and True Audio: in front. WAV: chunk `id3 `, AIFF and DSDIFF: chunk `ID3 `, each read in any
case, as TagLib does, and created as mutagen does. DSF: at the end, where the header points.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from genretagger.tagging.containers import riff_info
from genretagger.tagging.containers.splice import put_chunk, splice
from genretagger.tagging.layout import (
    LayoutError,
    blocks,
    chunks,
    dsf,
    mpeg,
    peek,
    read_at,
    size_of,
)
from genretagger.tagging.layout.chunks import Chunk, Outline

_FORMS: Final = {"wav": chunks.RIFF, "aiff": chunks.AIFF, "dff": chunks.DSDIFF}
_NEW_NAMES: Final = {"wav": b"id3 ", "aiff": b"ID3 ", "dff": b"ID3 "}
_NAME: Final = b"id3 "
_AUDIO: Final = frozenset({b"data", b"SSND", b"DSD ", b"DST "})  # hashed by `digest`
BARE: Final = frozenset({"mp3", "tta"})  # ID3v1 and APEv2 may stand behind


def find_refusal(stream: BinaryIO, *, container: str) -> str | None:
    """Return the key of the message why this file cannot take a tag, None if it can."""
    try:
        if container == "wav" and chunks.is_rf64(stream):
            return "wav-rf64"
        if container in BARE and mpeg.is_id3v2_buried(stream):
            return "id3-buried"
        if container == "dsf":
            dsf.read_sizes(stream)
        elif container in _FORMS and len(_tags(_outline(stream, container=container))) > 1:
            return "id3-twice"
    except LayoutError:
        return "sizes-do-not-fit"
    return None


def read_tag(stream: BinaryIO, *, container: str) -> bytes:
    """Return the tag, b"" if there is none.

    Raises
    ------
    LayoutError
        Something else is in its place, it is cut off, or sizes in the file do not fit.
    """
    if container in BARE:
        return read_at(stream, 0, size=mpeg.read_id3v2_size(stream, 0), part="ID3v2")
    return _tag_at(stream, *_span(stream, container=container))


def read_further(stream: BinaryIO, *, container: str) -> list[bytes]:
    """Return the tags of the file but the first.

    Raises
    ------
    LayoutError
        One is cut off, or sizes in the file do not fit.
    """
    if container in BARE:
        spans = mpeg.find_further_id3v2(stream)
    else:
        spans = _spans(stream, container=container)
        spans = [tag for start, end in spans for tag in _tags_in(stream, start, end)][1:]
    return [read_at(stream, start, size=end - start, part="ID3v2") for start, end in spans]


def _tags_in(stream: BinaryIO, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of the adjacent tags in a stretch."""
    while start < end and (size := mpeg.read_id3v2_size(stream, start)) and start + size <= end:
        yield start, start + size
        start += size


def _span(stream: BinaryIO, *, container: str) -> tuple[int, int]:
    """Return start and end of the stretch that holds the tag, an empty one without a tag."""
    return next(iter(_spans(stream, container=container)), (0, 0))


def _spans(stream: BinaryIO, *, container: str) -> list[tuple[int, int]]:
    """Return all stretches for tags in a file made of chunks."""
    if container == "dsf":
        pointer = dsf.read_sizes(stream).pointer
        return [(pointer, size_of(stream))] if pointer else []
    return [(tag.start, tag.end) for tag in _tags(_outline(stream, container=container))]


def _tag_at(stream: BinaryIO, start: int, end: int) -> bytes:
    size = mpeg.read_id3v2_size(stream, start) if start < end else 0
    if size > end - start or (not size and start < end):
        raise LayoutError("ID3v2")
    return read_at(stream, start, size=size, part="ID3v2")


def _outline(stream: BinaryIO, *, container: str) -> Outline:
    return chunks.read_outline(stream, _FORMS[container])


def _tags(outline: Outline) -> list[Chunk]:
    return [chunk for chunk in outline.chunks if chunk.name.lower() == _NAME]


def store_tag(stream: BinaryIO, data: bytes, *, container: str) -> None:
    """Replace the tag by `data`, or remove it if empty; mend every size in the file.

    Raises
    ------
    LayoutError
        Sizes in the file do not fit, or would not.
    OSError
        The disk failed; the file may be spoilt.
    """
    if container in BARE:
        splice(stream, data, start=0, end=mpeg.read_id3v2_size(stream, 0))
    elif container == "dsf":
        _put_behind(stream, data)
    else:
        _put_chunk(stream, data, container=container)


def _put_behind(stream: BinaryIO, data: bytes) -> None:
    """Put the tag of a DSF file where its header points, at the end of the file if it is new."""
    sizes = dsf.read_sizes(stream)
    start = sizes.pointer or size_of(stream)
    old = len(_tag_at(stream, start, size_of(stream)))
    splice(stream, data, start=start, end=start + old)
    total = size_of(stream) if not sizes.pointer else sizes.total + len(data) - old
    at, packed = dsf.Sizes(total, start if data else 0).packed()
    splice(stream, packed, start=at, end=at + len(packed))


def _put_chunk(stream: BinaryIO, data: bytes, *, container: str) -> None:
    """Put the tag into its chunk; the bytes behind it in the chunk stay."""
    outline = _outline(stream, container=container)
    tags = _tags(outline)
    if not tags:
        put_chunk(stream, outline, None, name=_NEW_NAMES[container], payload=data)
        return
    chunk = tags[0]
    old = len(_tag_at(stream, chunk.start, chunk.end))
    rest = peek(stream, chunk.start + old, size=chunk.end - chunk.start - old)
    put_chunk(stream, outline, chunk, name=chunk.name, payload=data + rest if data else b"")


def read_others(stream: BinaryIO, *, container: str) -> list[tuple[str, bytes]]:
    """Return name and value of everything but the tag, the audio and a genre in INFO.

    Raises
    ------
    LayoutError
        Sizes in the file do not fit.
    """
    if container in BARE:
        return []
    if container == "dsf":
        return _others_of_dsf(stream)
    outline = _outline(stream, container=container)
    form = outline.form
    frames = [("form", peek(stream, form.header_bytes, size=form.name_bytes))]
    for chunk in outline.chunks:
        name = f"chunk {chunk.name.decode('ascii')}"
        if chunk.name.lower() == _NAME:
            start = chunk.start + len(_tag_at(stream, chunk.start, chunk.end))
            frames += _stretch(stream, "ID3 rest", (start, chunk.end))
        elif riff_info.is_info(stream, chunk):
            frames += riff_info.read_others(stream, chunk)
        elif chunk.name not in _AUDIO:
            frames.append((name, _hash(stream, (chunk.start, chunk.end))))
    return frames + _stretch(stream, "bytes behind", (outline.end, size_of(stream)))


def _others_of_dsf(stream: BinaryIO) -> list[tuple[str, bytes]]:
    end = size_of(stream)
    pointer = dsf.read_sizes(stream).pointer or end
    behind = pointer + len(_tag_at(stream, pointer, end))
    return _stretch(stream, "bytes behind", (dsf.find_audio_end(stream), pointer), (behind, end))


def _stretch(stream: BinaryIO, name: str, *spans: tuple[int, int]) -> list[tuple[str, bytes]]:
    filled = [span for span in spans if span[0] < span[1]]
    return [(name, _hash(stream, *filled))] if filled else []


def _hash(stream: BinaryIO, *spans: tuple[int, int]) -> bytes:
    digest = hashlib.sha256()
    for start, end in spans:
        for block in blocks(stream, start=start, end=end):
            digest.update(block)
    return digest.digest()
