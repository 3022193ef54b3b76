"""Text, tooltip and font of a row in each column of the track table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont

from genretagger.core.writes import Action
from genretagger.gui.cells import file_cells
from genretagger.gui.cells.change_texts import writing_text
from genretagger.gui.cells.columns import Column
from genretagger.gui.cells.rule_texts import rule_text, rule_word, ruled_state_text
from genretagger.gui.widgets.condition_texts import condition_note, condition_text, kind_text
from genretagger.gui.widgets.level_texts import (
    album_text,
    broader_text,
    finer_text,
    heard_text,
    hints_text,
    level_text,
    level_word,
    no_genre_text,
    personal_text,
    raised_text,
    style_name,
    style_text,
    summary_text,
    unproven_text,
)
from genretagger.gui.widgets.texts import (
    error_text,
    genres_text,
    path_text,
    percent,
    reason_of,
    state_explanation,
    unsure_text,
)
from genretagger.review.rows.choices import nth_choice, style_hints
from genretagger.review.rows.confidence_levels import ClassifierLevels
from genretagger.review.rows.naming import name_genre
from genretagger.review.rows.row import Row, State
from genretagger.review.rows.suggestion_mark import Mark, WriteRules, mark_of, suggests

RAISED_MARK, DISSENT_MARK = "↑", "≠"
NO_GENRE = "—"
_LEAST_SHARE = 0.05  # of a runner-up
_translate = QCoreApplication.translate


Words = Mapping[State, str]


def text(row: Row, column: Column, words: Words, *, noted: Column = Column.FILE) -> str:
    """Return the text of a cell; `words` are the states in the user's language.

    The text of the column `noted` also says that a file is cut off or damaged.
    """
    if column is Column.STATE:
        return words[row.state]
    cell = _TEXTS[column](row)
    return cell + condition_note(row) if column is noted and cell else cell


def has_title(row: Row) -> bool:
    """Return whether the tags say a title."""
    return row.track is not None and bool(row.track.tags.title.strip())


def title_text(row: Row) -> str:
    """Return the title, or the name of the file where there is none."""
    return row.track.tags.title if row.track and has_title(row) else file_cells.file_text(row)


def editable_text(row: Row) -> str:
    """Return the suggestion as the editor shows it; empty for what is not music."""
    return genres_text(row.suggested) if suggests(row) else ""


def _suggested_text(row: Row) -> str:
    if row.prediction is None and not row.suggested and row.state not in _NOTHING_SUGGESTED:
        return ""
    return editable_text(row) or NO_GENRE


def _runner_up_text(row: Row) -> str:
    """Return what the key 2 takes, unless next to nothing speaks for it."""
    second = nth_choice(row, 1)
    if second is None or second.share is None or row.prediction is None or not suggests(row):
        return ""
    if second.share < _LEAST_SHARE:
        return ""
    name = name_genre(row.prediction, second.genre)
    return f"{style_name(name) if second.is_style else name} {percent(second.share)}"


def _level_text(row: Row) -> str:
    if row.level is None or row.unsure is not None:
        return ""
    return level_word(row.level)


_NOTHING_SUGGESTED = (State.NOT_MUSIC, State.SILENT, State.TOO_SHORT, State.LEFT_ALONE)
_TEXTS: dict[Column, Callable[[Row], str]] = {
    Column.TITLE: title_text,
    Column.ARTIST: lambda row: row.track.tags.artist if row.track else "",
    Column.ALBUM: lambda row: row.track.tags.album if row.track else "",
    Column.CURRENT: lambda row: genres_text(row.current_genres),
    Column.SUGGESTED: _suggested_text,
    Column.RUNNER_UP: _runner_up_text,
    Column.CONFIDENCE: lambda row: _confidence_text(row),
    Column.PERSONAL: lambda row: name_genre(row.personal) if row.personal else "",
    Column.LEVEL: _level_text,
    Column.HINTS: lambda row: ", ".join(style_hints(row)),
    **file_cells.TEXTS,
}


def _confidence_text(row: Row) -> str:
    """Return the confidence, marked if the album raises it or sounds like another genre.

    Where a rule counts there is a word in its place.
    """
    if row.is_ruled and row.suggested:
        return rule_word()
    confidence = row.shown_confidence
    if confidence is None:
        return ""
    dissents = row.album is not None and row.album.majority is not None
    mark = RAISED_MARK if row.is_raised else DISSENT_MARK if dissents else ""
    return f"{percent(confidence)} {mark}".rstrip()


def spoken(row: Row, column: Column, shown: str, rules: WriteRules) -> str:
    """Return the text of a cell for screen readers, with words for what is drawn in it."""
    if column is Column.CONFIDENCE and row.shown_confidence is not None:
        return summary_text(row)
    if column is Column.SUGGESTED:
        return _spoken_suggestion(row, rules)
    if column is Column.TITLE and not has_title(row):
        return _translate("Cells", "{file}, no title").format(file=shown)
    return shown


def _spoken_suggestion(row: Row, rules: WriteRules) -> str:
    genres = editable_text(row)
    if not genres:
        is_none = row.state in _NOTHING_SUGGESTED
        return _translate("Cells", "no genre suggested") if is_none else ""
    texts = {
        Mark.NEW: _translate("Cells", "{genre}, new"),
        Mark.SAME: _translate("Cells", "{genre}, unchanged"),
        Mark.STAYS: _translate("Cells", "{genre}, the file stays as it is"),
        Mark.NONE: "{genre}",
    }
    return texts[mark_of(row, rules)].format(genre=genres)


def explanation(
    row: Row, column: Column, shown: str, meanings: ClassifierLevels, rules: WriteRules
) -> str:
    """Return the tooltip of a cell: why a row failed, facts of its column, or all of its text."""
    if row.error is not None:
        return error_text(row.error)
    match column:
        case Column.STATE:
            return state_text(row, rules)
        case Column.TITLE if not has_title(row):
            named = _translate("Cells", "There is no title in the tags; this is the file's name.")
            parts = [shown, named]
        case Column.FILE:
            tags = row.track.tags if row.track else None
            parts = [path_text(row.path), kind_text(row), condition_text(tags) if tags else ""]
        case Column.CONFIDENCE if row.prediction is not None:
            parts = [rule_text(row) or heard_text(row), style_text(row)]
            parts += [level_text(row, meanings), album_text(row)]
        case Column.SUGGESTED:
            explain = ruled_state_text if row.is_ruled else state_explanation
            finer = explain(row.state) if row.state is State.FINER else ""
            parts = [shown, rule_text(row), broader_text(row), finer, writing_text(row, rules)]
            parts += [_refusal_text(row, rules), finer_text(row), hints_text(row)]
        case Column.BIT_RATE:
            parts = [shown, file_cells.bitrate_explanation(row)]
        case Column.PERSONAL if row.personal is not None:
            parts = [personal_text(row.personal, meanings)]
        case _:
            parts = [shown]
    return "\n".join(filter(None, parts))


def _refusal_text(row: Row, rules: WriteRules) -> str:
    """Return why a file that lacks its suggestion cannot be written; empty if it can."""
    if row.read_only is None or mark_of(row, rules) is not Mark.STAYS:
        return ""
    return reason_of(row.read_only, n_files=1)


def state_text(row: Row, rules: WriteRules) -> str:
    """Return why a row is in its state, what its album adds, and what writing does with it."""
    if row.error is not None:
        return reason_of(row.error, n_files=1)
    is_open = row.decision is None
    unsure = row.unsure if is_open else None
    if row.state is State.ACCEPTED:
        parts = [writing_text(row, rules)]
    else:
        parts = [unsure_text(unsure) if unsure else state_explanation(row.state)]
    if is_open and row.is_ruled:
        parts = [rule_text(row), ruled_state_text(row.state)]
    elif is_open and row.style is not None:
        parts = [style_text(row), unproven_text(row) if row.unsure else parts[0]]
    parts.insert(0, broader_text(row))
    if row.waits_again:
        again = _translate("State", "An earlier version heard this track; it is heard again.")
        parts = [again] if is_open else [*parts, again]
    if is_open:
        parts += [no_genre_text(row), finer_text(row), raised_text(row), album_text(row)]
        parts.append(writing_text(row, rules))
    if row.read_only is not None:
        parts.append(reason_of(row.read_only, n_files=1))
    return "\n".join(filter(None, parts))


def font(row: Row, mark: Mark) -> QFont | None:
    """Return the font of a suggestion: bold if it is new to the file, struck out if rejected."""
    rejected = row.decision is not None and row.decision.action is Action.REJECT
    is_new = mark is Mark.NEW
    if not (rejected or is_new):
        return None
    changed = QFont()
    changed.setBold(is_new)
    changed.setStrikeOut(rejected)
    return changed
