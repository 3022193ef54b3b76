"""Completes names of fields in the filter, and values where there are few."""

from __future__ import annotations

from PySide6.QtCore import QObject, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from genretagger.gui.tracks.filter_texts import field_completions, filter_words, value_completions
from genretagger.gui.widgets.labels import set_names
from genretagger.review.filter.filter_syntax import list_field_names

_LEAST = 2  # characters of a field's name; after fewer, the list would hinder typing words
_ENDS = ' \t,"'


class FilterCompletion(QObject):
    """Offers completions at the cursor; inserts only what the user chooses."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._start = 0
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(line)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._popup = QListView()
        self._completer.setPopup(self._popup)
        set_names(self._popup, "filterCompletions", self.tr("What can be typed here"))
        self._completer.activated.connect(self._take)
        line.textEdited.connect(self._offer)

    def _offer(self) -> None:
        text = self._line.text()[: self._line.cursorPosition()]
        self._start, candidates = completions(text)
        self._popup.hide()
        if candidates:
            self._model.setStringList(candidates)
            self._completer.setCompletionPrefix(text[self._start :])
            self._completer.complete()

    def _take(self, chosen: str) -> None:
        text, end = self._line.text(), self._line.cursorPosition()
        space = "" if chosen.endswith(":") else " "
        self._line.setText(text[: self._start] + chosen + space + text[end:].lstrip())
        self._line.setCursorPosition(self._start + len(chosen) + len(space))


def completions(text: str) -> tuple[int, list[str]]:
    """Return where the part to complete begins, and the texts that complete it."""
    if text.count('"') % 2:
        return len(text), []
    start = max((text.rfind(end) for end in _ENDS), default=-1) + 1
    term = text[start:].removeprefix("-")
    word = text[max(text.rfind(" "), text.rfind("\t")) + 1 :].removeprefix("-")
    name, colon, value = word.partition(":")
    by = list_field_names(filter_words().fields).get(name.casefold()) if colon else None
    if by is not None:
        typed = value.rpartition(",")[2]
        return len(text) - len(typed), _beginning_with(value_completions(by), typed)
    if colon or len(term) < _LEAST:
        return len(text), []
    return len(text) - len(term), _beginning_with(field_completions(), term)


def _beginning_with(candidates: list[str], typed: str) -> list[str]:
    folded = typed.casefold()
    return [
        candidate
        for candidate in candidates
        if candidate.casefold().lstrip('"').startswith(folded) and candidate.casefold() != folded
    ]
