"""What the tracks under a heading have in common: album, artist, folder, genre, or no headings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from genretagger.gui.shell.actions import GROUP, GROUP_BY
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.review.table.folds import folds_as_json, parse_folds
from genretagger.review.table.row_groups import Grouping
from genretagger.review.table.table_layout import TableLayout

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import Started

_FOLDS = "foldedHeadings"  # what is remembered


class GroupFeature(Feature):
    """Offers the groupings in a menu; one key goes to the last one and back.

    Attributes
    ----------
    last : Grouping
        The one that the key goes to.
    """

    changed = Signal()

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self.last = Grouping.ALBUM
        self._group = context.actions.make(
            GROUP, self.tr("&Group the tracks"), self.tr("Group"), "G"
        )
        self._group.setCheckable(True)
        self._group.triggered.connect(lambda on: self._set(self.last if on else None))
        self._make_menu()
        self._check()
        context.controller.ready.connect(self._restore_folds)
        self.refresh_on(context.page_changed)

    def _make_menu(self) -> None:
        make = self._context.actions.make
        self._by = make(GROUP_BY, self.tr("Grou&p by"), self.tr("Group by"))
        menu = QMenu(self._context.window)
        menu.setObjectName("groupMenu")
        self._by.setMenu(menu)
        self._choices = QActionGroup(self)
        names: dict[Grouping | None, tuple[str, str]] = {
            None: ("groupByNothingAction", self.tr("&Nothing")),
            Grouping.ALBUM: ("groupByAlbumAction", self.tr("&Album")),
            Grouping.ARTIST: ("groupByArtistAction", self.tr("A&rtist")),
            Grouping.FOLDER: ("groupByFolderAction", self.tr("&Folder")),
            Grouping.GENRE: ("groupByGenreAction", self.tr("Suggested &genre")),
        }
        self._actions: dict[Grouping | None, QAction] = {}
        for grouping, (name, text) in names.items():
            action = make(name, text, text.replace("&", ""))
            action.setCheckable(True)
            action.triggered.connect(partial(self._set, grouping))
            self._choices.addAction(action)
            menu.addAction(action)
            self._actions[grouping] = action

    def refresh_actions(self) -> None:
        for action in (self._group, self._by):
            self._context.actions.allow(action, self._context.page_problem())

    def restore(self, layout: TableLayout) -> None:
        """Group as it is remembered."""
        self.last = layout.last_grouping
        self._set(layout.grouping)

    def _restore_folds(self, started: Started) -> None:
        if started.context.settings.remember_session:
            stored = self._context.window_state.value(_FOLDS)
            self._context.review.model.restore_folds(parse_folds(stored))

    def close(self) -> None:
        """Remember which headings are folded: only now, because there may be very many."""
        started, folds = self._context.controller.started, self._context.review.model.folds()
        if started is not None:
            remembers = started.context.settings.remember_session
            self._context.window_state.set_value(_FOLDS, folds_as_json(folds if remembers else ()))

    def _set(self, grouping: Grouping | None, _checked: bool = True) -> None:
        table = self._context.page.table
        self.last = grouping or self.last
        self._context.review.model.group(grouping)
        self._check()
        table.columns.fit()
        table.show_current()
        self.changed.emit()

    def _check(self) -> None:
        grouping = self._context.review.model.grouping
        self._group.setChecked(grouping is not None)
        self._actions[grouping].setChecked(True)
