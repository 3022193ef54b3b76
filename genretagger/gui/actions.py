"""Every action of the window: object name, text, keys, icon; the menus and bar they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolBar

from genretagger.gui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPalette
    from PySide6.QtWidgets import QMainWindow, QMenu


class Actions(QObject):
    """The actions, by name; single letters do not fire while an editor has the focus."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._icons: dict[QAction, str] = {}
        make = self._make
        self.open_folder = make(
            "openFolderAction", self.tr("&Open folder…"), self.tr("Open"), "Ctrl+O", "open"
        )
        self.analyse = make(
            "analyseAction", self.tr("&Analyse again"), self.tr("Analyse"), "F5", "analyse"
        )
        self.stop = make("stopAction", self.tr("&Stop"), self.tr("Stop"), "Esc", "stop")
        self.quit = make("quitAction", self.tr("&Quit"), self.tr("Quit"), "Ctrl+Q")
        self.accept = make("acceptAction", self.tr("&Accept"), self.tr("Accept"), "A", "accept")
        self.accept_own = make(
            "acceptOwnAction", self.tr("Accept &my genre"), self.tr("Accept mine"), "P"
        )
        self.reject = make("rejectAction", self.tr("&Reject"), self.tr("Reject"), "R", "reject")
        self.clear = make(
            "clearAction", self.tr("&Take decision back"), self.tr("Take back"), "Backspace"
        )
        self.undo_decision = make(
            "undoDecisionAction",
            self.tr("Take back &last decision"),
            self.tr("Take back last"),
            "Ctrl+Z",
        )
        self.edit = make("editAction", self.tr("&Edit genre"), self.tr("Edit"), "F2", "edit")
        self.accept_all = make(
            "acceptAllAction",
            self.tr("Accept a&ll that are sure enough"),
            self.tr("Accept all"),
            "Shift+A",
            "accept-all",
        )
        self.filter = make("filterAction", self.tr("&Filter"), self.tr("Filter"), "Ctrl+F")
        self.filter.setShortcuts([QKeySequence("Ctrl+F"), QKeySequence("/")])
        self.write = make(
            "writeAction", self.tr("&Write accepted…"), self.tr("Write"), "Ctrl+S", "write"
        )
        self.undo = make(
            "undoAction", self.tr("&Undo last write"), self.tr("Undo write"), "Ctrl+Shift+U", "undo"
        )
        self.learn = make(
            "learnAction", self.tr("&Learn from my library…"), self.tr("Learn"), "Ctrl+L"
        )
        self.about = make("aboutAction", self.tr("&About Genretagger"), self.tr("About"), "")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

    def _make(
        self, name: str, text: str, short: str, keys: str, icon_name: str | None = None
    ) -> QAction:
        action = QAction(text, self.parent())
        action.setObjectName(name)
        action.setShortcut(QKeySequence(keys))
        self._describe(action, text, short)
        if icon_name:
            self._icons[action] = icon_name
        return action

    def _describe(self, action: QAction, text: str, short: str) -> None:
        """Say what `action` does: in menus `text`, on buttons `short`, and beside them."""
        action.setText(text)
        action.setIconText(short)
        plain = text.replace("&", "").rstrip("…")
        action.setStatusTip(plain)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if shown:
            plain = self.tr("{action} ({keys})").format(action=plain, keys=shown)
        action.setToolTip(plain)

    def tell_undo(self, what: str) -> None:
        """Say which write would be taken back; empty if there is none."""
        text = self.tr("&Undo last write: {what}") if what else self.tr("&Undo last write")
        self._describe(self.undo, text.format(what=what), self.tr("Undo write"))

    def tell_analyse(self, *, unfinished: bool) -> None:
        """Say whether the analysis would go on or begin anew."""
        if unfinished:
            self._describe(self.analyse, self.tr("&Continue analysis"), self.tr("Continue"))
        else:
            self._describe(self.analyse, self.tr("&Analyse again"), self.tr("Analyse"))

    def paint_icons(self, palette: QPalette) -> None:
        """Draw the icons in the colours of `palette`; again when it changes."""
        for action, name in self._icons.items():
            action.setIcon(icon(name, palette))

    def fill_menus(self, window: QMainWindow) -> None:
        """Make the menu bar."""
        bar = window.menuBar()
        menu: QMenu = bar.addMenu(self.tr("&File"))
        menu.addActions([self.open_folder, self.analyse, self.stop])
        menu.addSeparator()
        menu.addAction(self.quit)
        menu = bar.addMenu(self.tr("&Review"))
        menu.addActions([self.accept, self.accept_own, self.reject, self.edit, self.clear])
        menu.addSeparator()
        menu.addAction(self.undo_decision)
        menu.addAction(self.accept_all)
        menu.addSeparator()
        menu.addAction(self.filter)
        menu = bar.addMenu(self.tr("&Write"))
        menu.addActions([self.write, self.undo])
        menu = bar.addMenu(self.tr("&Genres"))
        menu.addAction(self.learn)
        menu = bar.addMenu(self.tr("&Help"))
        menu.addAction(self.about)

    def make_toolbar(self) -> QToolBar:
        """Return the bar with what is used most."""
        bar = QToolBar(self.tr("Tools"))
        bar.setObjectName("toolBar")
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addActions([self.open_folder, self.analyse, self.stop])
        bar.addSeparator()
        bar.addActions([self.accept, self.reject, self.edit])
        bar.addSeparator()
        bar.addActions([self.write, self.undo])
        return bar
