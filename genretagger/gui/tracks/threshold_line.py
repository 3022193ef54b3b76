"""The line with the threshold: the number, what it means, and the button that accepts by it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from genretagger.gui.look.text_levels import TextLevel, set_text_level
from genretagger.gui.widgets.level_texts import short_threshold_text, threshold_text
from genretagger.gui.widgets.percent_spin_box import PercentSpinBox
from genretagger.gui.widgets.texts import tooltip
from genretagger.review.rows.confidence_levels import Levels

_GAP = 8
_translate = QCoreApplication.translate


class FittingSentence(QLabel):
    """Shows the longest of several wordings that fits; nothing rather than a cut one."""

    def __init__(self, name: str) -> None:
        super().__init__(textFormat=Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._wordings: Sequence[str] = ()

    def say(self, wordings: Sequence[str]) -> None:
        """Show one of `wordings`, which say the same; the best comes first."""
        self._wordings = wordings
        self._fit()

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), self.width()
        fitting = (text for text in self._wordings if metrics.horizontalAdvance(text) <= room)
        self.setText(next(fitting, ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_wordings"):
            self._fit()


class ThresholdLine(QWidget):
    """Lays out the threshold and what belongs to it, from left to right."""

    def __init__(self, *, threshold: float) -> None:
        super().__init__()
        self._levels = Levels()
        self.spin = PercentSpinBox()
        self.spin.setObjectName("thresholdSpin")
        self.spin.setValue(threshold)
        self._offered = self.spin.value()
        self._meaning = FittingSentence("thresholdLabel")
        set_text_level(self._meaning, TextLevel.CAPTION)
        label = QLabel(_translate("TracksPage", "&Confidence at least"))
        label.setBuddy(self.spin)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)
        self._layout.addWidget(label)
        self._layout.addWidget(self.spin)
        self._layout.addWidget(self._meaning, 1)
        self.spin.valueChanged.connect(self._explain)
        self._explain()

    def add_accept_all(self, action: QAction) -> None:
        """Put the button that accepts all tracks above the threshold at the end."""
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self._layout.addWidget(_tool_button("acceptAllButton", action, style))
        self._order_keys()

    def add_button(self, action: QAction) -> QToolButton:
        """Put the button that explains the threshold beside the number, and return it."""
        button = _tool_button("thresholdButton", action, Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._layout.insertWidget(self._layout.indexOf(self.spin) + 1, button)
        self._order_keys()
        return button

    def _order_keys(self) -> None:
        """Make Tab go from left to right, whatever was added last."""
        widgets = [item.widget() for n in range(self._layout.count())
                   if (item := self._layout.itemAt(n))]  # fmt: skip
        stops = [w for w in widgets if w and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def set_levels(self, levels: Levels) -> None:
        """Explain the threshold by `levels`, those of the suggestions."""
        self._levels = levels
        self._explain()

    def offer(self, threshold: float) -> None:
        """Propose `threshold`, unless the user has already chosen another one."""
        if self.spin.value() == self._offered:
            self.spin.setValue(threshold)
            self._offered = self.spin.value()

    def _explain(self) -> None:
        rule = _translate(
            "TracksPage",
            "Accept all takes tracks with at least this confidence, but never "
            "unsure ones or what is not music.",
        )
        value = self.spin.value()
        measured = threshold_text(self._levels, value)
        self._meaning.say((measured, short_threshold_text(self._levels, value)))
        explanation = "\n".join(filter(None, (rule, measured)))
        self._meaning.setToolTip(tooltip(explanation))
        self.spin.setToolTip(tooltip(explanation))
        self.spin.setAccessibleDescription(explanation)


def _tool_button(name: str, action: QAction, style: Qt.ToolButtonStyle) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setDefaultAction(action)
    button.setToolButtonStyle(style)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
