"""The tool bar: the most frequent actions beside the menus, those of jobs while they can act."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QRegion
from PySide6.QtWidgets import QMainWindow, QMenuBar, QToolBar, QToolButton

from genretagger.gui.shell import actions
from genretagger.gui.shell.actions import Actions

_translate = QCoreApplication.translate
_ICON: Final = 20
_GAP: Final = 16  # least pixels between menus and tools
_LINE = ""  # a separator
# What comes and goes is at the left, as the bar ends at the right: what is always there then never
# moves below the mouse.
_SHOWN: Final = (
    actions.ANALYSE, actions.PAUSE, actions.STOP, actions.WRITE, actions.UNDO, _LINE,
    actions.OPEN_FOLDER, _LINE,
    actions.ACCEPT, actions.REJECT, actions.EDIT, _LINE, actions.GENRE_SET,
)  # fmt: skip
_WHILE_THEY_ACT: Final = frozenset(
    {actions.ANALYSE, actions.PAUSE, actions.STOP, actions.WRITE, actions.UNDO}
)
_OF_A_JOB: Final = frozenset({actions.PAUSE, actions.STOP})  # then the others of these cannot act


class ToolBar(QToolBar):
    """Shows words beside the icons where there is room, and nothing that cannot act now.

    What decides on tracks stays in its place while no track is chosen: it is used all the time.
    """

    fitted = Signal()

    def __init__(self, made: Actions) -> None:
        super().__init__(_translate("Menus", "Tools"))
        self.setObjectName("toolBar")
        self.setMovable(False)
        self.setContentsMargins(0, 0, 0, 0)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._room: int | None = None
        self._has_words = True
        self._shown: list[QAction] = []
        for name in _SHOWN:
            self._shown.append(made.named(name) if name else self._separator())
        for action in self._shown:
            if action.objectName() in _WHILE_THEY_ACT:
                action.enabledChanged.connect(self._arrange)
        self._arrange()

    def _separator(self) -> QAction:
        line = QAction(self)
        line.setSeparator(True)
        return line

    def set_room(self, width: int) -> None:
        """Show words beside the icons only if those of all tools without a job fit into `width`."""
        if width != self._room:
            self._room = width
            self._put([one for one in self._shown if one.objectName() not in _OF_A_JOB])
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._has_words = self.sizeHint().width() <= width
            self._arrange()

    def _arrange(self) -> None:
        """Show the actions that can act, in their order; no line before the first or last one."""
        wanted: list[QAction] = []
        for action in self._shown:
            is_idle = action.objectName() in _WHILE_THEY_ACT and not action.isEnabled()
            is_doubled = action.isSeparator() and (not wanted or wanted[-1].isSeparator())
            if not (is_idle or is_doubled):
                wanted.append(action)
        self._put(wanted)
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if self._has_words else style.ToolButtonIconOnly
        )
        self.fitted.emit()

    def _put(self, wanted: list[QAction]) -> None:
        """Make `wanted` the actions of the bar."""
        if wanted == self.actions():
            return
        for action in self.actions():
            self.removeAction(action)
        self.addActions(wanted)
        for action in wanted:
            button = self.widgetForAction(action)
            if isinstance(button, QToolButton) and action.menu() is not None:
                button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)


class _Placer(QObject):
    """Keeps the tool bar at the end of the menu bar, in the room that the menus leave."""

    def __init__(self, menus: QMenuBar, bar: ToolBar) -> None:
        super().__init__(menus)
        self._menus, self._bar = menus, bar
        bar.setParent(menus)
        bar.fitted.connect(self._place)
        menus.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.LayoutRequest
        if event.type() in kinds:
            self._place()
        return False

    def _place(self) -> None:
        menus, bar = self._menus, self._bar
        titles = QRegion()
        for one in menus.actions():
            titles += menus.actionGeometry(one)
        room = max(0, menus.width() - titles.boundingRect().width() - _GAP)
        bar.set_room(room)
        size = bar.sizeHint()
        width = min(size.width(), room)  # the rest is in the menu at the end of the bar
        is_ltr = menus.layoutDirection() == Qt.LayoutDirection.LeftToRight
        left = menus.width() - width if is_ltr else 0
        bar.setGeometry(left, 0, width, menus.height())


def place_tool_bar(window: QMainWindow, made: Actions) -> None:
    """Put the tools at the end of the menus; on a line of their own if the system has the menus."""
    bar, menus = ToolBar(made), window.menuBar()
    if menus.isNativeMenuBar():
        window.addToolBar(bar)
        return
    _Placer(menus, bar)
