"""The genre in a file by its container: read, compared, made and stored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from genretagger.core.tracks import RawGenre, TagVersion
from genretagger.tagging.containers.detect import identify, view
from genretagger.tagging.containers.errors import translate_errors
from genretagger.tagging.containers.id3.id3_writer import JOINED, UPGRADE_NEEDED, Id3Writer
from genretagger.tagging.containers.refusing import are_too_long, find_refusal, not_written
from genretagger.tagging.containers.stream_info import measured_length_s
from genretagger.tagging.containers.table import CONTAINERS, Container
from genretagger.tagging.containers.writer import Frame, Writer

# Mutagen estimates the duration from the size of the file, other tags included. It needs no
# comparing: it depends on the audio alone, and the digest of the audio covers all of that.
_ESTIMATED: Final = frozenset({"mp3", "tta"})


@dataclass(frozen=True, slots=True)
class TagState:
    """The genre of a writable file, as stored and by name, and what a write must not change."""

    container: str
    raw: RawGenre
    genres: tuple[str, ...]
    other_frames: tuple[Frame, ...]
    length_s: float | None


def _writer(stream: BinaryIO, *, path: Path, upgrade_id3v22: bool) -> tuple[Writer, Container, Any]:
    """Return the writer of an open file, its row in the table and mutagen's view of it.

    Raises
    ------
    TrackRefusedError
        Its container or its tags are read-only for now, or it is cut off.
    """
    opened = identify(stream, path=path)
    why = find_refusal(opened)
    is_allowed = why.key is None or (upgrade_id3v22 and why.key == UPGRADE_NEEDED)
    if opened.row.writer is None or not is_allowed:
        raise not_written(path, container=opened.row.name, key=why.key)
    return opened.row.writer, opened.row, view(opened)


def state_of(stream: BinaryIO, *, path: Path, upgrade_id3v22: bool = False) -> TagState:
    """Return the genre of an open file and all its other frames; `path` is for messages.

    Parameters
    ----------
    upgrade_id3v22 : bool
        Whether a tag of ID3v2.2 may be written, which makes it one of ID3v2.3.

    Raises
    ------
    TrackRefusedError
        Its container or its tags are read-only for now, or it is cut off.
    UnsupportedFormatError, TagReadError, TagLibraryBugError
        As `read`.
    """
    with translate_errors(path):
        writer, row, file = _writer(stream, path=path, upgrade_id3v22=upgrade_id3v22)
        raw = writer.raw_genre(stream)
        genres = writer.names(raw)
        if are_too_long(genres):
            raise not_written(path, container=row.name, key="genre-too-long")
        frames = writer.other_frames(stream)
        duration_s = None if row.name in _ESTIMATED else measured_length_s(file)
        return TagState(row.name, raw, genres, frames, duration_s)


def _writer_of(container: str) -> Writer:
    return next(row.writer for row in CONTAINERS if row.name == container and row.writer)


def make_raw_genre(before: RawGenre, *, genres: tuple[str, ...], separator: str) -> RawGenre:
    """Return what to store so that a file that holds `before` gets `genres`.

    Parameters
    ----------
    separator : str
        Joins several genres where the tag holds one string only (ID3v2.3).
    """
    return _writer_of(before.container).make_raw_genre(before, genres=genres, separator=separator)


def taken_back(current: RawGenre, *, before: RawGenre, after: RawGenre) -> RawGenre:
    """Return what to store by an undo by value in a file that holds `current`.

    That is `before`, with what another program made of our genre, `after`, in further tags.
    """
    return _writer_of(current.container).taken_back(current, before=before, after=after)


def accepts(new: RawGenre) -> bool:
    """Return whether every program will read the values of `new` as they are.

    ID3 gives some texts another meaning: `17` and `(17)` are Rock, `RX` is Remix.
    """
    return _writer_of(new.container).accepts(new)


def joins(raw: RawGenre) -> bool:
    """Return whether the tag takes several genres only as one joined string."""
    return raw.version in JOINED


def store(stream: BinaryIO, new: RawGenre, *, path: Path) -> None:
    """Store `new` in a file open for reading and writing, which must be a copy of `path`.

    Raises
    ------
    TagReadError, TagLibraryBugError
        Mutagen failed; the copy may be spoilt.
    OSError
        The disk failed; the copy may be spoilt.
    """
    with translate_errors(path, key="genre-not-stored"):
        _writer_of(new.container).store(stream, new)
        stream.flush()


def genre_names(raw: RawGenre) -> tuple[str, ...]:
    """Return the names of the genres that `raw` stores."""
    return _writer_of(raw.container).names(raw)


def same_entries(current: RawGenre, expected: RawGenre) -> bool:
    """Return whether the file holds exactly the raw entries of `expected` (True if it has none).

    Skipped when another program changed the ID3 version, because frame bytes then differ, and for
    secondary genres whose number changed.
    """
    there = {second.place: second.entries for second in current.beside}
    for second in expected.beside:
        entries = there.get(second.place, ())
        if second.entries and len(entries) == len(second.entries) and entries != second.entries:
            return False
    is_id3 = isinstance(_writer_of(current.container), Id3Writer)
    is_rebuilt = is_id3 and current.version is not expected.version
    return not expected.entries or is_rebuilt or current.entries == expected.entries


def same_genre(current: RawGenre, expected: RawGenre) -> bool:
    """Return whether a file that holds `current` holds what `expected` says.

    The version of the tag does not count: other frames may keep alive a tag that undo would remove.
    The number of an MP4's `gnre` comes back as text. An ID3v1 tag that came or went meanwhile does
    not count either, nor a secondary genre whose tag did.
    """
    values = {second.place: second.values for second in current.beside}
    if any(values.get(second.place, second.values) != second.values for second in expected.beside):
        return False
    if None not in (current.id3v1, expected.id3v1) and current.id3v1 != expected.id3v1:
        return False
    # Another program may have made ID3v2 of the ID3v1 or APEv2 tag, or dropped an empty TCON.
    is_elsewhere = expected.version in (TagVersion.V1, TagVersion.APEV2) or not any(expected.values)
    has_moved = current.version is not expected.version and is_elsewhere
    if has_moved or TagVersion.GNRE in (current.version, expected.version):
        return genre_names(current) == genre_names(expected)
    return (current.present, current.values) == (expected.present, expected.values)
