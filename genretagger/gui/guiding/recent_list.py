"""The folders that were opened last, as a column of buttons."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionFocusRect,
    QToolButton,
    QWidget,
)

from genretagger.gui.widgets.icons import icon
from genretagger.gui.widgets.texts import path_text, tooltip

_MARGIN, _GAP = 8, 12
_REMOVE = "removeRecent{}Button"  # the object name, by number
_DIMMED = QPalette.ColorRole.PlaceholderText


class RecentButton(QPushButton):
    """A flat button with the name of a folder, and its path behind it as far as there is room."""

    def __init__(self, path: Path, *, away: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(True)  # Return presses it
        name = path.name or path_text(path)
        self._path = path_text(path)
        self._place = QLabel()
        self._place.setForegroundRole(_DIMMED)
        labels = [QLabel(path_text(Path(name))), self._place]
        spoken = [labels[0].text(), self._path]
        if away:
            labels.insert(1, QLabel(self.tr("not available right now")))
            labels[1].setObjectName("recentAway")
            spoken.insert(1, labels[1].text())
            labels[0].setForegroundRole(_DIMMED)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        self._layout.setSpacing(_GAP)
        for label in labels:
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._layout.addWidget(label, 1 if label is self._place else 0)
        self.setAccessibleName(", ".join(spoken))
        self.setToolTip(tooltip(self._path))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() + _GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a ground below the mouse, and a frame for the focus; a flat button has neither."""
        painter, option = QPainter(self), QStyleOptionFocusRect()
        option.initFrom(self)
        state, primitive = QStyle.StateFlag, QStyle.PrimitiveElement
        option.state |= state.State_AutoRaise
        option.state |= state.State_Sunken if self.isDown() else state.State_Raised
        self.style().drawPrimitive(primitive.PE_PanelButtonTool, option, painter, self)
        if self.hasFocus():
            self.style().drawPrimitive(primitive.PE_FrameFocusRect, option, painter, self)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._layout.activate()
        metrics = QFontMetrics(self._place.font())
        room = self._place.width()
        self._place.setText(metrics.elidedText(self._path, Qt.TextElideMode.ElideMiddle, room))


class RecentList(QWidget):
    """One button for each folder; one that is away can be removed, also by Delete."""

    opened = Signal(object)  # the path
    removed = Signal(object)  # the path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recentList")
        self.setAccessibleName(self.tr("Recent folders"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._buttons: list[RecentButton] = []
        self._shown: tuple[tuple[Path, bool], ...] = ()

    def show_folders(self, paths: Sequence[Path], *, away: Collection[Path]) -> None:
        """Show these folders; nothing changes, and no focus is lost, if they are shown."""
        shown = tuple((path, path in away) for path in paths)
        if shown == self._shown:
            return
        self._shown = shown
        row = self._focused_row()
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # explicitly, or the layout may yet show it, as a window
                widget.setParent(None)
                widget.deleteLater()
        self._buttons = [self._add(n, path, is_away) for n, (path, is_away) in enumerate(shown)]
        for child in self.findChildren(QAbstractButton):
            child.show()  # the layout would do so later, and what is hidden takes no focus
        if row is not None and self._buttons:
            self._buttons[min(row, len(self._buttons) - 1)].setFocus()

    def first(self) -> QWidget | None:
        """Return the button of the folder that was opened last, None if there is none."""
        return self._buttons[0] if self._buttons else None

    def _focused_row(self) -> int | None:
        """Return the number of the folder that has the focus, None if none has it."""
        for row, button in enumerate(self._buttons):
            remove = self.findChild(QToolButton, _REMOVE.format(row + 1))
            if button.hasFocus() or (remove is not None and remove.hasFocus()):
                return row
        return None

    def _add(self, row: int, path: Path, is_away: bool) -> RecentButton:
        button = RecentButton(path, away=is_away)
        button.setObjectName(f"recentFolder{row + 1}Button")
        button.clicked.connect(lambda: self.opened.emit(path))
        self._grid.addWidget(button, row, 0)
        if is_away:
            self._grid.addWidget(self._remove_button(row, path), row, 1)
            button.installEventFilter(self)
        return button

    def _remove_button(self, row: int, path: Path) -> QToolButton:
        button = QToolButton()
        button.setObjectName(_REMOVE.format(row + 1))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setIcon(icon("reject", self.palette()))
        text = self.tr("Remove {folder} from this list").format(folder=path_text(path))
        button.setAccessibleName(text)
        button.setToolTip(tooltip(self.tr("{action} (Del)").format(action=text)))
        button.clicked.connect(lambda: self.removed.emit(path))
        return button

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Remove a folder that is away by its key."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Delete
            and watched in self._buttons
        ):
            self.removed.emit(self._shown[self._buttons.index(watched)][0])
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for button in self.findChildren(QToolButton):
                button.setIcon(icon("reject", self.palette()))
