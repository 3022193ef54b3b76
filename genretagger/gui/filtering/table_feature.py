"""How the table is laid out: its columns, what it is sorted by; remembered with its headings."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from genretagger.gui.cells.columns import Column, column_name, first_order
from genretagger.gui.filtering.group_feature import GroupFeature
from genretagger.gui.shell.actions import COLUMNS, SORT
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.tracks.column_layout import ALWAYS
from genretagger.gui.widgets.persistent_menu import PersistentMenu
from genretagger.review.table.sort_keys import SortField
from genretagger.review.table.table_layout import parse_layout

_LAYOUT = "table"  # what is remembered
_ASCENDING, _DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class TableFeature(Feature):
    """Carries columns and order to view and model, and remembers them and the headings."""

    def __init__(self, context: FeatureContext, groups: GroupFeature) -> None:
        super().__init__(context)
        self._groups = groups
        self._table, self._header = context.page.table, context.page.table.horizontalHeader()
        self._make_columns()
        self._make_sorts()
        self._restore()
        groups.changed.connect(self._remember)
        self._table.columns.changed.connect(self._remember)
        self._header.sortIndicatorChanged.connect(self._on_sorted)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._show_columns_at)
        self.refresh_on(context.page_changed)

    def _make_columns(self) -> None:
        make = self._context.actions.make
        self._columns = make(COLUMNS, self.tr("&Columns…"), self.tr("Columns"), "Ctrl+K")
        self._columns.triggered.connect(self._show_columns)
        self._menu = PersistentMenu(self._context.window)
        self._menu.setObjectName("columnsMenu")
        self._menu.setAccessibleName(self.tr("Columns"))
        self._menu.aboutToShow.connect(self._check_columns)
        self._shown = {column: self._make_column(column) for column in Column}
        self._menu.addSeparator()
        reset = make("resetColumnsAction", self.tr("&Reset columns"), self.tr("Reset columns"))
        reset.triggered.connect(self._table.columns.reset)
        self._menu.addAction(reset)

    def _make_column(self, column: Column) -> QAction:
        name = column_name(column)
        action = self._context.actions.make(f"column{_plain(column)}Action", name, name)
        action.setCheckable(True)
        action.setEnabled(column not in ALWAYS)
        action.triggered.connect(partial(self._on_column, column))
        self._menu.addAction(action)
        return action

    def _make_sorts(self) -> None:
        make = self._context.actions.make
        self._sort = make(SORT, self.tr("Sort b&y"), self.tr("Sort by"))
        menu = QMenu(self._context.window)
        menu.setObjectName("sortMenu")
        self._sort.setMenu(menu)
        self._sorts = QActionGroup(self)
        self._by: dict[int, QAction] = {}
        as_found = make("sortNoneAction", self.tr("&As found"), self.tr("As found"))
        self._add_sort(menu, as_found, -1)
        menu.addSeparator()
        for column in Column:
            name = column_name(column)
            action = make(f"sortBy{_plain(column)}Action", name, name)
            self._add_sort(menu, action, column)
        menu.addSeparator()
        self._turn = make("sortReverseAction", self.tr("&Descending"), self.tr("Descending"))
        self._turn.setCheckable(True)
        self._turn.triggered.connect(self._on_turned)
        menu.addAction(self._turn)

    def _add_sort(self, menu: QMenu, action: QAction, column: int) -> None:
        action.setCheckable(True)
        action.triggered.connect(partial(self._sort_by, column))
        self._sorts.addAction(action)
        menu.addAction(action)
        self._by[column] = action

    def refresh_actions(self) -> None:
        for action in (self._columns, self._sort):
            self._context.actions.allow(action, self._context.page_problem())

    # Columns

    def _show_columns(self) -> None:
        self._show_columns_at(QPoint(0, self._header.height()))
        self._menu.setActiveAction(self._shown[Column.TITLE])

    def _show_columns_at(self, point: QPoint) -> None:
        self._menu.popup(self._header.mapToGlobal(point))

    def _check_columns(self) -> None:
        for column, action in self._shown.items():
            action.setChecked(self._table.columns.is_shown(column))

    def _on_column(self, column: Column) -> None:
        columns = self._table.columns
        columns.choose(column, shown=not columns.is_shown(column))
        self._check_columns()

    # Sorting

    def _sort_by(self, column: int) -> None:
        """Sort by a column; by the same one again, turn the order round."""
        order = first_order(Column(column)) if column >= 0 else _ASCENDING
        again = column == self._header.sortIndicatorSection()
        if again and self._header.sortIndicatorOrder() == order:
            order = _ASCENDING if order == _DESCENDING else _DESCENDING
        self._header.setSortIndicator(column, order)

    def _on_turned(self, descending: bool) -> None:
        column = self._header.sortIndicatorSection()
        self._header.setSortIndicator(column, _DESCENDING if descending else _ASCENDING)

    def _on_sorted(self) -> None:
        self._check_sort()
        self._remember()

    def _check_sort(self) -> None:
        column = self._header.sortIndicatorSection()
        self._by[column if column in self._by else -1].setChecked(True)
        self._turn.setEnabled(column >= 0)
        self._turn.setChecked(column >= 0 and self._header.sortIndicatorOrder() == _DESCENDING)

    # What is remembered

    def _restore(self) -> None:
        layout = parse_layout(self._context.window_state.value(_LAYOUT))
        self._table.columns.restore(layout)
        if layout.by is not None:
            order = _DESCENDING if layout.descending else _ASCENDING
            self._header.setSortIndicator(Column[layout.by.name], order)
        self._check_sort()
        self._groups.restore(layout)

    def _remember(self) -> None:
        column = self._header.sortIndicatorSection()
        layout = replace(
            self._table.columns.layout(),
            by=SortField[Column(column).name] if column >= 0 else None,
            descending=self._turn.isChecked(),
            grouping=self._context.review.model.grouping,
            last_grouping=self._groups.last,
        )
        self._context.window_state.set_value(_LAYOUT, layout.as_json())


def _plain(column: Column) -> str:
    """Return what a column is called in object names: `RunnerUp`."""
    return column.name.title().replace("_", "")
