"""The page of the learning dialog that waits for what is learned."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from genretagger.core.events import Progress
from genretagger.gui.widgets.labels import push_button, set_names


class WaitPage(QWidget):
    """Shows the progress of learning, and a button that stops it."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = QLabel()
        self._stage.setObjectName("learnStage")
        self._bar = QProgressBar()
        set_names(self._bar, "learnProgress", self.tr("Progress"))
        self._stop = push_button("stopLearnButton", self.tr("&Stop"))
        self._stop.clicked.connect(self.stop_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addStretch(1)
        layout.addWidget(self._stage)
        layout.addWidget(self._bar)
        layout.addWidget(self._stop, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(2)

    def begin(self, text: str) -> None:
        """Show that learning has begun."""
        self._stage.setText(text)
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self._stop.setFocus()

    def tell(self, text: str, progress: Progress) -> None:
        """Show the stage of learning and its progress."""
        self._stage.setText(text)
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)

    def stopping(self) -> None:
        """Show that learning is about to stop."""
        self._stage.setText(self.tr("Stopping…"))
        self._stop.setEnabled(False)
