"""Taking writes back, newest first, by the same safe write.

For each selected write: `restore` plans the change, `moved_files` finds the file if it is not where
it was written, `safe_write` does the change.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from genretagger.core.errors import Cancelled, TrackError, TrackRefusedError
from genretagger.core.settings import Settings
from genretagger.core.writes import WriteResult, WriteStatus
from genretagger.tagging.journal import journal, retention
from genretagger.tagging.journal.framing import PatchReader
from genretagger.tagging.journal.records import BatchLog, Intent, OutcomeState, WriteOutcome
from genretagger.tagging.undo import selection
from genretagger.tagging.undo.moved_files import MovedFileFinder, Search, no_candidates
from genretagger.tagging.undo.restore import FileRestorer
from genretagger.tagging.undo.selection import SelectedWrite, Selection
from genretagger.tagging.undo.standing_writes import StandingWrites
from genretagger.tagging.writing import preconditions, recovery, results, safe_write


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
        undo without `batch` refused before.
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

    def restore_files(self, *, cancel: threading.Event) -> Iterator[WriteResult]:
        """Restore the files, newest write first: RESTORED, REFUSED or FAILED each.

        A file that is still as it was written gets its old bytes and its old date back. If only
        something else in it changed, the genre is put back by value. If the genre is no longer
        ours, the file is refused. A write whose file was refused or failed can be undone later.

        Raises
        ------
        JournalError
            The journal cannot be read or written.
        Cancelled
            `cancel` was set; the files so far are restored.
        """
        for path in self.selection.missing:
            key = "undo-no-write" if self.batch is None else "undo-not-in-batch"
            error = TrackRefusedError(path, key, batch=self.batch)
            yield results.from_error(path, error, batch=self.batch)
        standing = StandingWrites(self.journal_folder)
        for log, writes in self.selection.batches:
            with journal.extend(log) as file:
                batch_undo = self._of_batch(log, file, standing=standing)
                for write in writes:
                    if cancel.is_set():
                        raise Cancelled
                    result = batch_undo.restore(write)
                    # Asked for by name, a write may be tried before its turn, which it then keeps.
                    if self.is_by_turn and result.status is WriteStatus.REFUSED:
                        number, reason = write.entry.intent.number, str(result.reason)
                        file.append(WriteOutcome(number, OutcomeState.LEFT_ALONE, reason))
                    yield result

    def _of_batch(
        self, log: BatchLog, file: journal.JournalFile, *, standing: StandingWrites
    ) -> _BatchUndo:
        patches = PatchReader(log.path)
        return _BatchUndo(
            log.batch,
            file,
            self.pending,
            FileRestorer(log.batch, patches, standing, self.settings),
            MovedFileFinder(log, patches=patches, search=self.search, standing=standing),
            standing,
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

    def restore(self, write: SelectedWrite) -> WriteResult:
        """Take one write back; an error of the file is the result's reason."""
        path = write.location or write.entry.intent.path
        try:
            change = self._plan(write, path=path)
            safe_write.execute(change, journal=self.file, pending=self.pending)
        except TrackError as error:
            return results.from_error(path, error, batch=self.batch)
        self.standing.remove(write.entry, batch=self.batch)
        return results.from_undo(change, batch=self.batch)

    def _plan(self, write: SelectedWrite, *, path: Path) -> safe_write.FileChange:
        """Return the change that takes a write back, where its file was or where it is now."""
        entry = write.entry
        with preconditions.translate_errors(path):
            try:
                return self.restorer.plan(entry, write.location or entry.intent.target, path=path)
            except (FileNotFoundError, NotADirectoryError):
                key = "undo-file-missing"
            except TrackRefusedError as error:
                if error.key != "undo-other-audio":
                    raise
                key = error.key
            location = self.finder.find(entry)
            if location is None:
                raise TrackRefusedError(path, key)
            return self.restorer.plan(entry, location, path=location)
