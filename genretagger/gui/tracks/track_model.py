"""What the cells of the table of tracks show."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon

from genretagger.gui.cells import cell_texts
from genretagger.gui.cells.columns import COLUMNS, Column, column_name, first_order
from genretagger.gui.tracks import album_header
from genretagger.gui.tracks.arranged_model import ArrangedModel
from genretagger.gui.widgets.icons import mark_icon, state_icon
from genretagger.gui.widgets.item_views import LEFT, ROW_ROLE, Index
from genretagger.gui.widgets.texts import state_words, tooltip
from genretagger.review.rows.confidence_levels import ClassifierLevels
from genretagger.review.rows.decisions import can_be_given
from genretagger.review.rows.row import Row
from genretagger.review.rows.suggestion_mark import Mark, WriteRules, mark_of, suggests

# Looked up once: views ask for thousands of cells when they paint.
_ROLE = Qt.ItemDataRole
_TEXT_ROLES = (int(_ROLE.DisplayRole), int(_ROLE.EditRole))
_DECORATION, _FONT = int(_ROLE.DecorationRole), int(_ROLE.FontRole)
_UNUSED_ROLES = frozenset(
    map(int, (_ROLE.BackgroundRole, _ROLE.ForegroundRole, _ROLE.CheckStateRole))
) | {int(_ROLE.TextAlignmentRole), int(_ROLE.SizeHintRole)}
_FLAG = Qt.ItemFlag
_FLAGS = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable | _FLAG.ItemNeverHasChildren
_FLAGS |= _FLAG.ItemIsDragEnabled  # out of the window, as files
_EDITABLE = _FLAGS | _FLAG.ItemIsEditable


class TrackTableModel(ArrangedModel):
    """What the cells of the rows and headings show, and which of them can be edited.

    Attributes
    ----------
    meanings : ClassifierLevels
        What levels mean.
    noted : Column
        The column that says that a file is cut off or damaged.
    """

    edited = Signal(int, str)  # id of the row, text that was typed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = state_words()
        self.write_rules = WriteRules()
        self._marked: tuple[Row, Mark] | None = None
        self.meanings = ClassifierLevels()
        self.noted = Column.FILE

    def set_write_rules(self, rules: WriteRules) -> None:
        """Mark by these rules what accepting would change."""
        self.write_rules, self._marked = rules, None
        self._report_change(0, len(self._arrangement.entries) - 1)

    # What views ask

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == _ROLE.InitialSortOrderRole:
            return first_order(COLUMNS[section])
        if role == _ROLE.TextAlignmentRole:
            return LEFT
        return column_name(COLUMNS[section]) if role == _ROLE.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        entry = self._arrangement.entries[index.row()]
        is_suggestion = index.column() == Column.SUGGESTED and entry >= 0
        return _EDITABLE if is_suggestion and can_be_given(self._rows[entry]) else _FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in _UNUSED_ROLES or not index.isValid():
            return None
        entry, column = self._arrangement.entries[index.row()], COLUMNS[index.column()]
        if entry < 0:
            return self._heading_data(index.row(), column, role)
        row = self._rows[entry]
        if role in _TEXT_ROLES:
            if role == _ROLE.EditRole and column is Column.SUGGESTED:
                return cell_texts.editable_text(row)
            return cell_texts.text(row, column, self._words, noted=self.noted)
        if role == _DECORATION:
            return self._icon(row, column)
        if role == _FONT:
            return cell_texts.font(row, self._mark(row)) if column is Column.SUGGESTED else None
        return self._more_data(row, column, role)

    def _icon(self, row: Row, column: Column) -> QIcon | None:
        if column is Column.STATE:
            return state_icon(row.state, QGuiApplication.palette())
        if column is Column.SUGGESTED and suggests(row):
            return mark_icon(self._mark(row), QGuiApplication.palette())
        return None

    def _mark(self, row: Row) -> Mark:
        """Return the mark of a row, kept because font and icon of a cell are asked for in turn."""
        if self._marked is None or self._marked[0] is not row:
            self._marked = row, mark_of(row, self.write_rules)
        return self._marked[1]

    def _more_data(self, row: Row, column: Column, role: int) -> object:
        """Return what is not asked for at every repaint."""
        if role == ROW_ROLE:
            return row
        shown = cell_texts.text(row, column, self._words, noted=self.noted)
        match role:
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                text = cell_texts.explanation(row, column, shown, self.meanings, self.write_rules)
                return tooltip(text) if role == _ROLE.ToolTipRole else text
            case Qt.ItemDataRole.AccessibleTextRole:
                return cell_texts.spoken(row, column, shown, self.write_rules)
        return None

    def _heading_data(self, position: int, column: Column, role: int) -> object:
        """Return the text of a heading; for screen readers it is in the first column only."""
        text = "\n".join(self.heading_at(position))
        if role == _ROLE.ToolTipRole:
            return tooltip(text)
        if role == _ROLE.AccessibleTextRole and self.is_folded(position):
            text = album_header.folded_text(text)
        is_text = role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole)
        return text if is_text and column is Column.STATE else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        is_genre = role == Qt.ItemDataRole.EditRole and index.column() == Column.SUGGESTED
        if not is_genre or self.group_at(index.row()) is not None:
            return False
        self.edited.emit(self.row_id_at(index.row()), str(value))
        return True
