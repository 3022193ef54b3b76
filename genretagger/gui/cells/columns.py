"""The columns of the track table: their places, their headings and how each sorts first."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QCoreApplication, Qt

_translate = QCoreApplication.translate


class Column(IntEnum):
    """Columns in view order."""

    STATE = 0
    TITLE = 1
    ARTIST = 2
    ALBUM = 3
    FILE = 4
    CURRENT = 5
    SUGGESTED = 6
    RUNNER_UP = 7
    CONFIDENCE = 8
    PERSONAL = 9
    FOLDER = 10
    DURATION = 11
    LEVEL = 12
    HINTS = 13
    YEAR = 14
    TRACK = 15
    DISC = 16
    FORMAT = 17
    BIT_RATE = 18
    ALBUM_ARTIST = 19
    MODIFIED = 20


COLUMNS = tuple(Column)


def column_name(column: Column) -> str:
    """Return the heading of a column."""
    return {
        Column.STATE: _translate("Columns", "State"),
        Column.TITLE: _translate("Columns", "Title"),
        Column.ARTIST: _translate("Columns", "Artist"),
        Column.ALBUM: _translate("Columns", "Album"),
        Column.FILE: _translate("Columns", "File"),
        Column.CURRENT: _translate("Columns", "Genre now"),
        Column.SUGGESTED: _translate("Columns", "Suggested"),
        Column.RUNNER_UP: _translate("Columns", "Runner-up"),
        Column.CONFIDENCE: _translate("Columns", "Confidence"),
        Column.PERSONAL: _translate("Columns", "My genres"),
        Column.FOLDER: _translate("Columns", "Folder"),
        Column.DURATION: _translate("Columns", "Length"),
        Column.LEVEL: _translate("Columns", "Level"),
        Column.HINTS: _translate("Columns", "Also sounds like"),
        Column.YEAR: _translate("Columns", "Year"),
        Column.TRACK: _translate("Columns", "Track"),
        Column.DISC: _translate("Columns", "Disc"),
        Column.FORMAT: _translate("Columns", "Format"),
        Column.BIT_RATE: _translate("Columns", "Bit rate"),
        Column.ALBUM_ARTIST: _translate("Columns", "Album artist"),
        Column.MODIFIED: _translate("Columns", "Modified"),
    }[column]


def first_order(column: Column) -> Qt.SortOrder:
    """Return the order that a column is sorted in first: the surest verdicts are at the top."""
    is_number = column is Column.CONFIDENCE
    return Qt.SortOrder.DescendingOrder if is_number else Qt.SortOrder.AscendingOrder
