"""What a row says in each column of the track table: text, tooltip, font."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont

from genretagger.core.datatypes import Action
from genretagger.core.genres import vocabulary
from genretagger.gui.texts import (
    error_text,
    genres_text,
    path_text,
    percent,
    state_explanation,
    unsure_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genretagger.core.hearing import Prediction
    from genretagger.review.rows import Row, State


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
            confidence = row.shown_confidence
            return "" if confidence is None else percent(confidence)


def explanation(row: Row, column: Column, words: Mapping[State, str]) -> str:
    """Return what a tooltip or a screen reader adds: why a row failed, or the whole text."""
    if row.error is not None:
        return error_text(row.error)
    if column is Column.CONFIDENCE and row.prediction is not None:
        return _heard_text(row.prediction)
    if column is not Column.STATE:
        return path_text(row.path) if column is Column.FILE else text(row, column, words)
    unsure = row.prediction.unsure if row.prediction and row.decision is None else None
    parts = [unsure_text(unsure) if unsure else state_explanation(row.state)]
    if row.read_only is not None:
        parts.append(error_text(row.read_only))
    return "\n".join(parts)


def _heard_text(prediction: Prediction) -> str:
    genre = vocabulary().name(prediction.genre)
    return QCoreApplication.translate("Cells", "Heard: {genre}, {confidence}").format(
        genre=genre, confidence=percent(prediction.confidence)
    )


def font(row: Row) -> QFont | None:
    """Return the font of a suggestion: bold once accepted, struck out once rejected."""
    if row.decision is None:
        return None
    made = QFont()
    made.setBold(row.decision.action is Action.ACCEPT)
    made.setStrikeOut(row.decision.action is Action.REJECT)
    return made
