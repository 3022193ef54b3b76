"""Taking writes back, newest first, by the same safe write.

For each selected write: `restore` plans the change, `moved_files` finds the file if it is not where
it was written, `safe_write` does the change.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from genretagger.core.errors import Cancelled, JournalError, TrackError, TrackRefusedError
from genretagger.core.settings import Settings
from genretagger.core.writes import WriteResult, WriteStatus
from genretagger.tagging.disk.folders import Folders
from genretagger.tagging.journal import journal, retention
from genretagger.tagging.journal.batch_log import BatchLog
from genretagger.tagging.journal.framing import PatchReader
from genretagger.tagging.journal.records import Intent, OutcomeState, WriteOutcome
from genretagger.tagging.undo import selection
from genretagger.tagging.undo.moved_files import MovedFileFinder, Search, no_candidates
from genretagger.tagging.undo.restore import FileRestorer
from genretagger.tagging.undo.selection import SelectedWrite, Selection
from genretagger.tagging.undo.standing_writes import StandingWrites
from genretagger.tagging.writing import preconditions, recovery, results, safe_write
from genretagger.tagging.writing.side_by_side import SideBySide


@contextmanager
def open_undo(
    journal_folder: Path,
    *,
    batch: str | None,
    settings: Settings,
    files: Sequence[Path] = (),
    search: Search = no_candidates,
) -> Iterator[Undo]:
    """Lock the journal, settle what an earlier run left unsettled, and select what to take back.

    Parameters
    ----------
    batch : str or None
        None for the newest batch that still has something to undo, not counting files that an
        undo without `batch` refused before; none if a damaged one comes first (`journal.find`).
    files : sequence of Path
        Only these files; without a batch the newest standing write of each, whatever its batch.
    search : callable
        Finds candidates for files that were moved.

    Raises
    ------
    JournalError
        There is no such batch, the journal cannot be used, or another process writes.
    """
    with recovery.lock_and_settle(journal_folder) as settled:
        selected = (
            selection.select_files(journal_folder, files, batch=batch)
            if files
            else selection.select_batch(journal_folder, batch)
        )
        keep = {log.batch for log, _ in selected.batches}
        retention.prune(journal_folder, days=settings.keep_history_days, keep=keep)
        yield Undo(
            journal_folder,
            selected,
            settled=settled.results,
            pending=settled.pending,
            batch=batch,
            is_by_turn=batch is None and not files,
            settings=settings,
            search=search,
        )


@dataclass(frozen=True, slots=True)
class Undo:
    """One undo of the selected writes; `open_undo` makes it.

    settled : what became of the writes that an earlier run left unsettled
    pending : writes that could not be settled yet
    batch : the batch that was asked for, None if none was
    is_by_turn : whether neither a batch nor files were asked for
    """

    journal_folder: Path
    selection: Selection
    settled: tuple[WriteResult, ...]
    pending: tuple[Intent, ...]
    batch: str | None
    is_by_turn: bool
    settings: Settings
    search: Search

    @property
    def n_files(self) -> int:
        """How many results there will be."""
        n_writes = sum(len(writes) for _, writes in self.selection.batches)
        return n_writes + len(self.selection.missing)

    def restore_files(
        self, *, cancel: threading.Event, n_at_once: int
    ) -> Generator[WriteResult, None, None]:
        """Restore the files, newest write first: RESTORED, REFUSED or FAILED each.

        Up to `n_at_once` files are restored side by side if it pays.

        A file that is still as it was written gets its old bytes and its old date back. If only
        something else in it changed, the genre is put back by value. If the genre is no longer
        ours, the file is refused. A write whose file was refused or failed can be undone later.

        Raises
        ------
        JournalError
            The journal cannot be read or written; the files so far are restored.
        Cancelled
            `cancel` was set; the files so far are restored.
        """
        for path in self.selection.missing:
            key = "undo-no-write" if self.batch is None else "undo-not-in-batch"
            error = TrackRefusedError(path, key, batch=self.batch)
            yield results.from_error(path, error, batch=self.batch)
        standing = StandingWrites(self.journal_folder)
        for log, writes in self.selection.batches:
            with (
                journal.extend(log) as file,
                closing(SideBySide[WriteResult](n_at_once, cancel=cancel)) as job,
            ):
                batch_undo = self._of_batch(log, file, standing=standing, job=job)
                try:
                    for write in writes:
                        yield from batch_undo.begin(write)
                except (Cancelled, JournalError):  # raised by the search, or by a patch
                    yield from job.finish()
                    raise
                yield from job.finish()
                file.require_complete()

    def _of_batch(
        self,
        log: BatchLog,
        file: journal.JournalFile,
        *,
        standing: StandingWrites,
        job: SideBySide[WriteResult],
    ) -> _BatchUndo:
        patches = PatchReader(log.path)
        return _BatchUndo(
            log.batch,
            file,
            self.pending,
            FileRestorer(log.batch, patches, standing, self.settings),
            MovedFileFinder(log, patches=patches, search=self.search, standing=standing),
            standing,
            job,
            Folders(),
            self.is_by_turn,
        )


@dataclass(frozen=True, slots=True)
class _BatchUndo:
    """Takes back writes of one batch, whose journal is open."""

    batch: str
    file: journal.JournalFile
    pending: tuple[Intent, ...]
    restorer: FileRestorer
    finder: MovedFileFinder
    standing: StandingWrites
    job: SideBySide[WriteResult]
    folders: Folders
    is_by_turn: bool

    def begin(self, write: SelectedWrite) -> Iterator[WriteResult]:
        """Take one write back; yield the results that are due, as `SideBySide.begin`.

        What to do is decided here, where all later writes are decided and those of the same file
        are taken back; an error of the file is the result's reason.
        """
        path = write.location or write.entry.intent.path
        self.job.wait_for(write.location or write.entry.intent.target)
        try:
            change = self._plan(write, path=path, number=self.file.take_number())
        except TrackError as error:
            work = partial(self._refuse, write, error, path=path)
            return self.job.begin(path, work)
        return self.job.begin(change.target, partial(self._restore, write, change))

    def _restore(self, write: SelectedWrite, change: safe_write.FileChange) -> WriteResult:
        try:
            safe_write.execute(
                change, journal=self.file, folders=self.folders, pending=self.pending
            )
        except TrackError as error:
            return self._refuse(write, error, path=change.path)
        self.standing.remove(write.entry, batch=self.batch)
        return results.from_undo(change, batch=self.batch)

    def _refuse(self, write: SelectedWrite, error: TrackError, *, path: Path) -> WriteResult:
        result = results.from_error(path, error, batch=self.batch)
        # Asked for by name, a write may be tried before its turn, which it then keeps.
        if self.is_by_turn and result.status is WriteStatus.REFUSED:
            number, reason = write.entry.intent.number, str(result.reason)
            self.file.note(WriteOutcome(number, OutcomeState.LEFT_ALONE, reason))
        return result

    def _plan(self, write: SelectedWrite, *, path: Path, number: int) -> safe_write.FileChange:
        """Return the change that takes a write back, where its file was or where it is now."""
        entry = write.entry
        with preconditions.translate_errors(path):
            try:
                place = write.location or entry.intent.target
                return self.restorer.plan(entry, place, path=path, number=number)
            except (FileNotFoundError, NotADirectoryError):
                key = "undo-file-missing"
            except TrackRefusedError as error:
                if error.key != "undo-other-audio":
                    raise
                key = error.key
            self.job.wait_for_all()  # what is taken back there is no candidate any more
            location = self.finder.find(entry)
            if location is None:
                raise TrackRefusedError(path, key)
            return self.restorer.plan(entry, location, path=location, number=number)
