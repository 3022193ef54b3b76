"""One batch of safe writes: one press of Apply, the unit of undo.

`decide` says what is written, `safe_write` makes it safe, and the room `undo` takes it back.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from genretagger.core.errors import TrackError
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp
from genretagger.core.writes import Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.tagging.journal import journal
from genretagger.tagging.writing import decide, recovery, results, safe_write, verified_copy

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
        self._journal: journal.JournalFile | None = None
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

    def write(self, request: WriteRequest) -> WriteResult:
        """Write one file; an error of the file is the result's reason.

        Raises
        ------
        JournalError
            The journal cannot be written; from then on nothing is.
        """
        try:
            decision = decide.decide_write(
                self._updated(request), policy=self._policy, settings=self._settings
            )
            if decision.status is WriteStatus.WRITTEN:
                self._execute(request.path, decision)
        except TrackError as error:
            _LOG.debug("%s", error)
            return results.from_error(request.path, error, batch=self.batch)
        return results.from_decision(request.path, decision, batch=self.batch)

    def _updated(self, request: WriteRequest) -> WriteRequest:
        """Return the request as if made now, for a file written here under another name."""
        if request.stamp in self._newest:
            return replace(request, stamp=self._newest[request.stamp], current_genres=None)
        with suppress(OSError):
            if request.stamp is None and FileStamp.of(request.path.stat()) in self._original:
                return replace(request, current_genres=None)
        return request

    def _execute(self, path: Path, decision: decide.WriteDecision) -> None:
        if self._journal is None:
            file = journal.create(self._folder, policy=self._policy.value)
            self._journal = self._stack.enter_context(file)
        change = safe_write.FileChange(
            path=path,
            target=decision.target,
            stamp=decision.stamp,
            before=decision.state.raw,
            after=decision.after,
            write_copy=verified_copy.make_genre_writer(decision.state, decision.after, path=path),
            mtime_ns=decision.stamp.mtime_ns if self._settings.keep_dates else None,
        )
        safe_write.execute(change, journal=self._journal, pending=self._settled.pending)
        with suppress(OSError):
            stamp = FileStamp.of(decision.target.stat())
            original = self._original.get(decision.stamp, decision.stamp)
            self._newest[original], self._original[stamp] = stamp, original
