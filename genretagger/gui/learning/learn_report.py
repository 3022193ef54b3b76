"""The page that shows how well a personal classifier tells its genres apart."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.personal import ClassifierReport
from genretagger.core.settings import PersonalUse
from genretagger.gui.learning.learn_models import GenreColumn, GenreModel
from genretagger.gui.learning.learn_texts import (
    basis_text,
    calibration_text,
    cautions,
    headline,
    left_out_text,
)
from genretagger.gui.look.text_levels import TextLevel
from genretagger.gui.widgets.icons import state_icon
from genretagger.gui.widgets.item_views import show_whole_rows
from genretagger.gui.widgets.labels import embolden, plain_label, push_button, set_names
from genretagger.review.rows.row import State

_ICON_SIZE = 20
_ROW_HEIGHT = 1.6  # of the height of a line
_LEAST_TABLE_ROWS = 4
_LEAST_CHARACTERS = 10


def make_table(model: QAbstractItemModel, name: str, accessible: str, *, widest: int) -> QTableView:
    """Return a table of whole rows; the column `widest` takes the room that the others leave."""
    table = QTableView()
    set_names(table, name, accessible)
    table.setModel(model)
    show_whole_rows(table, line_height=_ROW_HEIGHT)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = table.horizontalHeader()
    header.setMinimumSectionSize(_LEAST_CHARACTERS * table.fontMetrics().averageCharWidth())
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
    return table


class ReportPage(QWidget):
    """Headline, cautions, a table of genres, what was left out, and buttons to use it."""

    use_asked = Signal(object)  # PersonalUse
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = plain_label("reportTitle", can_copy=True)
        embolden(self._title, TextLevel.TITLE)
        self._headline = plain_label("reportHeadline", can_copy=True)
        self._details = plain_label("reportDetails", can_copy=True)
        self._caution = _Caution()
        self._model = GenreModel(self)
        self._table = make_table(
            self._model,
            "reportTable",
            self.tr("How well each genre is recognised"),
            widest=GenreColumn.GENRE,
        )
        self._left_out = plain_label("reportLeftOut", can_copy=True)
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
        back = push_button("reportBackButton", self.tr("Back to the &list"))
        back.clicked.connect(self.back_asked)
        beside = push_button("useBesideButton", self.tr("Use &alongside the ten genres"))
        beside.clicked.connect(lambda: self.use_asked.emit(PersonalUse.BESIDE))
        instead = push_button("useInsteadButton", self.tr("Use &instead of them"))
        instead.clicked.connect(lambda: self.use_asked.emit(PersonalUse.INSTEAD))
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(beside)
        row.addWidget(instead)
        return row

    def show_report(self, name: str, report: ClassifierReport, *, more: str = "") -> None:
        """Show the report of `name`; `more` is what happened while learning."""
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
    """A framed warning; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._picture = QLabel()
        self._text = plain_label("reportCaution", can_copy=True)
        layout = QHBoxLayout(self)
        layout.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        self.hide()

    def say(self, text: str) -> None:
        self._text.setText(text)
        self._picture.setPixmap(state_icon(State.FAILED, self.palette()).pixmap(_ICON_SIZE))
        self.setVisible(bool(text))
