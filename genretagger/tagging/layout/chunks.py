"""Files made of chunks with a name and a size: WAV, AIFF, DSF, DSDIFF and ASF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Literal

from genretagger.tagging.layout import LayoutError, blocks, peek, read_at, size_of


@dataclass(frozen=True, slots=True)
class ChunkForm:
    """How a container writes its chunks.

    first : offset of the first chunk
    name_bytes, size_bytes : widths of the two fields of a chunk's header
    byteorder : of the size
    aligned : a chunk of odd size is followed by one byte
    size_has_header : the size counts the header too
    """

    first: int
    name_bytes: int
    size_bytes: int
    byteorder: Literal["little", "big"]
    aligned: bool
    size_has_header: bool

    @property
    def header_bytes(self) -> int:
        """Length of a chunk's header."""
        return self.name_bytes + self.size_bytes


# Sources: RIFF (Microsoft/IBM 1991); AIFF 1.3 (Apple 1989); DSF 1.01 (Sony 2005); DSDIFF 1.5
# (Philips 2004); ASF 01.20.05 (Microsoft 2010), section 2.
RIFF: Final = ChunkForm(12, 4, 4, "little", aligned=True, size_has_header=False)
AIFF: Final = ChunkForm(12, 4, 4, "big", aligned=True, size_has_header=False)
DSF: Final = ChunkForm(0, 4, 8, "little", aligned=False, size_has_header=True)
DSDIFF: Final = ChunkForm(16, 4, 8, "big", aligned=True, size_has_header=False)
ASF: Final = ChunkForm(0, 16, 8, "little", aligned=False, size_has_header=True)


_BELONG_INSIDE: Final = frozenset(
    {b"id3 ", b"list", b"fmt ", b"data", b"comm", b"ssnd", b"prop", b"dsd ", b"dst "}
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk: its payload lies from `start` to `end`, or to the end of the file if shorter."""

    name: bytes
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A file that is one chunk of chunks (RIFF, FORM, FRM8), all of whose sizes fit.

    end : end of the last chunk, with its padding byte if the file has it
    size : the whole size that the header claims, at most what the file holds
    """

    form: ChunkForm
    chunks: tuple[Chunk, ...]
    end: int
    size: int

    @property
    def is_unaligned(self) -> bool:
        """Whether the byte behind an odd last chunk is missing."""
        return self.end % 2 == 1


def walk_chunks(stream: BinaryIO, form: ChunkForm) -> Iterator[Chunk]:
    """Yield the chunks of the file; stops silently at its end."""
    size = size_of(stream)
    for chunk in walk_claimed(stream, form):
        yield Chunk(chunk.name, chunk.start, min(chunk.end, size))


def walk_claimed(stream: BinaryIO, form: ChunkForm) -> Iterator[Chunk]:
    """Yield the chunks of the file as their headers claim; the last may exceed the file."""
    offset, size = form.first, size_of(stream)
    while offset + form.header_bytes <= size:
        name, payload = _header(stream, offset, form=form)
        start = offset + form.header_bytes
        yield Chunk(name, start, start + payload)
        offset = start + payload + (payload % 2 if form.aligned else 0)


def is_rf64(stream: BinaryIO) -> bool:
    """Return whether the file is a WAV for more than 4 GiB (EBU Tech 3306; ITU-R BS.2088)."""
    return peek(stream, 0, size=4) in (b"RF64", b"BW64")


def read_rf64_audio_size(stream: BinaryIO) -> int | None:
    """Return the size of the audio of an RF64 file, None if it does not say.

    Its first chunk, `ds64`, holds the size of the whole and that of the audio.
    """
    head = peek(stream, RIFF.first, size=RIFF.header_bytes + 16)
    if not is_rf64(stream) or head[:4] != b"ds64" or len(head) < RIFF.header_bytes + 16:
        return None
    return int.from_bytes(head[RIFF.header_bytes + 8 :], "little")


def _header(stream: BinaryIO, offset: int, *, form: ChunkForm) -> tuple[bytes, int]:
    """Return name and length of the payload of the chunk at `offset`."""
    header = read_at(stream, offset, size=form.header_bytes, part="chunk")
    payload = int.from_bytes(header[form.name_bytes :], form.byteorder)
    if form.size_has_header:
        payload = max(payload - form.header_bytes, 0)
    return header[: form.name_bytes], payload


def read_outline(stream: BinaryIO, form: ChunkForm) -> Outline:
    """Return the chunks of a file whose every size fits.

    Chunks that fill the file exactly count even if the header claims less, as sloppy writers do.
    Otherwise zeros may follow the last chunk inside, and other bytes outside, unless those are
    chunks that belong inside. The padding byte of the last chunk may be missing.
    """
    file_end = size_of(stream)
    name, size = _header(stream, 0, form=form)
    part = name.decode("latin-1")
    whole_end = form.header_bytes + size
    if not form.first <= whole_end <= file_end + file_end % 2:
        raise LayoutError(part)
    whole = _filling(stream, form, file_end)
    end = _next(whole[-1], file_end) if whole else form.first
    if whole and end == file_end:
        return Outline(form, whole, end, file_end - form.header_bytes)
    whole = _filling(stream, form, min(whole_end, file_end))
    if not whole:
        raise LayoutError(part)
    end = _next(whole[-1], file_end)
    rest = blocks(stream, start=end, end=whole_end)
    behind = _chunk(stream, max(end, whole_end), form=form)
    misplaced = behind is not None and behind.name.lower() in _BELONG_INSIDE
    if misplaced or any(block.strip(b"\0") for block in rest):
        raise LayoutError(part)
    return Outline(form, whole, end, min(size, file_end - form.header_bytes))


def _filling(stream: BinaryIO, form: ChunkForm, limit: int) -> tuple[Chunk, ...]:
    """Return the chunks that begin before `limit`, or none if one ends behind it.

    None either if `data` claims 0 bytes: FFmpeg then takes all that follows for audio.
    """
    filling: list[Chunk] = []
    at = form.first
    while at < limit and (chunk := _chunk(stream, at, form=form)):
        if chunk.end > limit or (chunk.name == b"data" and chunk.start == chunk.end):
            return ()
        filling.append(chunk)
        at = _next(chunk, limit)
    return tuple(filling)


def _next(chunk: Chunk, limit: int) -> int:
    """Return where the next chunk would begin: behind the padding byte, if it exists."""
    return min(chunk.end + (chunk.end - chunk.start) % 2, limit)


def _chunk(stream: BinaryIO, offset: int, *, form: ChunkForm) -> Chunk | None:
    """Return the chunk at `offset` with its claimed end, None if no chunk name stands there."""
    if len(peek(stream, offset, size=form.header_bytes)) < form.header_bytes:
        return None
    name, payload = _header(stream, offset, form=form)
    if not all(0x20 <= byte < 0x7F for byte in name) or not name.strip():
        return None
    start = offset + form.header_bytes
    return Chunk(name, start, start + payload)
