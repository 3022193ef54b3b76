"""The menus, made from one table of actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMainWindow, QMenu

from genretagger.gui.shell import actions
from genretagger.gui.shell.actions import Actions

_translate = QCoreApplication.translate
LINE: Final = ""  # a separator
_MENUS: dict[str, tuple[str, ...]] = {
    "file": (
        actions.OPEN_FOLDER, actions.ADD_FOLDER, actions.RECENT, actions.SAMPLE_MUSIC, LINE,
        actions.ANALYSE, actions.HEAR_ANEW, actions.TRY_AGAIN, actions.PAUSE, actions.STOP,
        actions.WATCH, LINE,
        actions.SHOW_IN_FOLDER, actions.OPEN_WITH_PLAYER, actions.COPY_PATH, LINE,
        actions.EXPORT, LINE,
        actions.SETTINGS, LINE, actions.QUIT,
    ),
    "review": (
        actions.ACCEPT, actions.ACCEPT_OWN, actions.REJECT, actions.EDIT, actions.CLEAR, LINE,
        actions.TAKE_FIRST, actions.TAKE_SECOND, actions.TAKE_THIRD,
        actions.ADD_FIRST, actions.ADD_SECOND, actions.ADD_THIRD, LINE,
        actions.ACCEPT_ALBUM, actions.COPY_TO_ALBUM, actions.UNIFORM_ALBUM, LINE,
        actions.THRESHOLD, actions.ACCEPT_ALL, actions.NEXT_STEP, LINE,
        actions.UNDO_DECISION, actions.REDO_DECISION,
    ),
    "view": (
        actions.REVIEW, actions.OVERVIEW, actions.FAILURES, LINE,
        actions.FILTER, actions.CHIPS, actions.FILTER_BY, actions.SAVE_FILTER, actions.CLEAR_FILTER,
        LINE,
        actions.GROUP, actions.GROUP_BY, actions.COLUMNS, actions.SORT, LINE,
        actions.FOLDERS, actions.DETAILS,
    ),
    "listen": (
        actions.PLAY, actions.FIVE_SECONDS_BACK, actions.FIVE_SECONDS_ON, LINE,
        actions.LOUDER, actions.SOFTER,
    ),
    "write": (actions.WRITE, actions.UNDO, LINE, actions.RESULT, actions.HISTORY),
    "genres": (
        actions.GENRE_SET, LINE, actions.MAPPING, actions.SPELLINGS, LINE,
        actions.RULE, actions.RULES, LINE, actions.LEARN,
    ),
    "help": (actions.MANUAL, actions.KEYS, LINE, actions.REPORT, actions.ABOUT),
}  # fmt: skip


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


def fill_menus(window: QMainWindow, made: Actions) -> None:
    """Make the menu bar; its menus are named `fileMenu` and so on."""
    titles = _titles()
    for key, names in _MENUS.items():
        menu = window.menuBar().addMenu(titles[key])
        menu.setObjectName(f"{key}Menu")
        fill_menu(menu, names, made)


def fill_menu(menu: QMenu, names: Iterable[str], made: Actions) -> None:
    """Add actions by their names, and separators."""
    for name in names:
        if name == LINE:
            menu.addSeparator()
        else:
            menu.addAction(made.named(name))
