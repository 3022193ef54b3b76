"""The dialog of the user's own genres: shows what it is given, asks by signals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QStackedWidget, QVBoxLayout, QWidget

from genretagger.core.events import Progress, Stage
from genretagger.core.personal import ClassifierReport
from genretagger.core.settings import PersonalUse
from genretagger.gui.learning.learn_pages import ClassifierPage, FormPage
from genretagger.gui.learning.learn_report import ReportPage
from genretagger.gui.learning.wait_page import WaitPage
from genretagger.gui.shell.dialogs import ask_for_file, confirm
from genretagger.gui.shell.status_texts import stage_text
from genretagger.gui.widgets.labels import plain_label

if TYPE_CHECKING:
    from genretagger.pipeline import HeardAgain, Personal

_WIDTH, _HEIGHT = 760, 560
_LEAST_WIDTH, _LEAST_HEIGHT = 560, 420
_SUFFIX = ".npz"  # of a personal classifier (analysis/personal/file.py)


class LearnDialog(QDialog):
    """Pages: the list, the questions, the wait, the report."""

    learn_asked = Signal(str, bool)  # name, whether from the open folder only
    again_asked = Signal(str)
    stop_asked = Signal()
    report_asked = Signal(str)
    use_asked = Signal(str, object, bool)  # name, PersonalUse or None, whether anyway
    export_asked = Signal(str, object)  # name, path
    import_asked = Signal(object)  # path
    delete_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, folder: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("learnDialog")
        self.setWindowTitle(self.tr("Learn from my library"))
        self.resize(_WIDTH, _HEIGHT)
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._folder = folder
        self._reported: tuple[str, ClassifierReport] | None = None
        self._list, self._form = ClassifierPage(), FormPage()
        self._wait, self._report = WaitPage(), ReportPage()
        self._stack = QStackedWidget()
        for page in (self._list, self._form, self._wait, self._report):
            self._stack.addWidget(page)
        self._problem = plain_label("learnProblem", can_copy=True)
        self._problem.hide()
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        classifiers, form, wait, report = self._list, self._form, self._wait, self._report
        classifiers.learn_asked.connect(self._to_form)
        classifiers.again_asked.connect(self.again_asked)
        classifiers.report_asked.connect(self.report_asked)
        classifiers.use_asked.connect(lambda name, use: self._ask_use(name, use, trusted=True))
        classifiers.export_asked.connect(self._ask_export)
        classifiers.import_asked.connect(self._ask_import)
        classifiers.delete_asked.connect(self._ask_delete)
        form.start_asked.connect(self.learn_asked)
        form.back_asked.connect(self.to_list)
        wait.stop_asked.connect(self._stop)
        report.back_asked.connect(self.to_list)
        report.use_asked.connect(self._on_report_use)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        layout = QVBoxLayout(self)
        # Labels wrap: a minimum size that follows their height would change at every resize.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._problem)
        layout.addWidget(buttons)

    # What is shown

    def show_classifiers(self, classifiers: Sequence[Personal]) -> None:
        """Show these personal classifiers in the list."""
        self._list.show_classifiers(classifiers)

    def show_heard_again(self, heard: Mapping[str, HeardAgain]) -> None:
        """Show how far the classifiers that are set aside, by name, can be learned again."""
        self._list.show_heard_again(heard)

    def show_busy(self, *, busy: bool) -> None:
        """Set whether learning has to wait for other work."""
        self._list.show_busy(busy=busy)

    def to_list(self) -> None:
        """Show the list."""
        self._say("")
        self._stack.setCurrentWidget(self._list)
        self._list.take_focus()

    def begin_wait(self) -> None:
        """Show that learning has begun."""
        self._say("")
        self._stack.setCurrentWidget(self._wait)
        self._wait.begin(stage_text(Stage.READ))

    def show_progress(self, progress: Progress) -> None:
        """Show the progress of learning."""
        self._wait.tell(stage_text(progress.stage), progress)

    def show_report(self, name: str, report: ClassifierReport, *, more: str = "") -> None:
        """Show how well `name` tells its genres apart."""
        self._say("")
        self._reported = (name, report)
        self._stack.setCurrentWidget(self._report)
        self._report.show_report(name, report, more=more)

    def show_problem(self, text: str) -> None:
        """Say what went wrong, and leave the page that waits."""
        if self._stack.currentWidget() is self._wait:
            self.to_list()
        self._say(text)

    def is_waiting(self) -> bool:
        """Return whether the page that waits for learning is shown."""
        return self._stack.currentWidget() is self._wait

    def _say(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    # What the user does

    def _to_form(self) -> None:
        self._say("")
        self._stack.setCurrentWidget(self._form)
        self._form.begin(taken=self._list.names(), folder=self._folder)

    def _on_report_use(self, use: PersonalUse) -> None:
        if self._reported is not None:
            name, report = self._reported
            self._ask_use(name, use, trusted=report.follows_sound)

    def ask_anyway(self, name: str, use: PersonalUse | None) -> None:
        """Ask whether to use a classifier that is hardly better than guessing."""
        self._ask_use(name, use, trusted=False)

    def _ask_use(self, name: str, use: PersonalUse | None, *, trusted: bool) -> None:
        if trusted:
            self.use_asked.emit(name, use, False)
            return
        text = self.tr(
            "On artists it did not learn from, {name} is hardly better than "
            "guessing. Use it anyway?"
        )
        confirm(
            self,
            name="useAnywayDialog",
            text=text.format(name=name),
            yes=self.tr("&Use anyway"),
            then=lambda: self.use_asked.emit(name, use, True),
        )

    def _ask_delete(self, name: str) -> None:
        text = self.tr(
            "Delete {name}? What it learned will be lost; your music files are not changed."
        )
        confirm(
            self,
            name="deleteDialog",
            text=text.format(name=name),
            yes=self.tr("&Delete"),
            then=lambda: self.delete_asked.emit(name),
        )

    def _ask_export(self, name: str) -> None:
        ask_for_file(
            self,
            name="exportDialog",
            title=self.tr("Export {name}").format(name=name),
            suffix=_SUFFIX,
            proposed=name,
            then=lambda path: self.export_asked.emit(name, path),
        )

    def _ask_import(self) -> None:
        ask_for_file(
            self,
            name="importDialog",
            title=self.tr("Import a personal classifier"),
            suffix=_SUFFIX,
            proposed="",
            then=self.import_asked.emit,
        )

    def _stop(self) -> None:
        self._wait.stopping()
        self.stop_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go one step back on Escape: stop learning, leave a page, or close the list."""
        page = self._stack.currentWidget()
        if event.key() != Qt.Key.Key_Escape or page is self._list:
            super().keyPressEvent(event)
        elif page is self._wait:
            self._stop()
        else:
            self.to_list()

    def reject(self) -> None:
        """Close the dialog, and stop learning."""
        if self.is_waiting():
            self.stop_asked.emit()
        super().reject()
