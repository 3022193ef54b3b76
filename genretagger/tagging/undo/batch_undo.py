"""Taking writes back, newest first, by the same safe write."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from genretagger.core.errors import Cancelled, TrackError, TrackRefusedError
from genretagger.core.settings import Settings
from genretagger.core.writes import WriteResult, WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.journal import journal, retention
from genretagger.tagging.journal.framing import PatchReader
from genretagger.tagging.journal.records import (
    BatchLog,
    Intent,
    WriteEntry,
    WriteOutcome,
    WriteState,
)
from genretagger.tagging.undo import moved_files, selection
from genretagger.tagging.undo.restore import FileRestorer
from genretagger.tagging.undo.selection import SelectedWrite
from genretagger.tagging.undo.standing_writes import StandingWrites
from genretagger.tagging.writing import decide, preconditions, recovery, reverse_patch, safe_write


class Undo:
    """One undo, for `with`; the journal's lock is held from begin to close.

    What an earlier run left unsettled is settled first: `settled` says what became of each file.

    Parameters
    ----------
    batch : str or None
        None for the newest batch that still has something to undo, not counting files that were
        refused when this choice met them.
    files : sequence of Path
        Only these files; without a batch the newest standing write of each, whatever its batch.
    search : callable
        Where to look for files that were moved.
    """

    def __init__(
        self,
        folder: Path,
        *,
        batch: str | None,
        settings: Settings,
        files: Sequence[Path] = (),
        search: moved_files.Search = moved_files.no_candidates,
    ) -> None:
        self._folder = folder
        self._batch = batch
        self._files = files
        self._search = search
        self._settings = settings
        self._stack = ExitStack()
        self._choice = selection.Selection(())
        self._pending: tuple[Intent, ...] = ()
        self.settled: tuple[WriteResult, ...] = ()

    def __enter__(self) -> Self:
        """Take the lock, settle, choose."""
        with ExitStack() as stack:
            settled = stack.enter_context(recovery.locked(self._folder))
            self.settled, self._pending = settled.results, settled.pending
            if self._files:
                self._choice = selection.of_files(self._folder, self._files, batch=self._batch)
            else:
                self._choice = selection.of_batch(self._folder, self._batch)
            chosen = {log.batch for log, _ in self._choice.batches}
            retention.prune(self._folder, days=self._settings.keep_history_days, keep=chosen)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def n_files(self) -> int:
        """How many results there will be."""
        return self._choice.n_files

    def results(self, *, cancel: threading.Event) -> Iterator[WriteResult]:
        """Restore the files, newest write first: RESTORED, REFUSED or FAILED each.

        A file that nobody touched since becomes byte for byte what it was, its date included. If
        only something else in it changed, the genre is put back by value. If the genre is no longer
        ours, the file is refused. What was refused or failed stays to be undone later.

        Raises
        ------
        JournalError
            The journal cannot be read or written.
        Cancelled
            `cancel` was set; the files so far are restored.
        """
        for path in self._choice.missing:
            key = "undo-no-write" if self._batch is None else "undo-not-in-batch"
            error = TrackRefusedError(path, key, batch=self._batch)
            yield decide.refused(path, error, batch=self._batch)
        standing = StandingWrites(self._folder)
        for log, chosen in self._choice.batches:
            with journal.extend(log) as file:
                batch = _BatchUndo(
                    log,
                    file,
                    pending=self._pending,
                    search=self._search,
                    standing=standing,
                    settings=self._settings,
                )
                for one in chosen:
                    if cancel.is_set():
                        raise Cancelled
                    result = batch.undo(one)
                    # By name, a write may be tried before its turn: it keeps its turn.
                    by_turn = self._batch is None and not self._files
                    if by_turn and result.status is WriteStatus.REFUSED:
                        reason = str(result.reason)
                        number = one.entry.intent.number
                        file.append(WriteOutcome(number, WriteState.LEFT_ALONE, reason))
                    yield result


class _BatchUndo:
    """Takes back writes of one batch whose journal is open."""

    def __init__(
        self,
        log: BatchLog,
        file: journal.JournalFile,
        *,
        pending: Sequence[Intent],
        search: moved_files.Search,
        standing: StandingWrites,
        settings: Settings,
    ) -> None:
        self._log = log
        self._file = file
        self._pending = pending
        self._standing = standing
        self._ways_back = PatchReader(log.path)
        self._tracer = moved_files.MovedFileFinder(log, search=search, standing=standing)
        self._restorer = FileRestorer(
            log.batch, ways_back=self._ways_back, standing=standing, settings=settings
        )

    def undo(self, chosen: SelectedWrite) -> WriteResult:
        """Take one write back; the result says what became of it, and why.

        Raises
        ------
        JournalError
            The journal cannot be read or written.
        """
        entry, batch = chosen.entry, self._log.batch
        path = chosen.place or entry.intent.path
        try:
            change = self._change(chosen, path=path)
            safe_write.execute(change, journal=self._file, pending=self._pending)
        except TrackError as error:
            return decide.refused(path, error, batch=batch)
        self._standing.drop(entry, batch=batch)
        before = containers.genre_names(entry.intent.after)
        after = containers.genre_names(entry.intent.before)
        linked = decide.several_names(change.target)
        return WriteResult(
            change.path, WriteStatus.RESTORED, before, after, batch=batch, linked=linked
        )

    def _change(self, chosen: SelectedWrite, *, path: Path) -> safe_write.FileChange:
        """Return how to take a write back, where its file was or where it is now.

        Raises
        ------
        TrackRefusedError
            The file is gone or not ours any more.
        TagReadError, TagWriteError, TagLibraryBugError
            It cannot be read or written.
        """
        entry = chosen.entry
        try:
            try:
                place = chosen.place or entry.intent.target
                return self._restorer.change(entry, place, path=path)
            except (FileNotFoundError, NotADirectoryError):
                place = self._moved(entry)
            except TrackRefusedError as error:
                if error.key != "undo-other-audio":
                    raise
                place = self._displaced(entry, error)
            return self._restorer.change(entry, place, path=place)
        except OSError as error:
            raise preconditions.failed(path, error) from error

    def _moved(self, entry: WriteEntry) -> Path:
        """Return where the file of `entry` is now.

        Raises
        ------
        TrackRefusedError
            That cannot be told.
        """
        way_back = self._ways_back.of(entry.intent.number)
        size_bytes = reverse_patch.new_size(way_back) if way_back is not None else None
        return self._tracer.find(entry, size_bytes=size_bytes)

    def _displaced(self, entry: WriteEntry, error: TrackRefusedError) -> Path:
        """Return where the file of `entry` is, in whose place is another; `error` says so.

        Raises
        ------
        TrackRefusedError
            That cannot be told.
        """
        try:
            return self._moved(entry)
        except TrackRefusedError as other:
            raise (error if other.key == "undo-file-missing" else other) from other


def undo(
    journal_folder: Path,
    *,
    batch: str | None,
    settings: Settings,
    cancel: threading.Event,
    files: Sequence[Path] = (),
    search: moved_files.Search = moved_files.no_candidates,
) -> Iterator[WriteResult]:
    """Do a whole `Undo`; yield what became of each file.

    Raises
    ------
    JournalError
        There is no such batch, the journal cannot be used, or another process writes.
    Cancelled
        `cancel` was set; the files so far are restored.
    """
    job = Undo(journal_folder, batch=batch, settings=settings, files=files, search=search)
    with job:
        yield from job.results(cancel=cancel)
