"""The sentences of the result page: what became of the files of a job, and why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from genretagger.gui.widgets.file_tree import FileGroup
from genretagger.gui.widgets.texts import reason_of
from genretagger.review.rows.job_report import Fate, JobReport, ResultGroup

_translate = QCoreApplication.translate
_NOT_DONE = (Fate.FAILED, Fate.REFUSED, Fate.LEFT)


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
    return text.format(n=_number(report.n_not_done), total=_number(n_rows))


def lines(report: JobReport) -> list[FileGroup]:
    """Return the groups of a report for a tree of files."""
    return [
        FileGroup(
            group.key,
            heading(group),
            len(group.paths),
            partial(_path, group.paths),
            is_strong=group.fate in _NOT_DONE,
            is_sentence=group.reason is not None,
        )
        for group in report.groups
    ]


def heading(group: ResultGroup) -> str:
    """Return what became of the files of a group, and what can be done about it."""
    if group.reason is not None:
        return reason_of(group.reason, n_files=len(group.paths))
    match group.fate:
        case Fate.LEFT:
            return _translate("ResultPage", "Not tried: it ended before; they are as they were")
        case Fate.SKIPPED:
            return _translate("ResultPage", "Left alone")
        case Fate.UNCHANGED:
            return _translate("ResultPage", "Had it already")
        case Fate.WRITTEN:
            return _translate("ResultPage", "Written")
        case Fate.RESTORED:
            return _translate("ResultPage", "Restored")
        case Fate.FAILED | Fate.REFUSED:
            return _translate("ResultPage", "Not done")


def _of(text: str, report: JobReport) -> str:
    return text.format(n=_number(report.n_not_done), total=_number(report.n_files))


def _number(n: int) -> str:
    return QLocale().toString(n)


def _path(paths: Sequence[Path], place: int) -> Path:
    return paths[place]
