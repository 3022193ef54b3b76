"""A batch as the records of its file describe it: its writes, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from genretagger.core.errors import JournalError, batch_damage
from genretagger.core.writes import BatchState
from genretagger.tagging.journal.records import (
    Header,
    Intent,
    OutcomeState,
    Prepared,
    WriteOutcome,
)


@dataclass(frozen=True, slots=True)
class WriteEnd:
    """How the write `number` ended, which took back the write `undoes` if that is not None.

    state : None if the write was begun and never ended
    """

    number: int
    undoes: int | None
    state: OutcomeState | None


@dataclass(frozen=True, slots=True)
class BatchEnds:
    """The writes of a batch by their numbers.

    written : those that were done, undone or not
    standing : those of them that were not undone
    gone : those that were interrupted and whose file was missing afterwards
    is_unclear : whether after a crash nobody can tell if some file was written or restored
    """

    written: frozenset[int]
    standing: frozenset[int]
    unsettled: frozenset[int]
    gone: frozenset[int]
    is_unclear: bool

    @classmethod
    def of(cls, writes: Iterable[WriteEnd]) -> BatchEnds:
        """Group `writes` by how they ended."""
        by_state: dict[OutcomeState | None, list[WriteEnd]] = {None: []}
        for write in writes:
            by_state.setdefault(write.state, []).append(write)
        done = by_state.get(OutcomeState.DONE, [])
        written = frozenset(write.number for write in done if write.undoes is None)
        standing = written - {write.undoes for write in done}
        unclear = {write.undoes for write in by_state.get(OutcomeState.UNCLEAR, [])}
        return cls(
            written,
            standing,
            frozenset(write.number for write in by_state[None]),
            frozenset(write.number for write in by_state.get(OutcomeState.GONE, [])),
            is_unclear=not unclear.isdisjoint({*standing, None}),
        )

    @property
    def is_open(self) -> bool:
        """Whether a write is to be settled, now or when its file is back."""
        return bool(self.unsettled or self.gone)

    def state(self, *, is_readable: bool) -> BatchState:
        """Return what became of the batch as a whole; `is_readable`: some record was read."""
        if self.unsettled:
            return BatchState.INTERRUPTED
        if not is_readable:
            return BatchState.DAMAGED
        if self.is_unclear:
            return BatchState.UNCLEAR
        if self.standing == self.written:
            return BatchState.WRITTEN if self.written else BatchState.NOTHING_WRITTEN
        return BatchState.PARTLY_UNDONE if self.standing else BatchState.UNDONE


@dataclass(slots=True)
class WriteEntry:
    """All records of one write, as far as they were written.

    left_alone : whether undo refused to take it back
    """

    intent: Intent
    prepared: Prepared | None = None
    outcome: WriteOutcome | None = None
    left_alone: bool = False

    @property
    def new_sha256(self) -> str | None:
        """Hash of the file as it was written, None if the copy was never prepared."""
        return self.prepared.new_sha256 if self.prepared else None


@dataclass(frozen=True, slots=True)
class BatchLog:
    """A batch as read from its file.

    damaged : how many records were lost, usually a cut last one
    """

    path: Path
    header: Header | None
    entries: tuple[WriteEntry, ...]
    damaged: int = 0

    @property
    def batch(self) -> str:
        """The id of the batch."""
        return self.path.stem

    @property
    def damage(self) -> JournalError | None:
        """What the user is told of lost records, None if there are none."""
        if not self.damaged:
            return None
        return batch_damage(self.batch, is_all_lost=self.header is None and not self.entries)

    @property
    def ends(self) -> BatchEnds:
        """How the writes ended."""
        return BatchEnds.of(
            WriteEnd(
                entry.intent.number,
                entry.intent.undoes,
                None if entry.outcome is None else entry.outcome.state,
            )
            for entry in self.entries
        )

    @property
    def unsettled(self) -> tuple[WriteEntry, ...]:
        """Writes that were begun and never ended."""
        return self._numbered(self.ends.unsettled)

    @property
    def gone(self) -> tuple[WriteEntry, ...]:
        """Writes that were interrupted and whose file was missing afterwards."""
        return self._numbered(self.ends.gone)

    @property
    def written(self) -> tuple[WriteEntry, ...]:
        """Writes that were done, undone or not."""
        return self._numbered(self.ends.written)

    @property
    def undoable(self) -> tuple[WriteEntry, ...]:
        """Writes that were done and not undone, oldest first."""
        return self._numbered(self.ends.standing)

    def _numbered(self, numbers: frozenset[int]) -> tuple[WriteEntry, ...]:
        return tuple(entry for entry in self.entries if entry.intent.number in numbers)
