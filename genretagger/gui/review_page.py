"""The page with the tracks: filter, threshold and table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genretagger.gui.track_view import TrackView

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from genretagger.gui.desk import ReviewDesk

_STEP = 0.05


class ReviewPage(QWidget):
    """Lays out the table and what stands above it."""

    def __init__(
        self,
        desk: ReviewDesk,
        accept_all: QAction,
        *,
        threshold: float,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.filter_edit = QLineEdit()
        self.filter_edit.setObjectName("filterEdit")
        self.filter_edit.setAccessibleName(self.tr("Filter"))
        self.filter_edit.setPlaceholderText(self.tr("Filter: title, artist, genre, state …"))
        self.filter_edit.setClearButtonEnabled(True)
        self.threshold_spin = QDoubleSpinBox()
        self.threshold_spin.setObjectName("thresholdSpin")
        self.threshold_spin.setRange(0.0, 1.0)
        self.threshold_spin.setSingleStep(_STEP)
        self.threshold_spin.setDecimals(2)
        self.threshold_spin.setValue(threshold)
        self.threshold_spin.setToolTip(
            self.tr("Accept all takes tracks with at least this confidence; never Unsure ones.")
        )
        self.table = TrackView(desk.model, genres=desk.genres)
        self._lay_out(accept_all)
        self.filter_edit.textChanged.connect(desk.model.filter)
        self.filter_edit.returnPressed.connect(self.table.setFocus)

    def _lay_out(self, accept_all: QAction) -> None:
        label = QLabel(self.tr("&Confidence from"))
        label.setBuddy(self.threshold_spin)
        button = QToolButton()
        button.setObjectName("acceptAllButton")
        button.setDefaultAction(accept_all)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout()
        row.addWidget(self.filter_edit, 1)
        row.addSpacing(16)
        for widget in (label, self.threshold_spin, button):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)

    def say_if_empty(self, *, searching: bool) -> None:
        """Put words in the place of rows where there are none."""
        if self._desk.model.rowCount():
            self.table.say_if_empty("")
        elif self._desk.model.rows():
            self.table.say_if_empty(self.tr("No track matches the filter."))
        elif searching:
            self.table.say_if_empty(self.tr("Looking for tracks …"))
        else:
            self.table.say_if_empty(self.tr("There are no tracks here."))
