"""The page with the library at a glance; each of its bars and cells leads to its tracks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.writes import Policy
from genretagger.gui.overview.heat_map import HeatMap
from genretagger.gui.overview.histogram import Histogram
from genretagger.gui.overview.overview_texts import (
    NO_GENRE_FILTER,
    bars,
    bin_filter,
    bin_texts,
    disputed_filter,
    pair_filter,
    pair_text,
    tally_filter,
    trust_words,
)
from genretagger.gui.overview.pair_list import PairList
from genretagger.gui.shell.status_texts import all_counts_text
from genretagger.gui.widgets.charts import Chart, PairedBars
from genretagger.gui.widgets.labels import heading_label, plain_label
from genretagger.gui.widgets.texts import percent, policy_text
from genretagger.review.statistics.overview import Overview
from genretagger.review.statistics.tally import Tally

_MARGIN, _SPACE, _COLUMN_SPACE = 16, 8, 32
_EMPTY_WIDTH = 460
_translate = QCoreApplication.translate


class OverviewPage(QStackedWidget):
    """Shows an overview, or a page that says what an overview would show."""

    filter_asked = Signal(str)

    def __init__(self, open_folder: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overviewPage")
        self._overview = Overview()
        self._headline = plain_label("overviewHeadline")
        self._policy = _note("overviewPolicy")
        self.genres = PairedBars("genreBars", self.tr("Genres now and after writing"))
        self.histogram = Histogram("confidenceHistogram", self.tr("How sure the suggestions are"))
        self.disputed = PairList()
        self.heat_map = HeatMap()
        self.addWidget(self._make_charts())
        self._open = QPushButton(self.tr("Open a folder of music…"))
        self._open.setObjectName("overviewOpenButton")
        self._open.clicked.connect(open_folder.trigger)
        self.addWidget(_empty_page(self._open))
        self._connect()
        self.setCurrentIndex(1)

    def _make_charts(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        grid.setHorizontalSpacing(_COLUMN_SPACE)
        grid.setVerticalSpacing(_SPACE)
        grid.addWidget(self._headline, 0, 0, 1, 2)
        grid.setRowMinimumHeight(1, _SPACE)
        grid.addLayout(self._genres_column(), 2, 0)
        grid.addLayout(self._verdicts_column(), 2, 1)
        grid.addLayout(self._heat_map_column(), 3, 0, 1, 2)
        grid.setRowStretch(4, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self._inside, self._area = inside, _scrolling(inside)
        return self._area

    def _genres_column(self) -> QVBoxLayout:
        column = _make_column()
        column.addWidget(heading_label(self.tr("Genres, now and after writing")))
        column.addWidget(self._policy)
        column.addWidget(self.genres)
        column.addStretch(1)
        return column

    def _verdicts_column(self) -> QVBoxLayout:
        column = _make_column()
        column.addWidget(heading_label(self.tr("How sure the suggestions are")))
        column.addWidget(self.histogram)
        column.addSpacing(_MARGIN)
        column.addWidget(heading_label(self.tr("Where the model and your tags disagree most")))
        column.addWidget(self.disputed)
        column.addStretch(1)
        return column

    def _heat_map_column(self) -> QVBoxLayout:
        column = _make_column()
        column.addSpacing(_MARGIN)
        column.addWidget(
            heading_label(self.tr("Genre in tags (rows) against genre heard (columns)"))
        )
        note = _note("heatMapNote")
        note.setText(
            self.tr(
                "The stronger the colour, the more tracks; a frame marks where both "
                "agree, a finer genre too: Dub with Reggae. To see the tracks of a cell, "
                "click it, or move to it with the arrow keys and press Return."
            )
        )
        column.addWidget(note)
        column.addWidget(self.heat_map)
        return column

    def _connect(self) -> None:
        self.genres.chosen.connect(self._on_genre)
        self.histogram.chosen.connect(lambda item: self.filter_asked.emit(bin_filter(item)))
        self.heat_map.chosen.connect(self._on_cell)
        self.disputed.chosen.connect(self._on_pair)
        for chart in (self.genres, self.histogram):
            chart.walked.connect(partial(self._reveal_item, chart))
        self.heat_map.selectionModel().currentChanged.connect(self._reveal_cell)

    def _reveal_item(self, chart: Chart, item: int) -> None:
        self._reveal(chart, chart.item_rect(item))

    def _reveal(self, widget: QWidget, rect: QRectF) -> None:
        """Scroll until `rect` of a widget can be seen."""
        for corner in (rect.bottomRight(), rect.topLeft()):
            point = widget.mapTo(self._inside, corner.toPoint())
            self._area.ensureVisible(point.x(), point.y(), 0, _SPACE)

    def _reveal_cell(self, index: QModelIndex) -> None:
        if self.heat_map.hasFocus():
            self._reveal(self.heat_map.viewport(), QRectF(self.heat_map.visualRect(index)))

    def show_counts(self, tally: Tally) -> None:
        """Show how many tracks there are, or the page for an empty library."""
        self._headline.setText(all_counts_text(tally))
        self.setCurrentIndex(0 if tally.n_tracks else 1)

    def show_overview(self, overview: Overview, policy: Policy) -> None:
        """Show an overview; it assumes that writing follows `policy`."""
        self._overview = overview
        self._policy.setText(
            self.tr("Hollow: now. Filled: after writing what you accepted. {policy}.").format(
                policy=policy_text(policy)
            )
        )
        self.genres.show_pairs(bars(overview.genres), self._policy.text())
        texts = bin_texts(overview.histogram)
        self.histogram.show_bins(overview.histogram, texts, trust_words())
        self.disputed.show_texts([pair_text(pair) for pair in overview.disputed])
        self.heat_map.show_confusion(overview.confusion)

    def set_threshold(self, threshold: float) -> None:
        """Draw the threshold into the histogram."""
        sentence = self.tr("Dashed: the threshold, {threshold}").format(
            threshold=percent(threshold)
        )
        self.histogram.set_threshold(threshold, sentence)

    def take_focus(self) -> None:
        """Give the focus to the first chart, or to the button of the empty page."""
        first = self.genres if self.currentIndex() == 0 else self._open
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_genre(self, item: int) -> None:
        """Ask for the tracks of a genre; no filter matches those of all other genres."""
        tallies, genres = self._overview.genres.listed, self._overview.genres
        if item < len(tallies):
            self.filter_asked.emit(tally_filter(self._overview, tallies[item]))
        elif not (genres.n_other and item == len(tallies)):
            self.filter_asked.emit(NO_GENRE_FILTER)

    def _on_cell(self, index: QModelIndex) -> None:
        tagged, heard = self.heat_map.cells.pair(index)
        if tagged is not None and heard is not None and self.heat_map.cells.n_at(index):
            self.filter_asked.emit(pair_filter(self._overview, tagged, heard))

    def _on_pair(self, item: int) -> None:
        pair = self._overview.disputed[item]
        self.filter_asked.emit(disputed_filter(self._overview, pair))


def _make_column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(_SPACE)
    return column


def _note(name: str) -> QLabel:
    label = plain_label(name)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def _scrolling(inside: QWidget) -> QScrollArea:
    """Return `inside` in an area that scrolls."""
    area = QScrollArea(widgetResizable=True)
    area.setObjectName("overviewScroll")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def _empty_page(button: QPushButton) -> QWidget:
    """Return the page for an empty library, with the button that opens a folder."""
    text = QLabel(
        _translate(
            "Overview",
            "Nothing has been heard yet. Here you will see the genres of your "
            "music now and after writing, how sure the suggestions are, and where "
            "your tags disagree.",
        ),
        wordWrap=True,
    )
    text.setAlignment(Qt.AlignmentFlag.AlignCenter)
    text.setFixedSize(_EMPTY_WIDTH, text.heightForWidth(_EMPTY_WIDTH))
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.addStretch(2)
    heading = heading_label(_translate("Overview", "The library at a glance"))
    layout.addWidget(heading, alignment=Qt.AlignmentFlag.AlignHCenter)
    layout.addSpacing(_SPACE)
    layout.addWidget(text, alignment=Qt.AlignmentFlag.AlignHCenter)
    layout.addSpacing(_MARGIN)
    layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(3)
    return page
