"""Completes names of fields in the filter, and values where there are few."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QObject, QStringListModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from genretagger.core.texts.folding import fold_to_letters
from genretagger.gui.tracks.filter_texts import field_completions, filter_words, value_completions
from genretagger.gui.widgets.labels import set_names
from genretagger.review.filter.filter_syntax import list_field_names

_LEAST = 2  # letters of a field's name; after fewer, the list would hinder typing words
_ENDS = ' \t,"'
_QUOTE = '"'
# A field, the values before the last one, and that one, perhaps behind a quote that is still open.
_LAST_VALUE: Final = re.compile(
    r"""(?:^|\s)-?([^\W\d_][\w-]*):(?:=?(?:"[^"]*"|[^\s",]*),)*=?("[^"]*|[^\s",]*)$"""
)


class FilterCompletion(QObject):
    """Offers completions at the cursor; inserts only what the user chooses."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._start = 0
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(line)
        # `completions` has chosen already; the completer would look for a quote in what was typed.
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
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
            self._completer.complete()

    def _take(self, chosen: str) -> None:
        text, end = self._line.text(), self._line.cursorPosition()
        space = "" if chosen.endswith(":") else " "
        self._line.setText(text[: self._start] + chosen + space + text[end:].lstrip())
        self._line.setCursorPosition(self._start + len(chosen) + len(space))


def completions(text: str) -> tuple[int, list[str]]:
    """Return where the part to complete begins, and the texts that complete it."""
    last = _LAST_VALUE.search(text)
    if last is not None and not _is_quoted(text[: last.start(1)]):
        by = list_field_names(filter_words().fields).get(last[1].casefold())
        values = value_completions(by) if by is not None else []
        return last.start(2), _beginning_with(values, last[2])
    start = max((text.rfind(end) for end in _ENDS), default=-1) + 1
    term = text[start:].removeprefix("-")
    if _is_quoted(text) or len(fold_to_letters(term)) < _LEAST:
        return len(text), []
    return len(text) - len(term), _beginning_with(field_completions(), term)


def _is_quoted(text: str) -> bool:
    """Return whether a quote is open at the end of `text`."""
    return text.count(_QUOTE) % 2 == 1


def _beginning_with(candidates: list[str], typed: str) -> list[str]:
    """Return the candidates that `typed` begins, whatever their blanks, hyphens and quotes."""
    folded = fold_to_letters(typed)
    return [
        candidate
        for candidate in candidates
        if fold_to_letters(candidate).startswith(folded)
        and candidate.casefold() != typed.casefold()
    ]
