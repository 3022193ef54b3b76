"""Passes reports of jobs and relevant settings to the rows, and has decisions saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genretagger.core.errors import GenreTaggerError
from genretagger.core.tracks import Track
from genretagger.core.writes import Policy
from genretagger.gui.jobs.job_outcome import Task
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.review.genres.mapping import GenreRules
from genretagger.review.rows.suggestion_mark import WriteRules

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import Started


class ReviewFeature(Feature):
    """Connects the review to the jobs; the window makes it before the features that show rows."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        controller = context.controller
        controller.ready.connect(self._take_settings)
        controller.renewed.connect(self._take_settings)
        controller.reported.connect(self._take)
        context.review.decided.connect(controller.save)
        context.job_changed.connect(self._let_edit)
        self._let_edit()

    def _take_settings(self, started: Started) -> None:
        context, settings = self._context, started.context.settings
        review, page = context.review, context.page
        review.set_rules(GenreRules.of(settings), self._read_only_reason)
        review.set_write_rules(WriteRules(Policy(settings.policy), settings.protected_genres))
        review.model.sort_artists(by_sort_names=settings.sort_names)
        page.explain(started.classifier_levels, levels=started.levels)
        page.threshold_line.offer(started.context.settings.accept_threshold)
        page.table.show_personal(shown=started.has_own_column)
        context.rows_changed.emit()

    def _take(self, events: tuple[object, ...]) -> None:
        if self._context.controller.task is not Task.LEARN:
            self._context.review.take(events, self._read_only_reason)

    def _read_only_reason(self, track: Track) -> GenreTaggerError | None:
        """Return why the genre of a track cannot be written, None if it can be."""
        opened = self._context.controller.opened
        if opened is None:
            return None
        pipeline, started = opened
        return pipeline.read_only_reason(track, context=started.context)

    def _let_edit(self) -> None:
        """Allow typing genres into the table, except while files are written."""
        self._context.page.table.set_editable(editable=self._context.may_change_rows())

    def close(self) -> None:
        """Drop what is not decided yet; each slice of what is decided has been saved."""
        self._context.review.decider.stop()
