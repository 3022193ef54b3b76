"""Makes the application and its window; the only module that knows of the process around them."""

from __future__ import annotations

import logging
import os
import signal
import sys
from pathlib import Path
from types import TracebackType
from typing import NoReturn

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMainWindow

from genretagger.core.logs import start_logging
from genretagger.core.resources import user_folders
from genretagger.core.settings_file import load_usable
from genretagger.gui.jobs.gc_timer import GarbageCollector
from genretagger.gui.jobs.pipeline_api import load_pipeline
from genretagger.gui.look.appearance import Appearance
from genretagger.gui.main_window import MainWindow
from genretagger.gui.settings.appearance_feature import apply_look
from genretagger.gui.shell.message_bar import show_bug
from genretagger.gui.widgets.icons import application_icon, icon
from genretagger.gui.widgets.translation import install_language

_LOG = logging.getLogger(__name__)
_NO_DISPLAY = (
    'Genretagger cannot open a window here: there is no display. "genretagger demo" shows what it'
    ' does without one; "genretagger analyse FOLDER" hears your music (see "genretagger --help").'
)
_EXIT_NO_DISPLAY = 2
_SIGNAL_CHECK_MS = 300
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def create_window(*, folder: Path | None = None) -> QMainWindow:
    """Return the main window, as the settings want it to look; with `folder`, it analyses at once.

    Needs an existing QApplication; neither shows the window nor runs the event loop. Reads a small
    file, before there is a window that could be kept waiting; the window will report what is wrong
    with it.
    """
    paths = () if folder is None else (folder.absolute(),)
    app = QApplication.instance()
    if app is not None:
        settings = load_usable(user_folders().settings)
        install_language(app, settings.language)
        apply_look(app, settings)
    return MainWindow(load=load_pipeline, paths=paths)


def main(folder: Path | None, *, debug: bool = False) -> int:
    """Run the application with its window on `folder`, or on its start page; return exit status.

    With `debug` every detail is logged, also to standard error. Where Qt cannot open a window: one
    sentence on standard error and exit status 2.
    """
    if _display_missing():
        sys.stderr.write(f"{_NO_DISPLAY}\n")
        return _EXIT_NO_DISPLAY
    start_logging(user_folders(), debug=debug)
    # Qt does not return from a missing platform: it reports a fatal message and aborts.
    qInstallMessageHandler(_on_qt_message)
    app = QApplication([sys.argv[0]])
    app.setApplicationName("genretagger")
    app.setApplicationDisplayName("Genretagger")
    app.setDesktopFileName("io.github.genretagger.Genretagger")  # tools/packaging/linux
    app.setWindowIcon(application_icon())
    Appearance(app, draw_icon=icon)
    sys.excepthook = _on_bug
    GarbageCollector(app)
    window = create_window(folder=folder)
    window.show()
    _close_on_signals(app, window)
    return app.exec()


def _display_missing() -> bool:
    """Return whether this is a Unix without any display named; a wrong name shows later."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
    """Send Qt's messages to the log; leave in order when it cannot open a window."""
    _LOG.log(_LEVELS[kind], "Qt: %s", message)
    if kind == QtMsgType.QtFatalMsg and "platform plugin" in (message or ""):
        _leave_without_display()


def _leave_without_display() -> NoReturn:
    sys.stderr.write(f"{_NO_DISPLAY}\n")
    sys.stderr.flush()
    os._exit(_EXIT_NO_DISPLAY)  # Qt would abort with a core dump


def _on_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell of an exception that left a slot: the window goes on."""
    _LOG.error("unexpected error", exc_info=(kind, error, trace))
    show_bug(error, user_folders().log, QApplication.activeWindow())


def _close_on_signals(app: QApplication, window: QMainWindow) -> None:
    """Let Ctrl-C in the terminal and SIGTERM close the window.

    So a write is finished or taken back, and no worker process is left. The event loop closes it: a
    signal may come while the window holds a lock that closing takes.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: QTimer.singleShot(0, window.close))
    timer = QTimer(app)
    timer.timeout.connect(lambda: None)  # Python sees a signal only when it runs
    timer.start(_SIGNAL_CHECK_MS)
