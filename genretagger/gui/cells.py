"""What a row says in each column of the track table: text, tooltip, font."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont

from genretagger.core.datatypes import Action
from genretagger.gui.level_texts import (
    album_text,
    heard_text,
    hints_text,
    level_text,
    personal_text,
    raised_text,
    summary_text,
)
from genretagger.gui.texts import (
    error_text,
    genres_text,
    path_text,
    percent,
    state_explanation,
    unsure_text,
)
from genretagger.review.rows import genre_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genretagger.review.levels import Meanings
    from genretagger.review.rows import Row, State

RAISED_MARK, DISSENT_MARK = "↑", "≠"


class Column(IntEnum):
    """Columns in view order."""

    STATE = 0
    TITLE = 1
    ARTIST = 2
    ALBUM = 3
    FILE = 4
    CURRENT = 5
    SUGGESTED = 6
    CONFIDENCE = 7
    PERSONAL = 8


def text(row: Row, column: Column, words: Mapping[State, str]) -> str:
    """Return the text of a cell; `words` are the states as shown."""
    tags = row.track.tags if row.track else None
    match column:
        case Column.STATE:
            return words[row.state]
        case Column.TITLE:
            return tags.title if tags else ""
        case Column.ARTIST:
            return tags.artist if tags else ""
        case Column.ALBUM:
            return tags.album if tags else ""
        case Column.FILE:
            return path_text(Path(row.path.name))
        case Column.CURRENT:
            return genres_text(row.current_genres)
        case Column.SUGGESTED:
            return genres_text(row.suggested)
        case Column.CONFIDENCE:
            return _confidence_text(row)
        case Column.PERSONAL:
            return genre_name(row.personal) if row.personal else ""


def _confidence_text(row: Row) -> str:
    """Return the confidence with a mark if the album raises it or hears another genre."""
    confidence = row.shown_confidence
    if confidence is None:
        return ""
    dissents = row.album is not None and row.album.majority is not None
    mark = RAISED_MARK if row.is_raised else DISSENT_MARK if dissents else ""
    return f"{percent(confidence)} {mark}".rstrip()


def spoken(row: Row, column: Column, words: Mapping[State, str]) -> str:
    """Return the text of a cell for a screen reader: what is drawn is put into words."""
    if column is Column.CONFIDENCE and row.shown_confidence is not None:
        return summary_text(row)
    return text(row, column, words)


def explanation(row: Row, column: Column, words: Mapping[State, str], meanings: Meanings) -> str:
    """Return what a tooltip or a screen reader adds: why a row failed, or the whole text."""
    if row.error is not None:
        return error_text(row.error)
    match column:
        case Column.STATE:
            return state_text(row)
        case Column.FILE:
            return path_text(row.path)
        case Column.CONFIDENCE if row.prediction is not None:
            parts = [heard_text(row), level_text(row, meanings), album_text(row)]
        case Column.SUGGESTED:
            parts = [text(row, column, words), hints_text(row)]
        case Column.PERSONAL if row.personal is not None:
            parts = [personal_text(row.personal, meanings)]
        case _:
            parts = [text(row, column, words)]
    return "\n".join(filter(None, parts))


def state_text(row: Row) -> str:
    """Return why a row is in its state, what its album says to that, and why it stays as it is."""
    if row.error is not None:
        return error_text(row.error)
    unsure = row.unsure if row.decision is None else None
    parts = [unsure_text(unsure) if unsure else state_explanation(row.state)]
    if row.decision is None:
        parts += [raised_text(row), album_text(row)]
    if row.read_only is not None:
        parts.append(error_text(row.read_only))
    return "\n".join(filter(None, parts))


def font(row: Row) -> QFont | None:
    """Return the font of a suggestion: bold once accepted, struck out once rejected."""
    if row.decision is None:
        return None
    made = QFont()
    made.setBold(row.decision.action is Action.ACCEPT)
    made.setStrikeOut(row.decision.action is Action.REJECT)
    return made
