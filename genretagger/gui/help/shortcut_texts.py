"""The lines of the key sheet: the actions of the menus, and the keys of each widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from genretagger.gui.shell.actions import plain_text
from genretagger.gui.tracks.filter_texts import filter_help_text

_translate = QCoreApplication.translate
_EXPLAINED = ":  "  # between a field of the filter and its explanation


@dataclass(frozen=True, slots=True)
class ShortcutLine:
    """What the keys do, and the keys; `keys` is empty for a mere explanation."""

    what: str
    keys: str = ""


@dataclass(frozen=True, slots=True)
class ShortcutSection:
    """Lines under one title."""

    title: str
    lines: tuple[ShortcutLine, ...]

    def matching(self, text: str) -> tuple[ShortcutLine, ...]:
        """Return the lines that contain every word of `text`; all lines if the title does."""
        words = text.casefold().split()
        if all(word in self.title.casefold() for word in words):
            return self.lines
        lines = [(line, f"{line.what} {line.keys}".casefold()) for line in self.lines]
        return tuple(line for line, text in lines if all(word in text for word in words))


def key_text(*keys: str) -> str:
    """Return keys by their names on this platform, in this language."""
    form = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(key).toString(form) for key in keys)


def sections(bar: QMenuBar) -> tuple[ShortcutSection, ...]:
    """Return all sections of the key sheet: those of the menus, then those of the widgets."""
    return (*_menus(bar), *_places(), _filter())


def _menus(bar: QMenuBar) -> list[ShortcutSection]:
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    listed = []
    for menu in filter(QMenu.objectName, bar.findChildren(QMenu, options=direct)):
        lines = [_of_action(action) for action in menu.actions() if action.shortcuts()]
        if lines:
            listed.append(ShortcutSection(plain_text(menu.title()), tuple(lines)))
    return listed


def _of_action(action: QAction) -> ShortcutLine:
    form = QKeySequence.SequenceFormat.PortableText
    what = action.whatsThis() or plain_text(action.text())
    return ShortcutLine(what, key_text(*(key.toString(form) for key in action.shortcuts())))


def _places() -> tuple[ShortcutSection, ...]:
    return (
        _section(_translate("KeySheet", "In the table"), _in_table()),
        _section(_translate("KeySheet", "While editing a genre"), _in_editor()),
        _section(_translate("KeySheet", "In the filter and its states"), _in_filter()),
        _section(_translate("KeySheet", "In charts and along the track"), _in_charts()),
        _section(_translate("KeySheet", "Before writing"), _before_writing()),
        _section(_translate("KeySheet", "Everywhere"), _everywhere()),
    )


def _section(title: str, lines: Sequence[tuple[str, tuple[str, ...]]]) -> ShortcutSection:
    return ShortcutSection(
        title, tuple(ShortcutLine(what, key_text(*keys)) for what, keys in lines)
    )


def _in_table() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (_translate("KeySheet", "Move through the tracks"), ("Up", "Down", "PgUp", "PgDown")),
        (_translate("KeySheet", "First and last track"), ("Home", "End")),
        (_translate("KeySheet", "Fold or unfold a heading"), ("Left", "Right")),
        (_translate("KeySheet", "Fold or unfold all headings"), ("Ctrl+Left", "Ctrl+Right")),
        (_translate("KeySheet", "Select several"), ("Shift+Up", "Shift+Down")),
        (_translate("KeySheet", "Select all that are shown"), ("Ctrl+A",)),
        (_translate("KeySheet", "Edit the genre"), ("Return", "F2")),
        (_translate("KeySheet", "Menu of what is selected"), ("Menu", "Shift+F10")),
    ]


def _in_editor() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (_translate("KeySheet", "List of genres, those of the track first"), ("Down",)),
        (_translate("KeySheet", "Confirm what you typed"), ("Return",)),
        (_translate("KeySheet", "Leave it as it was"), ("Esc",)),
    ]


def _in_filter() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (_translate("KeySheet", "To the first track found"), ("Return",)),
        (_translate("KeySheet", "Clear the filter; back to the table"), ("Esc",)),
        (_translate("KeySheet", "Move through the states"), ("Left", "Right")),
        (_translate("KeySheet", "Show or hide a state"), ("Space", "Return")),
    ]


def _in_charts() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (_translate("KeySheet", "Move through bars and cells"), ("Up", "Down", "Left", "Right")),
        (_translate("KeySheet", "Show the tracks of a bar or cell"), ("Return",)),
        (
            _translate("KeySheet", "Five seconds back or forward along the track"),
            ("Left", "Right"),
        ),
        (_translate("KeySheet", "Play from the part that decided the genre"), ("Return",)),
    ]


def _before_writing() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (_translate("KeySheet", "Take files or groups out, or put them back"), ("Space",)),
        (_translate("KeySheet", "Select all lines"), ("Ctrl+A",)),
        (_translate("KeySheet", "Write what is checked"), ("Return",)),
        (_translate("KeySheet", "Leave all files as they are"), ("Esc",)),
    ]


def _everywhere() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (_translate("KeySheet", "To the next part of the window, and back"), ("Tab", "Shift+Tab")),
        (_translate("KeySheet", "Close a dialog"), ("Esc",)),
    ]


def _filter() -> ShortcutSection:
    lines = [line.partition(_EXPLAINED) for line in filter_help_text().splitlines()]
    return ShortcutSection(
        _translate("KeySheet", "What can be typed into the filter"),
        tuple(ShortcutLine(what or keys, f"{keys}:" if what else "") for keys, _, what in lines),
    )
