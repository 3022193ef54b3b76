"""The export dialog: what to export, of which tracks, and to where."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from genretagger.gui.widgets.form_fields import WrongLabel
from genretagger.gui.widgets.labels import plain_label
from genretagger.library.export import ExportOrder, Form, PlaylistGenre, PlaylistOptions

_WIDTH = 560


class ExportScope(Enum):
    """Which tracks are exported."""

    ALL = "all"
    SHOWN = "shown"
    SELECTED = "selected"
    ACCEPTED = "accepted"


class ExportDialog(QDialog):
    """Asks for an export by a signal, and stays open until it has succeeded.

    Parameters
    ----------
    counts : Mapping[ExportScope, int]
        How many tracks each choice has.
    folder : Path
        The folder of the proposed file.
    playlists : PlaylistOptions
        The proposed options for playlists.
    """

    asked = Signal(object, object)  # ExportOrder, ExportScope

    def __init__(
        self,
        counts: Mapping[ExportScope, int],
        *,
        folder: Path,
        playlists: PlaylistOptions,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export"))
        self._folder = folder
        self._replaces = False
        self._waits = False  # for the answer about the path in the line
        self._form = self._form_box()
        self._tracks = self._tracks_box(counts)
        self._path_line = QLineEdit(self._proposed())
        self._path_line.setObjectName("exportPlaceEdit")
        self._button = QPushButton(self.tr("Bro&wse…"))
        self._button.setObjectName("exportPlaceButton")
        self._by = self._by_box(playlists.by)
        self._merges = QCheckBox(self.tr("One playlist for all &spellings of a genre"))
        self._merges.setObjectName("exportMergeCheck")
        self._merges.setChecked(playlists.merges_spellings)
        self._relative = QCheckBox(self.tr("Use paths relative to the &playlists' folder"))
        self._relative.setObjectName("exportRelativeCheck")
        self._relative.setChecked(playlists.is_relative)
        self._note = plain_label("exportNote")
        self._wrong = WrongLabel("exportWrong")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._lay_out()
        self._connect()
        self._on_form()

    def _form_box(self) -> QComboBox:
        box = QComboBox()
        box.setObjectName("exportFormBox")
        box.addItem(self.tr("Table (CSV)"), Form.CSV)
        box.addItem(self.tr("Data for scripts (JSON lines)"), Form.JSON)
        box.addItem(self.tr("Playlists, one per genre (M3U8)"), Form.PLAYLISTS)
        box.addItem(self.tr("Plan of what will be written"), Form.PLAN)
        return box

    def _tracks_box(self, counts: Mapping[ExportScope, int]) -> QComboBox:
        texts = {
            ExportScope.ALL: self.tr("All tracks ({n})"),
            ExportScope.SHOWN: self.tr("Shown by the filter ({n})"),
            ExportScope.SELECTED: self.tr("Selected ({n})"),
            ExportScope.ACCEPTED: self.tr("Accepted, not written ({n})"),
        }
        box = QComboBox()
        box.setObjectName("exportTracksBox")
        for scope, text in texts.items():
            box.addItem(text.format(n=counts[scope]), scope)
        return box

    def _by_box(self, proposed: PlaylistGenre) -> QComboBox:
        box = QComboBox()
        box.setObjectName("exportGenreBox")
        box.addItem(self.tr("the genre after writing what you accepted"), PlaylistGenre.AFTER)
        box.addItem(self.tr("the genre in the file"), PlaylistGenre.NOW)
        box.addItem(self.tr("the suggested or accepted genre"), PlaylistGenre.SUGGESTED)
        box.setCurrentIndex(box.findData(proposed))
        return box

    def _lay_out(self) -> None:
        path_row = QHBoxLayout()
        path_row.addWidget(self._path_line, 1)
        path_row.addWidget(self._button)
        self._rows = QFormLayout()
        self._rows.addRow(self.tr("&Format:"), self._form)
        self._rows.addRow("", self._note)
        self._rows.addRow(self.tr("&Tracks:"), self._tracks)
        self._rows.addRow(self.tr("Group &by:"), self._by)
        self._rows.addRow("", self._merges)
        self._rows.addRow("", self._relative)
        label = QLabel(self.tr("T&o:"))  # a row that is a layout gives its label no buddy
        label.setBuddy(self._path_line)
        self._rows.addRow(label, path_row)
        self._path_line.setAccessibleName(self.tr("File or folder"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(self._rows)
        layout.addWidget(self._wrong)
        layout.addStretch(1)
        layout.addWidget(self._buttons)
        self.resize(_WIDTH, self.sizeHint().height())

    def _connect(self) -> None:
        self._form.currentIndexChanged.connect(self._on_form)
        self._path_line.textEdited.connect(self._begin_anew)
        self._button.clicked.connect(self._browse)
        self._buttons.accepted.connect(self._ask)
        self._buttons.rejected.connect(self.reject)

    def form(self) -> Form:
        """Return the chosen format."""
        return Form(self._form.currentData())

    def _proposed(self) -> str:
        form = self.form()
        names = {Form.PLAYLISTS: self.tr("Playlists"), Form.PLAN: self.tr("plan")}
        name = names.get(form, self.tr("genres"))
        return str(self._folder / (name if form is Form.PLAYLISTS else name + form.suffix))

    def _on_form(self) -> None:
        form = self.form()
        self._note.setText(
            {
                Form.CSV: self.tr("One line per track, for spreadsheets."),
                Form.JSON: self.tr(
                    "One object per track, as printed by genretagger analyse --json."
                ),
                Form.PLAYLISTS: self.tr("One playlist for each genre, in a folder."),
                Form.PLAN: self.tr(
                    "What Write would do now, for use with genretagger apply --plan; "
                    "accepted tracks only."
                ),
            }[form]
        )
        for field in (self._by, self._merges, self._relative):
            self._rows.setRowVisible(field, form is Form.PLAYLISTS)
        if form is Form.PLAN:
            self._tracks.setCurrentIndex(self._tracks.findData(ExportScope.ACCEPTED))
        self._path_line.setText(self._proposed())
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Forget what was said about another file."""
        self._replaces = self._waits = False
        self._wrong.say("")
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(self.tr("&Export"))
        ok.setEnabled(bool(self._path_line.text().strip()))

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), self._path_line.text())
        dialog.setObjectName("exportPlaceDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.form() is Form.PLAYLISTS:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            # The dialog asks itself, whether the path was typed or chosen.
            dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(self._take_path)
        dialog.open()

    def _take_path(self, name: str) -> None:
        self._path_line.setText(name)
        self._begin_anew()

    def _ask(self) -> None:
        order = ExportOrder(
            self.form(),
            _typed_path(self._path_line.text().strip()),
            playlists=PlaylistOptions(
                PlaylistGenre(self._by.currentData()),
                self._merges.isChecked(),
                self._relative.isChecked(),
            ),
            replaces=self._replaces,
        )
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(False)
        self._waits = True
        self.asked.emit(order, ExportScope(self._tracks.currentData()))

    def say_wrong(self, text: str) -> None:
        """Say why nothing was exported."""
        self._begin_anew()
        self._wrong.say(text)

    def offer_to_replace(self, text: str) -> None:
        """Say that the path exists already; the next press replaces it.

        Ignored if the path was changed since it was asked about.
        """
        if not self._waits:
            return
        self.say_wrong(text)
        self._replaces = True
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(self.tr("&Replace"))


def _typed_path(text: str) -> Path:
    """Return the path that was typed; `~` is kept where no home is known."""
    path = Path(text)
    with suppress(RuntimeError):  # ~nobody
        path = path.expanduser()
    return path.absolute()
