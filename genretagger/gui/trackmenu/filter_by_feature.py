"""Shows only what has the artist, album, genre or folder of the current track."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from genretagger.gui.shell.actions import (
    FILTER_BY,
    FILTER_BY_ALBUM,
    FILTER_BY_ARTIST,
    FILTER_BY_FOLDER,
    FILTER_BY_GENRE,
)
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.review.filter import row_filters
from genretagger.review.rows.row import Row

_WIDTH_EM = 40  # of a name in the menu


@dataclass(frozen=True)
class _Shared:
    """What a row may have in common with others.

    text : of the action, with the name that `name_of` gives
    missing : the sentence for a row without that name
    """

    action: QAction
    text: str
    name_of: Callable[[Row], str]
    filter_of: Callable[[Row], str]
    missing: str = ""


class FilterByFeature(Feature):
    """Sets the filter to what the current track has in common with others."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._by = context.actions.make(FILTER_BY, self.tr("Fi&lter by"), self.tr("Filter by"))
        self._shared = self._make_shared()
        self._menu = QMenu(context.window)
        self._menu.setObjectName("filterByMenu")
        self._by.setMenu(self._menu)
        for shared in self._shared:
            self._menu.addAction(shared.action)
            shared.action.triggered.connect(partial(self._filter, shared.filter_of))
        self.refresh_on(context.selection_changed, context.rows_changed, context.page_changed)

    def _make_shared(self) -> tuple[_Shared, ...]:
        make = self._context.actions.make
        return (
            _Shared(
                make(FILTER_BY_ARTIST, self.tr("This &artist"), self.tr("Artist")),
                self.tr("Only &artist: {name}"),
                row_filters.artist_of,
                row_filters.artist_filter,
                self.tr("This track names no artist."),
            ),
            _Shared(
                make(FILTER_BY_ALBUM, self.tr("This al&bum"), self.tr("Album")),
                self.tr("Only al&bum: {name}"),
                row_filters.album_of,
                row_filters.album_filter,
                self.tr("This track names no album."),
            ),
            _Shared(
                make(FILTER_BY_GENRE, self.tr("This &genre"), self.tr("Genre")),
                self.tr("Only &genre: {name}"),
                row_filters.genre_of,
                row_filters.genre_filter,
                self.tr("This track has no genre yet."),
            ),
            _Shared(
                make(FILTER_BY_FOLDER, self.tr("This &folder"), self.tr("Folder")),
                self.tr("Only &folder: {name}"),
                row_filters.folder_of,
                row_filters.folder_filter,
            ),
        )

    def refresh_actions(self) -> None:
        """Say which artist, album, genre and folder are meant, those of the current row."""
        context, row = self._context, self._context.current_row()
        problem = context.page_problem() or context.selection_problem()
        context.actions.allow(self._by, problem)
        for shared in self._shared:
            name = "" if row is None else shared.name_of(row)
            context.actions.allow(shared.action, problem or ("" if name else shared.missing))
            shared.action.setText(self._text(shared, name))

    def _text(self, shared: _Shared, name: str) -> str:
        if not name:
            return shared.action.whatsThis()
        metrics = self._menu.fontMetrics()
        width = _WIDTH_EM * metrics.averageCharWidth()
        text = metrics.elidedText(" ".join(name.split()), Qt.TextElideMode.ElideMiddle, width)
        return shared.text.format(name=text.replace("&", "&&"))

    def _filter(self, filter_of: Callable[[Row], str]) -> None:
        """Set the filter; the current track stays the current one."""
        row, page = self._context.current_row(), self._context.page
        if row is not None:
            page.chips.choose(())
            page.filter_edit.setText(filter_of(row))
            page.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
