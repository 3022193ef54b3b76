"""Open the window as the program does and end at its first paint: a process for `start_up`.

Imports nothing else at the top, because what this process imports is what is measured.
"""

from __future__ import annotations

import os

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from genretagger.gui.app import create_window
from genretagger.gui.look.appearance import Appearance
from genretagger.gui.widgets.icons import icon


class EndAtPaint(QObject):
    """Ends the process once the widget that it watches was painted."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let everything pass."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: os._exit(0))
        return False


def main() -> None:
    """Open the window."""
    app = QApplication([])
    Appearance(app, draw_icon=icon)
    window = create_window()
    end = EndAtPaint()
    window.installEventFilter(end)
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
