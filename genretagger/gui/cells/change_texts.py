"""Sentences about what writing does with the genres of a file, and why it leaves one alone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from genretagger.core.writes import Policy
from genretagger.gui.widgets.texts import genres_text
from genretagger.review.rows.genre_changes import Deed, GenreChange, foresee_change
from genretagger.review.rows.row import Row
from genretagger.review.rows.suggestion_mark import WriteRules

_translate = QCoreApplication.translate
_GOES_WITHOUT_SAYING = (Deed.FILL, Deed.HAVE)  # the state of an undecided row says it


def change_text(change: GenreChange) -> str:
    """Return in one sentence what writing does with the genres of a file."""
    text = _deed_text(change)
    return text[:1].upper() + text[1:]


def writing_text(row: Row, rules: WriteRules) -> str:
    """Return what writing does with a row, or would do if it were accepted; "" for nothing.

    Of an accepted row that is not written, this says why: it waits for the next write, the
    settings leave its file alone, the file has the genre already, or it cannot be written.
    """
    change = foresee_change(row, rules)
    if change is None or (row.decision is None and change.deed in _GOES_WITHOUT_SAYING):
        return ""
    if row.decision is None:
        text = _translate("Change", "If you accept it, writing {what}")
    elif change.changes_file:
        text = _translate("Change", "Accepted and not written yet: Ctrl+S {what}")
    else:
        text = _translate("Change", "Accepted, but writing {what}")
    return text.format(what=_deed_text(change))


def own_policy_word(policy: Policy) -> str:
    """Return the word for a policy that differs from the one that is set."""
    match policy:
        case Policy.FILL:
            return _translate("Change", "fills")
        case Policy.ADD:
            return _translate("Change", "adds")
        case Policy.CORRECT:
            return _translate("Change", "corrects")
        case Policy.REPLACE:
            return _translate("Change", "replaces")


def _deed_text(change: GenreChange) -> str:
    match change.deed:
        case Deed.FILL:
            text = _translate("Change", "writes {new}; the file has no genre.")
        case Deed.ADD:
            text = _translate("Change", "adds {new}; keeps {kept}.")
        case Deed.REMOVE:
            text = _translate("Change", "removes {old}; keeps {kept}.")
        case Deed.REPLACE if change.kept:
            text = _translate("Change", "replaces {old} by {new}; keeps {kept}.")
        case Deed.REPLACE:
            text = _translate("Change", "replaces {old} by {new}.")
        case _:
            text = _staying_text(change)
    genres = {"new": change.new, "old": change.old, "kept": change.kept}
    return text.format(**{name: genres_text(names) for name, names in genres.items()})


def _staying_text(change: GenreChange) -> str:
    """Return why a file stays as it is, with a place for its genres."""
    if change.deed is Deed.HAVE:
        return _translate("Change", "changes nothing: the file has {old} already.")
    if change.deed is Deed.REFUSE and change.old:
        return _translate("Change", "leaves {old}: the file cannot be written.")
    if change.deed is Deed.REFUSE:
        return _translate("Change", "changes nothing: the file cannot be written.")
    if change.policy is Policy.FILL:
        return _translate("Change", "leaves {old}: the setting fills only empty genres.")
    return _translate("Change", "leaves {old}: the settings keep it.")
