"""Qt table models of learning: the personal classifiers, and the genres of one report."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from genretagger.core.personal import GenreReport
from genretagger.gui.learning.learn_texts import few_text, use_text
from genretagger.gui.widgets.roles import Index
from genretagger.gui.widgets.texts import error_text, percent, tooltip

if TYPE_CHECKING:
    from genretagger.pipeline import Personal

_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


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


class ClassifierModel(QAbstractTableModel):
    """The personal classifiers, a row each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Personal, ...] = ()

    def show(self, found: Sequence[Personal]) -> None:
        """Show these in the place of all before."""
        self.beginResetModel()
        self._found = tuple(found)
        self.endResetModel()

    def at(self, place: int) -> Personal:
        """Return the classifier in a row."""
        return self._found[place]

    def place_of(self, name: str) -> int | None:
        """Return the row of the classifier `name`, None if there is none."""
        names = [one.name for one in self._found]
        return names.index(name) if name in names else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._found)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(ClassifierColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(ClassifierColumn):
            return None
        column = ClassifierColumn(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(to_the_right=_is_shelf_right(column))
        if role == Qt.ItemDataRole.ToolTipRole and column is ClassifierColumn.ACCURACY:
            return self.tr("Share named right, of tracks by artists that it did not learn from.")
        return self._heading(column) if role == Qt.ItemDataRole.DisplayRole else None

    def _heading(self, column: ClassifierColumn) -> str:
        return {
            ClassifierColumn.NAME: self.tr("Name"),
            ClassifierColumn.GENRES: self.tr("Genres"),
            ClassifierColumn.TRACKS: self.tr("Tracks"),
            ClassifierColumn.ACCURACY: self.tr("Right"),
            ClassifierColumn.USE: self.tr("In use"),
        }[column]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one, column = self._found[index.row()], ClassifierColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(one, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(to_the_right=_is_shelf_right(column))
            case Qt.ItemDataRole.ToolTipRole if one.error is not None:
                return tooltip(error_text(one.error))
            case Qt.ItemDataRole.AccessibleDescriptionRole if one.error is not None:
                return error_text(one.error)
        return None

    def _text(self, one: Personal, column: ClassifierColumn) -> str:
        if column is ClassifierColumn.NAME:
            return one.name
        if column is ClassifierColumn.USE:
            return use_text(one.use)
        if one.report is None:
            return self.tr("damaged") if column is ClassifierColumn.ACCURACY else ""
        return {
            ClassifierColumn.GENRES: str(len(one.report.genres)),
            ClassifierColumn.TRACKS: str(one.report.n_tracks),
            ClassifierColumn.ACCURACY: percent(one.report.accuracy),
        }[column]


class GenreModel(QAbstractTableModel):
    """How well each genre was told from the others, a row each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._genres: tuple[GenreReport, ...] = ()

    def show(self, genres: Sequence[GenreReport]) -> None:
        """Show these in the place of all before."""
        self.beginResetModel()
        self._genres = tuple(genres)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._genres)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(GenreColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(GenreColumn):
            return None
        heading, meaning = self._heading(GenreColumn(section))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return heading
            case Qt.ItemDataRole.ToolTipRole:
                return meaning or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(to_the_right=_is_genre_right(GenreColumn(section)))
        return None

    def _heading(self, column: GenreColumn) -> tuple[str, str]:
        return {
            GenreColumn.GENRE: (self.tr("Genre"), ""),
            GenreColumn.TRACKS: (self.tr("Tracks"), ""),
            GenreColumn.ARTISTS: (self.tr("Artists"), ""),
            GenreColumn.PRECISION: (
                self.tr("Precision"),
                self.tr("Of the tracks that it named so, how many were."),
            ),
            GenreColumn.RECALL: (
                self.tr("Recall"),
                self.tr("Of the tracks that are of this genre, how many it named so."),
            ),
            GenreColumn.NOTE: (self.tr("Note"), few_text()),
        }[column]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        genre, column = self._genres[index.row()], GenreColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(genre, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(to_the_right=_is_genre_right(column))
            case Qt.ItemDataRole.ToolTipRole if genre.few:
                return few_text()
            case Qt.ItemDataRole.ToolTipRole if column is GenreColumn.GENRE:
                return tooltip(genre.genre)
        return None

    def _text(self, genre: GenreReport, column: GenreColumn) -> str:
        precision = genre.precision
        return {
            GenreColumn.GENRE: genre.genre,
            GenreColumn.TRACKS: str(genre.n_tracks),
            GenreColumn.ARTISTS: str(genre.n_artists),
            GenreColumn.PRECISION: "-" if precision is None else percent(precision),
            GenreColumn.RECALL: percent(genre.recall),
            GenreColumn.NOTE: self.tr("too few artists") if genre.few else "",
        }[column]


def _is_shelf_right(column: ClassifierColumn) -> bool:
    return column is not ClassifierColumn.NAME


def _is_genre_right(column: GenreColumn) -> bool:
    return column is not GenreColumn.GENRE


def _alignment(*, to_the_right: bool) -> Qt.AlignmentFlag:
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    return _RIGHT if to_the_right else left
