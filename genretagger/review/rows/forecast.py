"""What a write will do, as far as it is known: by the rows, then by the check of each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from genretagger.core.errors import GenreTaggerError
from genretagger.core.genres import contains, split_joined
from genretagger.core.writes import Policy, WriteRequest
from genretagger.review.rows.pending_changes import (
    ChangeGroup,
    Effect,
    PendingChange,
    _as_group,
    _group_key,
    _in_order,
    make_requests,
    propose_changes,
)
from genretagger.review.rows.row import Row

_Key = tuple[object, ...]


class PendingChanges:
    """The groups of changes; files that a check finds to be refused move from one to another.

    What a check of some files costs follows from these and from the groups they were in.
    """

    def __init__(self, made: Iterable[PendingChange]) -> None:
        self._groups: dict[_Key, list[PendingChange]] = {}
        self._places: dict[Path, _Key] = {}
        self._shown: dict[_Key, ChangeGroup] = {}  # what `groups` made, until the group changes
        for change in made:
            self._put(change)

    def _put(self, change: PendingChange) -> None:
        key = _group_key(change)
        self._groups.setdefault(key, []).append(change)
        self._places[change.row.path] = key
        self._shown.pop(key, None)

    def refuse(self, reasons: Mapping[Path, GenreTaggerError]) -> None:
        """Move files that will not be written, each for its reason; others are not known here."""
        gone: dict[_Key, set[Path]] = {}
        for path in reasons:
            if path in self._places:
                gone.setdefault(self._places[path], set()).add(path)
        for key, paths in gone.items():
            self._shown.pop(key, None)
            moved = [change for change in self._groups[key] if change.row.path in paths]
            left = [change for change in self._groups[key] if change.row.path not in paths]
            if left:
                self._groups[key] = left
            else:
                del self._groups[key]
            for change in moved:
                row = replace(change.row, read_only=reasons[change.row.path])
                self._put(PendingChange(row, Effect.REFUSE, change.before, change.before))

    def groups(self) -> tuple[ChangeGroup, ...]:
        """Return the groups as they are shown."""
        for key, some in self._groups.items():
            if key not in self._shown:
                self._shown[key] = _as_group(some)
        return _in_order(self._shown.values())

    def counts(self) -> Counter[Effect]:
        """Return how many files each effect has."""
        counts: Counter[Effect] = Counter()
        for some in self._groups.values():
            counts[some[0].effect] += len(some)
        return counts

    def requests(self) -> tuple[WriteRequest, ...]:
        """Return what is asked of the writer: what changes and is not known to be refused."""
        return make_requests(change for some in self._groups.values() for change in some)


@dataclass(frozen=True, slots=True)
class KeptGenres:
    """What protected genres make a difference to.

    genres : those that stay although the policy would drop them, in order of the alphabet
    n_files : in how many files one stays
    """

    genres: tuple[str, ...] = ()
    n_files: int = 0


def find_kept_genres(
    rows: Sequence[Row], policy: Policy, *, protected: Collection[str]
) -> KeptGenres:
    """Return which protected genres stay only because they are protected."""
    if not protected:
        return KeptGenres()
    names: set[str] = set()
    n_files = 0
    with_them, without = (
        propose_changes(rows, policy, protected=protected),
        propose_changes(rows, policy),
    )
    for one, bare in zip(with_them, without, strict=True):
        if one.after != bare.after:
            before = split_joined(one.before, joined_by=one.row.joined_by)
            names |= {name for name in before if contains(protected, name)}
            n_files += 1
    return KeptGenres(tuple(sorted(names)), n_files)
