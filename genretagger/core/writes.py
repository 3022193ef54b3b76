"""Requests, results and summaries of writes: frozen values without logic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from genretagger.core.errors import GenreTaggerError
from genretagger.core.tracks import FileStamp


class Policy(Enum):
    """What to do with the genres that a file already has (`core.genres.merged`)."""

    FILL = "fill"
    ADD = "add"
    CORRECT = "correct"
    REPLACE = "replace"


class WriteStatus(Enum):
    """The outcome for one file of an apply or undo."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REFUSED = "refused"
    FAILED = "failed"
    RESTORED = "restored"


class Action(Enum):
    """The kind of a decision."""

    ACCEPT = "accept"
    REJECT = "reject"

    __hash__ = object.__hash__  # a member is one object; it is asked for every row


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """One file, the genres to write, and expected values; None skips the check of a value.

    policy : overrides the policy of the batch for this file
    """

    path: Path
    genres: tuple[str, ...]
    stamp: FileStamp | None = None
    audio_digest: str | None = None
    current_genres: tuple[str, ...] | None = None
    policy: Policy | None = None


@dataclass(frozen=True, slots=True)
class WriteResult:
    """The outcome for one file of an apply or undo.

    `before` and `after` are genres by name; `reason` is None when there is nothing to explain.

    linked : device and inode of a file that changes under several names (hard links), else None
    size_and_time : what the file has afterwards, as in FileStamp; None if unknown
    """

    path: Path
    status: WriteStatus
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    reason: GenreTaggerError | None = None
    batch: str | None = None
    linked: tuple[int, int] | None = None
    size_and_time: tuple[int, int] | None = None


class BatchState(Enum):
    """The state of a batch as a whole.

    BEING_WRITTEN : another process is writing it now
    INTERRUPTED : not settled yet
    UNCLEAR : settled, but it is unknown whether some file was written or restored
    DAMAGED : none of its records can be read
    """

    WRITTEN = "written"
    NOTHING_WRITTEN = "nothing written"
    UNDONE = "undone"
    PARTLY_UNDONE = "partly undone"
    BEING_WRITTEN = "being written"
    INTERRUPTED = "interrupted"
    UNCLEAR = "unclear"
    DAMAGED = "damaged"


class WriteState(Enum):
    """The state of one write of a batch.

    ROLLED_BACK : interrupted; the file is as it was
    BEING_WRITTEN : another process is writing it now
    INTERRUPTED : not settled yet
    UNCLEAR : interrupted; the file was neither the old nor the new one
    GONE : interrupted; the file was missing when the write was to be settled
    """

    WRITTEN = "written"
    UNDONE = "undone"
    FAILED = "failed"
    ROLLED_BACK = "rolled back"
    BEING_WRITTEN = "being written"
    INTERRUPTED = "interrupted"
    UNCLEAR = "unclear"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """One batch of the journal.

    damaged : whether a record was lost, usually the last one, in a crash
    size_bytes : the size of the batch on the disk
    """

    batch: str
    at_utc: str
    policy: str
    written: int
    undone: int
    state: BatchState
    damaged: bool = False
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class WriteSummary:
    """One write of a batch, with genres by name.

    reason : why the write failed, "" if there is nothing to explain
    policy : that of the write, which may have one of its own
    """

    number: int
    path: Path
    state: WriteState
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str = ""
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The user's decision on a track; `genres` are the names to write, empty if rejected.

    `written` : the genres were written and not undone since
    `respells` : the genres are the file's own in another spelling, and the verdict stays undecided
    `chosen` : the user named the genres, instead of accepting what was suggested
    """

    action: Action
    genres: tuple[str, ...] = ()
    written: bool = False
    respells: bool = False
    chosen: bool = False

    @property
    def policy(self) -> Policy | None:
        """The policy that the genres are written under, None if it is that of the batch.

        What the user named is what he wants, and a new spelling is no further genre.
        """
        return Policy.REPLACE if self.respells or self.chosen else None
