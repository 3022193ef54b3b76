"""Which chapter of the manual explains what."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

_ELSEWHERE: Final = "review"
# By the object name of a page, a dialog or a part of one.
CHAPTERS: Final = {
    "startPage": "quick-start",
    "openFolderDialog": "quick-start",
    "overviewPage": "review",
    "saveFilterDialog": "review",
    "savedFiltersDialog": "review",
    "keySheet": "review",
    "genreEdit": "genres-and-policies",
    "settingsDialog": "genres-and-policies",
    "ruleDialog": "genres-and-policies",
    "spellingsDialog": "genres-and-policies",
    "learnDialog": "personal",
    "useAnywayDialog": "personal",
    "deleteDialog": "personal",
    "writePreviewDialog": "undo-and-safety",
    "resultPage": "undo-and-safety",
    "historyDialog": "undo-and-safety",
    "undoConfirmDialog": "undo-and-safety",
    "exportDialog": "automation-recipes",
    "errorDialog": "troubleshooting",
    "aboutDialog": "troubleshooting",
    "reportDialog": "troubleshooting",
    "manualDialog": "troubleshooting",
    "modelCardDialog": "model",
}


def chapter_of(widget: QWidget | None, *, page: QWidget | None) -> str:
    """Return the file stem of the chapter about `widget` or what it lies in, else about `page`."""
    while widget is not None:
        if widget.objectName() in CHAPTERS:
            return CHAPTERS[widget.objectName()]
        widget = widget.parentWidget()
    return _ELSEWHERE if page is None else CHAPTERS.get(page.objectName(), _ELSEWHERE)
