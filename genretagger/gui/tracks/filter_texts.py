"""The words of the filter: what it accepts, what it does not understand, how it is used."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from genretagger.core.predictions import Level, Unsure
from genretagger.gui.widgets.level_texts import level_word
from genretagger.gui.widgets.texts import state_words, unsure_text
from genretagger.review.filter.filter_syntax import FilterField
from genretagger.review.filter.filters import FINER, OPEN, FilterWords, Misread, MisreadReason
from genretagger.review.rows.row import State

_translate = QCoreApplication.translate
_SPACE = " "


def field_word(by: FilterField) -> str:
    """Return the name of a field in the user's language, one word."""
    return {
        FilterField.GENRE: _translate("Filter", "genre"),
        FilterField.NOW: _translate("Filter", "now"),
        FilterField.SUGGESTED: _translate("Filter", "suggested"),
        FilterField.HEARD: _translate("Filter", "heard"),
        FilterField.ARTIST: _translate("Filter", "artist"),
        FilterField.ALBUM: _translate("Filter", "album"),
        FilterField.TITLE: _translate("Filter", "title"),
        FilterField.FILE: _translate("Filter", "file"),
        FilterField.PATH: _translate("Filter", "path"),
        FilterField.STATE: _translate("Filter", "state"),
        FilterField.LEVEL: _translate("Filter", "level"),
        FilterField.CONFIDENCE: _translate("Filter", "conf"),
        FilterField.STYLE: _translate("Filter", "style"),
        FilterField.HINT: _translate("Filter", "hint"),
        FilterField.WHY: _translate("Filter", "why"),
    }[by]


def field_explanation(by: FilterField) -> str:
    """Return what a field looks at."""
    return {
        FilterField.GENRE: _translate("Filter", "the genre in the file or the one suggested"),
        FilterField.NOW: _translate(
            "Filter", 'the genre in the file; now:"" finds files without one'
        ),
        FilterField.SUGGESTED: _translate("Filter", "the suggested genre"),
        FilterField.HEARD: _translate("Filter", "the genre heard, whatever was decided"),
        FilterField.ARTIST: _translate("Filter", "the artist of the track or the album"),
        FilterField.ALBUM: _translate("Filter", "the album"),
        FilterField.TITLE: _translate("Filter", "the title"),
        FilterField.FILE: _translate("Filter", "the name of the file"),
        FilterField.PATH: _translate("Filter", "folder and name of the file"),
        FilterField.STATE: _translate("Filter", "the state; open: still to decide"),
        FilterField.LEVEL: _translate("Filter", "how far it can be trusted: high, medium, low"),
        FilterField.CONFIDENCE: _translate("Filter", "the confidence: <0.6, >=80%, 0.5..0.7"),
        FilterField.STYLE: _translate("Filter", "a style suggested or offered, such as Folk"),
        FilterField.HINT: _translate("Filter", "what it also sounds like"),
        FilterField.WHY: _translate("Filter", "why it is unsure or failed"),
    }[by]


def filter_words() -> FilterWords:
    """Return the words of the user's language that a filter accepts."""
    return FilterWords(
        state_words(),
        {level: level_word(level) for level in Level},
        {reason: unsure_text(reason) for reason in Unsure},
        {field_word(by): by for by in FilterField},
    )


def field_completions() -> list[str]:
    """Return the names of fields as they can be typed, with their colon."""
    return [f"{field_word(by)}:" for by in FilterField]


def value_completions(by: FilterField) -> list[str]:
    """Return the values that a field can have, if they are few."""
    match by:
        case FilterField.STATE:
            named = (word for state, word in state_words().items() if state is not State.FINER)
            words = [OPEN, FINER, *named]
        case FilterField.LEVEL:
            words = [level_word(level) for level in Level]
        case _:
            words = []
    return [f'"{word}"' if _SPACE in word else word for word in words]


def misread_text(misread: Sequence[Misread]) -> str:
    """Return a sentence about the first part that is not understood; empty if there is none."""
    return _text_of(misread[0]) if misread else ""


def _text_of(misread: Misread) -> str:
    text = {
        MisreadReason.NO_VALUE: _translate(
            "Filter", "“{typed}” is ignored: write a value after the colon."
        ),
        MisreadReason.NO_NUMBER: _translate(
            "Filter", "“{typed}” is ignored: write a confidence as <0.6, >=80% or 0.5..0.7."
        ),
        MisreadReason.NO_STATE: _translate("Filter", "“{typed}” is ignored: states are {states}."),
        MisreadReason.NO_LEVEL: _translate("Filter", "“{typed}” is ignored: levels are {levels}."),
    }[misread.reason]
    states = ", ".join(state_words().values())
    levels = ", ".join(level_word(level) for level in Level)
    return text.format(typed=misread.typed, states=states, levels=levels)


def filter_help_text() -> str:
    """Return how the filter is used, a line per field; for tooltip and shortcut sheet."""
    lines = [
        _translate(
            "Filter",
            "Words: each must occur somewhere, in upper or lower case. “Kind of Blue” in straight"
            " quotes counts as one word.",
        ),
        *(f"{field_word(by)}:  {field_explanation(by)}" for by in FilterField),
        _translate(
            "Filter",
            "A comma means or: genre:rock,pop. A minus in front means not: -genre:rock. An equals"
            " sign means an exact match: now:=Rock.",
        ),
    ]
    return "\n".join(lines)
