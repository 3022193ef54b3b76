"""The menus and the tool bar, made from one table of actions each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMainWindow, QToolBar, QToolButton

from genretagger.gui.shell import actions
from genretagger.gui.shell.actions import Actions

_translate = QCoreApplication.translate
_LINE = ""  # a separator
_MENUS: dict[str, tuple[str, ...]] = {
    "file": (
        actions.OPEN_FOLDER, actions.ADD_FOLDER, actions.RECENT, actions.SAMPLE_MUSIC, _LINE,
        actions.ANALYSE, actions.TRY_AGAIN, actions.PAUSE, actions.STOP, actions.WATCH, _LINE,
        actions.EXPORT, _LINE,
        actions.SETTINGS, _LINE, actions.QUIT,
    ),
    "review": (
        actions.ACCEPT, actions.ACCEPT_OWN, actions.REJECT, actions.EDIT, actions.CLEAR, _LINE,
        actions.TAKE_FIRST, actions.TAKE_SECOND, actions.TAKE_THIRD,
        actions.ADD_FIRST, actions.ADD_SECOND, actions.ADD_THIRD, _LINE,
        actions.ACCEPT_ALBUM, actions.COPY_TO_ALBUM, actions.UNIFORM_ALBUM, _LINE,
        actions.THRESHOLD, actions.ACCEPT_ALL, actions.NEXT_STEP, _LINE,
        actions.UNDO_DECISION, actions.REDO_DECISION,
    ),
    "view": (
        actions.REVIEW, actions.OVERVIEW, actions.FAILURES, _LINE,
        actions.FILTER, actions.CHIPS, actions.SAVE_FILTER, actions.CLEAR_FILTER, _LINE,
        actions.GROUP, actions.COLUMNS, actions.SORT, _LINE, actions.DETAILS,
    ),
    "listen": (
        actions.PLAY, actions.FIVE_SECONDS_BACK, actions.FIVE_SECONDS_ON, _LINE,
        actions.LOUDER, actions.SOFTER,
    ),
    "write": (actions.WRITE, actions.UNDO, _LINE, actions.RESULT, actions.HISTORY),
    "genres": (actions.GENRE_SET, _LINE, actions.MAPPING, actions.SPELLINGS, _LINE, actions.LEARN),
    "help": (actions.KEYS, actions.ABOUT),
}  # fmt: skip
_TOOL_BAR = (
    actions.OPEN_FOLDER, actions.ANALYSE, actions.PAUSE, actions.STOP, _LINE,
    actions.ACCEPT, actions.REJECT, actions.EDIT, _LINE,
    actions.WRITE, actions.UNDO, _LINE, actions.GENRE_SET,
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


def fill_menus(window: QMainWindow, made: Actions) -> None:
    """Make the menu bar; its menus are named `fileMenu` and so on."""
    titles = _titles()
    for key, names in _MENUS.items():
        menu = window.menuBar().addMenu(titles[key])
        menu.setObjectName(f"{key}Menu")
        for name in names:
            if name == _LINE:
                menu.addSeparator()
            else:
                menu.addAction(made.named(name))


def make_toolbar(made: Actions) -> QToolBar:
    """Return the tool bar with the most frequent actions."""
    bar = QToolBar(_translate("Menus", "Tools"))
    bar.setObjectName("toolBar")
    bar.setMovable(False)
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    for name in _TOOL_BAR:
        if name == _LINE:
            bar.addSeparator()
        else:
            bar.addAction(made.named(name))
            button = bar.widgetForAction(made.named(name))
            if isinstance(button, QToolButton) and made.named(name).menu() is not None:
                button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return bar
