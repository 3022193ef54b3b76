"""Takes files from the walk to their verdicts: tags, digest and hearing as one stream.

What the walk finds and what the workers return meets in one queue, the inbox. A track whose results
are stored is judged at once; any other waits until a worker is free, so that the first track is
heard while the walk goes on.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from genretagger.analysis.processes import wait_for_result
from genretagger.core.errors import TrackError
from genretagger.core.events import (
    AllFound,
    Failure,
    HeardBefore,
    Problem,
    Progress,
    Stage,
    TrackAnalysed,
    TrackFound,
    UpdateRemark,
)
from genretagger.core.hearing_control import HearingControl
from genretagger.core.tracks import TagReading, Track
from genretagger.library.leaving_out import LeftOutNames
from genretagger.library.scan import FoundFile
from genretagger.library.store import Store, StoredFile
from genretagger.pipeline.context import check
from genretagger.pipeline.hearing_queue import HearingQueue
from genretagger.pipeline.judging import TrackJudge
from genretagger.pipeline.track_workers import AnalysisWorkers, HeardFile, ReadTags, Tries
from genretagger.pipeline.walker import Ended, Walker

# The longest delay of a stop while worker processes are busy.
_CANCEL_CHECK_S = 0.2
# A small folder is walked within this, so that no more workers are started than it needs.
_FIRST_LOOK_S = 0.05
_MOST_AT_ONCE = 256  # items of the inbox between two commits of the store
_FILES_PER_READING = 32  # long enough to hide the way to a worker and back, about 40 ms
# Files between the walk and their verdict; a track takes 2 kB.
_MOST_AHEAD = 100_000

Verdict = TrackAnalysed | Failure
Analysis = Progress | TrackFound | AllFound | Verdict | LeftOutNames | Problem | UpdateRemark
# Called with the event that ends the walk soon after it is set.
Walk = Callable[[threading.Event], Iterator[FoundFile | Failure | LeftOutNames]]
# Called with the most workers that there is work for, and with what tells a problem of theirs.
MakeWorkers = Callable[[int, Callable[[Problem], None]], AnalysisWorkers]


@dataclass(slots=True, eq=False)
class _Found:
    """A file of the walk; `reading` is None until its tags are read."""

    file: FoundFile
    reading: ReadTags | None
    stored: StoredFile
    tries: Tries = field(default_factory=Tries)  # of reading its tags


class Stream:
    """Takes files from the walk to their verdicts.

    Parameters
    ----------
    anew : frozenset of Path
        Files that are heard even if they are in quarantine.

    Attributes
    ----------
    n_found, n_done, n_known : int
        Tracks found; tracks with a verdict or a failure; those whose verdict was stored.
    """

    def __init__(
        self,
        store: Store,
        judge: TrackJudge,
        *,
        uses_stored: bool,
        make_workers: MakeWorkers,
        most_workers: int,
        control: HearingControl,
        anew: frozenset[Path] = frozenset(),
    ) -> None:
        self._store = store
        self._judge = judge
        self._uses_stored = uses_stored
        self._make_workers = make_workers
        self._most_workers = most_workers
        self._anew = anew
        self._inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._workers: AnalysisWorkers | None = None
        self._is_walking = True
        self._found: deque[_Found] = deque()  # in the order of the walk, until their tags are read
        self._untagged: list[_Found] = []
        self._reading: dict[Future[list[ReadTags]], list[_Found]] = {}
        self._queue = HearingQueue(judge, control, self._inbox.put)
        self.n_found = self.n_done = self.n_known = 0
        self._n_again = 0  # tracks that another embedding heard
        self._is_told = False  # whether their number was yielded
        self._are_all_found = False  # whether that was yielded

    def run(self, walk: Walk, *, cancel: threading.Event) -> Generator[Analysis, None, None]:
        """Yield what is found, the verdicts, and progress."""
        self._walker = Walker(walk, self._inbox.put, most_ahead=_MOST_AHEAD)
        self._walker.start()
        try:
            yield Progress(Stage.SCAN, 0, 0)
            look_until = time.monotonic() + _FIRST_LOOK_S
            while self._is_walking or self._n_ahead():
                check(cancel)
                events: list[Analysis] = []
                try:
                    with self._store.grouped():
                        self._take_arrived(events)
                    if not self._is_walking or time.monotonic() > look_until:
                        self._give_work()
                finally:
                    yield from events  # before an error, too: the store has these verdicts
                yield from self._heard_before()
                yield from self._all_found()
                if events:
                    yield self._progress()
            yield Progress(Stage.ANALYSE, self.n_done, self.n_found)
        finally:
            self._walker.stop()
            if self._workers is not None:
                self._workers.stop()
            self._walker.join()

    def _progress(self) -> Progress:
        if self._is_walking and not self.n_done:
            return Progress(Stage.SCAN, self.n_found, 0)
        return Progress(Stage.ANALYSE, self.n_done, self.n_found)

    def _heard_before(self) -> Iterator[HeardBefore]:
        """Yield once how many tracks are heard again: all are found, or the walk waits."""
        is_all = not (self._is_walking or self._found)
        is_waiting = self._n_ahead() > _MOST_AHEAD - _MOST_AT_ONCE
        if self._n_again and not self._is_told and (is_all or is_waiting):
            self._is_told = True
            yield HeardBefore(self._n_again, is_all, self._judge.heard_by)

    def _all_found(self) -> Iterator[AllFound]:
        """Yield once that the walk has ended and the tags of all tracks are read."""
        if not (self._is_walking or self._found or self._are_all_found):
            self._are_all_found = True
            yield AllFound()

    def _n_ahead(self) -> int:
        """Return how much is to be done, not counting what the walk will still find."""
        return len(self._found) + len(self._queue)

    # What arrives

    def _take_arrived(self, events: list[Analysis]) -> None:
        """Add the events of what is in the inbox to `events`, one by one."""
        for item in self._arrived():
            for event in self._take(item):
                events.append(event)

    def _arrived(self) -> Iterator[object]:
        """Yield what is in the inbox; wait for the first item, but not long."""
        try:
            yield self._inbox.get(
                timeout=_FIRST_LOOK_S if self._workers is None else _CANCEL_CHECK_S
            )
            for _ in range(_MOST_AT_ONCE):
                yield self._inbox.get_nowait()
        except queue.Empty:
            pass

    def _take(self, item: object) -> Iterator[Analysis]:
        match item:
            case FoundFile():
                stored = self._judge.look_up(item.stamp)
                found = _Found(item, stored.tags, stored)
                self._found.append(found)
                if found.reading is None:
                    self._untagged.append(found)
            case Failure() | LeftOutNames():
                self._walker.finished()
                yield item
            case Problem():
                yield item
            case Ended(error=error):
                self._is_walking = False
                if error is not None:
                    raise error
            case Future() if item in self._reading:
                self._take_tags(item)
            case Future():
                yield from self._take_heard(item)
        while self._found and self._found[0].reading is not None:
            yield from self._take_read(self._found.popleft())

    def _take_tags(self, future: Future[list[ReadTags]]) -> None:
        """Take the tags of several files, or have them read again if their worker died."""
        files = self._reading.pop(future)
        path = files[0].file.path
        try:
            readings = wait_for_result(path, future)
        except TrackError as error:
            if self._read_again(files, error):
                return
            readings = [error]
        for found, reading in zip(files, readings, strict=True):
            found.reading = reading
            if isinstance(reading, TagReading):
                self._store.put_tags(found.file.stamp, reading)

    def _take_read(self, found: _Found) -> Iterator[Analysis]:
        file, reading = found.file, found.reading
        if isinstance(reading, TagReading):
            yield from self._take_track(Track(file.path, reading, file.stamp), found.stored)
        elif reading is not None:
            self._walker.finished()
            yield Failure(file.path, reading)

    def _take_track(self, track: Track, stored: StoredFile) -> Iterator[Analysis]:
        """Judge a track by stored results, or let it wait for a worker."""
        self.n_found += 1
        known = self._known(track, stored) if self._uses_stored else None
        if known is not None:
            yield TrackFound(track)
            yield self._done(known)
            return
        is_again = self._uses_stored and self._judge.is_heard_again(stored)
        self._n_again += is_again
        yield TrackFound(track, stored.hearing_key if is_again else None)
        self._queue.add(track, stored.hearing_key)

    def _known(self, track: Track, stored: StoredFile) -> TrackAnalysed | Failure | None:
        """Return what is known of a track without hearing it."""
        verdict = self._judge.known(track, stored)
        if verdict is None and track.path not in self._anew:
            return self._judge.quarantined(track, stored.hearing_key)
        return verdict

    def _take_heard(self, future: Future[HeardFile]) -> Iterator[TrackAnalysed | Failure]:
        verdict = self._queue.take(future)
        if verdict is not None:
            yield self._done(verdict)

    def _done(self, verdict: TrackAnalysed | Failure) -> TrackAnalysed | Failure:
        self._walker.finished()
        self.n_done += 1
        self.n_known += isinstance(verdict, TrackAnalysed) and verdict.cached
        return verdict

    # Work for the workers

    def _give_work(self) -> None:
        """Keep the workers busy."""
        if not (self._untagged or self._queue.is_waiting()):
            return
        workers = self._pool()  # its size counts the tracks that wait
        while self._untagged and len(self._reading) < workers.most_readings:
            self._read(self._untagged[:_FILES_PER_READING])
            del self._untagged[:_FILES_PER_READING]
        self._queue.give(workers, is_reading=bool(self._reading))

    def _read(self, files: list[_Found]) -> None:
        future = self._pool().read_tags([found.file.path for found in files])
        self._reading[future] = files
        future.add_done_callback(self._inbox.put)

    def _read_again(self, files: list[_Found], error: TrackError) -> bool:
        """Have `files` read again: together if no worker had begun them, else one by one.

        Return False for a single file that is not to be tried again.
        """
        tries = files[0].tries.after(error)
        if len(files) > 1 and (tries is None or tries.is_second):  # which of them it was is unknown
            for found in files:
                self._read([found])
            return True
        if tries is None:
            return False
        for found in files:
            found.tries = tries
        self._read(files)
        return True

    def _pool(self) -> AnalysisWorkers:
        if self._workers is None:
            most = self._most_workers  # a small folder needs fewer
            most = most if self._is_walking else min(most, self._n_ahead())
            self._workers = self._make_workers(most, self._inbox.put)
        return self._workers
