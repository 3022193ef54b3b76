"""The jobs of the window: each calls the pipeline once it runs, on the thread of the job."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from genretagger.core.hearing_control import HearingControl
from genretagger.core.writes import BatchSummary, Policy, WriteRequest
from genretagger.gui.jobs.pipeline_api import PipelineApi

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import Started

PipelineJob = Callable[[PipelineApi, "Started", threading.Event], Generator[object, None, None]]


def analysing(
    paths: Sequence[Path], *, roots: Sequence[Path], control: HearingControl, anew: bool
) -> PipelineJob:
    """Return the job that analyses `paths`; with `anew`, whatever is stored of them."""
    return lambda pipeline, started, cancel: pipeline.analyse_for_review(
        paths,
        context=started.context,
        roots=roots,
        decisions=started.decisions,
        cancel=cancel,
        control=control,
        use_cache=not anew,
    )


def writing(requests: Sequence[WriteRequest], policy: Policy) -> PipelineJob:
    """Return the job that writes genres."""
    return lambda pipeline, started, cancel: pipeline.apply(
        requests, context=started.context, policy=policy, cancel=cancel
    )


def undoing(batch: BatchSummary, files: Sequence[Path]) -> PipelineJob:
    """Return the job that takes a batch back, or only `files` of it."""
    return lambda pipeline, started, cancel: pipeline.undo(
        batch.batch, context=started.context, cancel=cancel, files=files
    )


def learning(name: str, paths: Sequence[Path], *, again: bool) -> PipelineJob:
    """Return the job that learns genres; see `pipeline.learn`."""
    return lambda pipeline, started, cancel: pipeline.learn(
        name, tuple(paths), context=started.context, cancel=cancel, again=again
    )
