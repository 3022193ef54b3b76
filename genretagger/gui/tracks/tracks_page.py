"""The page with the tracks: filter, threshold and table."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QValidator
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.percent import HUNDRED
from genretagger.gui.tracks import cell_texts
from genretagger.gui.tracks.review_controller import ReviewController
from genretagger.gui.tracks.state_filter_bar import StateFilterBar
from genretagger.gui.tracks.track_view import TrackView
from genretagger.gui.widgets.level_texts import level_text, threshold_text
from genretagger.gui.widgets.texts import path_text, percent, tooltip
from genretagger.review.rows.confidence_levels import ClassifierLevels, Levels

_STEP = 0.05
_GAP = 16
_ROW_LINES = 3  # what is said of the current row


class TracksPage(QWidget):
    """Lays out the table and what stands above it."""

    def __init__(
        self,
        desk: ReviewController,
        *,
        threshold: float,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._nothing = ""
        self.filter_edit = FilterEdit()
        self.filter_edit.setObjectName("filterEdit")
        self.filter_edit.setAccessibleName(self.tr("Filter"))
        self.filter_edit.setPlaceholderText(self.tr("Filter: words, genre:rock, conf:<0.6 …"))
        self.filter_edit.setClearButtonEnabled(True)
        self._filter_note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._filter_note.setObjectName("filterNote")
        self._filter_note.hide()
        self.chips = StateFilterBar()
        self.threshold_spin = PercentSpinBox()
        self.threshold_spin.setObjectName("thresholdSpin")
        self.threshold_spin.setValue(threshold)
        self._offered = self.threshold_spin.value()
        self._threshold_label = QLabel()
        self._threshold_label.setObjectName("thresholdLabel")
        self._threshold_label.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.threshold_spin.valueChanged.connect(self._explain_threshold)
        self.table = TrackView(desk.model, genres=desk.genres)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("reviewSplitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.table)
        self._clear_button = QToolButton()
        self._clear_button.setObjectName("clearFilterButton")
        self._clear_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._clear_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.table.add_below_words(self._clear_button)
        self._levels = Levels()
        self._row_label = self._make_row_label()
        self._lay_out()
        self._explain_threshold()
        self.filter_edit.returnPressed.connect(self._to_first_row)
        self.table.selectionModel().currentRowChanged.connect(self._say_row)
        desk.changed.connect(self._say_row)
        desk.model.layoutChanged.connect(self._say_row)

    def _make_row_label(self) -> QLabel:
        label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setObjectName("rowLabel")
        label.setAccessibleName(self.tr("Current track"))
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        label.setFrameShape(QFrame.Shape.NoFrame)
        # As high for every row: the table must not jump while one walks through it.
        label.setFixedHeight(_ROW_LINES * label.fontMetrics().lineSpacing())
        return label

    def _lay_out(self) -> None:
        label = QLabel(self.tr("&Confidence from"))
        label.setBuddy(self.threshold_spin)
        self._threshold_row = row = QHBoxLayout()
        row.addWidget(self.filter_edit, 1)
        row.addSpacing(_GAP)
        row.addWidget(label)
        row.addWidget(self.threshold_spin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self._filter_note)
        layout.addWidget(self._threshold_label)
        layout.addWidget(self.chips)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self._row_label)

    def add_done_bar(self, bar: QWidget) -> None:
        """Put the line that says that all is decided between the states and the table."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.indexOf(self.chips) + 1, bar)

    def add_pane(self, pane: QWidget) -> None:
        """Put a pane beside the table, which takes and gives all room that comes and goes."""
        self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)

    def show_row_text(self, *, shown: bool) -> None:
        """Show what is said of the current row below the table, where no pane says it."""
        self._row_label.setVisible(shown)

    def add_clear_filter(self, action: QAction) -> None:
        """Put the button that shows all tracks again where the filter leaves none."""
        self._clear_button.setDefaultAction(action)

    def add_saved_filters(self, button: QToolButton) -> None:
        """Put the button with the saved filters beside the filter."""
        self._threshold_row.insertWidget(1, button)
        self._order_keys()

    def say_of_filter(self, text: str) -> None:
        """Say what of the filter is not understood; an empty text says that all is."""
        self._filter_note.setText(text)
        self._filter_note.setVisible(bool(text))
        self.filter_edit.setAccessibleDescription(text)

    def add_accept_all(self, action: QAction) -> None:
        """Put the button that accepts from the threshold on beside it."""
        button = QToolButton()
        button.setObjectName("acceptAllButton")
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._threshold_row.addWidget(button)
        self._order_keys()

    def add_threshold_button(self, action: QAction) -> QToolButton:
        """Put the button that shows what the threshold does beside it, and return it."""
        button = QToolButton()
        button.setObjectName("thresholdButton")
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = self._threshold_row
        row.insertWidget(row.indexOf(self.threshold_spin) + 1, button)
        self._order_keys()
        return button

    def _order_keys(self) -> None:
        """Let Tab walk through the first line as it is read, whenever its parts were made."""
        row = self._threshold_row
        parts = [item.widget() for number in range(row.count()) if (item := row.itemAt(number))]
        takers = [one for one in parts if one and one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for before, after in pairwise(takers):
            self.setTabOrder(before, after)

    def explain(self, meanings: ClassifierLevels, *, levels: Levels) -> None:
        """Explain levels by `meanings`, and the threshold by the `levels` of what is suggested."""
        self._desk.set_meanings(meanings)
        self._levels = levels
        self._explain_threshold()
        self._say_row()

    def offer_threshold(self, threshold: float) -> None:
        """Offer `threshold`, unless the user has chosen another one already."""
        if self.threshold_spin.value() == self._offered:
            self.threshold_spin.setValue(threshold)
            self._offered = self.threshold_spin.value()

    def _explain_threshold(self) -> None:
        rule = self.tr(
            "Accept all takes tracks with at least this confidence; never Unsure ones, and never"
            " what is not music."
        )
        measured = threshold_text(self._levels, self.threshold_spin.value())
        self._threshold_label.setText(measured)
        self._threshold_label.setVisible(bool(measured))
        said = "\n".join(filter(None, (rule, measured)))
        self.threshold_spin.setToolTip(tooltip(said))
        self.threshold_spin.setAccessibleDescription(said)

    def say_nothing_because(self, reason: str) -> None:
        """Keep the sentence that stands in the place of rows if there are none."""
        self._nothing = reason

    def say_if_empty(self, *, doing: str) -> None:
        """Put words in the place of rows where there are none: what a job does, if one runs."""
        hidden = False
        if self._desk.model.rowCount():
            self.table.say_if_empty("")
        elif self._desk.model.rows():
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
        """Say of the current row what its tooltips say: not everybody has a mouse."""
        index = self.table.currentIndex()
        text = ""
        if index.isValid():
            row = self._desk.model.row(self._desk.model.number_at(index.row()))
            why = cell_texts.state_text(row).replace("\n", " ")
            lines = [why, level_text(row, self._desk.model.meanings), path_text(row.path)]
            text = "\n".join(filter(None, lines))
        if text != self._row_label.text():
            self._row_label.setText(text)
            self._row_label.setToolTip(tooltip(text) if text else "")


class FilterEdit(QLineEdit):
    """A line that Escape clears, also while Escape would stop a job."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._clears(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clears(event):
            self.clear()
        else:
            super().keyPressEvent(event)

    def _clears(self, event: QEvent) -> bool:
        return (
            isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and bool(self.text())
        )


class PercentSpinBox(QDoubleSpinBox):
    """A share in [0, 1], shown and typed in per cent as confidences are shown everywhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0.0, 1.0)
        self.setSingleStep(_STEP)
        self.setDecimals(2)

    def textFromValue(self, value: float) -> str:
        return percent(value)

    def valueFromText(self, text: str) -> float:
        return int(_digits(text) or 0) / HUNDRED

    def validate(self, text: str, place: int) -> object:
        """Take digits up to 100, whatever sign stands behind them."""
        digits = _digits(text)
        rest = text.replace("%", "").strip()
        if rest != digits or len(digits) > len(str(HUNDRED)):
            return QValidator.State.Invalid, text, place
        if not digits:
            return QValidator.State.Intermediate, text, place
        fits = int(digits) <= HUNDRED
        return (QValidator.State.Acceptable if fits else QValidator.State.Invalid), text, place


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())
