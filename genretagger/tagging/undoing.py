"""Taking a batch back, newest write first, by the same safe write."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from genretagger.core.datatypes import FileStamp, WriteResult, WriteStatus
from genretagger.core.errors import Cancelled, TrackError, TrackRefusedError
from genretagger.tagging import containers, digest, fs, journal, patch, recovery, swap, writer
from genretagger.tagging.records import Outcome, State

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from genretagger.core.settings import Settings
    from genretagger.tagging.records import Entry, Intent


def undo(
    journal_folder: Path, *, batch: str | None, settings: Settings, cancel: threading.Event
) -> Iterator[WriteResult]:
    """Restore the files of a batch, newest write first: RESTORED, REFUSED or FAILED each.

    A file that nobody touched since becomes byte for byte what it was, its date included. If only
    something else in it changed, the genre is put back by value. If the genre is no longer ours,
    the file is refused. What was refused or failed stays to be undone later. What an earlier run
    left unsettled is settled first.

    Parameters
    ----------
    batch : str or None
        None for the newest batch that still has something to undo, not counting files that were
        refused when this choice met them; yields nothing without one.

    Raises
    ------
    JournalError
        There is no such batch, the journal cannot be used, or another process writes.
    Cancelled
        `cancel` was set; the files so far are restored.
    """
    with recovery.locked(journal_folder):
        log = journal.find(journal_folder, batch)
        if log is None or not log.undoable:
            return
        with journal.extend(log) as file:
            for entry in reversed(log.undoable):
                if cancel.is_set():
                    raise Cancelled
                result = _undo(entry, file=file, settings=settings)
                # By name, a batch may be tried before its turn: it keeps its turn.
                if batch is None and result.status is WriteStatus.REFUSED:
                    file.append(Outcome(entry.intent.number, State.LEFT_ALONE, str(result.reason)))
                yield result


def _undo(entry: Entry, *, file: journal.JournalFile, settings: Settings) -> WriteResult:
    intent, batch = entry.intent, file.path.stem
    try:
        change = _change(entry, settings=settings)
        swap.carry_out(change, journal=file)
    except TrackError as error:
        return writer.refused(intent.path, error, batch=batch)
    before = containers.genre_names(intent.after)
    after = containers.genre_names(intent.before)
    return WriteResult(intent.path, WriteStatus.RESTORED, before, after, batch=batch)


def _change(entry: Entry, *, settings: Settings) -> swap.Change:
    """Return how to take a write back.

    Raises
    ------
    TrackRefusedError
        The file is gone or its genre is not ours any more.
    TagReadError, TagWriteError, TagLibraryBugError
        It cannot be read or written.
    """
    path = entry.intent.path
    try:
        entry.intent.target.stat()
        target = writer.target_of(entry.intent.target)
        with fs.open_read(target) as stream:
            return _change_of(stream, entry, target=target, settings=settings)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise TrackRefusedError(path, "undo-file-missing") from error
    except OSError as error:
        raise swap.failed(path, error) from error


def _change_of(stream: BinaryIO, entry: Entry, *, target: Path, settings: Settings) -> swap.Change:
    intent = entry.intent
    stamp = FileStamp.of(fs.status_of(stream))
    way_back = _way_back(entry, stream)
    if way_back is not None:
        fill, mtime_ns = _patching(intent, way_back), intent.stamp.mtime_ns
    else:
        state = containers.state_of(stream, path=intent.path)
        if not containers.same_genre(state.raw, intent.after):
            raise TrackRefusedError(intent.path, "genre-not-ours")
        fill = swap.change_genre(state, intent.before, path=intent.path)
        mtime_ns = stamp.mtime_ns
    return swap.Change(
        path=intent.path,
        target=target,
        stamp=stamp,
        before=intent.after,
        after=intent.before,
        fill=fill,
        mtime_ns=mtime_ns if way_back is not None or settings.keep_dates else None,
        undoes=intent.number,
        patched=False,
    )


def _way_back(entry: Entry, stream: BinaryIO) -> bytes | None:
    """Return the patch if there is one and the file is still byte for byte the one we wrote."""
    prepared = entry.prepared
    if prepared is None or digest.file_digest(stream) != prepared.new_sha256:
        return None
    return prepared.patch


def _patching(intent: Intent, way_back: bytes) -> Callable[[BinaryIO, BinaryIO], None]:
    """Return a `fill` that makes the old file from the new one and proves it by its hash."""

    def fill(source: BinaryIO, copy: BinaryIO) -> None:
        try:
            patch.apply(way_back, source, copy)
        except patch.PatchError as error:
            raise TrackRefusedError(intent.path, "patch-damaged") from error
        copy.flush()
        if digest.file_digest(copy) != intent.old_sha256:
            raise TrackRefusedError(intent.path, "patch-damaged")

    return fill
