"""Covers of the headings that can be seen, read off the GUI thread, the last asked for first."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QImage

from genretagger.core.errors import GenreTaggerError
from genretagger.gui.detail.detail_loader import files_readable
from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.jobs.job_runner import TaskQueue, attempt
from genretagger.gui.jobs.pipeline_api import PipelineApi
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.widgets.cover_art import decode_picture
from genretagger.review.table.album_groups import AlbumGroup
from genretagger.review.table.row_groups import GroupKey

if TYPE_CHECKING:
    from genretagger.pipeline import Context

_MOST_WAITING: Final = 60  # more than a screen has; what was scrolled past is not read


class CoverFeature(Feature):
    """Reads the cover of an album from its first track, one at a time."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._headings = context.page.table.headings
        self._waiting: dict[GroupKey, AlbumGroup] = {}
        self._asked: GroupKey | None = None
        self._queue = TaskQueue(self)
        self._queue.failed.connect(self._on_failed)
        self._queue.failed.connect(context.controller.failed)
        self._headings.cover_asked.connect(self._want)
        context.controller.ended.connect(self._on_ended)

    def _want(self, group: AlbumGroup) -> None:
        if group.key == self._asked:
            return
        self._waiting.pop(group.key, None)
        self._waiting[group.key] = group
        if len(self._waiting) > _MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
        self._ask()

    def _ask(self) -> None:
        readable = files_readable(self._context.controller)
        if self._asked is not None or not self._waiting or readable is None:
            return
        self._asked, group = self._waiting.popitem()
        pipeline, context = readable
        path = self._context.review.model.row(group.members[0]).path
        call = partial(
            _read_cover, pipeline, path, context=context, size_px=self._headings.cover_px()
        )
        self._queue.run(attempt(call), then=partial(self._on_read, group))

    def _on_read(self, group: AlbumGroup, answer: QImage | GenreTaggerError) -> None:
        self._asked = None
        cover = QImage() if isinstance(answer, GenreTaggerError) else answer
        self._headings.show_cover(group, cover)
        self._ask()

    def _on_failed(self) -> None:
        """Read no further covers after an unexpected error; a heading that is painted asks anew."""
        self._waiting.clear()

    def _on_ended(self, outcome: JobOutcome) -> None:
        """Read covers anew after an analysis, and those that a write let wait."""
        if outcome.task is Task.ANALYSE:
            self._headings.forget_covers()
        self._ask()

    def close(self) -> None:
        self._waiting.clear()
        self._queue.shutdown()


def _read_cover(pipeline: PipelineApi, path: Path, *, context: Context, size_px: int) -> QImage:
    facts = pipeline.details(path, None, None, context=context).facts
    content = facts.cover if facts else b""
    return decode_picture(content, size_px=size_px) if content else QImage()
