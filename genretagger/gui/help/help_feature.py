"""The key sheet, the report of a bug and the about box, one of each at a time."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from genretagger.core.resources import user_folders
from genretagger.gui.help.about_dialog import AboutDialog
from genretagger.gui.help.report_dialog import ReportDialog, window_lines
from genretagger.gui.help.shortcut_sheet import ShortcutSheet
from genretagger.gui.help.shortcut_texts import sections
from genretagger.gui.help.sign_legend import list_signs
from genretagger.gui.shell.actions import ABOUT, KEYS, REPORT
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.review.rows.row import State


class HelpFeature(Feature):
    """Shows the key sheet, the report and the about box."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        make = context.actions.make
        keys = make(
            KEYS,
            self.tr("&Keyboard shortcuts and signs"),
            self.tr("Shortcuts"),
            ("Shift+F1", "?"),
        )
        report = make(REPORT, self.tr("Copy &report…"), self.tr("Report"))
        about = make(ABOUT, self.tr("&About Genretagger"), self.tr("About"))
        about.setMenuRole(about.MenuRole.AboutRole)
        keys.triggered.connect(self._show_keys)
        report.triggered.connect(self._show_report)
        about.triggered.connect(self._show_about)
        self._dialog: QDialog | None = None

    def close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()

    def _show_keys(self) -> None:
        if isinstance(self._dialog, ShortcutSheet):
            return
        window = self._context.window
        levels = self._context.review.model.meanings.model
        signs = list_signs(window.palette(), levels, ratio=window.devicePixelRatioF())
        self._open(ShortcutSheet(sections(window.menuBar()), signs, window))

    def _show_about(self) -> None:
        context = self._context
        self._open(
            AboutDialog(
                user_folders(),
                model_id=context.review.model_id,
                show_report=self._show_report,
                parent=context.window,
            )
        )

    def _show_report(self) -> None:
        """Show the report in place of the about box, if that has asked for it."""
        dialog = ReportDialog(self._report, parent=self._context.window)
        dialog.copied.connect(
            lambda: self._context.say(self.tr("The report is in the clipboard: paste it (Ctrl+V)."))
        )
        self._open(dialog)

    def _report(self, shows_names: bool) -> str:
        # The import takes a while, which must not slow down the window's start.
        from genretagger.bugreport.report import make_report

        review = self._context.review
        counts = Counter(row.state for row in review.model.rows())
        return make_report(
            user_folders(),
            model_id=review.model_id,
            states={state.value: counts[state] for state in State},
            window=window_lines(),
            shows_names=shows_names,
        )

    def _open(self, dialog: QDialog) -> None:
        """Show a dialog in place of the one that is shown, and give the focus back in the end."""
        self.close()
        self._dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda: self._on_closed(dialog))
        dialog.open()

    def _on_closed(self, dialog: QDialog) -> None:
        if self._dialog is dialog:
            self._dialog = None
            self._context.window.activateWindow()  # its last focused widget gets the focus back
