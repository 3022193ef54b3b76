"""Which of the rows are looked at: the filter, the states chosen, and filters by name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QToolButton

from genretagger.gui.filtering.filter_completion import FilterCompletion
from genretagger.gui.filtering.saved_filters import (
    SavedFilter,
    SavedFiltersDialog,
    given_filters,
    remembered_filters,
)
from genretagger.gui.shell.actions import CHIPS, CLEAR_FILTER, FILTER, SAVE_FILTER
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.tracks.filter_texts import filter_help_text, misread_text
from genretagger.gui.widgets.texts import tooltip

_FILTERS = "filters"  # what is remembered


class FilterFeature(Feature):
    """Carries the filter line, the chosen states and the chosen folder to the model."""

    filtered = Signal()
    cleared = Signal()  # everything is shown

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._line, self._chips = context.page.filter_edit, context.page.chips
        self._folder: str | None = None
        self._saved = remembered_filters(context.window_state.value(_FILTERS))
        self._make_actions()
        self._make_menu()
        FilterCompletion(self._line)
        self._line.setToolTip(tooltip(filter_help_text()))
        self._line.textChanged.connect(self._filter)
        self._chips.chosen_changed.connect(self._filter)
        self._chips.all_asked.connect(self._show_all)
        self._chips.left.connect(context.page.table.setFocus)
        context.page.add_clear_filter(self._clear)
        context.page.add_saved_filters(self._button)
        context.rows_changed.connect(self._show_counts)
        self.refresh_on(context.page_changed)
        self._show_counts()

    def _make_actions(self) -> None:
        make = self._context.actions.make
        self._to_line = make(FILTER, self.tr("&Filter"), self.tr("Filter"), ("Ctrl+F", "/"))
        self._to_chips = make(CHIPS, self.tr("Choose &states"), self.tr("States"), "Ctrl+Shift+F")
        self._save = make(SAVE_FILTER, self.tr("Sa&ve filter…"), self.tr("Save filter"), "Ctrl+B")
        self._clear = make(
            CLEAR_FILTER, self.tr("Show &all tracks"), self.tr("Show all tracks"), "Ctrl+0"
        )
        self._to_line.triggered.connect(self._go_to_line)
        self._to_chips.triggered.connect(self._go_to_chips)
        self._save.triggered.connect(self._ask_name)
        self._clear.triggered.connect(self._show_all)

    def _make_menu(self) -> None:
        self._button = QToolButton()
        self._button.setObjectName("savedFiltersButton")
        self._button.setText(self.tr("Filters"))
        self._button.setToolTip(self.tr("Named filters"))
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self._button)
        self._menu.setObjectName("savedFiltersMenu")
        self._menu.aboutToShow.connect(self._fill_menu)
        self._button.setMenu(self._menu)

    def refresh_actions(self) -> None:
        allow, elsewhere = self._context.actions.allow, self._context.page_problem()
        for action in (self._to_line, self._to_chips):
            allow(action, elsewhere)
        filters = bool(self._line.text().strip() or self._chips.chosen)
        no_filter = self.tr("No filter is set: all tracks are shown.")
        allow(self._save, "" if filters else no_filter)
        allow(self._clear, elsewhere or ("" if filters or self._folder is not None else no_filter))

    def _show_counts(self) -> None:
        """Show how many rows are in each state, and whether text or folder hides some of them."""
        model = self._context.review.model
        self._chips.set_counts(self._context.review.tally.states)
        hides = not self._chips.chosen and len(model.shown()) < len(model.rows())
        self._chips.set_limited(limited=hides)

    # Filtering

    def _filter(self) -> None:
        table = self._context.page.table
        row_filter = self._context.review.model.filter(
            self._line.text(), states=self._chips.chosen, folder=self._folder
        )
        self._context.page.say_of_filter(misread_text(row_filter.misread))
        if not table.currentIndex().isValid():  # hidden now: the keys must find a row
            table.select_first()
        table.show_current()
        self.refresh_actions()
        self.filtered.emit()

    def limit_to(self, folder: str | None) -> None:
        """Show only what lies in a folder or below it; with None, in any."""
        if folder != self._folder:
            self._folder = folder
            self._filter()

    def _show_all(self) -> None:
        self.limit_to(None)
        self.cleared.emit()
        self._chips.choose(())
        self._line.clear()
        self._context.page.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_line(self) -> None:
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    def _go_to_chips(self) -> None:
        self._chips.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Filters by name

    def _fill_menu(self) -> None:
        self._menu.clear()
        self._add_filters(given_filters(), "givenFilter")
        self._menu.addSeparator()
        self._add_filters(self._saved, "savedFilter")
        if self._saved:
            manage = QAction(self.tr("&Rename or remove…"), self._menu)
            manage.setObjectName("manageFiltersAction")
            manage.triggered.connect(self._manage)
            self._menu.addAction(manage)
            self._menu.addSeparator()
        self._menu.addAction(self._save)

    def _add_filters(self, filters: Iterable[SavedFilter], name: str) -> None:
        for number, saved in enumerate(filters):
            action = QAction(saved.name.replace("&", "&&"), self._menu)
            action.setObjectName(f"{name}{number}Action")
            action.triggered.connect(partial(self._use, saved))
            self._menu.addAction(action)

    def _use(self, saved: SavedFilter) -> None:
        self._line.clear()
        self._chips.choose(saved.states)
        self._line.setText(saved.text)
        self._context.page.table.setFocus()
        self._context.page.table.select_first()

    def _ask_name(self) -> None:
        dialog = QInputDialog(self._context.window)
        dialog.setObjectName("saveFilterDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Save filter"))
        dialog.setLabelText(self.tr("Name (an existing filter with this name is replaced):"))
        dialog.setTextValue(self._line.text().strip())
        for line in dialog.findChildren(QLineEdit):
            line.setObjectName("saveFilterName")
        dialog.textValueSelected.connect(self._save_as)
        dialog.open()

    def _save_as(self, typed: str) -> None:
        name = typed.strip()
        if name:
            new = SavedFilter(name, self._line.text().strip(), self._chips.chosen)
            self._keep([*(saved for saved in self._saved if saved.name != name), new])
            self._context.say(self.tr("Filter saved: {name}").format(name=name))

    def _manage(self) -> None:
        dialog = SavedFiltersDialog(self._saved, self._context.window)
        dialog.changed.connect(self._keep)
        dialog.finished.connect(self._context.page.table.setFocus)
        dialog.open()

    def _keep(self, filters: Iterable[SavedFilter]) -> None:
        self._saved = list(filters)
        self._context.window_state.set_value(_FILTERS, [saved.as_json() for saved in self._saved])
