"""How cells are painted and edited: the confidence bar, middle elision, the genre editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from genretagger.gui.track_table import ROW_ROLE
from genretagger.review.decisions import GENRE_SEPARATOR
from genretagger.review.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QAbstractItemModel

Index = QModelIndex | QPersistentModelIndex

_MARGIN = 8
_LINE_HEIGHT = 1.6
_BAR_HEIGHT = 6.0
_WIDEST_NUMBER = "100 %"


class MiddleElideDelegate(QStyledItemDelegate):
    """Elide in the middle: the end of a file name tells as much as its beginning."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class RoomyDelegate(QStyledItemDelegate):
    """Give every line some air."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), round(option.fontMetrics.height() * _LINE_HEIGHT))


class ConfidenceDelegate(QStyledItemDelegate):
    """A bar as long as the confidence, and its number: the bar is hollow when it is Unsure."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        widget = option.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        row = index.data(ROW_ROLE)
        confidence = row.shown_confidence if isinstance(row, Row) else None
        if confidence is not None:
            hollow = row.prediction.unsure is not None
            _paint_bar(painter, option, text, confidence, hollow=hollow)


def _paint_bar(
    painter: QPainter, option: QStyleOptionViewItem, text: str, confidence: float, *, hollow: bool
) -> None:
    palette: QPalette = option.palette
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    role = QPalette.ColorRole
    ink = palette.color(role.HighlightedText if selected else role.Text)
    bar = ink if selected else palette.color(role.Highlight)
    cell = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
    number = option.fontMetrics.horizontalAdvance(_WIDEST_NUMBER)
    room = QRectF(cell).adjusted(0, 0, -number - _MARGIN, 0)
    track = QRectF(room.left(), room.center().y() - _BAR_HEIGHT / 2, room.width(), _BAR_HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = palette.color(role.HighlightedText if selected else role.Text)
    ground.setAlphaF(0.15)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(track, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
    filled = QRectF(track)
    filled.setWidth(max(_BAR_HEIGHT, track.width() * confidence))
    if hollow:
        painter.setPen(QPen(bar, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        filled.adjust(0.6, 0.6, -0.6, -0.6)
    else:
        painter.setBrush(bar)
    painter.drawRoundedRect(filled, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
    painter.setPen(ink)
    painter.drawText(cell, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()


class GenreDelegate(QStyledItemDelegate):
    """Edit genres in place, completing the one being typed; several are separated by semicolons.

    Parameters
    ----------
    genres : Callable[[], list[str]]
        Returns what can be completed: the vocabulary and the genres found in the library.
    """

    def __init__(self, genres: Callable[[], list[str]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._genres = genres

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> GenreEdit:
        editor = GenreEdit(self._genres(), parent)
        editor.chosen.connect(self._on_chosen)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, GenreEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            # After the view has given it the focus.
            QTimer.singleShot(0, editor, editor.selectAll)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Take Return before Qt does, which would commit a second time."""
        if isinstance(editor, GenreEdit) and _is_return(event):
            editor.confirm()
            return True
        return super().eventFilter(editor, event)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand on what was confirmed by Return; Qt asks also when the focus goes elsewhere."""
        if isinstance(editor, GenreEdit) and editor.confirmed:
            super().setModelData(editor, model, index)

    def _on_chosen(self) -> None:
        editor = self.sender()
        if isinstance(editor, GenreEdit):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)


class GenreEdit(QLineEdit):
    """A line of genres; the one under the cursor is completed.

    Attributes
    ----------
    confirmed : bool
        Whether Return was pressed: anything else that closes the line discards it.
    """

    chosen = Signal()

    def __init__(self, genres: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("genreEdit")
        self.setAccessibleName(self.tr("Genres, separated by semicolons"))
        self.setFrame(False)
        self.setAutoFillBackground(True)
        self.confirmed = False
        self._completions = _LastGenreCompleter(genres, self)
        self.setCompleter(self._completions)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a Return that the list of completions hands on, and would else only close it."""
        if _is_return(event):
            self.confirm()
        else:
            super().keyPressEvent(event)

    def confirm(self) -> None:
        """Keep the text; what is highlighted in the list is in it already."""
        self.confirmed = True
        popup = self._completions.popup()
        if popup is not None:
            popup.hide()
        self.chosen.emit()


def _is_return(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyPress
        and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    )


class _LastGenreCompleter(QCompleter):
    """Completes what follows the last semicolon and keeps what stands before it."""

    def __init__(self, genres: list[str], parent: QObject) -> None:
        super().__init__(genres, parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(GENRE_SEPARATOR)[2].strip()]

    def pathFromIndex(self, index: Index) -> str:
        widget = self.widget()
        typed = widget.text() if isinstance(widget, QLineEdit) else ""
        before = typed.rpartition(GENRE_SEPARATOR)[0]
        chosen = str(index.data(Qt.ItemDataRole.DisplayRole))
        return f"{before}{GENRE_SEPARATOR} {chosen}" if before else chosen
