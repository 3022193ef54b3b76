"""The kind of a file, and what is wrong with it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from genretagger.core.errors import printable
from genretagger.core.file_kinds import Condition, condition, kind_name, odd_suffix
from genretagger.core.tracks import TagReading

if TYPE_CHECKING:
    from genretagger.review.rows.row import Row

_translate = QCoreApplication.translate


def kind_text(row: Row) -> str:
    """Return the kind of a row's file, and its suffix if that belongs to another kind."""
    if row.track is None:
        return ""
    container = row.track.tags.container
    suffix = odd_suffix(container, row.path)
    if not suffix:
        return kind_name(container)
    text = _translate("Facts", "{kind}, named {suffix}")
    return text.format(kind=kind_name(container), suffix=printable(suffix))


def condition_note(row: Row) -> str:
    """Return a note to put behind the name of a file that is cut off or damaged; else empty."""
    match condition(row.track.tags) if row.track else Condition.WHOLE:
        case Condition.CUT:
            return f" ({_translate('Facts', 'cut off')})"
        case Condition.DAMAGED:
            return f" ({_translate('Facts', 'damaged')})"
        case Condition.WHOLE:
            return ""


def condition_text(tags: TagReading) -> str:
    """Return what is wrong with a file that can still be heard; empty if nothing is."""
    match condition(tags):
        case Condition.CUT if tags.share is not None:
            text = _translate("Facts", "cut off, {n} % is there")
            return text.format(n=QLocale().toString(int(100 * tags.share)))
        case Condition.CUT:
            return _translate("Facts", "cut off")
        case Condition.DAMAGED:
            return _translate("Facts", "damaged")
        case Condition.WHOLE:
            return ""
