"""Dialogs that do not block: they call a function with the user's answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

_translate = QCoreApplication.translate


def ask_for_folder(parent: QWidget, *, start: Path, then: Callable[[Sequence[Path]], None]) -> None:
    """Ask for a folder of music in the system's own dialog, which begins in the folder `start`."""
    dialog = QFileDialog(parent, _translate("MainWindow", "Open a folder of music"))
    dialog.setObjectName("openFolderDialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setDirectoryUrl(QUrl.fromLocalFile(os.fspath(start)))
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()


def ask_for_file(
    parent: QWidget,
    *,
    name: str,
    title: str,
    suffix: str,
    proposed: str,
    then: Callable[[Path], None],
) -> None:
    """Ask for a file to read, or with a `proposed` name for a new one to write."""
    dialog = QFileDialog(parent, title)
    dialog.setObjectName(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setNameFilter(f"*{suffix}")
    if proposed:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # The pipeline refuses a file that exists, with a sentence.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{proposed}{suffix}")
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()


def confirm(
    parent: QWidget, *, name: str, text: str, yes: str, then: Callable[[], None]
) -> QMessageBox:
    """Ask whether to go on; the safe answer is the default."""
    box = QMessageBox(parent)
    box.setObjectName(name)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    go_on = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    go_on.setObjectName("confirmButton")
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.setEscapeButton(QMessageBox.StandardButton.Cancel)
    go_on.clicked.connect(then)
    box.open()
    return box
