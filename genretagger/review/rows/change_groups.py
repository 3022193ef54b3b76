"""Pending changes in groups, as they are shown before a write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from genretagger.core.errors import GenreTaggerError
from genretagger.core.writes import WriteRequest
from genretagger.review.rows.pending_changes import (
    Effect,
    PendingChange,
    make_reason_key,
    make_requests,
)
from genretagger.review.rows.row import Row

_RANKS = {effect: rank for rank, effect in enumerate(Effect)}

_GroupKey = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Rows to which writing does the same; refused rows share the reason."""

    effect: Effect
    before: tuple[str, ...]
    after: tuple[str, ...]
    rows: tuple[Row, ...]


class PendingChanges:
    """Pending changes in groups; a file that its check refuses moves to the group of its reason.

    Refusing some files costs time in proportion to them and to the groups they leave.
    """

    def __init__(self, changes: Iterable[PendingChange] = ()) -> None:
        self._changes: dict[_GroupKey, list[PendingChange]] = {}
        self._key_of: dict[Path, _GroupKey] = {}
        self._groups: dict[_GroupKey, ChangeGroup] = {}  # made by `groups`, until one changes
        self._requests: dict[Path, WriteRequest] = {}
        self.add(changes)

    def add(self, changes: Iterable[PendingChange]) -> None:
        """Add the changes of further files, and make their requests."""
        changes = tuple(changes)
        for change in changes:
            self._add(change)
        self._requests |= {request.path: request for request in make_requests(changes)}

    def _add(self, change: PendingChange) -> None:
        key = _group_key(change)
        self._changes.setdefault(key, []).append(change)
        self._key_of[change.row.path] = key
        self._groups.pop(key, None)

    def refuse(self, reasons: Mapping[Path, GenreTaggerError]) -> None:
        """Move the files that will not be written to their reason; ignore unknown files."""
        leaving: dict[_GroupKey, set[Path]] = {}
        for path in reasons:
            self._requests.pop(path, None)
            if path in self._key_of:
                leaving.setdefault(self._key_of[path], set()).add(path)
        for key, paths in leaving.items():
            self._groups.pop(key, None)
            changes = self._changes[key]
            staying = [change for change in changes if change.row.path not in paths]
            if staying:
                self._changes[key] = staying
            else:
                del self._changes[key]
            for change in changes:
                if change.row.path in paths:
                    row = replace(change.row, read_only=reasons[change.row.path])
                    self._add(PendingChange(row, Effect.REFUSE, change.before, change.before))

    def groups(self) -> tuple[ChangeGroup, ...]:
        """Return the groups as they are shown: by effect, the largest first."""
        for key, changes in self._changes.items():
            if key not in self._groups:
                self._groups[key] = _as_group(changes)
        return tuple(
            sorted(
                self._groups.values(), key=lambda group: (_RANKS[group.effect], -len(group.rows))
            )
        )

    def counts(self) -> Counter[Effect]:
        """Return how many files each effect has."""
        counts: Counter[Effect] = Counter()
        for changes in self._changes.values():
            counts[changes[0].effect] += len(changes)
        return counts

    def requests(self) -> tuple[WriteRequest, ...]:
        """Return one request to the writer for each file that changes and is not refused."""
        return tuple(self._requests.values())


def _group_key(change: PendingChange) -> _GroupKey:
    if change.effect is Effect.REFUSE:
        return (change.effect, *make_reason_key(change.row.read_only))
    return (change.effect, change.before, change.after)


def _as_group(changes: Sequence[PendingChange]) -> ChangeGroup:
    first = changes[0]
    rows = tuple(change.row for change in changes)
    return ChangeGroup(first.effect, first.before, first.after, rows)
