"""What the window needs of the pipeline; tests and benchmarks bring their own."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import Failure, Progress, Recovered, TrackAnalysed, TrackFound
from genretagger.core.predictions import Envelope
from genretagger.core.tracks import Track, TrackDetails
from genretagger.core.writes import BatchSummary, Policy, WriteRequest, WriteResult, WriteSummary
from genretagger.gui.jobs.classifier_jobs import ClassifierApi
from genretagger.library.export import ExportDone, ExportOrder
from genretagger.library.leaving_out import LeftOutNames

if TYPE_CHECKING:
    from genretagger.pipeline import Context, SampleMade
    from genretagger.review.rows.row import Row


class EnvelopeSource(Protocol):
    """Reads how loud tracks are, one at a time; as `EnvelopeReader`."""

    def read(self, path: Path) -> Envelope:
        """Return the envelope of a track; waits."""

    def drop(self) -> None:
        """Let go, soon, of the file that is read just now."""

    def stop(self) -> None:
        """End all of it at once."""


class PipelineApi(ClassifierApi, Protocol):
    """What the window needs of `genretagger.pipeline`; tests and benchmarks bring their own."""

    def analyse(
        self,
        paths: Sequence[Path],
        *,
        context: Context,
        cancel: threading.Event,
        use_cache: bool = ...,
    ) -> Iterator[Progress | TrackFound | TrackAnalysed | Failure | LeftOutNames]:
        """Find tracks and hear them."""

    def make_samples(
        self, folder: Path, *, cancel: threading.Event, complete: bool = ...
    ) -> Iterator[Progress | SampleMade]:
        """Make sample music in a folder."""

    def apply(
        self,
        requests: Sequence[WriteRequest],
        *,
        context: Context,
        policy: Policy,
        cancel: threading.Event,
        dry_run: bool = ...,
    ) -> Iterator[Progress | Recovered | WriteResult]:
        """Write genres."""

    def undo(
        self,
        batch: str | None,
        *,
        context: Context,
        cancel: threading.Event,
        files: Sequence[Path] = (),
    ) -> Iterator[Progress | Recovered | WriteResult]:
        """Take a batch back, or only `files` of it."""

    def history(self, *, context: Context) -> tuple[BatchSummary, ...]:
        """Return the batches, newest first."""

    def batch_writes(self, batch: str, *, context: Context) -> tuple[WriteSummary, ...]:
        """Return the writes of a batch, in their order."""

    def export_history_table(self, place: Path, *, context: Context) -> ExportDone:
        """Export all writes and their undoing as a table."""

    def export(self, rows: Sequence[Row], order: ExportOrder, *, context: Context) -> ExportDone:
        """Export rows of the review."""

    def recover(self, *, context: Context) -> tuple[WriteResult, ...]:
        """Settle what a crash left unfinished."""

    def read_only_reason(self, track: Track, *, context: Context) -> GenreTaggerError | None:
        """Return why a track cannot be written; no input or output."""

    def details(
        self, path: Path, hearing_key: str | None, model_id: str | None, *, context: Context
    ) -> TrackDetails:
        """Return what is known of a track beyond its row."""

    def envelopes(self) -> EnvelopeSource:
        """Return what reads envelopes; it does nothing before it is asked for one."""
