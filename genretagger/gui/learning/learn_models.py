"""Table models of learning: the personal classifiers, and the genres of a report."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from genretagger.core.personal import GenreReport
from genretagger.gui.learning.learn_texts import few_text, use_text, wrong_text
from genretagger.gui.widgets.item_views import Index
from genretagger.gui.widgets.record_table import RecordTableModel
from genretagger.gui.widgets.texts import percent

if TYPE_CHECKING:
    from genretagger.pipeline import Personal


class ClassifierColumn(IntEnum):
    """Columns of the personal classifiers, in view order."""

    NAME = 0
    GENRES = 1
    TRACKS = 2
    ACCURACY = 3
    USE = 4


class GenreColumn(IntEnum):
    """Columns of a report, in view order."""

    GENRE = 0
    TRACKS = 1
    ARTISTS = 2
    PRECISION = 3
    RECALL = 4
    NOTE = 5


class ClassifierModel(RecordTableModel["Personal"]):
    """The personal classifiers."""

    right_aligned = frozenset(ClassifierColumn) - {ClassifierColumn.NAME}

    def row_of(self, name: str) -> int | None:
        """Return the row of a classifier, None if there is none of that name."""
        names = [classifier.name for classifier in self.records]
        return names.index(name) if name in names else None

    def headings(self) -> tuple[str, ...]:
        return (
            self.tr("Name"), self.tr("Genres"), self.tr("Tracks"), self.tr("Accuracy"),
            self.tr("In use"),
        )  # fmt: skip

    def heading_explanation(self, column: int) -> str:
        if column != ClassifierColumn.ACCURACY:
            return ""
        return self.tr("How often it was right on tracks by artists it did not learn from.")

    def text(self, classifier: Personal, column: int) -> str:
        report = classifier.report
        match column:
            case ClassifierColumn.NAME:
                return classifier.name
            case ClassifierColumn.USE:
                is_set_aside = classifier.is_set_aside
                return self.tr("set aside") if is_set_aside else use_text(classifier.use)
            case ClassifierColumn.GENRES if report:
                return str(len(report.genres))
            case ClassifierColumn.TRACKS if report:
                return str(report.n_tracks)
            case ClassifierColumn.ACCURACY:
                return percent(report.accuracy) if report else self.tr("damaged")
        return ""

    def explanation(self, classifier: Personal, _column: int) -> str:
        return wrong_text(classifier)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.explanation(self.records[index.row()], index.column()) or None
        return super().data(index, role)


class GenreModel(RecordTableModel[GenreReport]):
    """How well each genre was told apart from the others."""

    right_aligned = frozenset(GenreColumn) - {GenreColumn.GENRE}

    def headings(self) -> tuple[str, ...]:
        return (
            self.tr("Genre"), self.tr("Tracks"), self.tr("Artists"), self.tr("Precision"),
            self.tr("Recall"), self.tr("Note"),
        )  # fmt: skip

    def heading_explanation(self, column: int) -> str:
        match column:
            case GenreColumn.PRECISION:
                return self.tr("Share of the tracks it gave this genre that really have it.")
            case GenreColumn.RECALL:
                return self.tr("Share of the tracks of this genre that it recognised.")
            case GenreColumn.NOTE:
                return few_text()
        return ""

    def text(self, report: GenreReport, column: int) -> str:
        precision = report.precision
        return {
            GenreColumn.GENRE: report.genre,
            GenreColumn.TRACKS: str(report.n_tracks),
            GenreColumn.ARTISTS: str(report.n_artists),
            GenreColumn.PRECISION: "-" if precision is None else percent(precision),
            GenreColumn.RECALL: percent(report.recall),
            GenreColumn.NOTE: self.tr("too few artists") if report.few else "",
        }[GenreColumn(column)]

    def explanation(self, report: GenreReport, column: int) -> str:
        if report.few:
            return few_text()
        return report.genre if column == GenreColumn.GENRE else ""
