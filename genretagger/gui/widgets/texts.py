"""Texts that several widgets show."""

from __future__ import annotations

import html
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt
from PySide6.QtGui import QFontMetrics

from genretagger.core.errors import GenreTaggerError, TrackError, printable_start, shown
from genretagger.core.messages import MESSAGES
from genretagger.core.percent import floor_percent
from genretagger.core.predictions import Unsure
from genretagger.core.writes import BatchSummary, Policy
from genretagger.review.rows.decisions import GENRE_SEPARATOR
from genretagger.review.rows.row import State

_DIGITS = 9
_MENU_NAME_EM = 40

_translate = QCoreApplication.translate
_FOLDER_ERRORS = ("folder-unreadable", "path-missing")  # about what may be a folder


def error_text(error: BaseException) -> str:
    """Return the sentence of one of our errors, translated; the text of any other error."""
    if isinstance(error, GenreTaggerError):
        return _translate("errors", MESSAGES[error.key]).format(**error.values)
    return str(error) or type(error).__name__


def reason_text(error: GenreTaggerError, *, subject: str) -> str:
    """Return the sentence of an error about a file, with `subject` in place of its path."""
    text = _translate("errors", MESSAGES[error.key])
    return text.format(**{**error.values, "path": subject})


def reason_of(error: GenreTaggerError, *, n_files: int) -> str:
    """Return the sentence of an error that `n_files` files share, about all of them."""
    if not isinstance(error, TrackError):
        return error_text(error)
    if error.key in _FOLDER_ERRORS:
        single, many = _translate("Texts", "This place"), _translate("Texts", "Each of {n} places")
    elif _translate("errors", MESSAGES[error.key]).startswith("{path}"):
        single = _translate("PreviewModel", "This file")
        many = _translate("PreviewModel", "Each of these {n} files")
    else:  # within the sentence
        single = _translate("PreviewModel", "this file")
        many = _translate("PreviewModel", "each of these {n} files")
    return reason_text(error, subject=single if n_files == 1 else many.format(n=n_files))


def shown_length(length: str, *, is_estimated: bool) -> str:
    """Return a length as shown; an estimated one was guessed from the size of the file."""
    if not is_estimated:
        return length
    return _translate("Texts", "about {length}").format(length=length)


def state_words() -> dict[State, str]:
    """Return the word shown for each state."""
    return {
        State.PENDING: _translate("State", "pending"),
        State.MISSING: _translate("State", "missing genre"),
        State.AGREES: _translate("State", "agrees"),
        State.FINER: _translate("State", "agrees (finer)"),
        State.DIFFERS: _translate("State", "differs"),
        State.UNSURE: _translate("State", "unsure"),
        State.NOT_MUSIC: _translate("State", "not music"),
        State.SILENT: _translate("State", "silent"),
        State.TOO_SHORT: _translate("State", "too short"),
        State.LEFT_ALONE: _translate("State", "left alone"),
        State.FAILED: _translate("State", "failed"),
        State.ACCEPTED: _translate("State", "accepted"),
        State.REJECTED: _translate("State", "rejected"),
        State.WRITTEN: _translate("State", "written"),
    }


def state_explanation(state: State) -> str:
    """Return the sentence that explains a state; of an accepted row, `writing_text` says more."""
    return {
        State.PENDING: _translate("State", "This track has not been analysed yet."),
        State.MISSING: _translate("State", "The file has no genre."),
        State.AGREES: _translate("State", "The file already has the genre that was heard."),
        State.FINER: _translate(
            "State", "The file says more than was heard, and keeps its genre unless you change it."
        ),
        State.DIFFERS: _translate("State", "The file has a different genre from the one heard."),
        State.UNSURE: _translate("State", "Better listen to this one yourself."),
        State.NOT_MUSIC: _translate(
            "State", "This does not sound like music: perhaps speech or noise."
        ),
        State.SILENT: _translate("State", "There is nothing to hear in this file."),
        State.TOO_SHORT: _translate("State", "There is too little audio to judge."),
        State.LEFT_ALONE: _translate(
            "State", "A rule of yours leaves this track alone: nothing is suggested."
        ),
        State.FAILED: _translate("State", "Something went wrong with this file."),
        State.ACCEPTED: _translate("State", "You accepted this genre; it is not written yet."),
        State.REJECTED: _translate("State", "You rejected the suggestion; nothing is written."),
        State.WRITTEN: _translate("State", "The genre you accepted is in the file."),
    }[state]


def unsure_text(reason: Unsure) -> str:
    """Return the sentence that says why a prediction is Unsure."""
    match reason:
        case Unsure.LOW_CONFIDENCE:
            return _translate("State", "Unsure: no genre stands out.")
        case Unsure.SEGMENTS_DISAGREE:
            return _translate("State", "Unsure: parts of the track sound like different genres.")
        case Unsure.UNFAMILIAR:
            return _translate("State", "Unsure: unlike any music that the model has learned from.")
        case Unsure.OUTSIDE:
            return _translate("State", "Unsure: sounds like none of the ten genres.")
        case Unsure.NOT_MUSIC:
            return _translate("State", "This does not sound like music: perhaps speech or noise.")


def policy_text(policy: Policy) -> str:
    """Return what a policy does, as the user chooses it."""
    match policy:
        case Policy.FILL:
            return _translate("Policy", "Fill: write only where there is no genre")
        case Policy.ADD:
            return _translate("Policy", "Add: keep existing genres and add the new one")
        case Policy.CORRECT:
            return _translate("Policy", "Correct: replace only genres that contradict the new one")
        case Policy.REPLACE:
            return _translate("Policy", "Replace: put the new genre in place of all others")


def genres_text(genres: tuple[str, ...]) -> str:
    """Return genres as one text, as the editor shows them."""
    return printable_start(f"{GENRE_SEPARATOR} ".join(genres))


def number_text(n: int) -> str:
    """Return a number as the user's language writes it."""
    return QLocale().toString(n)


def percent(value: float) -> str:
    """Return a confidence as a whole percentage in the user's locale; 100 % only if it is 1.

    A model is never certain, so 0.996 shows as 99 %.
    """
    return _translate("Number", "{0} %").format(QLocale().toString(floor_percent(value)))


def batch_text(batch: BatchSummary) -> str:
    """Return how many files undoing `batch` would restore, and when it was written."""
    n_files = batch.written - batch.undone
    text = _translate("Batch", "1 file, {when}") if n_files == 1 else ""
    text = text or _translate("Batch", "{n} files, {when}")
    return text.format(n=n_files, when=time_text(batch.at_utc))


def time_text(at_utc: str) -> str:
    """Return a UTC time as local time in the user's language."""
    when = QDateTime.fromString(at_utc, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)


def tooltip(text: str) -> str:
    """Return `text` escaped for a tooltip, which would show names with markup as HTML."""
    return f"<qt>{html.escape(text)}</qt>".replace("\n", "<br>")


def path_text(path: Path) -> str:
    """Return a path as a text that can be shown, whatever bytes are in it."""
    return shown(path)


def menu_name(name: str, metrics: QFontMetrics) -> str:
    """Return a name as part of an entry of a menu: on one line, not too wide, without mnemonic."""
    width = _MENU_NAME_EM * metrics.averageCharWidth()
    text = metrics.elidedText(" ".join(name.split()), Qt.TextElideMode.ElideMiddle, width)
    return text.replace("&", "&&")


def numbered_text(path: Path, number: int) -> str:
    """Return a path as an entry of a menu; the first nine have their number as mnemonic."""
    text = path_text(path).replace("&", "&&")
    return f"&{number}  {text}" if number <= _DIGITS else text
