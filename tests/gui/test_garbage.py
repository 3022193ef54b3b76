"""Cycles with widgets in them are freed on the GUI thread, whoever makes garbage."""

from __future__ import annotations

import gc
import threading

from PySide6.QtWidgets import QApplication, QWidget

from genretagger.gui.garbage import GarbageCollector, collect_due


class Knot(QWidget):
    """A widget in a cycle, which tells the thread that frees it."""

    freed_on: list[str] = []  # noqa: RUF012 - of this test only

    def __init__(self):
        super().__init__()
        self.itself = self

    def __del__(self):
        self.freed_on.append(threading.current_thread().name)


def make_garbage():
    for _ in range(20_000):
        knot = []
        knot.append(knot)


def test_a_worker_thread_frees_no_widget(qtbot):
    gc.enable()
    gc.collect()
    collector = GarbageCollector(QApplication.instance())
    try:
        Knot.freed_on.clear()
        Knot()
        worker = threading.Thread(target=make_garbage, name="worker")
        worker.start()
        worker.join()
        assert Knot.freed_on == []
        qtbot.waitUntil(lambda: Knot.freed_on == ["MainThread"], timeout=5000)
    finally:
        collector.deleteLater()


def test_what_is_due_is_collected_and_nothing_else():
    gc.collect()
    assert collect_due() is None
    make_garbage()
    assert collect_due() is not None
