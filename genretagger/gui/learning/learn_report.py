"""The page that says how well a personal classifier tells its genres apart, before it is used."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.personal import ClassifierReport
from genretagger.core.settings import BESIDE, INSTEAD
from genretagger.gui.learning.learn_models import GenreColumn, GenreModel
from genretagger.gui.learning.learn_texts import (
    basis_text,
    calibration_text,
    cautions,
    headline,
    left_out_text,
)
from genretagger.gui.widgets.icons import state_icon
from genretagger.review.rows.row import State

_HEADLINE_SCALE = 1.15
_ICON_SIZE = 20
_ROW_HEIGHT = 1.6  # of the height of a line
_LEAST_TABLE_ROWS = 4
_LEAST_CHARACTERS = 10


def plain_label(name: str = "") -> QLabel:
    """Return a label that wraps, takes nothing for HTML and can be copied from."""
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setObjectName(name)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def make_table(table: QTableView, *, name: str, accessible: str) -> QTableView:
    """Return `table` as a quiet list of whole rows."""
    table.setObjectName(name)
    table.setAccessibleName(accessible)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.verticalHeader().hide()
    rows = table.verticalHeader()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(round(table.fontMetrics().height() * _ROW_HEIGHT))
    columns = table.horizontalHeader()
    columns.setHighlightSections(False)
    columns.setMinimumSectionSize(_LEAST_CHARACTERS * table.fontMetrics().averageCharWidth())
    return table


class ReportPage(QWidget):
    """Headline, cautions, a table of the genres, what was left out, and what to do now."""

    use_asked = Signal(str)  # beside or instead
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = plain_label("reportTitle")
        font = self._title.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * _HEADLINE_SCALE)
        self._title.setFont(font)
        self._headline = plain_label("reportHeadline")
        self._details = plain_label("reportDetails")
        self._caution = _Caution()
        self._model = GenreModel(self)
        self._table = make_table(
            QTableView(), name="reportTable", accessible=self.tr("How well each genre is heard")
        )
        self._table.setModel(self._model)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(GenreColumn.GENRE, QHeaderView.ResizeMode.Stretch)
        self._left_out = plain_label("reportLeftOut")
        self._lay_out()

    def _lay_out(self) -> None:
        text = QWidget()
        column = QVBoxLayout(text)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._title, self._headline, self._caution, self._details):
            column.addWidget(widget)
        rows = (_LEAST_TABLE_ROWS + 1) * _ROW_HEIGHT
        self._table.setMinimumHeight(round(self.fontMetrics().height() * rows))
        column.addWidget(self._table, 1)
        column.addWidget(self._left_out)
        area = QScrollArea(widgetResizable=True)  # only a small window scrolls
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(area, 1)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        back = QPushButton(self.tr("Back to the &list"))
        back.setObjectName("reportBackButton")
        back.clicked.connect(self.back_asked)
        self._beside = QPushButton(self.tr("Use &beside the ten genres"))
        self._beside.setObjectName("useBesideButton")
        self._beside.clicked.connect(lambda: self.use_asked.emit(BESIDE))
        self._instead = QPushButton(self.tr("Use &instead of them"))
        self._instead.setObjectName("useInsteadButton")
        self._instead.clicked.connect(lambda: self.use_asked.emit(INSTEAD))
        for button in (back, self._beside, self._instead):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(self._beside)
        row.addWidget(self._instead)
        return row

    def show_report(self, name: str, report: ClassifierReport, *, more: str = "") -> None:
        """Show the report of `name`; `more` is what happened while it was learned."""
        self._title.setText(name)
        self._headline.setText(headline(report))
        self._caution.say("\n".join(filter(None, (cautions(report), more))))
        self._details.setText(f"{calibration_text(report)}\n{basis_text(report)}")
        self._model.show(report.genres)
        left = left_out_text(report)
        self._left_out.setText(left)
        self._left_out.setVisible(bool(left))
        if report.genres:
            self._table.setCurrentIndex(self._model.index(0, 0))
        self._table.setFocus()


class _Caution(QFrame):
    """A framed warning; hidden while there is nothing to warn of."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._picture = QLabel()
        self._text = plain_label("reportCaution")
        layout = QHBoxLayout(self)
        layout.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        self.hide()

    def say(self, text: str) -> None:
        self._text.setText(text)
        self._picture.setPixmap(state_icon(State.FAILED, self.palette()).pixmap(_ICON_SIZE))
        self.setVisible(bool(text))
