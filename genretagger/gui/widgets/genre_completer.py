"""Completion of genres: the list below a line, in which each has its family and its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import nlargest
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from genretagger.gui.look.colours import mixed_colour
from genretagger.gui.widgets.icons import icon
from genretagger.gui.widgets.item_views import LEFT, RIGHT, ROOT, Index, RoomyDelegate
from genretagger.gui.widgets.texts import number_text
from genretagger.review.genres.known_genres import GenreOffer, fold_typed, name_broader
from genretagger.review.rows.decisions import GENRE_SEPARATOR

_translate = QCoreApplication.translate
_GENRE_ROLE: Final = Qt.ItemDataRole.UserRole
_MATCHED_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_DETAIL_ROLE: Final = Qt.ItemDataRole.UserRole + 2
_MARGIN, _GAP = 6, 24
_LIST_MARGIN = 40  # a scroll bar and what lies around a text
_MOST_WIDTH = 460
_N_MEASURED = 20  # of the longest texts, one is the widest
_N_VISIBLE = 10
_DIMMED = 0.35  # of the ground in a dimmed text
NO_LABELS: Final[Mapping[str, str]] = MappingProxyType({})


class CompletedLine(QLineEdit):
    """A line whose last genre is completed.

    Down or the arrow at its end opens the list, Tab takes what is highlighted in it, or the first;
    Escape closes only it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._genres: GenreCompleter | None = None
        self._opener = self._make_opener()

    def complete_from(
        self, offers: Sequence[GenreOffer], *, labels: Mapping[str, str] = NO_LABELS
    ) -> None:
        """Complete `offers`; those with a label are listed by it."""
        self._genres = GenreCompleter(offers, self, labels=labels)
        self.setCompleter(self._genres)
        self._opener.setVisible(True)

    def _make_opener(self) -> QAction:
        """Return the arrow at the end of the line, which opens the list for the mouse."""
        opener = QAction(self.tr("Show all genres (Down)"), self, visible=False)
        opener.setIcon(icon("open-list", self.palette()))
        opener.triggered.connect(self._show_all)
        self.addAction(opener, QLineEdit.ActionPosition.TrailingPosition)
        return opener

    def _show_all(self) -> None:
        if self._genres is not None:
            self._genres.show_all()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_opener"):
            self._opener.setIcon(icon("open-list", self.palette()))

    def close_list(self) -> bool:
        """Close the list; return whether it was open."""
        if self._genres is None or not self._genres.list.isVisible():
            return False
        self._genres.list.hide()
        return True

    def event(self, event: QEvent) -> bool:
        """Take Tab from the focus while the list is open."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_tab = event.key() == Qt.Key.Key_Tab and not event.modifiers()
            if is_tab and self._genres is not None and self.close_list():
                self.setText(self._genres.highlighted_text())
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.close_list():
            event.accept()
        elif event.key() == Qt.Key.Key_Down and self._genres is not None:
            self._show_all()
        else:
            super().keyPressEvent(event)


class GenreCompleter(QCompleter):
    """Completes what follows the last semicolon and keeps what is before it."""

    def __init__(
        self, offers: Sequence[GenreOffer], line: QLineEdit, *, labels: Mapping[str, str]
    ) -> None:
        super().__init__(line)
        self._offers = OfferModel(offers, labels, self)
        self.setModel(self._offers)
        self.setCompletionRole(_MATCHED_ROLE)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(_N_VISIBLE)
        line.textEdited.connect(self._search)  # before the line asks for completions
        self.list = QListView()
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.Box)
        self.setPopup(self.list)
        self.list.setItemDelegate(_OfferDelegate(self.list))
        self.list.setMinimumWidth(min(_MOST_WIDTH, self._offers.width(self.list.fontMetrics())))

    def show_all(self) -> None:
        """Show all genres, whatever is typed."""
        self._offers.search("")
        self.setCompletionPrefix("")
        self.complete()

    def _search(self, text: str) -> None:
        self._offers.search(self.splitPath(text)[0])

    def highlighted_text(self) -> str:
        """Return the text with what is highlighted in the list, or with the first of it."""
        current = self.list.currentIndex()
        return self.pathFromIndex(current if current.isValid() else self.currentIndex())

    def splitPath(self, path: str) -> list[str]:
        return [fold_typed(path.rpartition(GENRE_SEPARATOR)[2].strip())]

    def pathFromIndex(self, index: Index) -> str:
        line = self.widget()
        typed = line.text() if isinstance(line, QLineEdit) else ""
        before = typed.rpartition(GENRE_SEPARATOR)[0]
        chosen = str(index.data(_GENRE_ROLE))
        return f"{before}{GENRE_SEPARATOR} {chosen}" if before else chosen


class OfferModel(QAbstractListModel):
    """The genres to complete; their second column is no column, so that a list can show them."""

    def __init__(
        self, offers: Sequence[GenreOffer], labels: Mapping[str, str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._all = self._offers = offers
        self._labels = labels

    def search(self, typed: str) -> None:
        """Show the genres in which `typed` is found, those that begin with it first."""
        found = [offer for offer in self._all if typed in offer.matched]
        self.beginResetModel()
        self._offers = sorted(found, key=lambda offer: not offer.matched.startswith(typed))
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        offer = self._offers[index.row()]
        if role == _MATCHED_ROLE:  # asked for at every key
            return offer.matched
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._label(offer)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (self._label(offer), detail_text(offer))))
            case _ if role == _GENRE_ROLE:
                return offer.name
            case _ if role == _DETAIL_ROLE:
                return detail_text(offer)
        return None

    def _label(self, offer: GenreOffer) -> str:
        return self._labels.get(offer.name, offer.name)

    def width(self, metrics: QFontMetrics) -> int:
        """Return the width of the widest line, with what lies around it."""
        longest = nlargest(_N_MEASURED, self._all, key=lambda offer: len(self._label(offer)))
        advance = metrics.horizontalAdvance
        widths = [
            advance(self._label(offer)) + advance(detail_text(offer)) + _GAP for offer in longest
        ]
        return max(widths, default=0) + 2 * _MARGIN + _LIST_MARGIN


class _OfferDelegate(RoomyDelegate):
    """Paints a genre on the left, and what is known of it, dimmed, on the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        name, own.text = own.text, ""
        item = QStyle.ControlElement.CE_ItemViewItem
        own.widget.style().drawControl(item, own, painter, own.widget)
        is_selected = bool(own.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
        ink = own.palette.color(role)
        rect = own.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        detail, metrics = str(index.data(_DETAIL_ROLE)), own.fontMetrics
        room = rect.width() - metrics.horizontalAdvance(detail) - (_GAP if detail else 0)
        painter.save()
        painter.setFont(own.font)
        painter.setPen(ink)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, LEFT, shown)
        if not is_selected:
            painter.setPen(mixed_colour(ink, own.palette.base().color(), _DIMMED))
        painter.drawText(rect, RIGHT, detail)
        painter.restore()


def detail_text(offer: GenreOffer) -> str:
    """Return what a genre is a style of, and how many files have it."""
    files = ""
    if offer.n_files:
        one = _translate("GenreCompleter", "1 file") if offer.n_files == 1 else ""
        files = one or _translate("GenreCompleter", "{n} files").format(
            n=number_text(offer.n_files)
        )
    return " · ".join(filter(None, (name_broader(offer.name), files)))
