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

GroupKey = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Rows to which writing does the same, as to the `first`; refused rows share the reason."""

    first: PendingChange
    rows: tuple[Row, ...]

    @property
    def effect(self) -> Effect:
        """What writing does to each of the files."""
        return self.first.effect

    @property
    def key(self) -> GroupKey:
        """A key that no other group has."""
        return _group_key(self.first)


class PendingChanges:
    """Pending changes in groups; a file that its check refuses moves to the group of its reason.

    Refusing some files costs time in proportion to them and to the groups they leave. Of the
    files that change, the user may take some out: they stay in their group and are not written.

    Parameters
    ----------
    taken_out : set of Path
        The files that are taken out, which later changes go on with; changed in place.
    """

    def __init__(
        self, changes: Iterable[PendingChange] = (), *, taken_out: set[Path] | None = None
    ) -> None:
        self._taken_out = set() if taken_out is None else taken_out
        self._n_taken_out: Counter[GroupKey] = Counter()
        self._changes: dict[GroupKey, list[PendingChange]] = {}
        self._key_of: dict[Path, GroupKey] = {}
        self._groups: dict[GroupKey, ChangeGroup] = {}  # made by `groups`, until one changes
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
        if change.row.path in self._taken_out:
            self._n_taken_out[key] += 1
        self._groups.pop(key, None)

    def refuse(self, reasons: Mapping[Path, GenreTaggerError]) -> None:
        """Move the files that will not be written to their reason; ignore unknown files."""
        leaving: dict[GroupKey, set[Path]] = {}
        for path in reasons:
            self._requests.pop(path, None)
            if path in self._key_of:
                leaving.setdefault(self._key_of[path], set()).add(path)
        for key, paths in leaving.items():
            self._groups.pop(key, None)
            self._n_taken_out[key] -= len(paths & self._taken_out)
            changes = self._changes[key]
            staying = [change for change in changes if change.row.path not in paths]
            if staying:
                self._changes[key] = staying
            else:
                del self._changes[key]
            for change in changes:
                if change.row.path in paths:
                    row = replace(change.row, read_only=reasons[change.row.path])
                    refused = replace(change, row=row, effect=Effect.REFUSE, after=change.before)
                    self._add(refused)

    def take_out(self, group: ChangeGroup, paths: Iterable[Path]) -> None:
        """Write no files at `paths`, which are in `group`, this time."""
        n_before = len(self._taken_out)
        self._taken_out.update(paths)
        self._n_taken_out[group.key] += len(self._taken_out) - n_before

    def put_back(self, group: ChangeGroup, paths: Iterable[Path]) -> None:
        """Write the files at `paths`, which are in `group`, after all."""
        n_before = len(self._taken_out)
        self._taken_out.difference_update(paths)
        self._n_taken_out[group.key] -= n_before - len(self._taken_out)

    def is_taken_out(self, path: Path) -> bool:
        """Return whether the file at `path` is taken out."""
        return path in self._taken_out

    def count_taken_out(self, group: ChangeGroup | None = None) -> int:
        """Return how many files are taken out, of `group` or of all files that change."""
        if group is not None:
            return self._n_taken_out[group.key]
        return sum(
            self._n_taken_out[key]
            for key, changes in self._changes.items()
            if changes[0].effect is Effect.WRITE
        )

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
        """Return one request to the writer for each file that changes, also if it is taken out."""
        return tuple(self._requests.values())

    def chosen_requests(self) -> tuple[WriteRequest, ...]:
        """Return the requests for all files that change and are not taken out."""
        out = self._taken_out
        return tuple([one for path, one in self._requests.items() if path not in out])


def _group_key(change: PendingChange) -> GroupKey:
    match change.effect:
        case Effect.REFUSE:
            return (change.effect, *make_reason_key(change.row.read_only))
        case Effect.SKIP:
            return (change.effect, change.before, change.policy)
        case Effect.NOTHING:
            return (change.effect, change.before)
        case Effect.WRITE:
            return (change.effect, change.before, change.after, change.is_own and change.policy)


def _as_group(changes: Sequence[PendingChange]) -> ChangeGroup:
    return ChangeGroup(changes[0], tuple(change.row for change in changes))
