"""Which writes stand: done and not undone, by the file that they were made in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from genretagger.tagging.journal import journal
from genretagger.tagging.journal.records import Intent, WriteEntry

_OLDEST = ""  # sorts before the id of every batch


class StandingWrites:
    """The standing writes of a journal whose lock is held; batches are read as they are needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unread = sorted(journal.ids(folder))
        self._by_target: dict[Path, list[tuple[str, Intent]]] = defaultdict(list)

    def later(self, target: Path, *, batch: str) -> Iterator[tuple[str, Intent]]:
        """Yield the writes of `target` in batches after `batch`, newest first.

        Raises
        ------
        JournalError
            A batch cannot be read.
        """
        self._read(down_to=batch)
        for at, intent in self._by_target.get(target, ()):
            if at > batch:
                yield at, intent

    def of(self, target: Path) -> tuple[tuple[str, Intent], ...]:
        """Return all standing writes of `target`, newest first.

        Raises
        ------
        JournalError
            A batch cannot be read.
        """
        self._read(down_to=_OLDEST)
        return tuple(self._by_target.get(target, ()))

    def drop(self, entry: WriteEntry, *, batch: str) -> None:
        """Take note that a write has been taken back."""
        key = batch, entry.intent.number
        found = self._by_target.get(entry.intent.target, [])
        found[:] = [(at, intent) for at, intent in found if (at, intent.number) != key]

    def _read(self, *, down_to: str) -> None:
        """Read the batches that are later than `down_to`."""
        while self._unread and self._unread[-1] > down_to:
            batch = self._unread.pop()
            log = journal.find(self._folder, batch)
            for entry in reversed(log.undoable if log else ()):
                self._by_target[entry.intent.target].append((batch, entry.intent))
