"""A menu that stays open while several of its actions are checked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu


class PersistentMenu(QMenu):
    """Space and a click check an action and keep the menu open; Return also closes it."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:  # Space would play a track
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and _can_be_checked(action):
            action.trigger()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if _can_be_checked(action) and action is self.activeAction():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)


def _can_be_checked(action: QAction | None) -> bool:
    return action is not None and action.isCheckable() and action.isEnabled()
