"""What a job of the window does, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from genretagger.core.writes import (
    BatchSummary,
    Policy,
    WriteRequest,
    WriteResult,
    WriteStatus,
)


class Task(Enum):
    """What a job does."""

    ANALYSE = auto()
    WRITE = auto()
    UNDO = auto()
    LEARN = auto()


@dataclass(frozen=True, slots=True)
class WriteOrder:
    """What a write is to do.

    n_taken_out : how many accepted files the user took out of it
    """

    requests: tuple[WriteRequest, ...]
    policy: Policy
    n_taken_out: int = 0


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """How a job ended.

    completed : False if it was stopped or failed
    results : those of a write or undo
    error : why it failed, None if it did not
    undone : the batch that an undo was asked to take back
    asked : the files of a write, or of an undo that was asked for single files
    n_taken_out : how many accepted files the user took out of a write
    """

    task: Task
    completed: bool = False
    results: tuple[WriteResult, ...] = ()
    error: BaseException | None = None
    undone: BatchSummary | None = None
    asked: tuple[Path, ...] = ()
    n_taken_out: int = 0

    @property
    def n_left(self) -> int:
        """How many files were not tried because the job ended before."""
        if self.completed:
            return 0
        n_asked = len(self.asked)
        if self.undone is not None:
            n_asked = self.undone.written - self.undone.undone
        return max(0, n_asked - len(self.results))

    @property
    def n_not_done(self) -> int:
        """How many files were not written or restored as was asked."""
        bad = (WriteStatus.REFUSED, WriteStatus.FAILED)
        return self.n_left + sum(result.status in bad for result in self.results)
