"""The workers of an analysis: they read tags, and digest and hear tracks; here in processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import Final, Protocol

from genretagger.analysis.classifier import Model
from genretagger.analysis.processes import WorkerProcesses, wait_for_result
from genretagger.analysis.workers import GIVE_UP_AFTER_S, hear
from genretagger.core.errors import (
    DecoderHungError,
    NotBegunError,
    TrackError,
    WorkerKilledError,
)
from genretagger.core.predictions import SegmentOutputs
from genretagger.core.settings import Effort
from genretagger.core.tracks import TagReading
from genretagger.library.store import Store
from genretagger.tagging import containers
from genretagger.tagging.digest import hearing_key_of

ReadTags = TagReading | TrackError
# What may have come from outside: the file is tried once more.
MAY_BE_INNOCENT: Final = (WorkerKilledError, DecoderHungError)
# Then it is no chance any more that the processes end before they begin the file.
_MOST_LOST: Final = 5


@dataclass(frozen=True, slots=True)
class Tries:
    """What became of a file that was given to workers.

    n_lost : how often no worker had begun it when all of them were replaced
    is_second : a worker that had it was killed, or hung; it is tried for the last time
    """

    n_lost: int = 0
    is_second: bool = False

    def after(self, error: TrackError) -> Tries | None:
        """Return the tries with one more, None if `error` is the end."""
        if isinstance(error, NotBegunError) and self.n_lost < _MOST_LOST:
            return replace(self, n_lost=self.n_lost + 1)
        if isinstance(error, MAY_BE_INNOCENT) and not self.is_second:
            return replace(self, is_second=True)
        return None


@dataclass(frozen=True, slots=True, eq=False)
class HeardFile:
    """What a worker found out about a track.

    damage : key of the message that says why a damaged file is not written
    outputs : None if the store has them already, or if hearing failed
    error : why hearing failed
    """

    hearing_key: str
    damage: str | None = None
    outputs: SegmentOutputs | None = None
    error: TrackError | None = None


class HearingAim(Enum):
    """What a worker is to find out besides the hearing key."""

    NEW = auto()  # outputs, unless the store has them
    OUTPUTS = auto()
    KEY = auto()  # nothing


@dataclass(frozen=True, slots=True)
class HearingTask:
    """A track to hear: its file, and its hearing key if that is known."""

    path: Path
    container: str
    hearing_key: str | None = None
    size_bytes: int = 0
    aim: HearingAim = HearingAim.NEW


def digest_and_hear(
    task: HearingTask, *, model: Model, is_stored: Callable[[str], bool]
) -> HeardFile:
    """Return the hearing key of a track, and its outputs; if they are new: not `is_stored`.

    Raises
    ------
    TrackError
        The file cannot be read, so that it has no hearing key.
    ModelError
        The embedding network fails.
    """
    key, damage = task.hearing_key, None
    if key is None:
        key, damage = hearing_key_of(task.path, container=task.container)
    if task.aim is HearingAim.KEY or (task.aim is HearingAim.NEW and is_stored(key)):
        return HeardFile(key, damage)
    try:
        return HeardFile(key, damage, hear(task.path, model=model))
    except TrackError as error:
        return HeardFile(key, damage, error=error)


class AnalysisWorkers(Protocol):
    """What reads tags and hears tracks for an analysis; call `stop` in the end.

    Futures are read with `wait_for_result` and `wait_for_file`.
    """

    @property
    def most_readings(self) -> int:
        """How many calls of `read_tags` may be unfinished at once."""

    def n_to_hear(self, n_waiting: int, *, is_reading: bool) -> int:
        """Return how many of the tracks that wait to give to `hear` now; 0 if all are busy."""

    def read_tags(self, paths: Sequence[Path]) -> Future[list[ReadTags]]:
        """Queue the reading of the tags of `paths`."""

    def hear(self, tasks: Sequence[HearingTask]) -> list[Future[HeardFile]]:
        """Queue tracks; return a future for each."""

    def stop(self) -> None:
        """End the work at once."""


class TrackWorkers:
    """Processes that die or hang only at the cost of their task; call `stop` in the end.

    Parameters
    ----------
    store : Path or None
        Where workers look whether a track was heard before; None to hear every track.
    effort : Effort
        The priority of the processes.
    """

    def __init__(
        self, model_folder: Path, store: Path | None, *, n_workers: int, effort: Effort
    ) -> None:
        self._n_workers = n_workers
        self._processes = WorkerProcesses(
            n_workers, prepare=_prepare, args=(model_folder, store), effort=effort
        )
        self._hearing: list[Future[HeardFile]] = []

    @property
    def most_readings(self) -> int:
        """Two for each process, so that none waits and a stop discards little."""
        return 2 * self._n_workers

    def n_to_hear(self, n_waiting: int, *, is_reading: bool) -> int:
        """Return 1, or 0 if each process has two tracks; while tags are read, half of them hear."""
        self._hearing = [future for future in self._hearing if not future.done()]
        most = max(1, self._n_workers // 2) if is_reading else 2 * self._n_workers
        return min(n_waiting, 1) if len(self._hearing) < most else 0

    def read_tags(self, paths: Sequence[Path]) -> Future[list[ReadTags]]:
        """Queue the reading of the tags of `paths`."""
        return self._processes.submit(read_tags, tuple(paths), give_up_after_s=GIVE_UP_AFTER_S)

    def hear(self, tasks: Sequence[HearingTask]) -> list[Future[HeardFile]]:
        """Queue tracks; return a future for each."""
        submit = self._processes.submit
        futures = [submit(_hear_in_worker, task, give_up_after_s=GIVE_UP_AFTER_S) for task in tasks]
        self._hearing += futures
        return futures

    def pids(self) -> tuple[int, ...]:
        """Return the ids of the running processes."""
        return self._processes.pids()

    def stop(self) -> None:
        """End the processes at once."""
        self._processes.stop()


def wait_for_file(path: Path, future: Future[HeardFile]) -> HeardFile:
    """Return the result of a finished `future` for `path`.

    Raises
    ------
    TrackError, ModelError
        As `digest_and_hear`; a DecodeError also when the process crashed on this track, a
        DecoderHungError when its time was over, a WorkerKilledError when it was ended from outside,
        a NotBegunError when none had begun the track.
    Cancelled
        The processes were stopped before one took the track.
    """
    return wait_for_result(path, future)


class _Prepared:
    """The model and the store of a worker process, which end with it."""

    def __init__(self, model_folder: Path, store: Path | None) -> None:
        self.model = Model.load(model_folder)
        self._opened = ExitStack()  # closes the store if it is collected
        self._store = None if store is None else self._opened.enter_context(Store.open(store))

    def is_stored(self, hearing_key: str) -> bool:
        """Return whether the store has the outputs of a track."""
        store, manifest = self._store, self.model.manifest
        return store is not None and store.has_outputs(hearing_key, manifest)


_prepared: Final[list[_Prepared]] = []


def _prepare(model_folder: Path, store: Path | None) -> None:
    _prepared.append(_Prepared(model_folder, store))


def _hear_in_worker(task: HearingTask) -> HeardFile:
    (prepared,) = _prepared
    return digest_and_hear(task, model=prepared.model, is_stored=prepared.is_stored)


def read_tags(paths: Sequence[Path]) -> list[ReadTags]:
    """Return the tags of each of `paths`, or why they cannot be read."""
    return [_tags_of(path) for path in paths]


def _tags_of(path: Path) -> ReadTags:
    try:
        return containers.read(path)
    except TrackError as error:
        return error
