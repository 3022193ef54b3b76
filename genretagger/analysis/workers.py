"""Worker processes that hear tracks: decode, features, embedding. Survives a crashing decoder.

One LiteRT thread per process, heavy imports once per process, no TensorFlow.
"""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import numpy as np

from genretagger.analysis import processes
from genretagger.analysis.audio import decode_track
from genretagger.analysis.classifier import Model
from genretagger.analysis.features import cut_segments, levelled
from genretagger.core.predictions import SegmentOutputs

# A real track takes 0.11 s of one core: long enough for a slow disk, and ends a decoder that hangs.
GIVE_UP_AFTER_S = 300

# The model of this worker process, loaded once by `_prepare`.
_model: Model | None = None


def hear(path: Path, *, model: Model) -> SegmentOutputs:
    """Return the outputs of the embedding network for each segment of `path`.

    Raises
    ------
    DecodeError
        The file has no decodable audio.
    TrackTooShortError
        The audio is too short.
    TrackSilentError
        The audio is silent.
    ModelError
        The embedding network fails.
    """
    spec = model.manifest.feature_spec
    starts_s: list[float] = []
    patches = []
    decoded = decode_track(path, spec=spec)
    for excerpt in levelled(decoded.excerpts, level_db=spec.level_db):
        cut = cut_segments(excerpt.samples, spec=spec, filterbank=model.mel_filterbank)
        starts_s.extend(excerpt.start_s + index * spec.segment_s for index in range(len(cut)))
        patches.append(cut)
    logits, penultimate = model.embed(np.concatenate(patches))
    return SegmentOutputs(np.array(starts_s, np.float32), logits, penultimate, decoded.duration_s)


class HearingPool:
    """Processes that run `hear`; a process that dies or hangs loses only its track.

    Call `stop` in the end.
    """

    def __init__(self, model_folder: Path, *, n_workers: int) -> None:
        self._processes = processes.WorkerProcesses(
            n_workers, prepare=_prepare, args=(model_folder,)
        )

    def submit(self, path: Path) -> Future[SegmentOutputs]:
        """Queue `path`; read the future with `wait_for_outputs`."""
        return self._processes.submit(_hear_in_worker, path, give_up_after_s=GIVE_UP_AFTER_S)

    def pids(self) -> tuple[int, ...]:
        """Return the ids of the running processes."""
        return self._processes.pids()

    def stop(self) -> None:
        """End the processes at once."""
        self._processes.stop()


def wait_for_outputs(path: Path, future: Future[SegmentOutputs]) -> SegmentOutputs:
    """Return the result of a finished `future` for `path`.

    Raises
    ------
    DecodeError
        As `hear`; also when the worker process died or hung on this track, or was ended.
    TrackTooShortError, TrackSilentError, ModelError
        As `hear`.
    Cancelled
        The pool was stopped before a worker took the track.
    """
    return processes.wait_for_result(path, future)


def _prepare(model_folder: Path) -> None:
    global _model
    _model = Model.load(model_folder)


def _hear_in_worker(path: Path) -> SegmentOutputs:
    if _model is None:
        raise RuntimeError("the worker was not started by HearingPool")
    return hear(path, model=_model)
