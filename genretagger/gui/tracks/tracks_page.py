"""The page with the tracks: filter, threshold and table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genretagger.gui.cells import cell_texts
from genretagger.gui.tracks.review_controller import ReviewController
from genretagger.gui.tracks.state_filter_bar import StateFilterBar
from genretagger.gui.tracks.threshold_line import ThresholdLine
from genretagger.gui.tracks.track_view import TrackView
from genretagger.gui.widgets.labels import plain_label, set_names
from genretagger.gui.widgets.level_texts import level_text
from genretagger.gui.widgets.texts import path_text, tooltip
from genretagger.review.rows.confidence_levels import ClassifierLevels, Levels

_GAP = 8
_LEAST_FILTER = 120  # pixels, of the field
_ROW_LINES = 3  # of the text about the current row


class TracksPage(QWidget):
    """Lays out the table and what stands above it."""

    def __init__(
        self,
        review: ReviewController,
        *,
        threshold: float,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._review = review
        self._nothing = ""
        self._saved_filters: QToolButton | None = None
        self._make_filter()
        self.threshold_line = ThresholdLine(threshold=threshold)
        self.table = TrackView(review.model, genres=review.genres)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("reviewSplitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.table)
        self.outer_splitter = QSplitter(Qt.Orientation.Horizontal)
        self.outer_splitter.setObjectName("folderSplitter")
        self.outer_splitter.setChildrenCollapsible(False)
        self.outer_splitter.addWidget(self.splitter)
        self.table.add_below_words(self._clear_button)
        self._row_label = self._make_row_label()
        self._lay_out()
        self.filter_edit.returnPressed.connect(self._to_first_row)
        self.filter_edit.left.connect(self.table.setFocus)
        self.threshold_line.spin.left.connect(self.table.setFocus)
        self.table.selectionModel().currentRowChanged.connect(self._say_row)
        review.changed.connect(self._say_row)
        review.model.layoutChanged.connect(self._say_row)

    def _make_filter(self) -> None:
        self.filter_edit = FilterEdit()
        set_names(self.filter_edit, "filterEdit", self.tr("Filter"))
        self.filter_edit.setPlaceholderText(self.tr("Filter: words, genre:rock, conf:<0.6 …"))
        self.filter_edit.setClearButtonEnabled(True)
        self._filter_note = plain_label("filterNote")
        self._filter_note.hide()
        self.chips = StateFilterBar()
        self._clear_button = QToolButton()
        self._clear_button.setObjectName("clearFilterButton")
        self._clear_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._clear_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _make_row_label(self) -> QLabel:
        label = plain_label("rowLabel")
        label.setAccessibleName(self.tr("Current track"))
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        label.setFrameShape(QFrame.Shape.NoFrame)
        # The same height for every row, or the table would jump from row to row.
        label.setFixedHeight(_ROW_LINES * label.fontMetrics().lineSpacing())
        return label

    def _lay_out(self) -> None:
        self._search_line = line = QHBoxLayout()
        line.setSpacing(_GAP)
        line.addWidget(self.filter_edit, 1)
        line.addWidget(self.chips)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_GAP, _GAP, _GAP, 0)
        layout.setSpacing(_GAP)
        layout.addLayout(line)
        layout.addWidget(self._filter_note)
        layout.addWidget(self.threshold_line)
        layout.addWidget(self.outer_splitter, 1)
        layout.addWidget(self._row_label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_search_line()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_row_label"):
            self._row_label.setFixedHeight(_ROW_LINES * self.fontMetrics().lineSpacing())

    def _share_search_line(self) -> None:
        """Give the states the room that the filter and its button leave them."""
        taken = _LEAST_FILTER + 4 * _GAP
        if self._saved_filters is not None:
            taken += self._saved_filters.sizeHint().width()
        self.chips.set_room(self.width() - taken)

    def add_strip(self, strip: QWidget) -> None:
        """Put a strip below the table, where it moves no row when it comes or goes."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.indexOf(self.outer_splitter) + 1, strip)

    def add_left_pane(self, pane: QWidget) -> None:
        """Put a pane to the left of all; when the window is resized, the rest takes the change."""
        self.outer_splitter.insertWidget(0, pane)
        self.outer_splitter.setStretchFactor(0, 0)
        self.outer_splitter.setStretchFactor(1, 1)

    def add_pane(self, pane: QWidget) -> None:
        """Put a pane beside the table; when the window is resized, the table takes the change."""
        self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)

    def show_row_text(self, *, shown: bool) -> None:
        """Show the text about the current row below the table; a pane beside it replaces that."""
        self._row_label.setVisible(shown)

    def add_clear_filter(self, action: QAction) -> None:
        """Set the action of the button that is shown while the filter hides all tracks."""
        self._clear_button.setDefaultAction(action)

    def add_saved_filters(self, button: QToolButton) -> None:
        """Put the button with the saved filters beside the filter."""
        self._saved_filters = button
        self._search_line.insertWidget(1, button)
        self.setTabOrder(self.filter_edit, button)
        self._share_search_line()

    def say_of_filter(self, text: str) -> None:
        """Say which part of the filter is not understood; nothing if `text` is empty."""
        self._filter_note.setText(text)
        self._filter_note.setVisible(bool(text))
        self.filter_edit.setAccessibleDescription(text)

    def explain(self, meanings: ClassifierLevels, *, levels: Levels) -> None:
        """Explain levels by `meanings`, and the threshold by `levels`, those of the suggestions."""
        self._review.set_meanings(meanings)
        self.threshold_line.set_levels(levels)
        self._say_row()

    def say_nothing_because(self, reason: str) -> None:
        """Set the sentence that the empty table shows while no job runs."""
        self._nothing = reason

    def say_if_empty(self, *, doing: str) -> None:
        """Show a text in an empty table: what the running job is `doing`, or why it is empty."""
        hidden = False
        if self._review.model.rowCount():
            self.table.say_if_empty("")
        elif self._review.model.rows():
            self.table.say_if_empty(self.tr("No track matches the filter."))
            hidden = True
        else:
            self.table.say_if_empty(doing or self._nothing)
        if not hidden and self._clear_button.hasFocus():
            self.table.setFocus()
        self._clear_button.setVisible(hidden)

    def _to_first_row(self) -> None:
        self.table.setFocus()
        self.table.select_first()

    def _say_row(self) -> None:
        """Show the tooltips of the current row as text: not everybody uses a mouse."""
        index = self.table.currentIndex()
        text = ""
        if index.isValid():
            model = self._review.model
            row = model.row(model.row_id_at(index.row()))
            why = cell_texts.state_text(row, model.write_rules).replace("\n", " ")
            lines = [why, level_text(row, model.meanings), path_text(row.path)]
            text = "\n".join(filter(None, lines))
        if text != self._row_label.text():
            self._row_label.setText(text)
            self._row_label.setToolTip(tooltip(text) if text else "")


class FilterEdit(QLineEdit):
    """A line that Escape clears; pressed again, it leaves the line."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
        else:
            self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Have the sign that clears drawn anew: Qt draws it once, in the colours of then."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isClearButtonEnabled():
            self.setClearButtonEnabled(False)
            self.setClearButtonEnabled(True)
