"""The report of a bug: shows what will be copied, then copies it."""

from __future__ import annotations

from collections.abc import Callable

import PySide6
from PySide6.QtCore import QLibraryInfo, QLocale, Qt, Signal, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from genretagger.gui.widgets.labels import plain_label, set_names
from genretagger.gui.widgets.translation import current_language

_WIDTH, _HEIGHT, _GAP = 720, 480, 12


def window_lines() -> list[str]:
    """Return lines about Qt, the screens and the language, in English."""
    screens = [
        f"{screen.size().width()} x {screen.size().height()} at {screen.devicePixelRatio():g}"
        f" ({screen.logicalDotsPerInch():.0f} dpi)"
        for screen in QGuiApplication.screens()
    ]
    scheme = QGuiApplication.styleHints().colorScheme().name
    debug = ", debug build" if QLibraryInfo.isDebugBuild() else ""
    return [
        f"Qt {qVersion()}{debug}, PySide6 {PySide6.__version__}",
        f"Window: platform {QGuiApplication.platformName()}, colours {scheme}",
        f"Screens: {', '.join(screens)}",
        f"Language: {current_language()}, locale {QLocale().name()}",
    ]


class ReportDialog(QDialog):
    """Shows the report exactly as it will be copied.

    Parameters
    ----------
    make : Callable[[bool], str]
        Returns the report; its argument says whether names and paths stay in it.
    """

    copied = Signal()

    def __init__(self, make: Callable[[bool], str], *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reportDialog")
        self.setWindowTitle(self.tr("Copy report"))
        self.resize(_WIDTH, _HEIGHT)
        self._make = make
        self._text = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        set_names(self._text, "reportText", self.tr("Report"))
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        # Without a cursor the keys would only scroll by pixels that nobody sees.
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._names = QCheckBox(self.tr("Include &names and paths of my files, artists and titles"))
        self._names.setObjectName("reportNamesCheck")
        self._names.toggled.connect(self._fill)
        about = self.tr(
            "This text helps to find a bug: paste it into your message. Nothing is sent; the"
            " clipboard gets exactly what you see here."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        layout.setSpacing(_GAP)
        layout.addWidget(plain_label("reportAbout", about))
        layout.addWidget(self._text, 1)
        layout.addWidget(self._names)
        copy = QPushButton(self.tr("&Copy"))
        copy.setObjectName("reportCopyButton")
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.addButton(copy, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self._copy)
        box.rejected.connect(self.reject)
        layout.addWidget(box)
        copy.setDefault(True)
        copy.setFocus()
        self._fill()

    def _fill(self) -> None:
        self._text.setPlainText(self._make(self._names.isChecked()))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self.copied.emit()
        self.accept()
