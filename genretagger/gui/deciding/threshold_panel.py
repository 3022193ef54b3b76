"""Choosing the threshold by what it does: the panel with the chart, and what opens it."""

from __future__ import annotations

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
from genretagger.gui.jobs.job_factories import Started
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.widgets.level_texts import threshold_text
from genretagger.gui.widgets.texts import percent
from genretagger.review.rows.confidence_levels import Levels
from genretagger.review.statistics.threshold_curve import (
    EMPTY_CURVE,
    ThresholdCurve,
    ThresholdPoint,
    compute_curve,
)

_REFRESH_MS = 250
_WIDTH, _HEIGHT = 460, 380
_MARGIN, _GAP = 8, 4
_CLOSING_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_translate = QCoreApplication.translate


def taken_text(taken: ThresholdPoint, threshold: float) -> str:
    """Return what accepting from `threshold` on takes, and how much of it is expected wrong."""
    if not taken.n_open:
        return _translate("Threshold", "Nothing is left to decide among the tracks shown.")
    if taken.precision is None:
        text = _translate("Threshold", "From {threshold} on: none of {total} tracks.")
    elif taken.n_wrong:
        text = _translate(
            "Threshold",
            "From {threshold} on: {n} of {total} tracks ({share}), about {right} right, so about"
            " {wrong} wrong.",
        )
    else:
        text = _translate(
            "Threshold",
            "From {threshold} on: {n} of {total} tracks ({share}), about {right} right, so hardly"
            " one wrong.",
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
    """Return a share that is expected, not measured, to the nearest per cent; never all."""
    return min(round(share * HUNDRED), HUNDRED - 1) / HUNDRED


class ThresholdPanel(QFrame):
    """The chart with the sentence that says what the threshold does; lies over the page."""

    closed = Signal()  # by key or button

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("thresholdPanel")
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setAutoFillBackground(True)
        self.chart = ThresholdChart()
        self._sentence = self._label("thresholdSentence")
        font = self._sentence.font()
        font.setBold(True)
        self._sentence.setFont(font)
        self._note = self._label("thresholdNote")
        self._curve, self._levels = EMPTY_CURVE, Levels()
        self._lay_out()
        self.chart.valueChanged.connect(self._say)
        self._say()
        self.hide()

    def _label(self, name: str) -> QLabel:
        label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setObjectName(name)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return label

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

    def show_curve(self, found: ThresholdCurve) -> None:
        """Show what each threshold takes."""
        self._curve = found
        self.chart.set_curve(found)
        self._say()

    def set_levels(self, levels: Levels) -> None:
        """Say and mark what was measured of `levels`."""
        self._levels = levels
        self.chart.set_levels(levels)
        self._say()

    def _say(self) -> None:
        threshold = self.chart.threshold()
        sentence = taken_text(self._curve.at(threshold), threshold)
        expected = self.tr(
            "Expected from the confidences themselves. Unsure tracks are never taken."
        )
        note = "\n".join(filter(None, (expected, threshold_text(self._levels, threshold))))
        self._sentence.setText(sentence)
        self._note.setText(note)
        self.chart.setAccessibleDescription(f"{sentence}\n{note}")

    def event(self, event: QEvent) -> bool:
        """Keep Escape from stopping a job, and Return from editing a track."""
        if event.type() == QEvent.Type.ShortcutOverride and _closes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _closes(event):
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _closes(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in _CLOSING_KEYS


class ThresholdFeature(Feature):
    """Opens the panel beside the threshold, keeps both alike, and follows the rows while open."""

    def __init__(self, bench: FeatureContext) -> None:
        super().__init__(bench)
        page, spin = bench.page, bench.page.threshold_spin
        self._panel = ThresholdPanel(page)
        self._action = bench.actions.make(
            "thresholdAction",
            self.tr("Choose thresh&old"),
            self.tr("Threshold"),
            "Ctrl+T",
            "threshold",
        )
        self._button = page.add_threshold_button(self._action)
        self._timer = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self._action.triggered.connect(self._toggle)
        self._panel.closed.connect(self._close)
        self._panel.chart.setValue(round(spin.value() * HUNDRED))
        spin.valueChanged.connect(lambda value: self._panel.chart.setValue(round(value * HUNDRED)))
        self._panel.chart.valueChanged.connect(lambda whole: spin.setValue(whole / HUNDRED))
        bench.desk.changed.connect(self._follow)
        bench.desk.model.layoutChanged.connect(self._follow)
        bench.conductor.ready.connect(self._take_settings)
        bench.conductor.renewed.connect(self._take_settings)
        page.installEventFilter(self)

    def close(self) -> None:
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the panel below its button when the page changes its size."""
        if event.type() == QEvent.Type.Resize and self._panel.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _take_settings(self, started: Started) -> None:
        self._panel.set_levels(started.levels)

    def _toggle(self) -> None:
        """Go to the chart; from the chart, back to the table."""
        panel, bench = self._panel, self._bench
        if panel.isVisible() and panel.chart.hasFocus():
            self._close()
            return
        bench.pages.setCurrentWidget(bench.page)
        self._refresh()
        self._place()
        panel.show()
        panel.raise_()
        panel.chart.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _close(self) -> None:
        self._panel.hide()
        self._bench.page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> None:
        page, button = self._bench.page, self._button
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
        model = self._bench.desk.model
        self._panel.show_curve(compute_curve(model.row(number) for number in model.shown()))
