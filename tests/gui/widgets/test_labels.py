"""Labels and buttons as all pages make them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

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


def test_only_a_button_that_takes_return_is_pressed_by_it(qtbot):
    for takes_return in (False, True):
        button = push_button("go", "&Go", takes_return=takes_return)
        qtbot.addWidget(button)
        assert button.autoDefault() is takes_return
