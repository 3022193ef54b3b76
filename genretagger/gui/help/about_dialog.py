"""The about box: version, licence and model, and where the program keeps its data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from genretagger import __version__
from genretagger.core.resources import UserFolders
from genretagger.gui.help.model_card import show_model_card
from genretagger.gui.look.text_levels import TextLevel
from genretagger.gui.shell.other_programs import FileManager, open_file
from genretagger.gui.widgets.icons import application_icon
from genretagger.gui.widgets.labels import embolden, plain_label, push_button, set_names
from genretagger.gui.widgets.texts import path_text

_WIDTH, _GAP, _ICON = 600, 16, 64


class AboutDialog(QDialog):
    """Says what the program is, and opens its places in the file manager.

    Parameters
    ----------
    model_id : str, optional
        The model that was used.
    show_report : Callable[[], None]
        Called by the button for the report of a bug.
    """

    def __init__(
        self,
        folders: UserFolders,
        *,
        model_id: str | None,
        show_report: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About Genretagger"))
        self._model_id = model_id
        self._manager = FileManager(self)
        self._manager.failed.connect(self._on_not_shown)
        self._note = plain_label("aboutNote")
        self._note.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        layout.setSpacing(_GAP)
        layout.addLayout(self._head())
        layout.addLayout(self._places(folders))
        layout.addWidget(self._note)
        layout.addStretch(1)
        buttons = self._make_buttons(show_report)
        layout.addWidget(buttons)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        close.setFocus()
        self.resize(_WIDTH, self.sizeHint().height())

    def _head(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(_ICON))
        name = plain_label("aboutVersion", f"Genretagger {__version__}")
        embolden(name, TextLevel.TITLE)
        sentences = (
            self.tr(
                "Hears the genre of music and writes what you accept. It never changes audio and"
                " never sends anything."
            ),
            self.tr("Model: {model}").format(model=self._model_id or self.tr("not used yet")),
            self.tr(
                "Free software under the GNU General Public License, version 3 or later. Uses Qt"
                " under the GNU Lesser General Public License, version 3."
            ),
        )
        texts = QVBoxLayout()
        texts.addWidget(name)
        texts.addWidget(plain_label("aboutText", "\n\n".join(sentences), can_copy=True))
        head = QHBoxLayout()
        head.setSpacing(_GAP)
        head.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        return head

    def _places(self, folders: UserFolders) -> QGridLayout:
        grid = QGridLayout()
        for name, text, spoken, path in (
            ("Log", self.tr("&Log file:"), self.tr("Show the log"), folders.log),
            ("Data", self.tr("&Data folder:"), self.tr("Show the data folder"), folders.home),
            ("Journal", self.tr("&Undo journal:"), self.tr("Show the journal"), folders.journal),
        ):
            line = QLineEdit(path_text(path), readOnly=True)
            line.setObjectName(f"about{name}Path")
            line.setToolTip(path_text(path))
            line.setCursorPosition(0)
            label = QLabel(text)
            label.setBuddy(line)
            button = push_button(f"about{name}Button", self.tr("Show"))
            set_names(button, f"about{name}Button", spoken)
            button.setToolTip(spoken)
            button.clicked.connect(lambda _=False, path=path: self._show(path))
            row = grid.rowCount()
            for column, widget in enumerate((label, line, button)):
                grid.addWidget(widget, row, column)
        return grid

    def _make_buttons(self, show_report: Callable[[], None]) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        card = push_button("modelCardButton", self.tr("&Model card"))
        card.clicked.connect(lambda: show_model_card(self._model_id, self))
        report = push_button("aboutReportButton", self.tr("Copy &report…"))
        report.clicked.connect(show_report)
        box.addButton(card, role)
        box.addButton(report, role)
        box.rejected.connect(self.reject)
        return box

    def _show(self, path: Path) -> None:
        """Show a file or folder in the file manager; if it is not there yet, say so."""
        if path.is_file():
            self._say("")
            self._manager.show(path)
        elif not path.exists():
            text = self.tr("{path} is not there yet: it is made when it is first needed.")
            self._say(text.format(path=path_text(path)))
        elif open_file(path):
            self._say("")
        else:
            self._on_not_shown(path / "any")

    def _on_not_shown(self, path: Path) -> None:
        text = self.tr("No file manager opens {folder}; its path can be copied from here.")
        self._say(text.format(folder=path_text(path.parent)))

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def done(self, result: int) -> None:
        """Close, and wait for no file manager."""
        self._manager.close()
        super().done(result)
