"""Walks through every page and dialog of the window, on a made-up library.

Whoever needs all of the window (pictures, lists of names, tests) takes the stops one by one. Each
ends with its dialog closed, so that the next one can begin.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QListWidget, QWidget

from genretagger.gui.main_window import MainWindow
from genretagger.gui.widgets.item_views import ROW_ROLE
from tools.made_up_library import MadeUpPipeline

_PATIENCE_S = 20.0
_SETTLED_MS = 250  # longer than any timer that gathers changes
SIZE = (1180, 720)
_ACCEPTED = ("Copper Rain", "Leaving at Dawn", "Window One", "Brushes", "Mirror Hour")
_REJECTED = ("Slow Tide",)
_WRITTEN = ("County Road 9", "Porchlight", "Afternoon, Almost")
_REFUSED = "Nine Windows"
_LOOKED_AT = "Salt on the Wheel"
_DISSENTING = "Night Ferry"
_OF_A_STYLE = "Isobar"
_DATA = "/home/ana/.local/share/genretagger"  # not a folder of the machine that this runs on
_SYSTEM = "System: Linux-6.1.0-x86_64-with-glibc2.36, 8 processors"
_SETTINGS = ("listening", "writing", "mapping", "rules", "appearance")  # pages, as they stand


class Tour:
    """A window of `size` on the made-up library, and what shows each of its parts."""

    def __init__(self, folder: Path, *, size: tuple[int, int] = SIZE) -> None:
        self.core = MadeUpPipeline()
        self.window = MainWindow(load=lambda: self.core, paths=(folder,))
        self.window.resize(*size)
        self.window.show()
        self.table = self.part("trackTable")
        self.wait(self.action("analyseAction").isEnabled)

    def part(self, name: str) -> QWidget:
        """Return the widget of that object name in the window or one of its dialogs."""
        widget = self.window.findChild(QWidget, name)
        if widget is None:
            raise LookupError(name)
        return widget

    def action(self, name: str) -> QAction:
        """Return the action of that object name."""
        action = self.window.findChild(QAction, name)
        if action is None:
            raise LookupError(name)
        return action

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window work until `until` returns true."""
        end = time.monotonic() + _PATIENCE_S
        while not until():
            if time.monotonic() > end:
                raise TimeoutError(until)
            QTest.qWait(10)

    def select(self, *titles: str) -> None:
        """Select tracks by their titles; the last one is the current one."""
        self.table.clearSelection()  # type: ignore[attr-defined]
        model, selection = self.table.model(), self.table.selectionModel()  # type: ignore[attr-defined]
        flag = selection.SelectionFlag
        for position in range(model.rowCount()):
            index = model.index(position, 0)
            row = index.data(ROW_ROLE)
            if row is not None and row.path.stem[3:] in titles:  # "02 Copper Rain"
                selection.setCurrentIndex(index, flag.NoUpdate)
                selection.select(index, flag.Select | flag.Rows)
        QTest.qWait(10)

    def write(self) -> None:
        """Write the accepted tracks; one file is refused."""
        self.select(*_WRITTEN, _REFUSED)
        self.action("acceptAction").trigger()
        stop, refused = self.action("stopAction"), _REFUSED
        with self.dialog("writeAction", "writePreviewDialog") as preview:
            self.wait(lambda: not stop.isEnabled())  # files are checked before
            self.core.refuse = {path for path in self.core.tracks if path.stem.endswith(refused)}
            self.press(preview, "writeButton")
            self.wait(lambda: not stop.isEnabled())
        self.core.refuse = set()
        QTest.qWait(100)

    def decide(self) -> None:
        """Accept and reject some, so that every state is there."""
        self.action("reviewAction").trigger()
        self.select(*_ACCEPTED)
        self.action("acceptAction").trigger()
        self.select(*_REJECTED)
        self.action("rejectAction").trigger()
        self.look_at(_LOOKED_AT)

    def look_at(self, title: str) -> None:
        """Make a track the current one, and wait until its details are shown."""
        self.table.scrollToTop()  # type: ignore[attr-defined]
        self.select(title)
        cover, heard = self.part("coverView"), self.core.asked_envelopes
        self.wait(lambda: any(path.stem.endswith(title) for path in heard))
        self.wait(cover.has_image)  # type: ignore[attr-defined]
        QTest.qWait(_SETTLED_MS)

    @contextmanager
    def dialog(self, action: str, name: str) -> Iterator[QWidget]:
        """Open a dialog by its action; afterwards it is closed."""
        self.action(action).trigger()
        self.wait(lambda: self.window.findChild(QWidget, name) is not None)
        dialog = self.part(name)
        self.wait(dialog.isVisible)
        QTest.qWait(150)  # what it reads
        yield dialog
        self.close_dialogs()

    def close_dialogs(self) -> None:
        """Close every dialog that is open."""
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()
        QTest.qWait(30)

    def stops(self) -> Iterator[tuple[str, QWidget]]:
        """Yield each page and dialog by its name, while it is shown."""
        self.write()
        yield "result", self.window
        self.decide()
        yield "review", self.window
        self.look_at(_OF_A_STYLE)
        yield "style", self.window
        self.look_at(_LOOKED_AT)
        yield from self._pages()
        yield from self._dialogs()
        yield from self._settings()
        yield from self._learning()
        yield from self._about()
        self.table.selectAll()  # type: ignore[attr-defined]
        self.action("takeFirstAction").trigger()  # unsure ones too
        self.look_at(_LOOKED_AT)
        yield "all-decided", self.window
        QTest.keyClick(self.table, Qt.Key.Key_Menu)  # the last, as a menu takes the keys
        self.wait(self.part("trackMenu").isVisible)
        yield "menu", self.part("trackMenu")
        self.part("trackMenu").close()

    def _pages(self) -> Iterator[tuple[str, QWidget]]:
        self.action("groupAction").trigger()
        self.look_at(_DISSENTING)
        yield "grouped", self.window
        self.action("groupAction").trigger()
        self.action("foldersAction").trigger()
        QTest.qWait(_SETTLED_MS)
        yield "folders", self.window
        self.action("foldersAction").trigger()
        self.action("thresholdAction").trigger()
        QTest.qWait(100)
        yield "threshold", self.window
        QTest.keyClick(self.part("thresholdPanel"), Qt.Key.Key_Escape)
        yield from self._filters()
        self.action("overviewAction").trigger()
        QTest.qWait(100)
        yield "overview", self.window
        self.action("reviewAction").trigger()

    def _filters(self) -> Iterator[tuple[str, QWidget]]:
        line = self.part("filterEdit")
        line.setText("xylophone")  # type: ignore[attr-defined]
        QTest.qWait(_SETTLED_MS)
        yield "nothing-found", self.window
        line.setText("genre:rock conf:<0.99")  # type: ignore[attr-defined]
        QTest.qWait(_SETTLED_MS)
        self.look_at(_LOOKED_AT)
        yield "filtered", self.window
        with self.dialog("saveFilterAction", "saveFilterDialog") as dialog:
            yield "save-filter", dialog
            dialog.accept()  # type: ignore[attr-defined]
        self.part("savedFiltersMenu").aboutToShow.emit()  # type: ignore[attr-defined]
        with self.dialog("manageFiltersAction", "savedFiltersDialog") as dialog:
            yield "saved-filters", dialog
        self.window.statusBar().clearMessage()
        self.action("clearFilterAction").trigger()
        self.look_at(_LOOKED_AT)

    def _dialogs(self) -> Iterator[tuple[str, QWidget]]:
        for stop, action, name in (
            ("write-preview", "writeAction", "writePreviewDialog"),
            ("spellings", "spellingsAction", "spellingsDialog"),
            ("export", "exportAction", "exportDialog"),
            ("history", "historyAction", "historyDialog"),
            ("keys", "keySheetAction", "keySheet"),
        ):
            with self.dialog(action, name) as dialog:
                if stop == "export":  # not a folder of the machine that this runs on
                    self.part("exportPlaceEdit").setText("/home/ana/genres.csv")  # type: ignore[attr-defined]
                yield stop, dialog
                if stop == "keys":
                    self.part("keySheetPages").setCurrentIndex(1)  # type: ignore[attr-defined]
                    yield "signs", dialog

    def _settings(self) -> Iterator[tuple[str, QWidget]]:
        with self.dialog("settingsAction", "settingsDialog") as dialog:
            pages = dialog.findChild(QListWidget)
            for number, stop in enumerate(_SETTINGS):
                pages.setCurrentRow(number)
                QTest.qWait(30)
                yield f"settings-{stop}", dialog

    def _learning(self) -> Iterator[tuple[str, QWidget]]:
        with self.dialog("learnAction", "learnDialog") as dialog:
            yield "learn", dialog
            for stop, button in (("report", "reportButton"), ("form", "learnButton")):
                self.press(dialog, button)
                yield f"learn-{stop}", dialog
                self.press(dialog, "reportBackButton" if stop == "report" else "formBackButton")

    def _about(self) -> Iterator[tuple[str, QWidget]]:
        with self.dialog("aboutAction", "aboutDialog") as dialog:
            for name, place in (("Log", "/genretagger.log"), ("Data", ""), ("Journal", "/journal")):
                self.part(f"about{name}Path").setText(f"{_DATA}{place}")  # type: ignore[attr-defined]
            yield "about", dialog
            self.press(dialog, "modelCardButton")
            self.wait(lambda: self.window.findChild(QWidget, "modelCardDialog") is not None)
            yield "model-card", self.part("modelCardDialog")
        with self.dialog("reportAction", "reportDialog") as dialog:
            text = self.part("reportText")
            made = re.sub(r"System: .*", _SYSTEM, text.toPlainText())  # type: ignore[attr-defined]
            text.setPlainText(made)  # type: ignore[attr-defined]
            yield "report", dialog

    def press(self, dialog: QWidget, name: str) -> None:
        """Press a button of a dialog."""
        button = dialog.findChild(QAbstractButton, name)
        if button is None:
            raise LookupError(name)
        button.click()
        QTest.qWait(50)

    def close(self) -> None:
        """Close the window and what belongs to it."""
        self.close_dialogs()
        self.window.close()
        self.window.deleteLater()
