"""Where the actions stand: one table for the menus, one for the tool bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMainWindow, QToolBar

if TYPE_CHECKING:
    from genretagger.gui.shell.actions import Actions

_translate = QCoreApplication.translate
_LINE = ""  # a separator
_MENUS: dict[str, tuple[str, ...]] = {
    "file": (
        "openFolderAction", "addFolderAction", "recentAction", "sampleMusicAction", _LINE,
        "analyseAction", "stopAction", _LINE, "exportAction", _LINE,
        "settingsAction", _LINE, "quitAction",
    ),
    "review": (
        "acceptAction", "acceptOwnAction", "rejectAction", "editAction", "clearAction", _LINE,
        "takeFirstAction", "takeSecondAction", "takeThirdAction", _LINE,
        "acceptAlbumAction", "copyToAlbumAction", "uniformAlbumAction", _LINE,
        "thresholdAction", "acceptAllAction", _LINE,
        "undoDecisionAction", "redoDecisionAction",
    ),
    "view": (
        "reviewAction", "overviewAction", "failuresAction", _LINE,
        "filterAction", "chipsAction", "saveFilterAction", "clearFilterAction", _LINE,
        "groupAction", "columnsAction", "sortAction", _LINE, "detailsAction",
    ),
    "listen": ("playAction", "backAction", "onAction", _LINE, "louderAction", "softerAction"),
    "write": ("writeAction", "undoAction", _LINE, "resultAction", "historyAction"),
    "genres": ("mappingAction", "spellingsAction", _LINE, "learnAction"),
    "help": ("keySheetAction", "aboutAction"),
}  # fmt: skip
_TOOL_BAR = (
    "openFolderAction", "analyseAction", "stopAction", _LINE,
    "acceptAction", "rejectAction", "editAction", _LINE,
    "writeAction", "undoAction",
)  # fmt: skip


def _titles() -> dict[str, str]:
    return {
        "file": _translate("Menus", "&File"),
        "review": _translate("Menus", "&Review"),
        "view": _translate("Menus", "&View"),
        "listen": _translate("Menus", "&Listen"),
        "write": _translate("Menus", "&Write"),
        "genres": _translate("Menus", "&Genres"),
        "help": _translate("Menus", "&Help"),
    }


def fill_menus(window: QMainWindow, actions: Actions) -> None:
    """Make the menu bar; its menus are named `fileMenu` and so on."""
    titles = _titles()
    for key, names in _MENUS.items():
        menu = window.menuBar().addMenu(titles[key])
        menu.setObjectName(f"{key}Menu")
        for name in names:
            if name == _LINE:
                menu.addSeparator()
            else:
                menu.addAction(actions.named(name))


def make_toolbar(actions: Actions) -> QToolBar:
    """Return the bar with what is used most."""
    bar = QToolBar(_translate("Menus", "Tools"))
    bar.setObjectName("toolBar")
    bar.setMovable(False)
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    for name in _TOOL_BAR:
        if name == _LINE:
            bar.addSeparator()
        else:
            bar.addAction(actions.named(name))
    return bar
