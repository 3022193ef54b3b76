"""Deciding on whole albums: accept them, copy a decision to them, make them uniform."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from genretagger.core.texts.folding import fold_spacing
from genretagger.core.writes import Action
from genretagger.gui.deciding.decide_texts import tally_text
from genretagger.gui.shell.actions import ACCEPT_ALBUM, COPY_TO_ALBUM, UNIFORM_ALBUM
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.review.albums.albums import find_album_genres
from genretagger.review.rows import bulk_actions
from genretagger.review.rows.bulk_actions import BulkAction, BulkResult
from genretagger.review.table.album_groups import AlbumGroup


class AlbumFeature(Feature):
    """Carries decisions on the albums of the selected rows to the review."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._decider = context.review.decider
        make = context.actions.make
        self._accept = make(ACCEPT_ALBUM, self.tr("Accept al&bum"), self.tr("Accept album"), "B")
        self._copy = make(
            COPY_TO_ALBUM,
            self.tr("&Copy decision to album"),
            self.tr("Copy to album"),
            "C",
        )
        self._uniform = make(
            UNIFORM_ALBUM, self.tr("Make album u&niform"), self.tr("Make uniform"), "U"
        )
        self._accept.triggered.connect(self._accept_albums)
        self._copy.triggered.connect(self._copy_to_album)
        self._uniform.triggered.connect(self._make_uniform)
        self.refresh_on(context.selection_changed, context.rows_changed)
        self.refresh_on(context.page_changed, context.job_changed)

    def refresh_actions(self) -> None:
        problem = self._context.deciding_problem() or self._context.selection_problem()
        for action in (self._accept, self._copy, self._uniform):
            self._context.actions.allow(action, problem)

    def _accept_albums(self) -> None:
        row_ids = [row_id for album in self._albums() for row_id in album.members]
        if not row_ids:
            self._say_no_album()
            return
        self._decider.do(bulk_actions.accept_album(), row_ids, then=self._say_of(row_ids))

    def _copy_to_album(self) -> None:
        """Copy the decision on the current row, or on the row decided last, to its album."""
        review, source = self._context.review, self._source()
        decision = review.model.row(source).decision if source is not None else None
        if source is None or decision is None:
            self._context.say(self.tr("Nothing to copy: decide on a track on this album first."))
            return
        (album,) = review.albums([source])
        if not album.album and self._has_artists(album):
            self._say_no_album()
            return
        others = [row_id for row_id in album.members if row_id != source]
        action = bulk_actions.copy_decision(decision)
        self._decider.do(action, others, then=self._say_of(others))

    def _source(self) -> int | None:
        """Return the row to copy from: after a decision the next row is the current one."""
        review, step = self._context.review, self._decider.last_step
        current = self._context.page.table.current_row_id()
        if current is None or review.model.row(current).decision is not None:
            return current
        last = next(iter(step.rows)) if step is not None and len(step.rows) == 1 else None
        if last is None or review.model.row(last).decision is None:
            return None
        return last if current in review.albums([last])[0].members else None

    def _make_uniform(self) -> None:
        parts: list[tuple[BulkAction, Iterable[int]]] = []
        albums = self._albums()
        if not albums:
            self._say_no_album()
            return
        for album in albums:
            genres = self._genres_of(album)
            if genres:
                parts.append((bulk_actions.make_uniform(genres), album.members))
        if not parts:
            self._context.say(
                self.tr("No track on this album sounds like music, so there is no genre for it.")
            )
            return
        row_ids = [row_id for _, members in parts for row_id in members]
        self._decider.do_each(parts, then=self._say_of(row_ids))

    def _say_no_album(self) -> None:
        self._context.say(
            self.tr("This track names no album, and several artists share its folder.")
        )

    def _genres_of(self, album: AlbumGroup) -> tuple[str, ...]:
        """Return the genres for an album: accepted for the current row, else the commonest."""
        row = self._context.review.model.row
        current = self._context.page.table.current_row_id()
        if current is not None and current in album.members:
            decision = row(current).decision
            if decision is not None and decision.action is Action.ACCEPT:
                return decision.genres
        return find_album_genres(map(row, album.members))

    def _albums(self) -> list[AlbumGroup]:
        """Return the albums of what is selected.

        Tracks that name no album and lie in a folder with other artists are no album: nobody who
        decides on one of them means those.
        """
        albums = self._context.review.albums(self._context.page.table.selected_row_ids())
        return [album for album in albums if album.album or not self._has_artists(album)]

    def _has_artists(self, album: AlbumGroup) -> bool:
        tracks = (self._context.review.model.row(row_id).track for row_id in album.members)
        return len({fold_spacing(track.tags.artist) for track in tracks if track is not None}) > 1

    def _say_of(self, row_ids: Iterable[int]) -> Callable[[BulkResult], None]:
        """Return what says what was done to these rows."""
        model = self._context.review.model

        def say(result: BulkResult) -> None:
            n_hidden = sum(map(model.is_hidden, row_ids))
            self._context.say(tally_text(result, n_hidden=n_hidden))

        return say
