"""The look follows theme and size of text, and draws what is selected as a tint with an edge."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QStyle,
)

from genretagger.gui.look.colours import contrast, is_dark
from genretagger.gui.look.flat_parts import EDGE
from genretagger.gui.look.palettes import make_palette
from genretagger.gui.look.text_levels import TextLevel, set_text_level

_Role = QPalette.ColorRole


def test_the_theme_changes_what_is_shown_already(look, qtbot):
    label = QLabel("x")
    qtbot.addWidget(label)
    label.show()
    look.set_theme(Qt.ColorScheme.Dark)
    qtbot.waitUntil(lambda: is_dark(label.palette()))
    look.set_theme(Qt.ColorScheme.Light)
    qtbot.waitUntil(lambda: not is_dark(label.palette()))


def test_texts_of_every_level_grow_with_the_text_of_the_program(look, qtbot):
    labels = {}
    for level in TextLevel:
        label = labels[level] = QLabel("x")
        qtbot.addWidget(label)
        set_text_level(label, level)
    plain = labels[TextLevel.TEXT].font().pointSizeF()
    look.set_text_scale(1.5)
    for level, label in labels.items():
        assert label.font().pointSizeF() == pytest.approx(plain * 1.5 * level.value, rel=0.01)


def test_a_selected_line_is_a_tint_with_an_edge_and_text_stays_as_it_is(look, qtbot):
    shown = QListWidget()
    qtbot.addWidget(shown)
    shown.addItems(["first", "second"])
    shown.setCurrentRow(0)
    shown.resize(200, 100)
    shown.show()
    shown.activateWindow()
    shown.setFocus()
    qtbot.waitUntil(shown.hasFocus)
    picture = shown.viewport().grab().toImage()
    palette = shown.palette()
    middle = shown.visualItemRect(shown.item(0)).center().y()
    accent, tint = palette.color(_Role.Accent), palette.color(_Role.Highlight)
    assert [picture.pixelColor(x, middle) for x in range(EDGE)] == [accent] * EDGE
    assert shown.grab().toImage().pixelColor(0, middle) == accent, "the frame"
    assert picture.pixelColor(EDGE, middle).name() == tint.name()
    assert palette.color(_Role.HighlightedText) == palette.color(_Role.Text)
    assert contrast(tint, palette.color(_Role.Base)) < 1.5
    shown.clearFocus()
    without = shown.grab().toImage()
    assert accent not in [without.pixelColor(x, middle) for x in range(EDGE + 2)]


def test_dialog_buttons_have_no_pictures_of_qt_and_boxes_those_of_the_program(look, qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    box = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, dialog
    )
    assert all(button.icon().isNull() for button in box.buttons())
    style = dialog.style()
    ok = style.standardIcon(QStyle.StandardPixmap.SP_DialogOkButton, None, dialog)
    assert ok.isNull()
    ours = style.standardIcon(QStyle.StandardPixmap.SP_MessageBoxCritical, None, dialog)
    ink = QColor(palette_text(dialog))
    image = ours.pixmap(24, 24, QIcon.Mode.Normal).toImage()
    strokes = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    assert {colour.name() for colour in strokes if colour.alpha() == 255} == {ink.name()}
    message = QMessageBox(QMessageBox.Icon.Question, "title", "text", parent=dialog)
    assert not message.iconPixmap().isNull()


def palette_text(widget):
    return widget.palette().color(_Role.WindowText)


def test_the_button_that_return_presses_is_filled_with_the_accent(look, qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok, dialog)
    ok = box.button(QDialogButtonBox.StandardButton.Ok)
    ok.setDefault(True)
    dialog.show()
    picture = ok.grab().toImage()
    accent = dialog.palette().color(_Role.Accent)
    assert picture.pixelColor(8, picture.height() // 2) == accent


def test_the_field_with_the_focus_has_an_edge_of_the_accent(look, qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    picture = line.grab().toImage()
    accent = line.palette().color(_Role.Accent)
    assert picture.pixelColor(0, picture.height() // 2) == accent


@pytest.mark.parametrize("dark", [False, True])
def test_an_accent_of_the_system_is_kept_as_far_as_it_is_seen(dark):
    base = make_palette(dark=dark).color(_Role.Base)
    for name in ("#ffd400", "#0000a0", "#ffffff", "#000000", "#308cc6"):
        accent = make_palette(dark=dark, accent=QColor(name)).color(_Role.Accent)
        assert contrast(accent, base) >= 4.5
    seen = QColor("#7fb8f0" if dark else "#1a5fa8")
    assert make_palette(dark=dark, accent=seen).color(_Role.Accent) == seen
