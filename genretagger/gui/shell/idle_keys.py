"""Says why a key does nothing: a disabled action only leaves the user guessing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

from genretagger.gui.shell.feature import Feature, FeatureContext


class IdleKeysFeature(Feature):
    """Answers the keys of disabled actions with the problem that `Actions.allow` was given.

    A key event comes to the table, and from anywhere to the window, only if no action took it. The
    table comes first: else a letter would search its rows.
    """

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        context.page.table.installEventFilter(self)
        context.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            problem = self._context.actions.problem_of(event.keyCombination())
            if problem:
                self._context.say(problem)
                return True
        return super().eventFilter(watched, event)
