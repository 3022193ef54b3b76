"""Writing what was accepted, and taking a write back."""

from __future__ import annotations

from genretagger.core.datatypes import Policy
from genretagger.gui.asking import preview_write
from genretagger.gui.control import Bench, Control
from genretagger.gui.texts import batch_text


class WriteControl(Control):
    """Asks before a write, starts it, and offers its undo."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        make = bench.actions.make
        self._write = make(
            "writeAction", self.tr("&Write accepted…"), self.tr("Write"), "Ctrl+S", "write"
        )
        self._undo = make(
            "undoAction", self.tr("&Undo last write"), self.tr("Undo write"), "Ctrl+Shift+U", "undo"
        )
        self._write.triggered.connect(self._preview)
        self._undo.triggered.connect(lambda: bench.conductor.undo())

    def update(self) -> None:
        desk, conductor = self._bench.desk, self._bench.conductor
        busy, batch = conductor.is_busy(), conductor.batch_to_undo()
        self._write.setEnabled(not busy and desk.n_outstanding > 0)
        self._undo.setEnabled(not busy and batch is not None)
        what = batch_text(batch) if batch else ""
        text = self.tr("&Undo last write: {what}") if what else self.tr("&Undo last write")
        self._bench.actions.describe(self._undo, text.format(what=what), self.tr("Undo write"))

    def _preview(self) -> None:
        bench, started = self._bench, self._bench.conductor.started
        if started is not None:
            settings, rows = started.context.settings, bench.desk.model.rows()
            preview_write(
                bench.window,
                rows,
                Policy(settings.policy),
                protected=settings.protected_genres,
                then=bench.conductor.write,
            )
