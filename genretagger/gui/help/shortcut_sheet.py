"""The key sheet (Shift+F1): all keys, taken from the menus, with a search field; and all signs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QKeyCombination, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from genretagger.gui.help.shortcut_texts import ShortcutLine, ShortcutSection
from genretagger.gui.help.sign_legend import SignLegend, SignSection
from genretagger.gui.widgets.labels import set_names

_WIDTH, _HEIGHT = 720, 620
_LEAST_WIDTH, _LEAST_HEIGHT = 460, 320
_WHAT, _KEYS = 0, 1
_LINE_HEIGHT = 1.5
_OTHER_PAGE = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F1)
_INTO_LIST = (Qt.Key.Key_Down, Qt.Key.Key_PageDown)


class ShortcutSheet(QDialog):
    """Lists the keys of menus and widgets; typed text keeps only the lines that contain it.

    The second page, one more press of Shift+F1 away, is the legend of the signs.
    """

    def __init__(
        self,
        listed: Sequence[ShortcutSection],
        signs: Sequence[SignSection],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("keySheet")
        self.setWindowTitle(self.tr("Shortcuts and signs"))
        self.resize(_WIDTH, _HEIGHT)
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._sections = listed
        self._line = QLineEdit(clearButtonEnabled=True)
        self._line.setObjectName("keySheetSearch")
        self._line.setAccessibleName(self.tr("Search the shortcuts"))
        self._line.setPlaceholderText(self.tr("Search: accept, Ctrl+S, album …"))
        self._list = self._make_list()
        self._none = QLabel(self.tr("No shortcut does that."), wordWrap=True)
        self._none.setObjectName("keySheetNone")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.setObjectName("keySheetButtons")
        self._buttons.rejected.connect(self.reject)
        self._line.textChanged.connect(self._fill)
        self._pages = QTabWidget(documentMode=True)
        set_names(self._pages, "keySheetPages", self.tr("Shortcuts and signs"))
        self._pages.setUsesScrollButtons(False)
        self._pages.addTab(self._keys_page(), self.tr("Shortcuts"))
        self._pages.addTab(SignLegend(signs), self.tr("Signs"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._buttons)
        self._fill("")
        self._line.setFocus()

    def _keys_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._line)
        layout.addWidget(self._none)
        layout.addWidget(self._list, 1)
        return page

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setObjectName("keySheetList")
        made.setAccessibleName(self.tr("Shortcuts"))
        made.setHeaderLabels([self.tr("What it does"), self.tr("Shortcuts")])
        made.setColumnCount(2)
        made.setRootIsDecorated(False)
        made.setItemsExpandable(False)
        made.setIndentation(16)
        made.setWordWrap(True)
        header = made.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_KEYS, QHeaderView.ResizeMode.ResizeToContents)
        return made

    def _fill(self, text: str) -> None:
        """Show the lines that match `text`, under their titles."""
        self._list.clear()
        for section in self._sections:
            lines = section.matching(text)
            if lines:
                self._add(section.title, lines)
        self._list.expandAll()
        first = self._list.topLevelItem(0)
        if first is not None:
            self._list.setCurrentItem(first.child(0))
            self._list.scrollToTop()
        self._none.setVisible(first is None)
        self._list.setVisible(first is not None)

    def _add(self, title: str, lines: Sequence[ShortcutLine]) -> None:
        height = round(self.fontMetrics().height() * _LINE_HEIGHT)
        top = QTreeWidgetItem(self._list, [title])
        top.setFirstColumnSpanned(True)
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = top.font(_WHAT)
        font.setBold(True)
        top.setFont(_WHAT, font)
        for line in lines:
            item = QTreeWidgetItem(top, [line.what, line.keys])
            item.setFirstColumnSpanned(not line.keys)
            if line.keys:  # a line without keys wraps, and needs its own height
                item.setSizeHint(_WHAT, QSize(0, height))
            item.setToolTip(_WHAT, line.what)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn to the other page by Shift+F1; go from the search field into the list by Down."""
        if event.keyCombination() == _OTHER_PAGE:
            self._pages.setCurrentIndex(1 - self._pages.currentIndex())
            self._pages.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in _INTO_LIST and self._line.hasFocus() and self._list.isVisible():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)
