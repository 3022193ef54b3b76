"""Keys that mean the same in every widget, and how a widget keeps one from the window."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

RETURN_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_plain(event: QKeyEvent) -> bool:
    """Return whether no modifier is held; keys of the keypad count as plain."""
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def claim_key(event: QEvent, keys: Container[int]) -> bool:
    """Keep one of `keys` from triggering a shortcut of the window.

    Before Qt looks for a shortcut, it sends a ShortcutOverride to the widget with the focus.
    Returns whether `event` was one for `keys`; it is accepted then and needs no further handling.
    """
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    if event.key() not in keys:
        return False
    event.accept()
    return True
