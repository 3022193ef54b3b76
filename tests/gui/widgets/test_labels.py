"""Labels and buttons as all pages make them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from genretagger.gui.widgets.labels import heading_label, plain_label, push_button


def test_a_plain_label_shows_markup_as_it_is(qtbot):
    label = plain_label("note", "<b>Rock</b>")
    qtbot.addWidget(label)
    assert (label.objectName(), label.wordWrap()) == ("note", True)
    assert label.textFormat() is Qt.TextFormat.PlainText
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse
    assert not label.textInteractionFlags() & selectable
    copied = plain_label(can_copy=True)
    qtbot.addWidget(copied)
    assert copied.textInteractionFlags() & selectable


def test_a_heading_gives_its_mnemonic_to_its_buddy(qtbot):
    line = QLineEdit()
    heading = heading_label("&Name", line)
    qtbot.addWidget(line)
    qtbot.addWidget(heading)
    assert heading.buddy() is line
    assert heading.font().bold()


def test_return_presses_the_button_that_has_the_focus_and_no_other_one(qtbot):
    dialog, line, pressed = QDialog(), QLineEdit(), []
    qtbot.addWidget(dialog)
    layout = QVBoxLayout(dialog)
    layout.addWidget(line)
    for name in ("first", "second"):
        button = push_button(name, name)
        button.clicked.connect(lambda *_checked, name=name: pressed.append(name))
        layout.addWidget(button)
    dialog.show()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(line, key)
        assert pressed == []
        qtbot.keyClick(button, key)
        assert pressed == ["second"]
        pressed.clear()
