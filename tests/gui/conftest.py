"""Fixtures of the window: opened on a fake core, and nothing left behind."""

from __future__ import annotations

import gc
import threading
from functools import partial

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QProgressBar, QWidget

from genretagger.gui.jobs import job_runner
from genretagger.gui.look.appearance import Appearance
from genretagger.gui.main_window import MainWindow
from genretagger.gui.shell import window_state
from genretagger.gui.widgets.icons import icon
from genretagger.gui.widgets.item_views import ROW_ROLE
from genretagger.review.rows.confidence_levels import Levels
from tests.helpers.keyboard import Keys
from tests.helpers.waiting import LIMIT_MS, LIMIT_S


@pytest.fixture(scope="session")
def qapp(qapp):
    """Return pytest-qt's, in the look that the program has."""
    Appearance(qapp, draw_icon=icon)
    return qapp


@pytest.fixture
def look(qapp):
    """Return the look of the tests, which is as it was afterwards."""
    look = qapp.findChild(Appearance)
    yield look
    look.set_theme(Qt.ColorScheme.Unknown)
    look.set_text_scale(1.0)


@pytest.fixture(autouse=True)
def _nothing_left():
    """Fail a test that leaves a widget shown or a thread of ours running.

    As in the program, garbage is collected on the GUI thread only (gui/jobs/gc_timer.py). What was
    there before is set aside, as a look at every object of the test run takes longer than most
    tests.
    """
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        gc.enable()
    app = QApplication.instance()
    if app is not None:
        app.processEvents()
        shown = [widget for widget in app.topLevelWidgets() if widget.isVisible()]
        assert not shown, f"still shown: {shown}"
    names = [thread.name for thread in threading.enumerate()]
    assert not [name for name in names if name.startswith("genretagger-")], names


@pytest.fixture(autouse=True)
def _keys_are_up():
    """Let go of Ctrl and the like: a dialog that closes by them is not there for their release.

    Qt goes by the keys that it holds for pressed, also where a test selects a row.
    """
    yield
    if QApplication.instance() is not None:
        QTest.keyRelease(QWidget(), Qt.Key.Key_Control)
        assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


@pytest.fixture(autouse=True)
def _short_ticks(monkeypatch):
    """Look for what a job has done ten times as often as the program does.

    Nearly every test of the window waits for several of these ticks. test_jobs.py and test_flow.py
    keep the true ones.
    """
    monkeypatch.setattr(job_runner, "DRAIN_EVERY_MS", 10)
    monkeypatch.setattr(job_runner, "_TASK_POLL_MS", 5)


@pytest.fixture
def qtbot(qtbot):
    """Return pytest-qt's, which waits as long as a slow machine takes."""
    for name in ("waitExposed", "waitSignal", "waitSignals", "waitUntil"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=LIMIT_MS))
    return qtbot


@pytest.fixture(autouse=True)
def _window_is_patient(monkeypatch):
    """Let the window wait for its threads, however slow the machine is."""
    for module in (job_runner, window_state):
        monkeypatch.setattr(module, "_PATIENCE_S", LIMIT_S)


@pytest.fixture
def levels():
    """Return what the manifest is to say; tests of levels bring their own."""
    return Levels()


@pytest.fixture(autouse=True)
def _levels_of_the_model(monkeypatch, levels):
    monkeypatch.setattr("genretagger.pipeline.starting.model_levels", lambda: levels)


class Driver:
    """Uses a window as a test or a user would."""

    def __init__(self, window, qtbot):
        self.window = window
        self.qtbot = qtbot
        self.table = window.findChild(object, "trackTable")

    def action(self, name):
        return self.window.findChild(object, name)

    def trigger(self, name):
        action = self.action(name)
        assert action.isEnabled(), name
        action.trigger()

    def rows(self):
        model = self.table.model()
        return [model.index(position, 0).data(ROW_ROLE) for position in range(model.rowCount())]

    def row(self, name):
        return next(row for row in self.rows() if row.path.name == name)

    def select(self, *names):
        self.table.clearSelection()
        model = self.table.selectionModel()
        for position, row in enumerate(self.rows()):
            if row.path.name in names:
                index = self.table.model().index(position, 0)
                model.select(index, model.SelectionFlag.Select | model.SelectionFlag.Rows)

    def wait_idle(self):
        analyse = self.action("analyseAction")
        self.qtbot.waitUntil(analyse.isEnabled)

    def wait_pauses(self):
        """Wait for all that the window does once the user rests; it may go on on a thread."""
        self.qtbot.waitUntil(lambda: not any(timer.isSingleShot() for timer in self.timers()))

    def rest(self):
        """Wait until the window does nothing by itself any more."""
        self.qtbot.waitUntil(lambda: self.timers() == [])

    def end_pauses(self):
        """Let the user rest now; for pauses that no machine is too slow for, see `LIMIT_MS`."""
        for timer in self.timers():
            if timer.isSingleShot():
                timer.setInterval(0)

    def timers(self):
        """Return the timers that run: of a pause, a job, a task. An idle window has none."""
        return [timer for timer in self.window.findChildren(QTimer) if timer.isActive()]

    def write(self):
        from PySide6.QtWidgets import QDialog, QDialogButtonBox

        self.trigger("writeAction")
        dialog = self.window.findChild(QDialog, "writePreviewDialog")
        assert dialog.isVisible()
        box = dialog.findChild(QDialogButtonBox)
        box.button(QDialogButtonBox.StandardButton.Ok).click()
        assert not self.action("analyseAction").isEnabled()
        self.wait_idle()

    def undo_earlier_write(self):
        """Undo a write of an earlier session, which is asked about."""
        self.trigger("undoAction")
        self.window.findChild(object, "undoConfirmDialog").findChild(
            object, "confirmButton"
        ).click()
        assert not self.action("analyseAction").isEnabled()

    def status(self):
        return self.window.statusBar().currentMessage()

    @property
    def filter_edit(self):
        return self.window.findChild(QLineEdit, "filterEdit")

    @property
    def progress(self):
        return self.window.findChild(QProgressBar, "progressBar")


@pytest.fixture
def opened(qtbot, tmp_path):
    """Return a function that opens a window on a fake core; all are closed at the end."""
    windows = []

    def opened(core, *, folder=None, shown=True, wait=True):
        paths = (tmp_path if folder is None else folder,)
        window = MainWindow(load=lambda: core, paths=paths)
        windows.append(window)
        if shown:
            window.show()
        driver = Driver(window, qtbot)
        if wait:
            driver.wait_idle()
        return driver

    yield opened
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def driver(opened, core):
    """Return the window on the `core` of a module of tests."""
    return opened(core)


@pytest.fixture
def press(driver, qtbot):
    """Return what presses keys in the window."""
    return Keys(driver, qtbot)


@pytest.fixture
def judged(qapp):
    """Return a function that has Qt judge a model from now on; a fault ends the run."""
    testers = []

    def judged(model):
        fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
        testers.append(QAbstractItemModelTester(model, fatal))
        return model

    return judged
