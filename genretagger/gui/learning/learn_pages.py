"""Pages of the learning dialog: the list, and the form before learning."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.errors import PersonalError
from genretagger.core.personal import LONGEST_NAME, is_name
from genretagger.core.settings import PersonalUse
from genretagger.gui.learning.learn_models import ClassifierColumn, ClassifierModel
from genretagger.gui.learning.learn_report import make_table
from genretagger.gui.learning.learn_texts import introduction, wrong_text
from genretagger.gui.widgets.labels import plain_label, push_button
from genretagger.gui.widgets.texts import error_text

if TYPE_CHECKING:
    from genretagger.pipeline import HeardAgain, Personal


class ClassifierPage(QWidget):
    """The personal classifiers, and what can be done with the selected one."""

    learn_asked = Signal()
    again_asked = Signal(str)
    report_asked = Signal(str)
    use_asked = Signal(str, object)  # name, PersonalUse or None
    export_asked = Signal(str)
    import_asked = Signal()
    delete_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self._heard: Mapping[str, HeardAgain] = {}
        self._model = ClassifierModel(self)
        self._table = make_table(
            self._model,
            "classifierTable",
            self.tr("Personal classifiers"),
            widest=ClassifierColumn.NAME,
        )
        self._table.selectionModel().selectionChanged.connect(self._update)
        self._table.activated.connect(lambda: self._report.click())
        self._empty = plain_label("learnEmpty", introduction(), can_copy=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setMargin(24)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)
        self._note = plain_label("learnNote", can_copy=True)
        self._make_buttons()
        self._lay_out()
        self._update()

    def _make_buttons(self) -> None:
        self._learn = self._button("learnButton", self.tr("&Learn…"), self.learn_asked.emit)
        self._again = self._button(
            "learnAgainButton", self.tr("Learn &again"), lambda: self.again_asked.emit(self._name())
        )
        self._report = self._button(
            "reportButton", self.tr("&Report"), lambda: self.report_asked.emit(self._name())
        )
        self._use = self._button("useButton", self.tr("&Use"))
        self._use.setMenu(self._use_menu())
        self._export = self._button(
            "exportButton", self.tr("&Export…"), lambda: self.export_asked.emit(self._name())
        )
        self._import = self._button("importButton", self.tr("&Import…"), self.import_asked.emit)
        self._delete = self._button(
            "deleteButton", self.tr("&Delete"), lambda: self.delete_asked.emit(self._name())
        )

    def _button(self, name: str, text: str, then: Callable[[], None] | None = None) -> QPushButton:
        button = push_button(name, text)
        if then is not None:
            button.clicked.connect(lambda: then())
        return button

    def _use_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("useMenu")
        for use, text in (
            (PersonalUse.BESIDE, self.tr("&Alongside the ten genres")),
            (PersonalUse.INSTEAD, self.tr("&Instead of the ten genres")),
            (None, self.tr("&Stop using it")),
        ):
            action = menu.addAction(text)
            action.setObjectName(f"use{use.capitalize() if use else 'Not'}Action")
            action.triggered.connect(
                lambda *_checked, chosen=use: self.use_asked.emit(self._name(), chosen)
            )
        return menu

    def _lay_out(self) -> None:
        buttons = QVBoxLayout()
        buttons.setSpacing(6)
        for button in (self._learn, self._again, self._report, self._use):
            buttons.addWidget(button)
        buttons.addSpacing(12)
        for button in (self._export, self._import, self._delete):
            buttons.addWidget(button)
        buttons.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._stack, 1)
        row.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row, 1)
        layout.addWidget(self._note)

    def show_classifiers(self, classifiers: Sequence[Personal]) -> None:
        """Show the classifiers; the selected one stays selected."""
        name = self._name()
        self._model.show(classifiers)
        self._stack.setCurrentWidget(self._table if classifiers else self._empty)
        if classifiers:
            self._table.selectRow(self._model.row_of(name) or 0)
        self._update()

    def show_heard_again(self, heard: Mapping[str, HeardAgain]) -> None:
        """Show how far the classifiers that are set aside, by name, can be learned again."""
        self._heard = heard
        self._update()

    def show_busy(self, *, busy: bool) -> None:
        """Set whether learning has to wait for other work."""
        self._busy = busy
        self._update()

    def take_focus(self) -> None:
        """Give the focus to the table, or to the button that learns."""
        shown = self._stack.currentWidget() is self._table
        (self._table if shown else self._learn).setFocus()

    def names(self) -> list[str]:
        """Return the names that are taken."""
        return [classifier.name for classifier in self._model.records]

    def _chosen(self) -> Personal | None:
        selected = self._table.selectionModel().selectedRows()
        return self._model.records[selected[0].row()] if selected else None

    def _name(self) -> str:
        chosen = self._chosen()
        return chosen.name if chosen else ""

    def _update(self) -> None:
        chosen = self._chosen()
        whole = chosen is not None and chosen.report is not None
        self._learn.setEnabled(not self._busy)
        self._again.setVisible(any(own.is_set_aside for own in self._model.records))
        heard = self._heard.get(chosen.name) if chosen and chosen.is_set_aside else None
        self._again.setEnabled(not self._busy and heard is not None and heard.n_heard > 0)
        self._note.setText(self._note_text(chosen))
        self._note.setVisible(bool(self._note.text()))
        for button in (self._report, self._export):
            button.setEnabled(whole)
        fits = chosen is not None and chosen.error is None
        self._use.setEnabled(fits or (chosen is not None and bool(chosen.use)))
        for action in self._use.menu().actions():
            is_not = action.objectName() == "useNotAction"
            action.setEnabled(bool(chosen and chosen.use) if is_not else fits)
        self._delete.setEnabled(chosen is not None)

    def _note_text(self, chosen: Personal | None) -> str:
        """Return what is wrong with the selected classifier, or why learning has to wait."""
        wait = self.tr("Learning can start once the current work has finished.")
        wrong = wrong_text(chosen, self._heard.get(chosen.name)) if chosen else ""
        return "\n".join(filter(None, (wrong, wait if self._busy else "")))


class FormPage(QWidget):
    """Asks for a name and for what to learn from."""

    start_asked = Signal(str, bool)  # name, whether from the open folder only
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken: frozenset[str] = frozenset()
        self._edit = QLineEdit()
        self._edit.setObjectName("learnName")
        self._edit.setMaxLength(LONGEST_NAME)
        self._from = QComboBox()
        self._from.setObjectName("learnFrom")
        self._from.addItem(self.tr("All music heard so far"), userData=False)
        self._hint = plain_label("learnHint", can_copy=True)
        back = push_button("formBackButton", self.tr("&Back"))
        back.clicked.connect(self.back_asked)
        # Return in the line of the name starts, too.
        self._start = push_button("startLearnButton", self.tr("&Start learning"))
        self._start.clicked.connect(self._on_start)
        self._edit.textChanged.connect(self._update)
        self._edit.returnPressed.connect(self._on_start)
        form = QFormLayout()
        form.addRow(self.tr("&Name:"), self._edit)
        form.addRow(self.tr("Learn &from:"), self._from)
        buttons = QHBoxLayout()
        buttons.addWidget(back)
        buttons.addStretch(1)
        buttons.addWidget(self._start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self._hint)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def begin(self, *, taken: Sequence[str], folder: str) -> None:
        """Show the form afresh; `folder` names the open folder, empty if there is none."""
        self._taken = frozenset(taken)
        while self._from.count() > 1:
            self._from.removeItem(1)
        if folder:
            self._from.addItem(folder, userData=True)
        proposed, n = self.tr("My genres"), 2
        while proposed in self._taken:
            proposed, n = self.tr("My genres {n}").format(n=n), n + 1
        self._edit.setText(proposed)
        self._edit.selectAll()
        self._edit.setFocus()
        self._update()

    def _name(self) -> str:
        return self._edit.text().strip()

    def _update(self) -> None:
        name, hint = self._name(), ""
        if name and not is_name(name):
            error = PersonalError("personal-name-invalid", name=name, most=LONGEST_NAME)
            hint = error_text(error)
        elif name in self._taken:
            hint = self.tr(
                "A classifier with this name already exists; the new one will replace it."
            )
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))  # it can have the focus, to be read and copied
        self._start.setEnabled(is_name(name))

    def _on_start(self) -> None:
        if self._start.isEnabled():
            self.start_asked.emit(self._name(), bool(self._from.currentData()))
