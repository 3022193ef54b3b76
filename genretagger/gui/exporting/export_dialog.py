"""Asks what to export, of which tracks, and to where; writes nothing itself."""

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
from genretagger.library.export import ExportOrder, Form

_WIDTH = 560


class ExportScope(Enum):
    """Which tracks are exported."""

    ALL = "all"
    SHOWN = "shown"
    SELECTED = "selected"
    ACCEPTED = "accepted"


class ExportDialog(QDialog):
    """Stays open until the export is done, so that a mistake can be mended.

    Parameters
    ----------
    counts : Mapping[Tracks, int]
        How many tracks each choice is.
    folder : Path
        Where a file is proposed.
    """

    asked = Signal(object, object)  # ExportOrder, Tracks

    def __init__(self, counts: Mapping[ExportScope, int], *, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export"))
        self._folder = folder
        self._replaces = False
        self._waits = False  # for the answer to what stands here
        self._form = self._form_box()
        self._tracks = self._tracks_box(counts)
        self._place = QLineEdit(self._proposed())
        self._place.setObjectName("exportPlaceEdit")
        self._button = QPushButton(self.tr("Bro&wse…"))
        self._button.setObjectName("exportPlaceButton")
        self._by = QComboBox()
        self._by.setObjectName("exportGenreBox")
        self._by.addItem(self.tr("the genre in the file"), False)
        self._by.addItem(self.tr("the genre that is suggested or accepted"), True)
        self._relative = QCheckBox(self.tr("Name tracks as seen from the &playlists' folder"))
        self._relative.setObjectName("exportRelativeCheck")
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
        box.addItem(self.tr("Plan of what is to be written"), Form.PLAN)
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
        for which, text in texts.items():
            box.addItem(text.format(n=counts[which]), which)
        return box

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.addWidget(self._place, 1)
        place.addWidget(self._button)
        self._rows = QFormLayout()
        self._rows.addRow(self.tr("&Format:"), self._form)
        self._rows.addRow("", self._note)
        self._rows.addRow(self.tr("&Tracks:"), self._tracks)
        self._rows.addRow(self.tr("&By:"), self._by)
        self._rows.addRow("", self._relative)
        label = QLabel(self.tr("T&o:"))  # a row that is a layout gives its label no buddy
        label.setBuddy(self._place)
        self._rows.addRow(label, place)
        self._place.setAccessibleName(self.tr("File or folder"))
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
        self._place.textEdited.connect(self._begin_anew)
        self._button.clicked.connect(self._browse)
        self._buttons.accepted.connect(self._ask)
        self._buttons.rejected.connect(self.reject)

    def form(self) -> Form:
        """Return the format that is chosen."""
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
                Form.JSON: self.tr("One object per track, as genretagger analyse --json gives it."),
                Form.PLAYLISTS: self.tr("One playlist for each genre, in a folder."),
                Form.PLAN: self.tr(
                    "What Write would do now, for genretagger apply --plan; only accepted tracks."
                ),
            }[form]
        )
        for field in (self._by, self._relative):
            self._rows.setRowVisible(field, form is Form.PLAYLISTS)
        if form is Form.PLAN:
            self._tracks.setCurrentIndex(self._tracks.findData(ExportScope.ACCEPTED))
        self._place.setText(self._proposed())
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Forget what was said of another file."""
        self._replaces = self._waits = False
        self._wrong.say("")
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(self.tr("&Export"))
        ok.setEnabled(bool(self._place.text().strip()))

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), self._place.text())
        dialog.setObjectName("exportPlaceDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.form() is Form.PLAYLISTS:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            # Asked here, once, whether the name was typed or chosen.
            dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(self._take_place)
        dialog.open()

    def _take_place(self, name: str) -> None:
        self._place.setText(name)
        self._begin_anew()

    def _ask(self) -> None:
        order = ExportOrder(
            self.form(),
            _place(self._place.text().strip()),
            by_suggested=bool(self._by.currentData()),
            is_relative=self._relative.isChecked(),
            replaces=self._replaces,
        )
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(False)
        self._waits = True
        self.asked.emit(order, ExportScope(self._tracks.currentData()))

    def say_wrong(self, text: str) -> None:
        """Say why it was not exported."""
        self._begin_anew()
        self._wrong.say(text)

    def offer_to_replace(self, text: str) -> None:
        """Say that there is something already; the next press replaces it.

        A late answer about a place that was changed meanwhile says nothing of the new one.
        """
        if not self._waits:
            return
        self.say_wrong(text)
        self._replaces = True
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(self.tr("&Replace"))


def _place(typed: str) -> Path:
    """Return the place that was typed; `~` with no home stands for itself."""
    place = Path(typed)
    with suppress(RuntimeError):  # ~nobody
        place = place.expanduser()
    return place.absolute()
