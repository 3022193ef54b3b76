"""Named filters: those of the program and those that the user saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from genretagger.gui.widgets.labels import push_button, set_names
from genretagger.gui.widgets.texts import tooltip
from genretagger.review.filter.filters import TO_DECIDE
from genretagger.review.rows.row import State

_translate = QCoreApplication.translate
_MOST = 100


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A named filter: its text, and the states it is limited to."""

    name: str
    text: str = ""
    states: frozenset[State] = frozenset()

    def as_json(self) -> dict[str, object]:
        """Return the filter as JSON can hold it."""
        return {
            "name": self.name,
            "text": self.text,
            "states": sorted(state.value for state in self.states),
        }


def given_filters() -> list[SavedFilter]:
    """Return the filters of the program."""
    return [
        SavedFilter(_translate("Filter", "Still to decide"), states=frozenset(TO_DECIDE)),
        SavedFilter(_translate("Filter", "Sure, and no genre yet"), 'now:"" level:high'),
        SavedFilter(
            _translate("Filter", "Sure, and the tag differs"),
            "level:high",
            frozenset({State.DIFFERS}),
        ),
        SavedFilter(
            _translate("Filter", "Not sure, and the tag differs"), "state:differs -level:high"
        ),
    ]


def remembered_filters(stored: object) -> list[SavedFilter]:
    """Return the filters in what was stored as JSON; ignore anything else."""
    entries = stored if isinstance(stored, list) else []
    filters = filter(None, map(_parse_filter, entries[:_MOST]))
    return list({saved.name: saved for saved in filters}.values())


def _parse_filter(entry: object) -> SavedFilter | None:
    if not isinstance(entry, dict):
        return None
    name, text, states = (entry.get(key) for key in ("name", "text", "states"))
    if not (isinstance(name, str) and name.strip() and isinstance(text, str)):
        return None
    known = {state.value: state for state in State}
    chosen = states if isinstance(states, list) else []
    return SavedFilter(
        name,
        text,
        frozenset(known[value] for value in chosen if isinstance(value, str) and value in known),
    )


class SavedFiltersDialog(QDialog):
    """Lists the user's filters, to rename (F2) and remove (Delete) them."""

    changed = Signal(object)  # tuple of SavedFilter

    def __init__(self, filters: Sequence[SavedFilter], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("savedFiltersDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Saved filters"))
        self._filters = list(filters)
        self._list = QListWidget()
        set_names(self._list, "savedFiltersList", self.tr("Saved filters"))
        for saved in filters:
            item = QListWidgetItem(saved.name, self._list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setToolTip(tooltip(saved.text))
        self._list.setCurrentRow(0)
        self._remove = push_button("removeFilterButton", self.tr("&Remove"))
        self._remove.clicked.connect(self._remove_current)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self._remove, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(self.tr("F2 renames, Delete removes.")))
        layout.addWidget(self._list)
        layout.addWidget(buttons)
        self._list.itemChanged.connect(self._on_renamed)
        self._list.setFocus()
        self._remove.setEnabled(bool(self._filters))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._remove_current()
        else:
            super().keyPressEvent(event)

    def _remove_current(self) -> None:
        row = self._list.currentRow()
        if row >= 0:
            self._list.takeItem(row)
            del self._filters[row]
            self._remove.setEnabled(bool(self._filters))
            self.changed.emit(tuple(self._filters))

    def _on_renamed(self, item: QListWidgetItem) -> None:
        row, name = self._list.row(item), item.text().strip()
        old = self._filters[row]
        others = {saved.name for saved in self._filters if saved is not old}
        if not name or name in others:
            item.setText(old.name)
        elif name != old.name:
            self._filters[row] = SavedFilter(name, old.text, old.states)
            self.changed.emit(tuple(self._filters))
