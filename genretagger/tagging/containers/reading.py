"""What the track list shows of a file's tags, whatever state they are in."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

from mutagen.apev2 import APEBadItemError, APENoHeaderError, APEv2

from genretagger.core.errors import TagLibraryBugError, TagReadError
from genretagger.core.tracks import RawGenre, TagReading
from genretagger.tagging.containers import apev2, riff_info
from genretagger.tagging.containers.detect import Opened, identify, view
from genretagger.tagging.containers.errors import translate_errors
from genretagger.tagging.containers.id3.id3_writer import JOINED, UPGRADE_NEEDED, Id3Writer
from genretagger.tagging.containers.mutagen_internals import Clamped
from genretagger.tagging.containers.refusing import Refusal, are_too_long, cut_genres, find_refusal
from genretagger.tagging.containers.stream_info import is_guess, measured_length_s, stated_number
from genretagger.tagging.containers.table import Container, UnparsedFile
from genretagger.tagging.containers.writer import Fields, clean_texts
from genretagger.tagging.disk.errors import open_for_reading
from genretagger.tagging.layout import LayoutError


def read(path: Path) -> TagReading:
    """Return what the tags of `path` say. Its content, not its name, decides what kind it is.

    A damaged or cut file may still be heard. If its tags do not parse, only the container is known,
    and `read_only` says why it is not written.

    Raises
    ------
    UnsupportedFormatError
        It is no audio file that we know.
    TagReadError
        It cannot be opened or read.
    """
    with open_for_reading(path) as stream:
        with translate_errors(path):
            opened = identify(stream, path=path)
        return _reading(opened, path=path)


def _reading(opened: Opened, *, path: Path) -> TagReading:
    row, stream = opened.row, opened.stream
    file: Any = UnparsedFile
    fields, raw = Fields(), None
    genres: tuple[str, ...] = ()
    why = _refusal(opened, path=path)
    try:
        with translate_errors(path):
            file = view(opened)
            fields = row.fields(file.tags) if file.tags else _secondary_fields(stream, row=row)
            if row.name == "wav":  # a genre that we wrote makes an ID3 tag beside the texts there
                fields = fields.completed(riff_info.fields(stream))
            if why.key in (None, UPGRADE_NEEDED):
                raw = _raw_or_none(row, stream)
            genres = (
                row.writer.names(raw)
                if raw and row.writer
                else _shown_genres(fields, stream, row=row)
            )
    except (TagReadError, TagLibraryBugError) as error:
        why = Refusal(why.key or error.key, why.share)
    if are_too_long(genres):
        why = Refusal(why.key or "genre-too-long", why.share)
        genres = cut_genres(genres)
    return TagReading(
        container=row.name,
        title=fields.title,
        artist=fields.artist,
        album=fields.album,
        album_artist=fields.album_artist,
        genres=genres,
        duration_s=measured_length_s(file),
        read_only=why.key,
        joins_genres=raw is not None and raw.version in JOINED,
        artist_sort=fields.artist_sort,
        album_artist_sort=fields.album_artist_sort,
        disc_number=fields.disc_number,
        track_number=fields.track_number,
        share=why.share,
        duration_estimated=is_guess(row, file),
        year=fields.year,
        bitrate_bps=stated_number(file, "bitrate"),
    )


def _refusal(opened: Opened, *, path: Path) -> Refusal:
    """Return why a file is not written; damage is a reason, too."""
    try:
        with translate_errors(path):
            return find_refusal(opened)
    except (TagReadError, TagLibraryBugError) as error:
        return Refusal(error.key)


def _secondary_fields(stream: BinaryIO, *, row: Container) -> Fields:
    """Return the fields of an APEv2 tag in a file without ID3, none without such a tag."""
    if row.family is not Id3Writer:
        return Fields()
    try:
        return apev2.fields(APEv2(Clamped(stream)))
    except (APENoHeaderError, APEBadItemError):
        return Fields()


def _shown_genres(fields: Fields, stream: BinaryIO, *, row: Container) -> tuple[str, ...]:
    """Return the genres of a file that is not written, also those in further tags."""
    further = row.writer.further_genres(stream) if row.writer else ()
    return clean_texts((*fields.genres, *further))


def _raw_or_none(row: Container, stream: BinaryIO) -> RawGenre | None:
    """Return the genre as a write would find it, None if the file is damaged or not written."""
    if row.writer is None:
        return None
    try:
        return row.writer.raw_genre(stream)
    except LayoutError:
        return None
