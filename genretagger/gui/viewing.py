"""What of the rows is looked at: filter, columns, grouping."""

from __future__ import annotations

from PySide6.QtCore import Qt

from genretagger.gui.control import Bench, Control


class ViewControl(Control):
    """Chooses what the table shows."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        filter_action = bench.actions.make(
            "filterAction", self.tr("&Filter"), self.tr("Filter"), ("Ctrl+F", "/")
        )
        filter_action.triggered.connect(self._to_filter)

    def _to_filter(self) -> None:
        line = self._bench.page.filter_edit
        line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        line.selectAll()
