"""Shows the model card, a file beside the model, in its own window."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from genretagger.core.errors import ModelError
from genretagger.core.resources import models_folder

CARD_FILE: Final = "MODEL_CARD.md"
_SIZE = (760, 640)
_MARGIN = 12.0
_translate = QCoreApplication.translate


def card_text(model_id: str | None) -> str:
    """Return the card of the bundled model `model_id`, else of the default model, as Markdown.

    Raises
    ------
    ModelError
        There is no bundled model.
    OSError, UnicodeDecodeError
        Its card is missing, or cannot be read.
    """
    # An id from a stored result must not lead out of the folder.
    folder = models_folder() / Path(model_id or "").name
    if not model_id or not (folder / CARD_FILE).is_file():
        # The import loads NumPy, which must not slow down the window's start.
        from genretagger.analysis.manifest import default_model_folder

        folder = default_model_folder()
    return (folder / CARD_FILE).read_text(encoding="utf-8")


def show_model_card(model_id: str | None, parent: QWidget) -> QDialog:
    """Show the card, or a sentence that it is missing; do not wait."""
    dialog = QDialog(parent)
    dialog.setObjectName("modelCardDialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_translate("ModelCard", "Model card"))
    dialog.resize(*_SIZE)
    browser = QTextBrowser()
    browser.setObjectName("modelCardText")
    browser.setOpenLinks(False)  # nothing here may lead to the network
    browser.setAccessibleName(_translate("ModelCard", "Model card"))
    try:
        browser.setMarkdown(card_text(model_id))
    except (ModelError, OSError, UnicodeDecodeError):
        browser.setPlainText(_translate("ModelCard", "This installation has no model card."))
    browser.document().setDocumentMargin(_MARGIN)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    QShortcut(QKeySequence(QKeySequence.StandardKey.Close), dialog, dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(browser)
    layout.addWidget(buttons)
    dialog.open()
    return dialog
