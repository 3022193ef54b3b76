"""Cycles with widgets in them are freed on the GUI thread, whoever makes garbage."""

from __future__ import annotations

import gc
import math
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from genretagger.gui.jobs import gc_timer
from genretagger.gui.jobs.gc_timer import GarbageCollector, collect_due


@pytest.fixture(autouse=True)
def _nothing_set_aside():
    yield
    gc.unfreeze()


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
        qtbot.waitUntil(lambda: Knot.freed_on == ["MainThread"])
    finally:
        collector.deleteLater()


def test_what_is_due_is_collected_and_nothing_else():
    gc.collect()
    assert collect_due() is None
    make_garbage()
    assert collect_due() is not None


def test_what_was_set_aside_is_collected_while_nobody_looks(qtbot):
    gc.enable()
    gc.collect()
    app = QApplication.instance()
    collector = GarbageCollector(app)
    try:
        Knot.freed_on.clear()
        gc.freeze()
        knot = Knot()
        gc.freeze()
        del knot
        gc.collect()
        assert Knot.freed_on == []
        app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
        assert Knot.freed_on == ["MainThread"]
    finally:
        collector.deleteLater()


def test_what_takes_long_to_look_at_is_set_aside(monkeypatch):
    monkeypatch.setattr(gc_timer, "_LONG_S", 0)
    gc.collect()
    frozen = gc.get_freeze_count()
    kept = [[number] for number in range(30_000)]
    assert collect_due() is not None
    assert gc.get_freeze_count() > frozen + len(kept)


def test_what_takes_no_time_to_look_at_is_looked_at_again(monkeypatch):
    monkeypatch.setattr(gc_timer, "_LONG_S", math.inf)
    few = [[number] for number in range(2000)]
    frozen = gc.get_freeze_count()
    assert collect_due() is not None
    assert gc.get_freeze_count() == frozen
    assert len(few) == 2000


def test_a_collection_of_all_does_not_look_at_what_survived_the_last_one(monkeypatch):
    monkeypatch.setattr(gc_timer, "_LONG_S", 0)
    kept = [[number] for number in range(50_000)]
    gc.collect()
    for _ in range(200):
        make_garbage()
        if collect_due() == 2:
            break
    assert gc.get_freeze_count() > len(kept)
    assert len(gc.get_objects()) < len(kept)
