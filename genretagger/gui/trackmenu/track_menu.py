"""The context menu of tracks, of headings of albums and of the details."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QMenu

from genretagger.gui.shell import actions
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.menus import LINE, fill_menu
from genretagger.review.table.album_groups import AlbumGroup

_FILE: Final = (actions.SHOW_IN_FOLDER, actions.OPEN_WITH_PLAYER, actions.COPY_PATH)
_OF_TRACKS: Final = (
    actions.ACCEPT, actions.REJECT, actions.EDIT, actions.CLEAR, LINE,
    actions.TAKE_FIRST, actions.TAKE_SECOND, actions.TAKE_THIRD, LINE,
    actions.ACCEPT_ALBUM, actions.COPY_TO_ALBUM, actions.UNIFORM_ALBUM, LINE,
    actions.PLAY, *_FILE, LINE,
    actions.FILTER_BY, actions.RULE, LINE, actions.HEAR_ANEW,
)  # fmt: skip
_OF_ALBUMS: Final = (
    actions.ACCEPT_ALBUM, actions.UNIFORM_ALBUM, actions.COPY_TO_ALBUM, LINE,
    actions.ACCEPT, actions.REJECT, actions.CLEAR, LINE,
    actions.SHOW_IN_FOLDER, actions.COPY_PATH, LINE,
    actions.FILTER_BY_ALBUM, actions.FILTER_BY_FOLDER, actions.RULE, LINE, actions.HEAR_ANEW,
)  # fmt: skip
_WITHOUT_ROWS: Final = (actions.CLEAR_FILTER, actions.OPEN_FOLDER, actions.ADD_FOLDER)


class TrackMenuFeature(Feature):
    """Opens the menu by the right button, the menu key and Shift+F10.

    Not every platform turns the two keys into a context menu event, so they are handled here; the
    event that another one sends besides finds the menu open.
    """

    def __init__(self, context: FeatureContext, pane: QAbstractScrollArea) -> None:
        super().__init__(context)
        self._menu = QMenu(context.window)
        self._menu.setObjectName("trackMenu")
        for widget in (context.page.table, pane):
            widget.installEventFilter(self)
            widget.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent):
            if event.reason() == QContextMenuEvent.Reason.Mouse:
                self._open(self._names_at(watched, event), event.globalPos())
            else:
                self._open(self._names(), self._place(watched))
            return True
        if isinstance(event, QKeyEvent) and _asks_for_menu(event):
            self._open(self._names(), self._place(watched))
            return True
        return super().eventFilter(watched, event)

    def _names_at(self, watched: QObject, event: QContextMenuEvent) -> tuple[str, ...]:
        """Return the actions for a click, which below the rows means none of them."""
        table = self._context.page.table
        is_below = watched is table.viewport() and not table.indexAt(event.pos()).isValid()
        return _WITHOUT_ROWS if is_below else self._names()

    def _names(self) -> tuple[str, ...]:
        """Return the actions for what is selected."""
        table, model = self._context.page.table, self._context.review.model
        if not table.selectionModel().hasSelection():
            return _WITHOUT_ROWS
        current = table.currentIndex()
        group = model.group_at(current.row()) if current.isValid() else None
        return _OF_ALBUMS if isinstance(group, AlbumGroup) else _OF_TRACKS

    def _place(self, watched: QObject) -> QPoint:
        """Return where a menu opens that a key asks for: below the current row, or in the pane."""
        table = self._context.page.table
        if isinstance(watched, QAbstractScrollArea) and watched is not table:
            return watched.mapToGlobal(QPoint(0, 0))
        viewport = table.viewport().rect()
        cell = table.visualRect(table.currentIndex()).intersected(viewport)
        return table.viewport().mapToGlobal(cell.bottomLeft() if cell.isValid() else QPoint(0, 0))

    def _open(self, names: tuple[str, ...], point: QPoint) -> None:
        if self._menu.isVisible():
            return
        self._menu.clear()
        fill_menu(self._menu, names, self._context.actions)
        self._menu.popup(point)


def _asks_for_menu(event: QKeyEvent) -> bool:
    if event.type() != QEvent.Type.KeyPress:
        return False
    is_shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and is_shifted)
