"""Which writes to take back: those of a batch, or those of files, named in any way.

Every function raises JournalError if there is no batch of that id or a file cannot be read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from genretagger.core.errors import JournalError, TrackError
from genretagger.tagging import containers, digest
from genretagger.tagging.journal import journal
from genretagger.tagging.journal.batch_log import BatchLog, WriteEntry


@dataclass(frozen=True, slots=True)
class SelectedWrite:
    """A write to take back; `location` is where the user says the file is now, None: as written."""

    entry: WriteEntry
    location: Path | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The writes to take back, by batch, newest first.

    missing : files without a write
    damage : what the user is told of each batch whose lost records may hold more such writes
    """

    batches: tuple[tuple[BatchLog, tuple[SelectedWrite, ...]], ...]
    missing: tuple[Path, ...] = ()
    damage: tuple[JournalError, ...] = ()


def select_batch(journal_folder: Path, batch: str | None) -> Selection:
    """Select all standing writes of a batch; None: of the one whose turn it is."""
    log = journal.find(journal_folder, batch)
    if log is None:  # that nothing is left to undo is not known if records of the newest are lost
        newest = next(journal.read_all(journal_folder), None)
        return Selection((), damage=_damage_of(newest))
    writes = tuple(map(SelectedWrite, reversed(log.undoable)))
    return Selection(((log, writes),) if writes else (), damage=_damage_of(log))


def _damage_of(log: BatchLog | None) -> tuple[JournalError, ...]:
    return () if log is None or log.damage is None else (log.damage,)


def select_files(journal_folder: Path, files: Sequence[Path], *, batch: str | None) -> Selection:
    """Select the newest standing write of each of `files`, in one batch or in any.

    A file is found by the name it was written under, by the name of what it is or was a link to,
    by another of its own names (hard links), or, if it was moved, by its audio.
    """
    if batch is None:
        logs: Iterable[BatchLog] = journal.read_all(journal_folder)
    else:
        log = journal.find(journal_folder, batch)
        logs = (log,) if log else ()
    search = _FileSearch(files)
    batches: list[tuple[BatchLog, tuple[SelectedWrite, ...]]] = []
    damage: list[JournalError] = []
    for log in logs:
        if writes := search.take_named(log):
            batches.append((log, writes))
        damage += _damage_of(log)
    if search.left:
        logs = journal.read_all(journal_folder) if batch is None else logs
        search.read_audio()
        batches += [(log, writes) for log in logs if (writes := search.take_same_audio(log))]
    batches.sort(key=lambda pair: pair[0].batch, reverse=True)
    # Of a file whose write was found no other record is missed.
    return Selection(tuple(batches), tuple(search.left), tuple(damage) if search.left else ())


class _FileSearch:
    """Files on their way to writes; each leads to one at most. `left` have none yet."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.left = list(dict.fromkeys(files))
        self._by_name: dict[Path, set[Path]] = {}
        self._by_audio: dict[str, list[Path]] = {}
        for file in self.left:
            for name in (os.path.abspath(file), os.path.realpath(file)):  # noqa: PTH100 - no links
                self._by_name.setdefault(Path(name), set()).add(file)

    def take_named(self, log: BatchLog) -> tuple[SelectedWrite, ...]:
        """Return the writes of `log` under a name of a file that is left, newest first."""
        writes = []
        for entry in reversed(log.undoable):
            files = {
                file
                for name in {entry.intent.path, entry.intent.target}
                for file in self._by_name.get(name, ())
                if file in self.left
            }
            if files:
                self._remove(files)
                writes.append(SelectedWrite(entry))
        return tuple(writes)

    def read_audio(self) -> None:
        """Compute the audio digests of the files that are left."""
        for file in self.left:
            try:
                audio_digest = digest.audio_digest(file, container=containers.read(file).container)
            except TrackError:
                continue
            self._by_audio.setdefault(audio_digest, []).append(file)

    def take_same_audio(self, log: BatchLog) -> tuple[SelectedWrite, ...]:
        """Return the writes of `log` whose audio a file that is left holds, newest first.

        Either the file is another name of the written one (a hard link), or that one is missing.
        """
        writes = []
        for entry in reversed(log.undoable):
            target, same = entry.intent.target, self._by_audio.get(entry.intent.audio_digest, [])
            links = {file for file in same if file in self.left and _is_same_file(file, target)}
            if links:
                self._remove(links)
                writes.append(SelectedWrite(entry))
            elif same and same[-1] in self.left and not os.path.lexists(target):
                self._remove({same[-1]})
                writes.append(SelectedWrite(entry, same[-1]))
        return tuple(writes)

    def _remove(self, files: set[Path]) -> None:
        self.left = [file for file in self.left if file not in files]


def _is_same_file(file: Path, target: Path) -> bool:
    try:
        return file.samefile(target)
    except OSError:
        return False
