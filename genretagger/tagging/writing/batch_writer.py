"""One batch of safe writes: one press of Apply, the unit of undo.

`decide` says what is written, `safe_write` makes it safe, and the room `undo` takes it back.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from genretagger.core.errors import TrackError
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp
from genretagger.core.writes import Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.tagging.disk.folders import Folders
from genretagger.tagging.journal import journal
from genretagger.tagging.writing import decide, recovery, results, safe_write, verified_copy
from genretagger.tagging.writing.side_by_side import SideBySide

_LOG = logging.getLogger(__name__)


@contextmanager
def open_batch(
    journal_folder: Path, *, policy: Policy, settings: Settings
) -> Iterator[BatchWriter]:
    """Lock the journal, settle what an earlier run left unsettled, and begin a batch.

    Raises
    ------
    JournalError
        Another process writes, or the journal cannot be used.
    """
    with recovery.lock_and_settle(journal_folder) as settled, ExitStack() as stack:
        yield BatchWriter(
            journal_folder, policy=policy, settings=settings, settled=settled, stack=stack
        )


class BatchWriter:
    """Writes the files of one batch; `open_batch` makes it.

    The journal's file is made at the first real write, in `stack`: a batch that wrote nothing
    leaves no trace. A file that could not be settled yet is not written.
    """

    def __init__(
        self,
        journal_folder: Path,
        *,
        policy: Policy,
        settings: Settings,
        settled: recovery.SettledWrites,
        stack: ExitStack,
    ) -> None:
        self._folder = journal_folder
        self._policy = policy
        self._settings = settings
        self._settled = settled
        self._stack = stack
        self._folders = Folders()
        self._journal: journal.JournalFile | None = None
        self._creating = threading.Lock()
        self._is_batch_told = False
        self._numbers = itertools.count()  # in the order of the requests; not every one is used
        # The stamps of a file written here: from the original one to the newest, and back.
        self._newest: dict[FileStamp, FileStamp] = {}
        self._original: dict[FileStamp, FileStamp] = {}

    @property
    def settled(self) -> tuple[WriteResult, ...]:
        """What became of the writes that an earlier run left unsettled."""
        return self._settled.results

    @property
    def batch(self) -> str | None:
        """The id of the batch, None as long as nothing was written."""
        return self._journal.path.stem if self._journal else None

    def write_all(
        self, requests: Iterable[WriteRequest], *, n_at_once: int, cancel: threading.Event
    ) -> Generator[WriteResult, None, None]:
        """Write files, up to `n_at_once` side by side if it pays; yield the results in order.

        An error of a file is its result's reason.

        Raises
        ------
        JournalError
            The journal cannot be written; from then on nothing is. Every file that was written has
            yielded its result.
        Cancelled
            `cancel` was set; every file that was written has yielded its result.
        """
        with closing(SideBySide[WriteResult](n_at_once, cancel=cancel)) as job:
            for request in requests:
                work = partial(self._try, request, number=next(self._numbers))
                yield from map(self._told, job.begin(request.path, work))
            yield from map(self._told, job.finish())
        if self._journal is not None:
            self._journal.require_complete()

    def _told(self, result: WriteResult) -> WriteResult:
        """Return a result, of a failure with the batch if an earlier result has one.

        Whether a later file has begun the batch meanwhile must not show.
        """
        self._is_batch_told = self._is_batch_told or result.batch is not None
        is_failure = result.reason is not None
        return replace(result, batch=self.batch) if is_failure and self._is_batch_told else result

    def _try(self, request: WriteRequest, *, number: int) -> WriteResult:
        batch = None
        try:
            decision = decide.decide_write(
                self._updated(request), policy=self._policy, settings=self._settings
            )
            if decision.status is WriteStatus.WRITTEN:
                file = self._file()
                batch = file.path.stem
                self._execute(request, decision, file=file, number=number)
        except TrackError as error:
            _LOG.debug("%s", error)
            return results.from_error(request.path, error, batch=batch)
        return results.from_decision(request.path, decision, batch=batch)

    def _file(self) -> journal.JournalFile:
        with self._creating:
            if self._journal is None:
                file = journal.create(self._folder, policy=self._policy.value)
                self._journal = self._stack.enter_context(file)
            return self._journal

    def _updated(self, request: WriteRequest) -> WriteRequest:
        """Return the request as if made now, for a file written here under another name."""
        if request.stamp in self._newest:
            return replace(request, stamp=self._newest[request.stamp], current_genres=None)
        with suppress(OSError):
            if request.stamp is None and FileStamp.of(request.path.stat()) in self._original:
                return replace(request, current_genres=None)
        return request

    def _execute(
        self,
        request: WriteRequest,
        decision: decide.WriteDecision,
        *,
        file: journal.JournalFile,
        number: int,
    ) -> None:
        path, own = request.path, request.policy
        change = safe_write.FileChange(
            number=number,
            path=path,
            target=decision.target,
            stamp=decision.stamp,
            before=decision.state.raw,
            after=decision.after,
            write_copy=verified_copy.make_genre_writer(decision.state, decision.after, path=path),
            mtime_ns=decision.stamp.mtime_ns if self._settings.keep_dates else None,
            policy=own.value if own not in (None, self._policy) else None,
        )
        safe_write.execute(
            change, journal=file, folders=self._folders, pending=self._settled.pending
        )
        with suppress(OSError):
            stamp = FileStamp.of(decision.target.stat())
            original = self._original.get(decision.stamp, decision.stamp)
            self._newest[original], self._original[stamp] = stamp, original
