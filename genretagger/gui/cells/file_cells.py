"""Texts of the cells that say what a file is: where it lies, its numbers, its format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from genretagger.core.file_kinds import kind_name
from genretagger.core.tracks import Track
from genretagger.gui.cells.columns import Column
from genretagger.gui.widgets.texts import path_text, shown_length
from genretagger.review.rows.row import Row

_NS_PER_MS: Final = 1_000_000
_translate = QCoreApplication.translate


def file_text(row: Row) -> str:
    """Return the name of the file."""
    return path_text(Path(row.path.name))


def folder_text(row: Row) -> str:
    """Return the folder of the file."""
    return path_text(row.path.parent)


def _duration_text(track: Track) -> str:
    if track.tags.duration_s is None:
        return ""
    minutes, rest = divmod(round(track.tags.duration_s), 60)
    length = f"{minutes}:{rest:02d}"
    return shown_length(length, is_estimated=track.tags.duration_estimated)


def _bitrate_text(track: Track) -> str:
    if track.bitrate_bps is None:
        return ""
    kbps = QLocale().toString(round(track.bitrate_bps / 1000))
    rate = _translate("Facts", "{n} kbit/s").format(n=kbps)
    return shown_length(rate, is_estimated=track.bitrate_estimated)


def bitrate_explanation(row: Row) -> str:
    """Return why a bit rate is not exact; empty if the file claims it, or if there is none."""
    track = row.track
    if track is None or track.bitrate_bps is None or track.tags.bitrate_bps is not None:
        return ""
    return _translate("Facts", "The size of the whole file, pictures too, over its length.")


def _modified_text(track: Track) -> str:
    when = QDateTime.fromMSecsSinceEpoch(track.stamp.mtime_ns // _NS_PER_MS)
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)


def _number_text(number: int | None) -> str:
    return "" if number is None else str(number)


_OF_TRACK: dict[Column, Callable[[Track], str]] = {
    Column.DURATION: _duration_text,
    Column.YEAR: lambda track: _number_text(track.tags.year),
    Column.TRACK: lambda track: _number_text(track.tags.track_number),
    Column.DISC: lambda track: _number_text(track.tags.disc_number),
    Column.FORMAT: lambda track: kind_name(track.tags.container),
    Column.BIT_RATE: _bitrate_text,
    Column.ALBUM_ARTIST: lambda track: track.tags.album_artist,
    Column.MODIFIED: _modified_text,
}


def _if_found(read: Callable[[Track], str]) -> Callable[[Row], str]:
    """Return what reads a row; a row whose file was never looked at has no such texts."""
    return lambda row: read(row.track) if row.track is not None else ""


TEXTS: Final[dict[Column, Callable[[Row], str]]] = {
    Column.FILE: file_text,
    Column.FOLDER: folder_text,
    **{column: _if_found(read) for column, read in _OF_TRACK.items()},
}
