"""Files made of chunks with a name and a size: WAV, AIFF, DSF, DSDIFF and ASF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, Literal

from genretagger.tagging.layout import peek, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator


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


# Sources: RIFF (Microsoft/IBM 1991); AIFF 1.3 (Apple 1989); DSF 1.01 (Sony 2005); DSDIFF 1.5
# (Philips 2004); ASF 01.20.05 (Microsoft 2010), section 2.
RIFF: Final = ChunkForm(12, 4, 4, "little", aligned=True, size_has_header=False)
AIFF: Final = ChunkForm(12, 4, 4, "big", aligned=True, size_has_header=False)
DSF: Final = ChunkForm(0, 4, 8, "little", aligned=False, size_has_header=True)
DSDIFF: Final = ChunkForm(16, 4, 8, "big", aligned=True, size_has_header=False)
ASF: Final = ChunkForm(0, 16, 8, "little", aligned=False, size_has_header=True)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk: its payload lies from `start` to `end`, or to the end of the file if shorter."""

    name: bytes
    start: int
    end: int


def chunks(stream: BinaryIO, form: ChunkForm) -> Iterator[Chunk]:
    """Yield the chunks of the file; ends silently where the file does."""
    offset, size = form.first, size_of(stream)
    header_bytes = form.name_bytes + form.size_bytes
    while offset + header_bytes <= size:
        header = peek(stream, offset, size=header_bytes)
        payload = int.from_bytes(header[form.name_bytes :], form.byteorder)
        if form.size_has_header:
            payload = max(payload - header_bytes, 0)
        start = offset + header_bytes
        yield Chunk(header[: form.name_bytes], start, min(start + payload, size))
        offset = start + payload + (payload % 2 if form.aligned else 0)
