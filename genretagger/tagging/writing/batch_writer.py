"""One batch of safe writes.

What is written is `judging`; how a write is made safe, `swap`; how it is taken back, `undoing`.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from genretagger.core.errors import TrackError
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp
from genretagger.core.writes import Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.tagging.journal import journal
from genretagger.tagging.writing import decide, recovery, safe_write

_LOG = logging.getLogger(__name__)


class Batch:
    """One press of Apply, the unit of undo; the journal's lock is held from begin to close.

    What an earlier run left unsettled is settled first: `settled` says what became of each file. A
    file of which that cannot be told yet is not written.
    The journal's file is made at the first real write: a batch that wrote nothing leaves no trace.
    """

    def __init__(self, folder: Path, *, policy: Policy, settings: Settings) -> None:
        self._folder = folder
        self._policy = policy
        self._settings = settings
        self._stack = ExitStack()
        self._settled = recovery.SettledWrites((), ())
        self._journal: journal.JournalFile | None = None
        # A file written here, as it was found and as it is now; and back.
        self._own: dict[FileStamp, FileStamp] = {}
        self._found: dict[FileStamp, FileStamp] = {}

    @property
    def settled(self) -> tuple[WriteResult, ...]:
        """What became of the writes that an earlier run left unsettled."""
        return self._settled.results

    @property
    def batch(self) -> str | None:
        """The id of the batch, None as long as nothing was written."""
        return self._journal.path.stem if self._journal else None

    def __enter__(self) -> Self:
        self._settled = self._stack.enter_context(recovery.locked(self._folder))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def write(self, request: WriteRequest) -> WriteResult:
        """Write one file; the result says what became of it, and why.

        Raises
        ------
        JournalError
            The journal cannot be written; from then on nothing is.
        """
        try:
            judged = decide.decide_write(
                self._followed(request), policy=self._policy, settings=self._settings
            )
            if judged.status is WriteStatus.WRITTEN:
                self._carry_out(request.path, judged)
        except TrackError as error:
            _LOG.debug("%s", error)
            return decide.refused(request.path, error, batch=self.batch)
        return decide.result(request.path, judged, batch=self.batch)

    def _followed(self, request: WriteRequest) -> WriteRequest:
        """Return the request as it would be of a file that was written here under another name."""
        if request.stamp in self._own:
            return replace(request, stamp=self._own[request.stamp], current_genres=None)
        with suppress(OSError):
            if request.stamp is None and FileStamp.of(request.path.stat()) in self._found:
                return replace(request, current_genres=None)
        return request

    def _carry_out(self, path: Path, judged: decide.WriteDecision) -> None:
        if self._journal is None:
            file = journal.create(self._folder, policy=self._policy.value)
            self._journal = self._stack.enter_context(file)
        change = safe_write.FileChange(
            path=path,
            target=judged.target,
            stamp=judged.stamp,
            before=judged.state.raw,
            after=judged.wanted,
            fill=safe_write.change_genre(judged.state, judged.wanted, path=path),
            mtime_ns=judged.stamp.mtime_ns if self._settings.keep_dates else None,
        )
        safe_write.execute(change, journal=self._journal, pending=self._settled.pending)
        with suppress(OSError):
            stamp = FileStamp.of(judged.target.stat())
            found = self._found.get(judged.stamp, judged.stamp)
            self._own[found], self._found[stamp] = stamp, found


def begin_batch(journal_folder: Path, *, policy: Policy, settings: Settings) -> Batch:
    """Return a batch for `with`; entering raises JournalError if another process writes."""
    return Batch(journal_folder, policy=policy, settings=settings)
