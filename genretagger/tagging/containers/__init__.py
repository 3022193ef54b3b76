"""Tags of every container: reading them, and storing a genre. The only importer of mutagen.

Whether a write is allowed and how it is made safe is not decided here (`tagging.writer`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from mutagen.apev2 import APEBadItemError, APENoHeaderError, APEv2
from mutagen.mp3 import BitrateMode

from genretagger.core.errors import TagLibraryBugError, TagReadError
from genretagger.core.file_kinds import AUDIO_SUFFIXES
from genretagger.core.tracks import RawGenre, TagReading
from genretagger.tagging.containers import apev2, riff_info
from genretagger.tagging.containers.detect import identify, view
from genretagger.tagging.containers.errors import translate_errors
from genretagger.tagging.containers.id3 import id3_writer
from genretagger.tagging.containers.mutagen_limits import Clamped
from genretagger.tagging.containers.protocol import Fields, Frame, Writer, texts
from genretagger.tagging.containers.refusing import Refusal, not_written, refusal
from genretagger.tagging.containers.table import CONTAINERS, Container, UnparsedFile
from genretagger.tagging.disk.errors import open_for_reading
from genretagger.tagging.layout import LayoutError

if TYPE_CHECKING:
    from genretagger.tagging.containers.detect import Opened

__all__ = [
    "AUDIO_SUFFIXES",
    "UPGRADE_NEEDED",
    "TagState",
    "genre_names",
    "joins",
    "not_written",
    "read",
    "same_entries",
    "same_genre",
    "state_of",
    "store",
    "taken_back",
    "takes",
    "wanted",
]

UPGRADE_NEEDED: Final = (
    id3_writer.UPGRADE_NEEDED
)  # why a file is read-only unless a setting allows it
_JOINING_VERSIONS: Final = ("2.2", "2.3")  # of ID3; no other tag has these versions
# Mutagen estimates the duration from the size of the file, other tags included. It needs no
# comparing: it lies in the stream alone, all of which the digest of the audio covers.
_ESTIMATED: Final = frozenset({"mp3", "tta"})


@dataclass(frozen=True, slots=True)
class TagState:
    """The genre of a file that can be written: as stored and by name, and what must not change."""

    container: str
    raw: RawGenre
    genres: tuple[str, ...]
    other_frames: tuple[Frame, ...]
    length_s: float | None


def read(path: Path) -> TagReading:
    """Return what the tags of `path` say; what it is, its content says, whatever its name.

    A damaged or cut file may still be heard: of one whose tags do not parse only the container is
    known, and `read_only` says why it is not written.

    Raises
    ------
    UnsupportedFormatError
        It is no audio file that we know.
    TagReadError
        It cannot be opened or read.
    """
    with open_for_reading(path) as stream:
        with translate_errors(path):
            found = identify(stream, path=path)
        return _reading(found, path=path)


def _reading(found: Opened, *, path: Path) -> TagReading:
    row, stream = found.row, found.stream
    file: Any = UnparsedFile
    fields, raw = Fields(), None
    genres: tuple[str, ...] = ()
    why = _refusal(found, path=path)
    try:
        with translate_errors(path):
            file = view(found)
            fields = row.fields(file.tags) if file.tags else _fields_beside(stream, row=row)
            if row.name == "wav":  # a genre that we wrote makes an ID3 tag beside the texts there
                fields = fields.completed(riff_info.fields(stream))
            if why.key in (None, UPGRADE_NEEDED):
                raw = _raw_or_none(row, stream)
            genres = genre_names(raw) if raw else _genres_seen(fields, stream, row=row)
    except (TagReadError, TagLibraryBugError) as error:
        why = Refusal(why.key or error.key, why.share)
    return TagReading(
        container=row.name,
        title=fields.title,
        artist=fields.artist,
        album=fields.album,
        album_artist=fields.album_artist,
        genres=genres,
        duration_s=_length_s(file),
        read_only=why.key,
        joins_genres=raw is not None and joins(raw),
        artist_sort=fields.artist_sort,
        album_artist_sort=fields.album_artist_sort,
        disc_number=fields.disc_number,
        track_number=fields.track_number,
        share=why.share,
        duration_estimated=_is_guess(row, file),
    )


def _refusal(found: Opened, *, path: Path) -> Refusal:
    """Return why a file is not written; damage that is met on the way is a reason too."""
    try:
        with translate_errors(path):
            return refusal(found)
    except (TagReadError, TagLibraryBugError) as error:
        return Refusal(error.key)


def _fields_beside(stream: BinaryIO, *, row: Container) -> Fields:
    """Return what an APEv2 tag behind a file without ID3 says, nothing without one."""
    if row.writer is not id3_writer:
        return Fields()
    try:
        return apev2.fields(APEv2(Clamped(stream)))
    except (APENoHeaderError, APEBadItemError):
        return Fields()


def _genres_seen(found: Fields, stream: BinaryIO, *, row: Container) -> tuple[str, ...]:
    """Return the genres of a file that is not written, those in further tags too."""
    further = (
        id3_writer.further_genres(stream, container=row.name) if row.writer is id3_writer else ()
    )
    return texts((*found.genres, *further))


def _raw_or_none(row: Container, stream: BinaryIO) -> RawGenre | None:
    """Return what a write would find as the genre, None if a write would find damage."""
    if row.writer is None:
        return None
    try:
        return row.writer.raw_genre(stream, container=row.name)
    except LayoutError:
        return None


def _length_s(file: Any) -> float | None:
    try:
        length_s = float(getattr(file.info, "length", 0) or 0)
    except ZeroDivisionError:  # a DSF that says 0 Hz; mutagen divides when it is asked
        return None
    return length_s if math.isfinite(length_s) and length_s > 0 else None


def _is_guess(row: Container, file: Any) -> bool:
    """Return whether mutagen took the length from the bit rate of the first frames."""
    if row.name == "mp3":
        return bool(getattr(file.info, "bitrate_mode", None) == BitrateMode.UNKNOWN)
    return row.name == "aac"


def _writer(stream: BinaryIO, *, path: Path, upgrade_id3v22: bool) -> tuple[Writer, Container, Any]:
    """Return how to write an open file, its row and mutagen's view; or raise why it is not written.

    Raises
    ------
    TrackRefusedError
        Its container or its tags are read-only for now, or it is cut off.
    """
    found = identify(stream, path=path)
    why = refusal(found)
    is_allowed = why.key is None or (upgrade_id3v22 and why.key == UPGRADE_NEEDED)
    if found.row.writer is None or not is_allowed:
        raise not_written(path, container=found.row.name, key=why.key)
    return found.row.writer, found.row, view(found)


def state_of(stream: BinaryIO, *, path: Path, upgrade_id3v22: bool = False) -> TagState:
    """Return the genre of an open file and all its other frames; `path` is for messages.

    Parameters
    ----------
    upgrade_id3v22 : bool
        Whether a tag of ID3v2.2, which is written as one of ID3v2.3, may be written.

    Raises
    ------
    TrackRefusedError
        Its container or its tags are read-only for now, or it is cut off.
    UnsupportedFormatError, TagReadError, TagLibraryBugError
        As `read`.
    """
    with translate_errors(path):
        writer, row, file = _writer(stream, path=path, upgrade_id3v22=upgrade_id3v22)
        raw = writer.raw_genre(stream, container=row.name)
        frames = writer.other_frames(stream, container=row.name)
        length_s = None if row.name in _ESTIMATED else _length_s(file)
        return TagState(row.name, raw, writer.names(raw), frames, length_s)


def _writer_of(container: str) -> Writer:
    return next(row.writer for row in CONTAINERS if row.name == container and row.writer)


def wanted(before: RawGenre, *, genres: tuple[str, ...], separator: str) -> RawGenre:
    """Return what to store so that a file that holds `before` gets `genres`.

    Parameters
    ----------
    separator : str
        Joins several genres where the tag holds one string only (ID3v2.3).
    """
    return _writer_of(before.container).wanted(before, genres=genres, separator=separator)


def taken_back(found: RawGenre, *, before: RawGenre, after: RawGenre) -> RawGenre:
    """Return what to store by an undo by value in a file that holds `found`.

    That is `before`, with what another program made of our genre, `after`, in further places.
    """
    if _writer_of(found.container) is not id3_writer:
        return before
    return id3_writer.taken_back(found, before=before, after=after)


def takes(wanted: RawGenre) -> bool:
    """Return whether every program will read the values of `wanted` as they are.

    ID3 gives some texts another meaning: `17` and `(17)` are Rock, `RX` is Remix.
    """
    return _writer_of(wanted.container).takes(wanted)


def joins(raw: RawGenre) -> bool:
    """Return whether the tag takes several genres only as one joined string."""
    return raw.version in _JOINING_VERSIONS


def store(stream: BinaryIO, wanted: RawGenre, *, path: Path) -> None:
    """Store `wanted` in a file open for reading and writing, which must be a copy of `path`.

    Raises
    ------
    TagReadError, TagLibraryBugError
        Mutagen failed; the copy may be spoilt.
    OSError
        The disk failed; the copy may be spoilt.
    """
    with translate_errors(path, key="genre-not-stored"):
        _writer_of(wanted.container).store(stream, wanted)
        stream.flush()


def genre_names(raw: RawGenre) -> tuple[str, ...]:
    """Return by name the genres that `raw` stands for."""
    return _writer_of(raw.container).names(raw)


def same_entries(found: RawGenre, wanted: RawGenre) -> bool:
    """Return whether the bytes that `wanted` knows, if any, are the very ones in a file.

    Not asked of an ID3 tag whose version another program changed: its frames are built otherwise;
    nor of a second genre that is there more or less often than before.
    """
    there = {second.place: second.entries for second in found.beside}
    for second in wanted.beside:
        entries = there.get(second.place, ())
        if second.entries and len(entries) == len(second.entries) and entries != second.entries:
            return False
    moved = _writer_of(found.container) is id3_writer and found.version != wanted.version
    return not wanted.entries or moved or found.entries == wanted.entries


def same_genre(found: RawGenre, wanted: RawGenre) -> bool:
    """Return whether a file that holds `found` holds what `wanted` says.

    The version of the tag does not count: other frames may keep alive a tag that undo would remove.
    The number of an MP4's `gnre` comes back as text. An ID3v1 tag that came or went meanwhile does
    not count either, nor a second genre in another tag.
    """
    values = {second.place: second.values for second in found.beside}
    if any(values.get(second.place, second.values) != second.values for second in wanted.beside):
        return False
    if None not in (found.id3v1, wanted.id3v1) and found.id3v1 != wanted.id3v1:
        return False
    # Another program may have made ID3v2 of the ID3v1 or APEv2 tag, or dropped an empty TCON.
    is_elsewhere = wanted.version in ("1", "APEv2") or not any(wanted.values)
    moved = found.version != wanted.version and is_elsewhere
    if moved or "gnre" in (found.version, wanted.version):
        return genre_names(found) == genre_names(wanted)
    return (found.present, found.values) == (wanted.present, wanted.values)
