"""Where the actions stand: one table for the menus, one for the tool bar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMainWindow, QToolBar

from genretagger.gui.shell.actions import (
    ABOUT,
    ACCEPT,
    ACCEPT_ALBUM,
    ACCEPT_ALL,
    ACCEPT_OWN,
    ADD_FOLDER,
    ANALYSE,
    CHIPS,
    CLEAR,
    CLEAR_FILTER,
    COLUMNS,
    COPY_TO_ALBUM,
    DETAILS,
    EDIT,
    EXPORT,
    FAILURES,
    FILTER,
    FIVE_SECONDS_BACK,
    FIVE_SECONDS_ON,
    GROUP,
    HISTORY,
    KEYS,
    LEARN,
    LOUDER,
    MAPPING,
    OPEN_FOLDER,
    OVERVIEW,
    PLAY,
    QUIT,
    RECENT,
    REDO_DECISION,
    REJECT,
    RESULT,
    REVIEW,
    SAMPLE_MUSIC,
    SAVE_FILTER,
    SETTINGS,
    SOFTER,
    SORT,
    SPELLINGS,
    STOP,
    TAKE_FIRST,
    TAKE_SECOND,
    TAKE_THIRD,
    THRESHOLD,
    UNDO,
    UNDO_DECISION,
    UNIFORM_ALBUM,
    WRITE,
    Actions,
)

_translate = QCoreApplication.translate
_LINE = ""  # a separator
_MENUS: dict[str, tuple[str, ...]] = {
    "file": (
        OPEN_FOLDER, ADD_FOLDER, RECENT, SAMPLE_MUSIC, _LINE,
        ANALYSE, STOP, _LINE, EXPORT, _LINE,
        SETTINGS, _LINE, QUIT,
    ),
    "review": (
        ACCEPT, ACCEPT_OWN, REJECT, EDIT, CLEAR, _LINE,
        TAKE_FIRST, TAKE_SECOND, TAKE_THIRD, _LINE,
        ACCEPT_ALBUM, COPY_TO_ALBUM, UNIFORM_ALBUM, _LINE,
        THRESHOLD, ACCEPT_ALL, _LINE,
        UNDO_DECISION, REDO_DECISION,
    ),
    "view": (
        REVIEW, OVERVIEW, FAILURES, _LINE,
        FILTER, CHIPS, SAVE_FILTER, CLEAR_FILTER, _LINE,
        GROUP, COLUMNS, SORT, _LINE, DETAILS,
    ),
    "listen": (PLAY, FIVE_SECONDS_BACK, FIVE_SECONDS_ON, _LINE, LOUDER, SOFTER),
    "write": (WRITE, UNDO, _LINE, RESULT, HISTORY),
    "genres": (MAPPING, SPELLINGS, _LINE, LEARN),
    "help": (KEYS, ABOUT),
}  # fmt: skip
_TOOL_BAR = (
    OPEN_FOLDER, ANALYSE, STOP, _LINE,
    ACCEPT, REJECT, EDIT, _LINE,
    WRITE, UNDO,
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
