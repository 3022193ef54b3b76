"""Which writes an undo is about: those of a batch, or those of files named in any way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from genretagger.core.errors import TrackError
from genretagger.tagging import containers, digest
from genretagger.tagging.journal import journal
from genretagger.tagging.journal.records import BatchLog, WriteEntry


@dataclass(frozen=True, slots=True)
class SelectedWrite:
    """One write to take back; `place` is where the user says the file is now, None: as written."""

    entry: WriteEntry
    place: Path | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be taken back, newest write first, by batch; `missing` names led to no write."""

    batches: tuple[tuple[BatchLog, tuple[SelectedWrite, ...]], ...]
    missing: tuple[Path, ...] = ()

    @property
    def n_files(self) -> int:
        """How many results there will be."""
        return sum(len(chosen) for _, chosen in self.batches) + len(self.missing)


def of_batch(folder: Path, batch: str | None) -> Selection:
    """Choose all of a batch that stands; None: of the newest with something to undo.

    Raises
    ------
    JournalError
        There is no batch of that id, or it cannot be read.
    """
    log = journal.find(folder, batch)
    if log is None or not log.undoable:
        return Selection(())
    return Selection(((log, tuple(map(SelectedWrite, reversed(log.undoable)))),))


def of_files(folder: Path, files: Sequence[Path], *, batch: str | None) -> Selection:
    """Choose the newest standing write of each of `files`, in one batch or in any.

    A file is found by its name then, by the name of what it is or was a link to, by another of its
    own names (hard links), and, where it was moved and is named as it is now, by its audio.

    Raises
    ------
    JournalError
        There is no batch of that id, or one cannot be read.
    """
    if batch is None:
        logs: Iterable[BatchLog] = journal.read_all(folder)
    else:
        found = journal.find(folder, batch)
        logs = (found,) if found else ()
    search = _Search(files)
    batches = [(log, chosen) for log in logs if (chosen := search.take(log))]
    if search.unnamed:
        logs = journal.read_all(folder) if batch is None else logs
        search.hear()
        batches += [(log, chosen) for log in logs if (chosen := search.take_heard(log))]
    batches.sort(key=lambda pair: pair[0].batch, reverse=True)
    return Selection(tuple(batches), tuple(search.unnamed))


class _Search:
    """Names on their way to writes; each leads to one at most."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.unnamed = list(dict.fromkeys(files))
        self._by_name: dict[Path, set[Path]] = {}
        self._by_audio: dict[str, list[Path]] = {}
        for file in self.unnamed:
            for name in (os.path.abspath(file), os.path.realpath(file)):  # noqa: PTH100 - no links
                self._by_name.setdefault(Path(name), set()).add(file)

    def take(self, log: BatchLog) -> tuple[SelectedWrite, ...]:
        """Return the writes of `log` that are named, newest first; their names are done with."""
        chosen = []
        for entry in reversed(log.undoable):
            names = {
                file
                for name in {entry.intent.path, entry.intent.target}
                for file in self._by_name.get(name, ())
                if file in self.unnamed
            }
            if names:
                self.unnamed = [file for file in self.unnamed if file not in names]
                chosen.append(SelectedWrite(entry))
        return tuple(chosen)

    def hear(self) -> None:
        """Compute the audio digests of the files that no name led to."""
        for file in self.unnamed:
            try:
                found = digest.audio_digest(file, container=containers.read(file).container)
            except TrackError:
                continue
            self._by_audio.setdefault(found, []).append(file)

    def take_heard(self, log: BatchLog) -> tuple[SelectedWrite, ...]:
        """Return the writes of `log` whose audio a named file holds.

        Either it is another name of the same file (a hard link), or their file is gone.
        """
        chosen = []
        for entry in reversed(log.undoable):
            target, files = entry.intent.target, self._by_audio.get(entry.intent.audio_digest, [])
            names = {file for file in files if file in self.unnamed and _is_same(file, target)}
            if names:
                self.unnamed = [file for file in self.unnamed if file not in names]
                chosen.append(SelectedWrite(entry))
            elif files and files[-1] in self.unnamed and not os.path.lexists(target):
                self.unnamed.remove(files[-1])
                chosen.append(SelectedWrite(entry, files[-1]))
        return tuple(chosen)


def _is_same(file: Path, target: Path) -> bool:
    try:
        return file.samefile(target)
    except OSError:
        return False
