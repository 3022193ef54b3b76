"""The panel that shows what the threshold does, and the feature that opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.percent import HUNDRED
from genretagger.gui.deciding.threshold_chart import ThresholdChart
from genretagger.gui.shell.actions import THRESHOLD
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.widgets.keys import RETURN_KEYS, claim_key
from genretagger.gui.widgets.labels import embolden, plain_label
from genretagger.gui.widgets.level_texts import threshold_text
from genretagger.gui.widgets.texts import percent
from genretagger.review.rows.confidence_levels import Levels
from genretagger.review.statistics.threshold_curve import (
    EMPTY_CURVE,
    ThresholdCurve,
    ThresholdPoint,
    compute_curve,
)

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import Started

_REFRESH_MS = 250
_WIDTH, _HEIGHT = 460, 380
_MARGIN, _GAP = 8, 4
_CLOSING_KEYS = (Qt.Key.Key_Escape, *RETURN_KEYS)
_translate = QCoreApplication.translate


def taken_text(taken: ThresholdPoint, threshold: float) -> str:
    """Return how many tracks `threshold` takes, and how many of them are expected wrong."""
    if not taken.n_open:
        return _translate("Threshold", "Nothing is left to decide among the tracks shown.")
    if taken.precision is None:
        text = _translate("Threshold", "At {threshold} or above: none of {total} tracks.")
    elif taken.n_wrong:
        text = _translate(
            "Threshold",
            "At {threshold} or above: {n} of {total} tracks ({share}), about "
            "{right} right, so about {wrong} wrong.",
        )
    else:
        text = _translate(
            "Threshold",
            "At {threshold} or above: {n} of {total} tracks ({share}), about "
            "{right} right, so hardly any wrong.",
        )
    return text.format(
        threshold=percent(threshold),
        n=taken.n,
        total=taken.n_open,
        share=percent(taken.share),
        right=percent(_nearest(taken.precision or 0.0)),
        wrong=taken.n_wrong,
    )


def _nearest(share: float) -> float:
    """Return an expected share to the nearest per cent; never 100, as it is no certainty."""
    return min(round(share * HUNDRED), HUNDRED - 1) / HUNDRED


class ThresholdPanel(QFrame):
    """The chart with a sentence that says what the threshold does; lies over the page."""

    closed = Signal()  # by key or button

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("thresholdPanel")
        self.setFrameStyle(QFrame.Shape.StyledPanel | QFrame.Shadow.Plain)
        self.setAutoFillBackground(True)
        self.chart = ThresholdChart()
        self._sentence = plain_label("thresholdSentence")
        embolden(self._sentence)
        self._note = plain_label("thresholdNote")
        for label in (self._sentence, self._note):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._curve, self._levels = EMPTY_CURVE, Levels()
        self._lay_out()
        self.chart.valueChanged.connect(self._say)
        self._say()
        self.hide()

    def _lay_out(self) -> None:
        close = QToolButton()
        close.setObjectName("thresholdCloseButton")
        close.setText(self.tr("Close"))
        close.setToolTip(self.tr("Close (Esc)"))
        close.setAutoRaise(True)
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(QLabel(self.tr("What the threshold does to the tracks shown")), 1)
        head.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 12)
        layout.addLayout(head)
        layout.addWidget(self.chart, 1)
        layout.addWidget(self._sentence)
        layout.addWidget(self._note)

    def show_curve(self, curve: ThresholdCurve) -> None:
        """Show what each threshold takes."""
        self._curve = curve
        self.chart.set_curve(curve)
        self._say()

    def set_levels(self, levels: Levels) -> None:
        """Show where `levels` begin and what was measured about them."""
        self._levels = levels
        self.chart.set_levels(levels)
        self._say()

    def _say(self) -> None:
        threshold = self.chart.threshold()
        sentence = taken_text(self._curve.at(threshold), threshold)
        expected = self.tr(
            "Estimated from the confidences themselves. Unsure tracks are never accepted, nor "
            "those that have a finer genre already."
        )
        note = "\n".join(filter(None, (expected, threshold_text(self._levels, threshold))))
        self._sentence.setText(sentence)
        self._note.setText(note)
        self.chart.setAccessibleDescription(f"{sentence}\n{note}")

    def event(self, event: QEvent) -> bool:
        """Keep Return from editing a track."""
        return claim_key(event, _CLOSING_KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CLOSING_KEYS:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class ThresholdFeature(Feature):
    """Opens the panel below the threshold, keeps both in step, and follows the rows while open."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        page, spin = context.page, context.page.threshold_line.spin
        self._panel = ThresholdPanel(page)
        self._action = context.actions.make(
            THRESHOLD,
            self.tr("Choose thresh&old"),
            self.tr("Threshold"),
            "Ctrl+T",
            "threshold",
        )
        self._button = page.threshold_line.add_button(self._action)
        self._timer = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self._action.triggered.connect(self._toggle)
        self._panel.closed.connect(self._close)
        self._panel.chart.setValue(round(spin.value() * HUNDRED))
        spin.valueChanged.connect(lambda value: self._panel.chart.setValue(round(value * HUNDRED)))
        self._panel.chart.valueChanged.connect(lambda whole: spin.setValue(whole / HUNDRED))
        context.review.changed.connect(self._follow)
        context.review.model.layoutChanged.connect(self._follow)
        context.controller.ready.connect(self._take_settings)
        context.controller.renewed.connect(self._take_settings)
        page.installEventFilter(self)

    def close(self) -> None:
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the panel below its button when the page is resized."""
        if event.type() == QEvent.Type.Resize and self._panel.isVisible():
            self._position_panel()
        return super().eventFilter(watched, event)

    def _take_settings(self, started: Started) -> None:
        self._panel.set_levels(started.levels)

    def _toggle(self) -> None:
        """Move the focus to the chart, or from there back to the table."""
        panel, context = self._panel, self._context
        if panel.isVisible() and panel.chart.hasFocus():
            self._close()
            return
        context.pages.setCurrentWidget(context.page)
        self._refresh()
        self._position_panel()
        panel.show()
        panel.raise_()
        panel.chart.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _close(self) -> None:
        self._panel.hide()
        self._context.page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _position_panel(self) -> None:
        page, button = self._context.page, self._button
        corner = button.mapTo(page, button.rect().bottomRight())
        top = corner.y() + _GAP
        width = min(_WIDTH, page.width() - 2 * _MARGIN)
        height = min(_HEIGHT, page.height() - top - _MARGIN)
        left = min(corner.x() - width + 1, page.width() - _MARGIN - width)
        self._panel.setGeometry(max(_MARGIN, left), top, width, height)

    def _follow(self) -> None:
        if self._panel.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _refresh(self) -> None:
        model = self._context.review.model
        self._panel.show_curve(compute_curve(model.row(row_id) for row_id in model.shown()))
