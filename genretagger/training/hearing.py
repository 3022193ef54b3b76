"""Hears many files in worker processes, which survive a decoder that crashes or hangs."""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Final

from genretagger.analysis.classifier import Model
from genretagger.analysis.processes import WorkerProcesses, wait_for_result
from genretagger.analysis.workers import GIVE_UP_AFTER_S, hear
from genretagger.core.errors import TrackError
from genretagger.core.predictions import SegmentOutputs

# The model of a worker process, loaded once by `_prepare`.
_prepared: Final[list[Model]] = []


def hear_in_order(
    paths: Sequence[Path], *, model_folder: Path, n_workers: int
) -> Generator[SegmentOutputs | None, None, None]:
    """Yield the embedding's outputs of each of `paths`, None for one that cannot be heard.

    Why it cannot is said on standard error.

    Raises
    ------
    ModelError
        The model cannot be run.
    """
    processes = WorkerProcesses(n_workers, prepare=_prepare, args=(model_folder,))
    try:
        futures = [
            processes.submit(_hear_in_worker, path, give_up_after_s=GIVE_UP_AFTER_S)
            for path in paths
        ]
        for path, future in zip(paths, futures, strict=True):
            outputs = None
            try:
                outputs = wait_for_result(path, future)
            except TrackError as error:
                print(error, file=sys.stderr)
            yield outputs
    finally:
        processes.stop()


def _prepare(model_folder: Path) -> None:
    _prepared.append(Model.load(model_folder))


def _hear_in_worker(path: Path) -> SegmentOutputs:
    (model,) = _prepared
    return hear(path, model=model)
