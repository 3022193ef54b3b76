"""Loads the pipeline and starts the program, off the GUI thread; closes what that opened."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from genretagger.core.resources import user_folders
from genretagger.gui.jobs.pipeline_api import PipelineApi

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import Started


def open_pipeline(load: Callable[[], PipelineApi]) -> tuple[PipelineApi, Started]:
    """Return the pipeline that `load` returns, and what its start found."""
    pipeline = load()
    return pipeline, pipeline.start(user_folders())


def close_decisions(opened: Future[tuple[PipelineApi, Started]]) -> None:
    """Close what `open_pipeline` opened, if it came that far."""
    if opened.exception() is None:
        decisions = opened.result()[1].decisions
        if decisions is not None:
            decisions.close()
