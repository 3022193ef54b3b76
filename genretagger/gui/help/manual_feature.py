"""The manual (F1): opens the chapter about what is in front, in the browser, offline."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from genretagger.core.resources import manual_page
from genretagger.gui.help.manual_chapters import chapter_of
from genretagger.gui.shell.actions import MANUAL
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.other_programs import open_file
from genretagger.gui.widgets.texts import path_text
from genretagger.gui.widgets.translation import current_language

_KEY = "F1"
_SHORTCUT = "manualShortcut"


class ManualFeature(Feature):
    """Opens chapters of the manual, for pages of the window and for its dialogs.

    A dialog gets the key when it first has the focus: the action is the window's, whose keys do not
    work in dialogs.
    """

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        manual = context.actions.make(MANUAL, self.tr("&Manual"), self.tr("Manual"), _KEY)
        manual.triggered.connect(lambda: self._open(None))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        dialog = None if new is None else new.window()
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        if not isinstance(dialog, QDialog) or not self._is_ours(dialog):
            return
        if dialog.findChild(QShortcut, _SHORTCUT, direct) is None:
            shortcut = QShortcut(QKeySequence(_KEY), dialog)
            shortcut.setObjectName(_SHORTCUT)
            shortcut.activated.connect(lambda: self._open(dialog))

    def _is_ours(self, dialog: QDialog) -> bool:
        """Return whether it was opened by our window, or by a dialog that was."""
        parent = dialog.parentWidget()
        while parent is not None and parent is not self._context.window:
            parent = parent.parentWidget()
        return parent is not None

    def _open(self, dialog: QDialog | None) -> None:
        """Open the chapter about what has the focus, which may be in a `dialog`."""
        chapter = chapter_of(
            QApplication.focusWidget() or dialog, page=self._context.pages.currentWidget()
        )
        page = manual_page(chapter, language=current_language())
        if page is None:
            text = self.tr("This installation holds no manual; install Genretagger again.")
            self._say(text, dialog)
        elif not self._opens(page):
            text = self.tr("No program opened the manual; open {path} in a browser.")
            self._say(text.format(path=path_text(page)), dialog)

    def _opens(self, page: Path) -> bool:
        if not open_file(page):
            return False
        # Whether a browser comes is not told, so the path is.
        text = self.tr("The manual opens in your browser: {path}")
        self._context.say(text.format(path=path_text(page)))
        return True

    def _say(self, text: str, dialog: QDialog | None) -> None:
        """Say what is wrong where it is seen: in the window, or over a dialog."""
        if dialog is None:
            self._context.messages.say(text)
            return
        box = QMessageBox(dialog)
        box.setObjectName("manualDialog")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Manual"))
        box.setText(text)
        box.addButton(QMessageBox.StandardButton.Close)
        box.open()
