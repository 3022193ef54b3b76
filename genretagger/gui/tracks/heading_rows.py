"""Headings in the view of the tracks: painted over all columns, folded by keys and by the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView

from genretagger.gui.tracks.album_header import HeadingLook, cover_side, is_on_sign, paint_heading
from genretagger.review.table.album_groups import AlbumGroup
from genretagger.review.table.row_groups import GroupKey

if TYPE_CHECKING:
    from genretagger.gui.tracks.track_model import TrackTableModel

_MOST_COVERS = 1000  # of a few kilobytes each


class HeadingRows(QObject):
    """Paints the headings of a view, and folds them.

    Covers are asked for when a heading is painted, and shown when they come.
    """

    cover_asked = Signal(object)  # AlbumGroup

    def __init__(self, view: QTableView, tracks: TrackTableModel) -> None:
        super().__init__(view)
        self._view, self._tracks = view, tracks
        self._covers: dict[GroupKey, QImage] = {}
        view.horizontalScrollBar().valueChanged.connect(self._on_scrolled_sideways)
        view.selectionModel().currentChanged.connect(self._on_current_changed)

    # Painting

    def paint(self, event: QPaintEvent) -> None:
        """Paint headings over their cells, which is faster than a span for each."""
        if not self._tracks.is_grouped:
            return
        view = self._view
        painter = QPainter(view.viewport())
        region = event.region().boundingRect()
        first, last = view.rowAt(region.top()), view.rowAt(region.bottom())
        last = last if last >= 0 else self._tracks.rowCount() - 1
        for position in range(max(first, 0), last + 1):
            if self._tracks.group_at(position) is not None:
                self._paint_one(painter, position)
        painter.end()

    def _paint_one(self, painter: QPainter, position: int) -> None:
        view, group = self._view, self._tracks.group_at(position)
        index = self._tracks.index(position, 0)
        cover = None
        if isinstance(group, AlbumGroup):
            cover = self._covers.get(group.key)
            if cover is None:
                self.cover_asked.emit(group)
                cover = QImage()
        look = HeadingLook(
            *self._tracks.heading_at(position),
            is_folded=self._tracks.is_folded(position),
            is_selected=view.selectionModel().isSelected(index),
            is_current=view.hasFocus() and view.currentIndex().row() == position,
            cover=cover,
        )
        paint_heading(painter, self._rect(position), look, widget=view)

    def _rect(self, position: int) -> QRect:
        top, height = self._view.rowViewportPosition(position), self._view.rowHeight(position)
        return QRect(0, top, self._view.viewport().width(), height)

    def cover_px(self) -> int:
        """Return the side of a cover in pixels of the screen."""
        height = self._view.verticalHeader().defaultSectionSize()
        return round(cover_side(height) * self._view.devicePixelRatio())

    def show_cover(self, group: AlbumGroup, cover: QImage) -> None:
        """Show the cover of an album from now on; a null image means that there is none."""
        if len(self._covers) == _MOST_COVERS:
            del self._covers[next(iter(self._covers))]
        self._covers[group.key] = cover
        self._view.viewport().update()

    def forget_covers(self) -> None:
        """Ask for all covers anew when they are painted."""
        self._covers.clear()
        self._view.viewport().update()

    def _on_scrolled_sideways(self) -> None:
        """Repaint headings, which Qt has scrolled with the cells."""
        if self._tracks.is_grouped:
            self._view.viewport().update()

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Repaint a whole heading when it gets or loses the focus; Qt repaints one cell."""
        for index in (current, previous):
            if index.isValid() and self._tracks.group_at(index.row()) is not None:
                self._view.viewport().update()

    # Folding

    def takes_key(self, event: QKeyEvent) -> bool:
        """Fold or unfold the current heading by Left and Right, with Ctrl all; else return False.

        On a heading that is folded or open already, Right goes to its first track.
        """
        keys = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}
        folded = keys.get(Qt.Key(event.key()))
        index = self._view.currentIndex()
        if folded is None or not (self._tracks.is_grouped and index.isValid()):
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            self._fold_all(folded=folded)
            return True
        if modifiers or self._tracks.group_at(index.row()) is None:
            return False
        if not folded and not self._tracks.is_folded(index.row()):
            self._go_to(index.row() + 1)
        self.fold(index.row(), folded=folded)
        return True

    def takes_click(self, point: QPoint) -> bool:
        """Fold or unfold the heading whose sign is at `point`; return False for another place."""
        position = self._view.rowAt(point.y())
        if position < 0 or self._tracks.group_at(position) is None or not is_on_sign(point.x()):
            return False
        self._go_to(position)
        self.fold(position, folded=not self._tracks.is_folded(position))
        return True

    def fold(self, position: int, *, folded: bool) -> None:
        """Fold or unfold a heading; if the current row is below it, the heading becomes current."""
        if folded and self._view.currentIndex().row() in self._tracks.below(position):
            self._go_to(position)
        self._tracks.fold(position, folded=folded)

    def _fold_all(self, *, folded: bool) -> None:
        """Fold or unfold all headings; the one above the current row becomes current."""
        heading = self._tracks.heading_above(self._view.currentIndex().row())
        if folded:
            self._go_to(heading)
        self._tracks.fold_all(folded=folded)
        self._view.scrollTo(self._view.currentIndex())

    def _go_to(self, position: int) -> None:
        index = self._tracks.index(position, max(self._view.currentIndex().column(), 0))
        command = QItemSelectionModel.SelectionFlag
        self._view.selectionModel().setCurrentIndex(index, command.ClearAndSelect | command.Rows)
