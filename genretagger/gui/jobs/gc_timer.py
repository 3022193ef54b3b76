"""Garbage is collected on the GUI thread only.

Python collects cycles on whatever thread happens to allocate. A widget that is freed on a worker
thread crashes Qt: its objects must be deleted in the thread that they live in
(https://doc.qt.io/qt-6/threads-qobject.html).

A collection of the oldest generation looks at every object. With a hundred thousand rows that
stops the window for half a second, and finds nothing: rows are in no cycle. So what survives a
collection that takes long is set aside, and looked at again while the user looks at another
program. While rows come in or change, those of a second take 0.06 s to look at: several looks a
second, each at few of them, are not felt.
"""

from __future__ import annotations

import gc
import time
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_EVERY_MS: Final = 250
_LONG_S: Final = 0.005


class GarbageCollector(QObject):
    """Collects from a timer of the GUI thread, as often as Python itself would have done."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(collect_due)
        timer.start(_EVERY_MS)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state)

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationInactive:
            collect_all()


def collect_due() -> int | None:
    """Collect the oldest generation that is due, and return it; None if none is."""
    pairs = enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
    due = [generation for generation, (count, threshold) in pairs if count > threshold > 0]
    if not due:
        return None
    begun = time.perf_counter()
    gc.collect(due[-1])
    if time.perf_counter() - begun > _LONG_S:
        gc.freeze()
    return due[-1]


def collect_all() -> None:
    """Collect everything, also what was set aside."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
