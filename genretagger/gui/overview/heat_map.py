"""The heat map of genres in tags against genres heard: a table with shaded cells."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from genretagger.core.errors import printable
from genretagger.gui.look.colours import mixed_colour
from genretagger.gui.look.palettes import text_on
from genretagger.gui.widgets.item_views import LEFT, ROOT, Index
from genretagger.gui.widgets.keys import RETURN_KEYS, claim_key
from genretagger.gui.widgets.record_table import RecordTableModel
from genretagger.gui.widgets.texts import tooltip
from genretagger.review.statistics.confusion import Confusion

_LEAST_SHADE: Final = 0.12
_LINES: Final = 1.8  # height of a row
_FRAME, _FOCUS = 1.0, 3.0
_AGREES_ROLE = Qt.ItemDataRole.UserRole
_SHADE_ROLE = Qt.ItemDataRole.UserRole + 1


class ConfusionModel(RecordTableModel[Sequence[int]]):
    """The counts of a confusion; the last row or column may stand for all other genres."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._confusion = Confusion()
        self._most = 1

    def show_confusion(self, confusion: Confusion) -> None:
        """Show the counts of `confusion`."""
        self._confusion = confusion
        self._most = max((n for counts in confusion.counts for n in counts), default=1)
        self.show(confusion.counts)

    def headings(self) -> tuple[str, ...]:
        return ()  # they depend on what is shown

    def pair(self, index: Index) -> tuple[str | None, str | None]:
        """Return the genre in tags and the genre heard of a cell, None for all other genres."""
        tagged, heard = self._confusion.tagged, self._confusion.heard
        row, column = index.row(), index.column()
        return (
            tagged[row] if row < len(tagged) else None,
            heard[column] if column < len(heard) else None,
        )

    def n_at(self, index: Index) -> int:
        """Return the count of a cell."""
        return self.records[index.row()][index.column()]

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._confusion.n_columns

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        across = orientation == Qt.Orientation.Horizontal
        names = self._confusion.heard if across else self._confusion.tagged
        n_sections = self.columnCount() if across else self.rowCount()
        if not 0 <= section < n_sections:
            return None
        name = printable(names[section]) if section < len(names) else self.tr("other")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.ToolTipRole:
                text = self.tr("Heard: {genre}") if across else self.tr("In tags: {genre}")
                return tooltip(text.format(genre=name))
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter if across else LEFT
        return None

    def text(self, counts: Sequence[int], column: int) -> str:
        return str(counts[column] or "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(self.sentence(index))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.sentence(index)
        if role == _SHADE_ROLE:
            n = self.n_at(index)
            return math.sqrt(n / self._most) if n else 0.0
        return self._agrees(index) if role == _AGREES_ROLE else super().data(index, role)

    def _agrees(self, index: Index) -> bool:
        agreeing = self._confusion.agreeing
        return index.row() < len(agreeing) and index.column() in agreeing[index.row()]

    def sentence(self, index: Index) -> str:
        """Return a cell in words."""
        tagged, heard = self.pair(index)
        other = self.tr("other genres")
        text = self.tr("Tagged {tagged}, heard {heard}; tracks: {n}")
        named = printable(tagged) if tagged else other
        return text.format(tagged=named, heard=heard or other, n=self.n_at(index))


class _ShadeDelegate(QStyledItemDelegate):
    """Paints a count on a shade of its depth, with a frame where tags and hearing agree."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette: QPalette = option.palette
        base = palette.color(QPalette.ColorRole.Base)
        shade = float(index.data(_SHADE_ROLE))
        ground = base
        if shade:
            hue = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Accent)
            ground = mixed_colour(base, hue, _LEAST_SHADE + (1 - _LEAST_SHADE) * shade)
        cell = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.fillRect(cell, ground)
        painter.setPen(text_on(ground))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, index.data())
        view = option.widget
        is_current = isinstance(view, QTableView) and view.currentIndex() == index
        if is_current and view.hasFocus():
            self._frame(painter, cell, palette.color(QPalette.ColorRole.Text), _FOCUS)
            inside = cell.adjusted(_FOCUS, _FOCUS, -_FOCUS, -_FOCUS)
            self._frame(painter, inside, base, _FRAME)
        elif index.data(_AGREES_ROLE):
            self._frame(painter, cell, palette.color(QPalette.ColorRole.Text), _FRAME)
        painter.restore()

    def _frame(self, painter: QPainter, cell: QRectF, colour: QColor, width: float) -> None:
        pen = QPen(colour, width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        painter.drawRect(cell.adjusted(half, half, -half, -half))


class HeatMap(QTableView):
    """Shows all cells at once; arrow keys move, Return or a click chooses."""

    chosen = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("heatMap")
        self.setAccessibleName(self.tr("Genres in tags against genres heard"))
        self.cells = ConfusionModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(_ShadeDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(1)
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for header in (across, down):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.clicked.connect(self.chosen)

    def show_confusion(self, confusion: Confusion) -> None:
        """Show `confusion`; the current cell stays current if it still exists."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        height = round(_LINES * self.fontMetrics().height())
        self.verticalHeader().setDefaultSectionSize(height)
        self.cells.show_confusion(confusion)
        row = min(max(0, row), self.cells.rowCount() - 1)
        column = min(max(0, column), self.cells.columnCount() - 1)
        self.setCurrentIndex(self.cells.index(row, column))
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        rows = self.cells.rowCount() * self.verticalHeader().defaultSectionSize()
        return QSize(480, self.horizontalHeader().sizeHint().height() + rows + 2)

    def event(self, event: QEvent) -> bool:
        """Keep Return from the window, which would edit a track."""
        return claim_key(event, RETURN_KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in RETURN_KEYS and index.isValid():
            self.chosen.emit(index)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
