"""ID3v1: 128 bytes at the end of the file, one of which is the genre (id3.org, "ID3v1").

Most programs read ID3v1 only where there is no ID3v2: a new ID3v2 tag would hide the title. So a
genre that ID3v1 has a number for is stored there alone; with any other genre, the new tag gets the
fields of ID3v1.

Behind a file with another own tag, FFmpeg (WavPack) and TagLib show ID3v1's genre as long as the
own tag has none: it counts as the genre of the file, and a write changes its number, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from mutagen.id3 import TCON, ParseID3v1

from genretagger.core.tracks import RawGenre
from genretagger.tagging.containers.id3.id3_frames import RawFrame, encode_text
from genretagger.tagging.containers.splice import splice
from genretagger.tagging.containers.writer import name_genres
from genretagger.tagging.layout import mpeg, peek, size_of

NO_GENRE: Final = 255
_GENRE_AT: Final = 127
_NAMES: Final = TCON.GENRES
_COMMENT: Final = "COMM"
_LANGUAGE: Final = b"eng\0"  # of a comment, and its empty description; mutagen's choice too


def read_genre(stream: BinaryIO) -> int | None:
    """Return the genre byte, None without an ID3v1 tag."""
    offset = mpeg.find_id3v1(stream)
    return None if offset is None else peek(stream, offset + _GENRE_AT, size=1)[0]


def find_number(name: str) -> int:
    """Return the number of a genre in any case, `NO_GENRE` if it has none."""
    folded = [known.casefold() for known in _NAMES]
    return folded.index(name.casefold()) if name.casefold() in folded else NO_GENRE


def name_genre(genre: int | None) -> tuple[str, ...]:
    """Return the name of the genre that a byte stands for, none if it has no name."""
    return (_NAMES[genre],) if genre is not None and genre < len(_NAMES) else ()


def name_genres_of_file(raw: RawGenre) -> tuple[str, ...]:
    """Return the genre names of a file with another own tag: from that tag, else from ID3v1."""
    return name_genres(raw) or name_genre(raw.id3v1)


def keep_in_step(genre: int | None, genres: Sequence[str]) -> int | None:
    """Return the new byte for a file that gets `genres`: their number if it named a genre."""
    return find_number(genres[0]) if name_genre(genre) else genre


def is_named(genres: Sequence[str]) -> bool:
    """Return whether the genre byte says `genres` exactly."""
    return len(genres) == 1 and genres[0] in _NAMES


def store_genre(stream: BinaryIO, genre: int) -> None:
    """Store the genre byte of an open file if it has an ID3v1 tag.

    Raises
    ------
    OSError
        The disk failed; the file may be spoilt.
    """
    offset = mpeg.find_id3v1(stream)
    if offset is not None:
        splice(stream, bytes([genre]), start=offset + _GENRE_AT, end=offset + mpeg.ID3V1_BYTES)


def find_end_of_others(stream: BinaryIO) -> int:
    """Return the end of the file without the genre byte of an ID3v1 tag, which is its last."""
    return size_of(stream) - (read_genre(stream) is not None)


def read_others(stream: BinaryIO) -> bytes:
    """Return the tag without its genre, b"" if there is none."""
    offset = mpeg.find_id3v1(stream)
    return b"" if offset is None else peek(stream, offset, size=_GENRE_AT)


def read_frames(stream: BinaryIO, *, major: int) -> tuple[RawFrame, ...]:
    """Return the fields except the genre as frames of ID3v2, none without an ID3v1 tag."""
    offset = mpeg.find_id3v1(stream)
    if offset is None:
        return ()
    parsed = ParseID3v1(peek(stream, offset, size=mpeg.ID3V1_BYTES), v2_version=major) or {}
    result = []
    for frame in parsed.values():
        name, text = frame.FrameID, str(frame)
        if name != "TCON" and text:
            data = encode_text(text, major=3)  # Latin-1, as in ID3v1
            data = data[:1] + _LANGUAGE + data[1:] if name == _COMMENT else data
            result.append(RawFrame(name, b"\0\0", data, major))
    return tuple(result)
