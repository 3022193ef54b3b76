"""The legend: every sign of the track table, drawn as there, with what it means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from genretagger.core.predictions import Level
from genretagger.gui.cells.cell_delegates import level_sign
from genretagger.gui.cells.cell_texts import DISSENT_MARK, RAISED_MARK
from genretagger.gui.cells.rule_texts import rule_word
from genretagger.gui.widgets.icons import mark_icon, state_icon
from genretagger.gui.widgets.labels import set_names
from genretagger.gui.widgets.level_texts import level_sentence, level_word, style_word
from genretagger.gui.widgets.texts import state_explanation, state_words
from genretagger.review.rows.confidence_levels import Levels
from genretagger.review.rows.row import State
from genretagger.review.rows.suggestion_mark import Mark

_SIGN, _MEANING = 0, 1
_ICON = QSize(20, 20)
_translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign: what is drawn, if it is no text, its word, and what it means."""

    icon: QIcon
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SignSection:
    """Signs that stand in one column."""

    title: str
    signs: tuple[Sign, ...]


def list_signs(palette: QPalette, levels: Levels, *, ratio: float) -> tuple[SignSection, ...]:
    """Return all signs of the track table, drawn for a palette and a density of the screen."""
    words = state_words()
    states = (
        Sign(state_icon(state, palette), words[state], state_explanation(state)) for state in State
    )
    return (
        SignSection(_translate("Legend", "State"), tuple(states)),
        SignSection(_translate("Legend", "Suggested"), tuple(_marks(palette))),
        SignSection(_translate("Legend", "Confidence"), tuple(_bars(palette, levels, ratio))),
    )


def _marks(palette: QPalette) -> Iterator[Sign]:
    for mark, word, meaning in (
        (
            Mark.NEW,
            _translate("Legend", "new"),
            _translate("Legend", "Writing puts this genre, in bold, into the file."),
        ),
        (
            Mark.SAME,
            _translate("Legend", "same"),
            _translate("Legend", "The file has this genre already."),
        ),
        (
            Mark.STAYS,
            _translate("Legend", "stays"),
            _translate("Legend", "The file keeps its genre: the settings or the file want it so."),
        ),
    ):
        yield Sign(mark_icon(mark, palette), word, meaning)


def _bars(palette: QPalette, levels: Levels, ratio: float) -> Iterator[Sign]:
    for level in Level:
        drawn = _centred(level_sign(level, palette, hollow=False, ratio=ratio))
        yield Sign(drawn, level_word(level), level_sentence(level, levels))
    hollow = _centred(level_sign(Level.LOW, palette, hollow=True, ratio=ratio))
    unsure = _translate("Legend", "Hollow: never accepted by itself; listen to it.")
    yield Sign(hollow, state_words()[State.UNSURE], unsure)
    raised = _translate("Legend", "The other tracks of the album raised the confidence.")
    yield Sign(_centred(), RAISED_MARK, raised)
    dissent = _translate("Legend", "The other tracks of the album sound different.")
    yield Sign(_centred(), DISSENT_MARK, dissent)
    style = _translate("Legend", "None of the ten genres fits; this number is that of a style.")
    yield Sign(_centred(), style_word(), style)
    rule = _translate("Legend", "A rule of yours says the genre, whatever is heard.")
    yield Sign(_centred(), rule_word(), rule)


def _centred(sign: QPixmap | None = None) -> QIcon:
    """Return a sign in the middle of an icon as large as the others; without one, an empty icon."""
    ratio = 1.0 if sign is None else sign.devicePixelRatio()
    made = QPixmap(_ICON * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    if sign is not None:
        size = sign.deviceIndependentSize()
        painter = QPainter(made)
        left, top = (_ICON.width() - size.width()) / 2, (_ICON.height() - size.height()) / 2
        painter.drawPixmap(QPointF(left, top), sign)
        painter.end()
    icon = QIcon(made)
    icon.addPixmap(made, QIcon.Mode.Selected)
    return icon


class SignLegend(QTreeWidget):
    """Lists signs by column, with what they mean."""

    def __init__(self, listed: Sequence[SignSection], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_names(self, "signLegend", self.tr("Signs"))
        self.setColumnCount(2)
        self.setHeaderLabels([self.tr("Sign"), self.tr("What it means")])
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(16)
        self.setIconSize(_ICON)
        self.setWordWrap(True)
        header = self.header()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(_SIGN, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_MEANING, QHeaderView.ResizeMode.Stretch)
        for section in listed:
            self._add(section)
        self.expandAll()
        self.setCurrentIndex(self.model().index(0, 0, self.model().index(0, 0)))

    def _add(self, section: SignSection) -> None:
        top = QTreeWidgetItem(self, [section.title])
        top.setFirstColumnSpanned(True)
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = top.font(_SIGN)
        font.setBold(True)
        top.setFont(_SIGN, font)
        for sign in section.signs:
            item = QTreeWidgetItem(top, [sign.word, sign.meaning])
            item.setIcon(_SIGN, sign.icon)
