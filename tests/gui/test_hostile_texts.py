"""Names and tags of strangers in the window: no markup is rendered, nothing turns a text."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStatusBar,
    QTextEdit,
    QWidget,
)

from tools import made_up_library
from tools.window_tour import Tour

MARK = "EVIL"
NAME = f"<b>{MARK}<img src=x>\u202e\x1b[2J\x07\x9b"
DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
MOST_ROWS = 60


@pytest.fixture
def tour(qapp, tmp_path, monkeypatch):
    """Return the tour through a library whose names and tags are all hostile."""
    make = made_up_library._track

    def hostile(artist, album, genre, name):
        track = make(artist + NAME, album + NAME, genre and genre + NAME, name)
        return replace(track, tags=replace(track.tags, title=track.tags.title + "\n" + NAME))

    monkeypatch.setattr(made_up_library, "_track", hostile)
    tour = Tour(tmp_path / NAME)
    yield tour
    tour.close()


def as_seen(text, *, is_plain):
    """Return what the user sees of a text of a label or tooltip."""
    if is_plain or not QtGui.Qt.mightBeRichText(text):
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def faults(text, *, is_plain):
    """Yield what is wrong with a text as it is seen."""
    seen = as_seen(text, is_plain=is_plain)
    if MARK in seen and f"<b>{MARK}" not in seen and "…" not in seen:
        yield "its markup is rendered"
    if MARK in text and MARK not in seen:
        yield "its markup hides it"
    for character in seen:
        is_control = unicodedata.category(character) == "Cc" and character not in "\n\t"
        if is_control or character in DIRECTIONS:
            yield f"it has {character!r}"


def n_columns(model, parent=None):
    is_list = isinstance(model, QAbstractListModel)  # whose columnCount is private
    return 1 if is_list else model.columnCount(parent or QModelIndex())


def model_texts(model: QAbstractItemModel, parent=None):
    parent = parent or QModelIndex()
    for row in range(min(model.rowCount(parent), MOST_ROWS)):
        for column in range(n_columns(model, parent)):
            index = model.index(row, column, parent)
            for role in ROLES:
                yield f"cell {column} {role.name}", index.data(role), role != ROLES[1]
        yield from model_texts(model, model.index(row, 0, parent))
    for way in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical):
        n_sections = n_columns(model) if way == Qt.Orientation.Horizontal else model.rowCount()
        for section in range(min(n_sections, MOST_ROWS)):
            for role in ROLES[:2]:
                found = model.headerData(section, way, role)
                yield f"header {section} {role.name}", found, role != ROLES[1]


def texts_of(widget: QWidget):
    """Yield each text of a widget: where, the text, and whether it is shown as it is."""
    yield "tooltip", widget.toolTip(), False
    yield "what is this", widget.whatsThis(), False
    for name in ("windowTitle", "accessibleName", "accessibleDescription", "statusTip"):
        yield name, getattr(widget, name)(), True
    match widget:
        case QLabel():
            yield "label", widget.text(), widget.textFormat() is Qt.TextFormat.PlainText
        case QAbstractButton() | QLineEdit():
            yield "text", widget.text(), True
        case QPlainTextEdit() | QTextEdit():
            yield "text", widget.toPlainText(), True
        case QStatusBar():
            yield "message", widget.currentMessage(), True
    if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        yield from model_texts(widget.model())


def all_texts():
    for widget in QApplication.allWidgets():
        for where, text, is_plain in texts_of(widget):
            yield f"{widget.objectName() or type(widget).__name__} {where}", text, is_plain
        for action in widget.findChildren(QAction):
            yield f"{action.objectName()} text", action.text(), True
            yield f"{action.objectName()} tooltip", action.toolTip(), False
            yield f"{action.objectName()} status tip", action.statusTip(), True


@pytest.mark.slow
def test_no_text_of_a_stranger_is_rendered_or_steers(tour):
    found, n_hostile, places = set(), 0, set()
    for stop, widget in tour.stops():
        assert MARK in widget.window().windowTitle() or widget is not tour.window
        for where, text, is_plain in all_texts():
            if isinstance(text, str) and text:
                n_hostile += MARK in text
                places |= {where.split()[0]} if MARK in text else set()
                found |= {
                    (stop, where, fault, text[:120]) for fault in faults(text, is_plain=is_plain)
                }
    lines = {f"{where}: {fault} ({stop}: {text!r})" for stop, where, fault, text in found}
    assert not lines, "\n".join(sorted(lines))
    assert {"trackTable", "detailTitle", "folderTree", "heatMap", "spellingsTable"} <= places
    assert n_hostile > 1000


@pytest.mark.parametrize("text", [f"<b>{MARK}</b>", f"<qt>{MARK}</qt>", f"<i>{MARK}</i>"])
def test_the_walk_notices_what_is_rendered(qapp, qtbot, text):
    label = QLabel(text)
    qtbot.addWidget(label)
    label.setToolTip(text)
    label.setObjectName("hostile")
    wrong = {
        where
        for where, text, is_plain in all_texts()
        if where.startswith("hostile") and list(faults(text, is_plain=is_plain))
    }
    assert wrong == {"hostile label", "hostile tooltip"}
    label.setTextFormat(Qt.TextFormat.PlainText)
    assert list(faults(f"<b>{MARK}", is_plain=True)) == []
    assert list(faults("\u202e", is_plain=True))
