"""Keys that a widget keeps from the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from genretagger.gui.widgets.keys import RETURN_KEYS, claim_key, is_plain


def key_event(key, kind=QEvent.Type.ShortcutOverride, modifier=Qt.KeyboardModifier.NoModifier):
    event = QKeyEvent(kind, key, modifier)
    event.ignore()
    return event


def test_a_key_of_its_own_is_accepted_before_a_shortcut_takes_it():
    event = key_event(Qt.Key.Key_Return)
    assert claim_key(event, RETURN_KEYS)
    assert event.isAccepted()


@pytest.mark.parametrize(
    "event",
    [
        key_event(Qt.Key.Key_A),
        key_event(Qt.Key.Key_Return, QEvent.Type.KeyPress),
        QEvent(QEvent.Type.ShortcutOverride),
    ],
)
def test_all_else_is_left_to_others(event):
    event.ignore()
    assert not claim_key(event, RETURN_KEYS)
    assert not event.isAccepted()


def test_a_key_of_the_keypad_is_plain():
    modifier = Qt.KeyboardModifier
    assert is_plain(key_event(Qt.Key.Key_1, modifier=modifier.KeypadModifier))
    assert not is_plain(key_event(Qt.Key.Key_1, modifier=modifier.ShiftModifier))
