"""What became of the files of a job, in groups by reason: a write, an undo or an analysis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from genretagger.core.errors import GenreTaggerError
from genretagger.core.writes import WriteResult, WriteStatus
from genretagger.review.rows.pending_changes import make_reason_key
from genretagger.review.rows.row import Row, State


class Fate(Enum):
    """What became of a file, in the order in which groups are shown."""

    FAILED = "failed"
    REFUSED = "refused"
    LEFT = "left"  # not tried: the job ended before
    SKIPPED = "skipped"
    UNCHANGED = "unchanged"
    WRITTEN = "written"
    RESTORED = "restored"


_RANKS = {fate: rank for rank, fate in enumerate(Fate)}
_NOT_DONE = (Fate.FAILED, Fate.REFUSED, Fate.LEFT)


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """Files with the same fate and, if there is a reason, the same reason."""

    fate: Fate
    reason: GenreTaggerError | None
    paths: tuple[Path, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """A key that no other group of the report has."""
        return (self.fate, *make_reason_key(self.reason))


@dataclass(frozen=True, slots=True)
class JobReport:
    """What became of the files of a job.

    n_left : files that were not tried; their paths are not always known
    """

    groups: tuple[ResultGroup, ...] = ()
    n_left: int = 0

    @property
    def n_not_done(self) -> int:
        """How many files the job did not bring into the requested state."""
        return self.n_left + self._count(Fate.FAILED, Fate.REFUSED)

    @property
    def n_files(self) -> int:
        """How many files the job was about."""
        return self.n_left + self._count(*(fate for fate in Fate if fate is not Fate.LEFT))

    def _count(self, *fates: Fate) -> int:
        return sum(len(group.paths) for group in self.groups if group.fate in fates)

    def paths_not_done(self) -> frozenset[Path]:
        """Return the files that can be tried again."""
        groups = (group for group in self.groups if group.fate in _NOT_DONE)
        return frozenset(path for group in groups for path in group.paths)


def report_writes(
    results: Sequence[WriteResult], *, asked: Sequence[Path] = (), n_left: int = 0
) -> JobReport:
    """Return what became of the files of a write or undo.

    Parameters
    ----------
    asked : Sequence[Path]
        All files of the job, as far as they are known.
    n_left : int
        How many of them were not tried.
    """
    outcomes = [(_fate_of(result.status), result.reason, result.path) for result in results]
    if n_left:
        tried = {result.path for result in results}
        outcomes += [(Fate.LEFT, None, path) for path in asked if path not in tried]
    return JobReport(_group_outcomes(outcomes), n_left)


def _fate_of(status: WriteStatus) -> Fate:
    match status:
        case WriteStatus.FAILED:
            return Fate.FAILED
        case WriteStatus.REFUSED:
            return Fate.REFUSED
        case WriteStatus.SKIPPED:
            return Fate.SKIPPED
        case WriteStatus.UNCHANGED:
            return Fate.UNCHANGED
        case WriteStatus.WRITTEN:
            return Fate.WRITTEN
        case WriteStatus.RESTORED:
            return Fate.RESTORED


def count_linked(results: Iterable[WriteResult]) -> int:
    """Return how many changed files have several names (hard links); each file counts once."""
    return len({result.linked for result in results if result.linked is not None})


def report_failures(rows: Iterable[Row]) -> JobReport:
    """Return why the failed rows among `rows` failed."""
    failed = [row for row in rows if row.state is State.FAILED]
    return JobReport(_group_outcomes([(Fate.FAILED, row.error, row.path) for row in failed]))


def _group_outcomes(
    outcomes: Iterable[tuple[Fate, GenreTaggerError | None, Path]],
) -> tuple[ResultGroup, ...]:
    """Group files by fate and reason: in the order of `Fate`, the largest group first."""
    paths: dict[tuple[object, ...], list[Path]] = {}
    first: dict[tuple[object, ...], tuple[Fate, GenreTaggerError | None]] = {}
    for fate, reason, path in outcomes:
        key = (fate, *make_reason_key(reason))
        first.setdefault(key, (fate, reason))
        paths.setdefault(key, []).append(path)
    groups = [ResultGroup(*first[key], tuple(members)) for key, members in paths.items()]
    return tuple(sorted(groups, key=lambda group: (_RANKS[group.fate], -len(group.paths))))
