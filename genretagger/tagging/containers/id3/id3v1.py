"""ID3v1: 128 bytes at the end of the file, one of which is the genre (id3.org, "ID3v1").

Most programs read ID3v1 only where there is no ID3v2: a new ID3v2 tag would hide the title. So a
genre that ID3v1 has a number for goes there alone, and with any other the fields go along.

Behind a file whose own tag is another, FFmpeg (WavPack) and TagLib show its genre as long as that
has none: it counts as the genre of the file, and its number goes along with what is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from mutagen.id3 import TCON, ParseID3v1

from genretagger.core.tracks import RawGenre
from genretagger.tagging.containers.id3.id3_frames import RawFrame, text_data
from genretagger.tagging.containers.splice import splice
from genretagger.tagging.containers.writer import plain_names
from genretagger.tagging.layout import mpeg, peek, size_of

NO_GENRE: Final = 255
_GENRE_AT: Final = 127
_NAMES: Final = TCON.GENRES
_COMMENT: Final = "COMM"
_LANGUAGE: Final = b"eng\0"  # of a comment, and its empty description; mutagen's choice too


def genre(stream: BinaryIO) -> int | None:
    """Return the genre byte, None without an ID3v1 tag."""
    offset = mpeg.id3v1_offset(stream)
    return None if offset is None else peek(stream, offset + _GENRE_AT, size=1)[0]


def number(name: str) -> int:
    """Return the number of a genre, whatever its case; `NO_GENRE` if it has none."""
    folded = [known.casefold() for known in _NAMES]
    return folded.index(name.casefold()) if name.casefold() in folded else NO_GENRE


def names(genre: int | None) -> tuple[str, ...]:
    """Return the genre that a byte stands for, nothing if it is none of those with a name."""
    return (_NAMES[genre],) if genre is not None and genre < len(_NAMES) else ()


def names_of_file(raw: RawGenre) -> tuple[str, ...]:
    """Return the genre by name of a file whose own tag is another: of that, else of ID3v1."""
    return plain_names(raw) or names(raw.id3v1)


def in_step(genre: int | None, genres: Sequence[str]) -> int | None:
    """Return the byte behind a file that gets `genres`: their number where it said a genre."""
    return number(genres[0]) if names(genre) else genre


def is_named(genres: Sequence[str]) -> bool:
    """Return whether the genre byte says `genres` exactly."""
    return len(genres) == 1 and genres[0] in _NAMES


def put(stream: BinaryIO, genre: int) -> None:
    """Store the genre byte of an open file if it has an ID3v1 tag.

    Raises
    ------
    OSError
        The disk failed; the file may be spoilt.
    """
    offset = mpeg.id3v1_offset(stream)
    if offset is not None:
        splice(stream, bytes([genre]), start=offset + _GENRE_AT, end=offset + mpeg.ID3V1_BYTES)


def end_of_others(stream: BinaryIO) -> int:
    """Return where a file ends, less the genre of an ID3v1 tag, which is its last byte."""
    return size_of(stream) - (genre(stream) is not None)


def others(stream: BinaryIO) -> bytes:
    """Return the tag without its genre, b"" if there is none."""
    offset = mpeg.id3v1_offset(stream)
    return b"" if offset is None else peek(stream, offset, size=_GENRE_AT)


def frames(stream: BinaryIO, *, major: int) -> tuple[RawFrame, ...]:
    """Return the fields but the genre as frames of ID3v2.3 or 2.4; none without an ID3v1 tag."""
    offset = mpeg.id3v1_offset(stream)
    if offset is None:
        return ()
    found = ParseID3v1(peek(stream, offset, size=mpeg.ID3V1_BYTES), v2_version=major) or {}
    result = []
    for frame in found.values():
        name, text = frame.FrameID, str(frame)
        if name != "TCON" and text:
            data = text_data(text, major=3)  # Latin-1, as in ID3v1
            data = data[:1] + _LANGUAGE + data[1:] if name == _COMMENT else data
            result.append(RawFrame(name, b"\0\0", data, major))
    return tuple(result)
