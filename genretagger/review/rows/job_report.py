"""What became of many files: those of a write or undo, or those that could not be heard."""

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
    """What became of a file; in the order in which groups are shown."""

    FAILED = "failed"
    REFUSED = "refused"
    LEFT = "left"  # not tried: the job ended before
    SKIPPED = "skipped"
    UNCHANGED = "unchanged"
    WRITTEN = "written"
    RESTORED = "restored"


_FATES = {
    WriteStatus.FAILED: Fate.FAILED,
    WriteStatus.REFUSED: Fate.REFUSED,
    WriteStatus.SKIPPED: Fate.SKIPPED,
    WriteStatus.UNCHANGED: Fate.UNCHANGED,
    WriteStatus.WRITTEN: Fate.WRITTEN,
    WriteStatus.RESTORED: Fate.RESTORED,
}
_NOT_DONE = (Fate.FAILED, Fate.REFUSED, Fate.LEFT)


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """Files of one fate; where there is a reason, of one reason."""

    fate: Fate
    reason: GenreTaggerError | None
    paths: tuple[Path, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """What tells the group from the others of its report."""
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
        """How many files are not as the job was to make them."""
        return self.n_left + sum(len(group.paths) for group in self._not_done(but=Fate.LEFT))

    @property
    def n_files(self) -> int:
        """How many files the job was about."""
        tried = (group for group in self.groups if group.fate is not Fate.LEFT)
        return self.n_left + sum(len(group.paths) for group in tried)

    def paths_not_done(self) -> frozenset[Path]:
        """Return the files that can be tried again."""
        return frozenset(path for group in self._not_done() for path in group.paths)

    def _not_done(self, but: Fate | None = None) -> list[ResultGroup]:
        wanted = [fate for fate in _NOT_DONE if fate is not but]
        return [group for group in self.groups if group.fate in wanted]


def report_writes(
    results: Sequence[WriteResult], *, asked: Sequence[Path] = (), n_left: int = 0
) -> JobReport:
    """Return what became of the files of a write or undo.

    Parameters
    ----------
    asked : Sequence[Path]
        All files of the job, where they are known.
    n_left : int
        How many of them were not tried.
    """
    found = [(_FATES[one.status], one.reason, one.path) for one in results]
    if n_left:
        tried = {one.path for one in results}
        found += [(Fate.LEFT, None, path) for path in asked if path not in tried]
    return JobReport(_grouped(found), n_left)


def count_linked(results: Iterable[WriteResult]) -> int:
    """Return how many files that changed, or would, have several names; each counts once."""
    return len({one.linked for one in results if one.linked is not None})


def report_failures(rows: Iterable[Row]) -> JobReport:
    """Return why the rows failed that did."""
    return JobReport(
        _grouped([(Fate.FAILED, row.error, row.path) for row in rows if row.state is State.FAILED])
    )


def _grouped(
    found: Iterable[tuple[Fate, GenreTaggerError | None, Path]],
) -> tuple[ResultGroup, ...]:
    """Return files in groups: what was not done first, the largest group of a fate first."""
    paths: dict[tuple[object, ...], list[Path]] = {}
    first: dict[tuple[object, ...], tuple[Fate, GenreTaggerError | None]] = {}
    for fate, reason, path in found:
        key = (fate, *make_reason_key(reason))
        first.setdefault(key, (fate, reason))
        paths.setdefault(key, []).append(path)
    groups = [ResultGroup(*first[key], tuple(some)) for key, some in paths.items()]
    order = list(Fate)
    return tuple(sorted(groups, key=lambda group: (order.index(group.fate), -len(group.paths))))
