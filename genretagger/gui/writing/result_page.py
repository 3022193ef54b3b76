"""The page with the result of a job: files grouped by reason, and what can be done about them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from genretagger.gui.look.text_levels import TextLevel
from genretagger.gui.widgets.file_tree import FileGroup, FileTree, FileTreeModel
from genretagger.gui.widgets.labels import embolden, plain_label, push_button, set_names
from genretagger.gui.widgets.texts import number_text, path_text, reason_of
from genretagger.review.rows.job_report import Fate, JobReport, ResultGroup

_MARGIN, _SPACE = 16, 8
_NOT_DONE = (Fate.FAILED, Fate.REFUSED, Fate.LEFT)
_translate = QCoreApplication.translate


class ResultModel(FileTreeModel):
    """Files grouped by what became of them."""

    def heading(self) -> str:
        return self.tr("Result")


class ResultPage(QWidget):
    """Shows a report; signals say which button was pressed."""

    retry_asked = Signal()
    undo_asked = Signal()
    back_asked = Signal()
    file_asked = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultPage")
        self._headline = plain_label("resultHeadline")
        embolden(self._headline, TextLevel.TITLE)
        self._facts = plain_label("resultFacts")
        self._reason = plain_label("resultReason")
        self._model = ResultModel(self)
        self.tree = FileTree(self._model)
        set_names(self.tree, "resultTree", self.tr("What happened to the files"))
        self.tree.setExpandsOnDoubleClick(False)  # `activated` does it, by keys too
        self.tree.activated.connect(self._on_activated)
        self.tree.selectionModel().currentChanged.connect(self._show_reason)
        self.retry = push_button("retryButton", self.tr("Re&try"))
        self.undo = push_button("undoResultButton", self.tr("&Undo write"))
        self.back = push_button("backButton", self.tr("&Back"))
        self.back.setToolTip(self.tr("Back to the tracks (Esc)"))
        self.retry.clicked.connect(self.retry_asked)
        self.undo.clicked.connect(self.undo_asked)
        self.back.clicked.connect(self.back_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(_SPACE)
        for widget in (self._headline, self._facts):
            layout.addWidget(widget)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._reason)
        buttons = QHBoxLayout()
        buttons.setSpacing(_SPACE)
        buttons.addWidget(self.retry)
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        layout.addLayout(buttons)

    def show_groups(self, groups: Sequence[FileGroup], *, headline: str, facts: str) -> None:
        """Show groups, the first one current, below a headline and further `facts`."""
        self._headline.setText(headline)
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))
        self.tree.setAccessibleDescription(headline)
        self.tree.begin(groups, is_open=True)
        self._show_reason(self.tree.currentIndex())

    def take_focus(self) -> None:
        """Give the focus to the tree, or to the button Back if the tree is empty."""
        target = self.tree if self._model.groups else self.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc; it stops no job."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def _show_reason(self, index: QModelIndex) -> None:
        """Show the current line below the tree in full: it may not fit."""
        group, path = self._model.group_at(index), self._model.path_at(index)
        lines = [] if group is None else [group.heading]
        if path is not None:
            lines.insert(0, path_text(path))
        self._reason.setText("\n".join(lines))

    def _on_activated(self, index: QModelIndex) -> None:
        path = self._model.path_at(index)
        if path is not None:
            self.file_asked.emit(path)
        else:
            group = index.siblingAtColumn(0)
            self.tree.setExpanded(group, not self.tree.isExpanded(group))


def written_headline(report: JobReport) -> str:
    """Return in one line how a write ended."""
    if report.n_not_done:
        return _of(_translate("ResultPage", "Not written: {n} of {total}"), report)
    return _of(_translate("ResultPage", "All written: {total} of {total}"), report)


def undone_headline(report: JobReport) -> str:
    """Return in one line how an undo ended."""
    if report.n_not_done:
        return _of(_translate("ResultPage", "Not restored: {n} of {total}"), report)
    return _of(_translate("ResultPage", "All restored: {total} of {total}"), report)


def failed_headline(report: JobReport, *, n_rows: int) -> str:
    """Return in one line how many tracks failed."""
    text = _translate("ResultPage", "Failed: {n} of {total}")
    return text.format(n=number_text(report.n_not_done), total=number_text(n_rows))


def lines(report: JobReport) -> list[FileGroup]:
    """Return the groups of a report as a tree shows them."""
    return [
        FileGroup(
            group.key,
            heading(group),
            len(group.paths),
            group.paths.__getitem__,
            is_strong=group.fate in _NOT_DONE,
            is_sentence=group.reason is not None,
        )
        for group in report.groups
    ]


def heading(group: ResultGroup) -> str:
    """Return what became of the files of a group, and what the user can do about it."""
    if group.reason is not None:
        return reason_of(group.reason, n_files=len(group.paths))
    match group.fate:
        case Fate.LEFT:
            return _translate(
                "ResultPage", "Not tried: the work ended first; these files are unchanged"
            )
        case Fate.SKIPPED:
            return _translate("ResultPage", "Left alone")
        case Fate.UNCHANGED:
            return _translate("ResultPage", "Already had it")
        case Fate.WRITTEN:
            return _translate("ResultPage", "Written")
        case Fate.RESTORED:
            return _translate("ResultPage", "Restored")
        case Fate.FAILED | Fate.REFUSED:
            return _translate("ResultPage", "Not done")


def _of(text: str, report: JobReport) -> str:
    return text.format(n=number_text(report.n_not_done), total=number_text(report.n_files))
