"""Everything has a name, can be reached by keys, and is told from its ground."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QIcon, QKeySequence, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QToolBar,
    QWidget,
)

from genretagger.core.predictions import Level
from genretagger.core.vocabulary import vocabulary
from genretagger.gui.cells.cell_delegates import level_colour
from genretagger.gui.look.colours import contrast
from genretagger.gui.look.palettes import contrast_palette, make_palette, text_on
from genretagger.gui.widgets.genre_colours import genre_colour
from genretagger.gui.widgets.icons import mark_icon, state_icon
from genretagger.gui.widgets.translation import install_language
from genretagger.review.rows.row import State
from genretagger.review.rows.suggestion_mark import Mark
from tests.helpers.waiting import LIMIT_MS
from tools.window_tour import Tour

MOST_TABS = 80
GRAPHICS, TEXTS = 3.0, 4.5  # WCAG 2.2, 1.4.11 and 1.4.3
NO_FOCUS = Qt.FocusPolicy.NoFocus
_Role = QPalette.ColorRole


@pytest.fixture
def tour(qapp, tmp_path):
    tour = Tour(tmp_path)
    yield tour
    tour.close()


@pytest.fixture(params=["en", "es"])
def language(qapp, request):
    before = QLocale()
    install_language(qapp, request.param)
    yield request.param
    install_language(qapp, "en")
    QLocale.setDefault(before)


def is_inside(widget):
    """Return whether Qt made the widget as a part of another one, which speaks for it."""
    parent = widget.parentWidget()
    is_viewport = isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget
    return widget.objectName().startswith("qt_") or is_viewport


def focusable(window):
    """Return what can have the focus by itself."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.window() is window
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() != NO_FOCUS
        and widget.focusProxy() is None
        and not is_inside(widget)
    ]


def spoken_name(widget):
    """Return what a screen reader calls a widget; of a text, the text."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip()


def is_standard(widget):
    """Return whether it is a button such as OK, which is found by its box."""
    box = widget.parentWidget()
    if not isinstance(widget, QAbstractButton) or not isinstance(box, QDialogButtonBox):
        return False
    return box.standardButton(widget) != QDialogButtonBox.StandardButton.NoButton


def reached_by_tab(window):
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, LIMIT_MS)
    found, widget = [], QApplication.focusWidget()
    while widget is not None and widget not in found and len(found) < MOST_TABS:
        found.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
    return found


def names_of(widgets):
    return [widget.objectName() or type(widget).__name__ for widget in widgets]


def for_the_mouse_only(window):
    """Return buttons that no key presses: neither focused nor an action, which is in a menu."""
    return [
        button
        for button in window.findChildren(QAbstractButton)
        if button.isVisible()
        and button.focusPolicy() == NO_FOCUS
        and not is_inside(button)
        and not isinstance(button.parentWidget(), QLineEdit)  # clears it, as Escape does
        and not isinstance(button.parentWidget(), QToolBar)
    ]


def test_everything_has_a_name_and_is_reached_by_keys(tour):
    for stop, widget in tour.stops():
        if isinstance(widget, QMenu):
            continue  # it has entries in the place of widgets, which arrows reach
        window = widget.window()
        there = focusable(window)
        assert there, stop
        assert names_of(one for one in there if not spoken_name(one)) == [], stop
        unnamed = [one for one in there if not one.objectName() and not is_standard(one)]
        assert [spoken_name(one) for one in unnamed] == [], stop
        by_tab = reached_by_tab(window)
        missed = [one for one in there if one not in by_tab and not isinstance(one, QLabel)]
        # Of the chips one is reached; arrows go to the others (test_filter.py).
        assert [name for name in names_of(missed) if not name.startswith("chip")] == [], stop
        assert names_of(for_the_mouse_only(window)) == [], stop


def test_no_two_controls_of_a_dialog_have_one_mnemonic(tour, language):
    for stop, widget in tour.stops():
        window = widget.window()
        texts = [
            one.text()
            for one in window.findChildren(QWidget)
            if isinstance(one, (QAbstractButton, QLabel)) and one.isVisible() and "&" in one.text()
        ]
        keys = [QKeySequence.mnemonic(text).toString() for text in texts]
        if window is tour.window:
            keys += [QKeySequence.mnemonic(one.text()).toString()
                     for one in tour.window.menuBar().actions()]  # fmt: skip
        twice = [key for key, n in Counter(keys).items() if key and n > 1]
        assert twice == [], (stop, language, texts)


# Colours


def made(window, base, text, highlight, highlighted):
    palette = QPalette(QColor(window))
    for role, colour in (
        (_Role.Window, window), (_Role.Base, base), (_Role.WindowText, text), (_Role.Text, text),
        (_Role.Highlight, highlight), (_Role.HighlightedText, highlighted),
    ):  # fmt: skip
        palette.setColor(role, QColor(colour))
    return palette


PALETTES = {
    "light": make_palette(dark=False),
    "dark": make_palette(dark=True),
    "light, yellow accent": make_palette(dark=False, accent=QColor("#ffd400")),
    "dark, blue accent": make_palette(dark=True, accent=QColor("#0000a0")),
    "high contrast, dark": contrast_palette(
        made("#000000", "#000000", "#ffffff", "#1aebff", "#000000")
    ),
    "high contrast, light": contrast_palette(
        made("#ffffff", "#ffffff", "#000000", "#37006e", "#ffffff")
    ),
}


@pytest.fixture(params=PALETTES)
def palette(request):
    return PALETTES[request.param]


def strongest(icon, mode=QIcon.Mode.Normal):
    """Return the colours of an icon where it covers its ground."""
    image = icon.pixmap(QSize(24, 24), 3.0, mode).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return [colour for colour in pixels if colour.alpha() == 255]


@pytest.mark.parametrize("role", [_Role.Text, _Role.PlaceholderText, _Role.Accent])
def test_texts_are_read_on_every_ground(palette, role):
    for ground in (_Role.Base, _Role.Window, _Role.AlternateBase):
        assert contrast(palette.color(role), palette.color(ground)) >= TEXTS
    chosen = palette.color(_Role.HighlightedText), palette.color(_Role.Highlight)
    assert contrast(*chosen) >= TEXTS
    accent = palette.color(_Role.Accent)
    assert contrast(text_on(accent), accent) >= TEXTS


@pytest.mark.parametrize("state", State)
def test_the_icon_of_a_state_is_told_from_its_ground(qapp, palette, state):
    for role in (_Role.Base, _Role.Window, _Role.Highlight):
        ground = palette.color(role)
        colours = strongest(state_icon(state, palette))
        assert min(contrast(colour, ground) for colour in colours) >= GRAPHICS
    assert strongest(state_icon(state, palette), QIcon.Mode.Selected) == colours


@pytest.mark.parametrize("sign", [sign for sign in Mark if sign is not Mark.NONE])
def test_the_sign_of_a_change_is_told_from_its_ground(qapp, palette, sign):
    colours = strongest(mark_icon(sign, palette))
    assert min(contrast(colour, palette.color(_Role.Base)) for colour in colours) >= GRAPHICS


@pytest.mark.parametrize("level", Level)
def test_the_colour_of_a_level_is_told_from_its_ground(palette, level):
    for role in (_Role.Base, _Role.Window, _Role.Highlight):
        assert contrast(level_colour(level, palette), palette.color(role)) >= GRAPHICS


@pytest.mark.parametrize("genre", vocabulary().genres)
def test_the_colour_of_a_genre_is_told_from_its_ground(palette, genre):
    for role in (_Role.Base, _Role.Window):
        assert contrast(genre_colour(genre, palette), palette.color(role)) >= GRAPHICS
