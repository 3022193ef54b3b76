"""The texts of a WAV file's `LIST/INFO`; the genre is chunk `IGNR`, one text for all genres.

Source: "Multimedia Programming Interface and Data Specifications 1.0" (Microsoft/IBM 1991), 2-14:
texts end with a NUL. It does not say which chunk holds a track's number: programs write
`ITRK` or `IPRT` (FFmpeg, libavformat/riff.c, reads both). Nor does it name the encoding: ASCII,
Latin-1 or UTF-8.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Final

from genretagger.core.tracks import SecondGenre
from genretagger.tagging.containers.splice import put_chunk
from genretagger.tagging.containers.writer import (
    Fields,
    clean_texts,
    parse_position,
    parse_year,
)
from genretagger.tagging.layout import LayoutError, chunks, peek, read_at
from genretagger.tagging.layout.chunks import Chunk

PLACE: Final = "INFO"
_SEPARATOR: Final = "; "  # between several genres
_GENRE: Final = b"IGNR"
_HEAD_BYTES: Final = 8  # name and size of a text
_TYPE_BYTES: Final = 4  # "INFO" at the start of the list
_MODEST_BYTES: Final = 16 << 20  # a list of texts is not longer; nor is it taken into memory


def is_info(stream: BinaryIO, chunk: Chunk) -> bool:
    """Return whether `chunk` is a list of texts."""
    is_modest = chunk.end - chunk.start <= _MODEST_BYTES
    start = peek(stream, chunk.start, size=_TYPE_BYTES)
    return chunk.name == b"LIST" and start == b"INFO" and is_modest


def fields(stream: BinaryIO) -> Fields:
    """Return what the texts say, as far as they can be read."""
    values: dict[bytes, str] = {}
    for chunk in chunks.walk_chunks(stream, chunks.RIFF):
        if is_info(stream, chunk):
            with suppress(LayoutError):
                for piece in _pieces(_payload(stream, chunk)):
                    values.setdefault(piece.raw[:4].upper(), _decoded(piece.data).strip())
    return Fields(
        title=values.get(b"INAM", ""),
        artist=values.get(b"IART", ""),
        album=values.get(b"IPRD", ""),
        genres=clean_texts([values.get(_GENRE, "")]),
        track_number=parse_position([values.get(b"ITRK") or values.get(b"IPRT", "")]),
        year=parse_year([values.get(b"ICRD", "")]),
    )


def read_second_genre(stream: BinaryIO) -> SecondGenre | None:
    """Return the genre in INFO as a secondary one, None without one.

    Raises
    ------
    LayoutError
        Sizes in the file do not fit.
    """
    genres = [piece.data for _, pieces in _lists(stream) for piece in pieces if piece.is_genre]
    if not genres:
        return None
    values = tuple(dict.fromkeys(map(_decoded, genres)))
    return SecondGenre(PLACE, values, tuple(data.hex() for data in genres))


def make_second_genre(genres: Sequence[str]) -> SecondGenre:
    """Return what to store for `genres`; without any, the genre is removed."""
    return SecondGenre(PLACE, (_SEPARATOR.join(genres),) if genres else ())


def store(stream: BinaryIO, new_genre: SecondGenre) -> None:
    """Replace every genre in INFO, by earlier bytes if `new_genre` has them.

    Raises
    ------
    LayoutError
        Sizes in the file do not fit, or would not.
    OSError
        The disk failed; the file may be spoilt.
    """
    lists = _lists(stream)
    other_texts = b"".join(piece.data for _, pieces in lists for piece in pieces)
    new = [bytes.fromhex(entry) for entry in new_genre.entries]
    new = new or [_encoded(value, other_texts=other_texts) for value in new_genre.values[:1]]
    genres = iter([_text(data) for data in new])
    last = b"".join(_text(data) for data in new[-1:])  # for those that are more than before
    payloads = [
        b"".join(next(genres, last) if piece.is_genre else piece.raw for piece in pieces)
        for _, pieces in lists
    ]
    for (chunk, _), payload in reversed(list(zip(lists, payloads, strict=True))):
        outline = chunks.read_outline(stream, chunks.RIFF)  # those in front are where they were
        put_chunk(stream, outline, chunk, name=chunk.name, payload=b"INFO" + payload)


def read_others(stream: BinaryIO, chunk: Chunk) -> list[tuple[str, bytes]]:
    """Return everything in a list of texts but the genre."""
    pieces = _pieces(_payload(stream, chunk))
    return [("chunk LIST INFO", b"".join(piece.raw for piece in pieces if not piece.is_genre))]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text of a list with its header and padding byte, or bytes that are no text."""

    raw: bytes
    data: bytes = b""

    @property
    def is_genre(self) -> bool:
        return self.raw[:4].upper() == _GENRE and len(self.raw) >= _HEAD_BYTES


def _lists(stream: BinaryIO) -> list[tuple[Chunk, list[_Piece]]]:
    all_chunks = chunks.read_outline(stream, chunks.RIFF).chunks
    return [(c, _pieces(_payload(stream, c))) for c in all_chunks if is_info(stream, c)]


def _payload(stream: BinaryIO, chunk: Chunk) -> bytes:
    start = chunk.start + _TYPE_BYTES
    return read_at(stream, start, size=chunk.end - start, part="INFO")


def _pieces(payload: bytes) -> list[_Piece]:
    """Split `payload` into pieces; the rest is one piece once a text exceeds it."""
    pieces, offset = [], 0
    while offset + _HEAD_BYTES <= len(payload):
        size = int.from_bytes(payload[offset + 4 : offset + _HEAD_BYTES], "little")
        end = offset + _HEAD_BYTES + size
        if end > len(payload):
            break
        data = payload[offset + _HEAD_BYTES : end]
        pieces.append(_Piece(payload[offset : end + size % 2], data))
        offset = end + size % 2
    rest = _Piece(payload[offset:])
    if rest.is_genre:
        raise LayoutError("INFO")
    return [*pieces, rest]


def _text(data: bytes) -> bytes:
    return _GENRE + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)


def _decoded(data: bytes) -> str:
    text = data.partition(b"\0")[0]
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


def _encoded(text: str, *, other_texts: bytes) -> bytes:
    """Return `text` in UTF-8, or in Latin-1 if the other texts are and it cannot be mistaken."""
    data = text.encode("utf-8") + b"\0"
    try:
        other_texts.decode("utf-8")
    except UnicodeDecodeError:
        try:
            latin1 = text.encode("latin-1") + b"\0"
        except UnicodeEncodeError:
            return data
        return latin1 if _decoded(latin1) == text else data
    return data
