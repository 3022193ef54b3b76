"""What the window needs of the pipeline; tests and benchmarks bring their own."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import Failure, Problem, Progress, Recovered
from genretagger.core.hearing_control import HearingControl
from genretagger.core.personal import ClassifierReport
from genretagger.core.predictions import Envelope
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.core.tracks import Track, TrackDetails
from genretagger.core.writes import BatchSummary, Policy, WriteRequest, WriteResult, WriteSummary
from genretagger.library.export import ExportDone, ExportOrder
from genretagger.library.leaving_out import LeftOutNames
from genretagger.review.rows.row import Row

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.library.decision_store import DecisionStore
    from genretagger.library.watching import FolderWatch
    from genretagger.pipeline import (
        Context,
        HeardAgain,
        Learned,
        LoadedSettings,
        Personal,
        ReviewEvent,
        SampleMade,
        Started,
    )


class EnvelopeSource(Protocol):
    """See `genretagger.analysis.envelope.EnvelopeReader`."""

    def read(self, path: Path) -> Envelope: ...

    def drop(self) -> None: ...

    def stop(self) -> None: ...


class PipelineApi(Protocol):
    """See `genretagger.pipeline`."""

    # Start and settings

    def start(self, folders: UserFolders) -> Started: ...

    def with_settings(self, started: Started, settings: Settings) -> Started: ...

    def read_settings(self, *, context: Context) -> LoadedSettings: ...

    def save_settings(self, settings: Settings, *, context: Context) -> Settings: ...

    # Tracks

    def analyse_for_review(
        self,
        paths: Sequence[Path],
        *,
        context: Context,
        roots: Sequence[Path],
        decisions: DecisionStore | None,
        cancel: threading.Event,
        control: HearingControl,
        use_cache: bool,
    ) -> Generator[ReviewEvent, None, None]: ...

    def folder_watch(self, folders: Sequence[Path], *, context: Context) -> FolderWatch: ...

    def make_samples(
        self, folder: Path, *, cancel: threading.Event, complete: bool = ...
    ) -> Generator[Progress | SampleMade, None, None]: ...

    def details(
        self, path: Path, hearing_key: str | None, model_id: str | None, *, context: Context
    ) -> TrackDetails: ...

    def envelopes(self) -> EnvelopeSource: ...

    def export(
        self, rows: Sequence[Row], order: ExportOrder, *, context: Context
    ) -> ExportDone: ...

    # Writing

    def read_only_reason(self, track: Track, *, context: Context) -> GenreTaggerError | None: ...

    def apply(
        self,
        requests: Sequence[WriteRequest],
        *,
        context: Context,
        policy: Policy,
        cancel: threading.Event,
        dry_run: bool = ...,
    ) -> Generator[Progress | Recovered | WriteResult, None, None]: ...

    def undo(
        self,
        batch: str | None,
        *,
        context: Context,
        cancel: threading.Event,
        files: Sequence[Path] = ...,
    ) -> Generator[Progress | Recovered | WriteResult | Problem, None, None]: ...

    def history(self, *, context: Context) -> tuple[BatchSummary, ...]: ...

    def batch_writes(self, batch: str, *, context: Context) -> tuple[WriteSummary, ...]: ...

    def export_history_table(self, path: Path, *, context: Context) -> ExportDone: ...

    # Personal classifiers

    def learn(
        self,
        name: str,
        paths: Sequence[Path] = ...,
        *,
        context: Context,
        cancel: threading.Event,
        anyway: bool = ...,
        again: bool = ...,
    ) -> Generator[Progress | Failure | LeftOutNames | Learned, None, None]: ...

    def heard_again(self, *, context: Context) -> dict[str, HeardAgain]: ...

    def save_learned(self, learned: Learned, *, context: Context) -> None: ...

    def personal_classifiers(self, *, context: Context) -> tuple[Personal, ...]: ...

    def personal_report(self, name: str, *, context: Context) -> ClassifierReport: ...

    def use_personal(
        self, name: str | None, *, context: Context, instead: bool = ..., anyway: bool = ...
    ) -> Settings: ...

    def delete_personal(self, name: str, *, context: Context) -> Settings: ...

    def export_personal(self, name: str, file: Path, *, context: Context) -> None: ...

    def import_personal(self, file: Path, name: str | None = ..., *, context: Context) -> str: ...


def load_pipeline() -> PipelineApi:
    """Import the pipeline: with decoder, tag library and NumPy too slow for the GUI thread."""
    from genretagger import pipeline

    pipeline.load_all()
    return pipeline
