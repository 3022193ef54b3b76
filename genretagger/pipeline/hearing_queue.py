"""The tracks of an analysis that are to be heard: their order, and a second try for some."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from genretagger.core.errors import TrackError
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.core.hearing_control import HearingControl
from genretagger.core.tracks import Track
from genretagger.pipeline.judging import TrackJudge
from genretagger.pipeline.track_workers import (
    AnalysisWorkers,
    HeardFile,
    HearingAim,
    HearingTask,
    Tries,
    wait_for_file,
)


@dataclass(frozen=True, slots=True, eq=False)
class _Unheard:
    """A track that is to be heard.

    tries : a second try is made alone
    error : why it was not heard; only its hearing key is to be found out
    """

    track: Track
    key: str | None
    aim: HearingAim = HearingAim.NEW
    tries: Tries = field(default_factory=Tries)
    error: TrackError | None = None

    def task(self) -> HearingTask:
        track = self.track
        return HearingTask(
            track.path, track.tags.container, self.key, track.stamp.size_bytes, self.aim
        )


class HearingQueue:
    """Gives tracks to the workers, and takes their verdicts.

    A track whose worker is killed from outside, or hangs, is heard once more in the end, when no
    other is; one that no worker had begun is given out again. Of one that cannot be heard, a worker
    finds out the hearing key.

    Parameters
    ----------
    hand_on : Callable
        Called from any thread with each future that is finished; give it to `take`.
    """

    def __init__(
        self, judge: TrackJudge, control: HearingControl, hand_on: Callable[[object], None]
    ) -> None:
        self._judge, self._control, self._hand_on = judge, control, hand_on
        self._waiting: OrderedDict[Path, _Unheard] = OrderedDict()
        self._hearing: dict[Future[HeardFile], _Unheard] = {}
        self._again: deque[_Unheard] = deque()  # each is to be heard alone

    def __len__(self) -> int:
        """Return the number of tracks without a verdict."""
        return len(self._waiting) + len(self._hearing) + len(self._again)

    def is_waiting(self) -> bool:
        """Return whether there is work that no worker has."""
        return bool(self._waiting or self._again)

    def add(self, track: Track, key: str | None) -> None:
        """Let a track wait for a worker; `key` is its hearing key, if that is known."""
        self._waiting[track.path] = _Unheard(track, key)

    def give(self, workers: AnalysisWorkers, *, is_reading: bool) -> None:
        """Keep the workers busy; `is_reading` says whether they also read tags."""
        is_alone = any(asked.tries.is_second for asked in self._hearing.values())
        if self._control.paused.is_set() or is_alone:
            return
        while n_tracks := workers.n_to_hear(len(self._waiting), is_reading=is_reading):
            self._hear(workers, [self._next() for _ in range(n_tracks)])
        if self._again and not (self._hearing or is_reading):
            self._hear(workers, [self._again.popleft()])

    def _next(self) -> _Unheard:
        for path in self._control.preferred():
            if path in self._waiting:
                return self._waiting.pop(path)
        return self._waiting.popitem(last=False)[1]

    def _hear(self, workers: AnalysisWorkers, tracks: list[_Unheard]) -> None:
        futures = workers.hear([asked.task() for asked in tracks])
        for asked, future in zip(tracks, futures, strict=True):
            self._hearing[future] = asked
            future.add_done_callback(self._hand_on)

    def take(self, future: Future[HeardFile]) -> TrackAnalysed | Failure | None:
        """Return the verdict on a track, None if it is given to a worker once more."""
        asked = self._hearing.pop(future)
        try:
            heard = wait_for_file(asked.track.path, future)
        except TrackError as error:
            return self._take_unheard(asked, error)
        if asked.error is not None:
            return self._judge.unheard(asked.track, asked.error, heard.hearing_key)
        verdict = self._judge.heard(asked.track, heard)
        if verdict is None:
            self._put_first(replace(asked, aim=HearingAim.OUTPUTS))
        return verdict

    def _take_unheard(self, asked: _Unheard, error: TrackError) -> Failure | None:
        tries = asked.tries.after(error)
        if tries is not None:
            self._try_again(replace(asked, tries=tries))
            return None
        if asked.error is not None:
            return self._judge.unheard(asked.track, asked.error, None)
        if asked.key is None:
            self._put_first(replace(asked, aim=HearingAim.KEY, tries=Tries(), error=error))
            return None
        return self._judge.unheard(asked.track, error, asked.key)

    def _try_again(self, asked: _Unheard) -> None:
        if asked.tries.is_second:
            self._again.append(asked)
        else:
            self._put_first(asked)

    def _put_first(self, asked: _Unheard) -> None:
        path = asked.track.path
        self._waiting[path] = asked
        self._waiting.move_to_end(path, last=False)
