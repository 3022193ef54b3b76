"""What writing does to the file of each accepted row, worked out before any file is touched.

The rows and the policy foretell it; a check of the files may then refuse some of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from genretagger.core import genres
from genretagger.core.errors import GenreTaggerError
from genretagger.core.messages import MESSAGES
from genretagger.core.writes import Policy, WriteRequest
from genretagger.review.rows.row import Row, has_all

_VALUES_OF_ONE_FILE = ("path", "file")

_GroupKey = tuple[object, ...]


class Effect(Enum):
    """What writing does to a file, in the order in which groups are shown."""

    WRITE = "write"
    REFUSE = "refuse"
    SKIP = "skip"
    NOTHING = "nothing"


_RANKS = {effect: rank for rank, effect in enumerate(Effect)}


@dataclass(frozen=True, slots=True)
class PendingChange:
    """What writing a row does; `before` and `after` are the genres of its file, by name."""

    row: Row
    effect: Effect
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Rows to which writing does the same; refused rows share the reason."""

    effect: Effect
    before: tuple[str, ...]
    after: tuple[str, ...]
    rows: tuple[Row, ...]


def merge_genres(
    before: tuple[str, ...],
    requested: tuple[str, ...],
    policy: Policy,
    *,
    joined_by: str = "",
    protected: Collection[str] = (),
) -> tuple[str, ...]:
    """Return what a file with the genres `before` holds after `requested` is written.

    As `core.genres.merged`, but as the tag holds it: `joined_by`, if not empty, joins several
    genres into one text.
    """
    after = genres.merged(before, requested, policy, joined_by=joined_by, protected=protected)
    return (joined_by.join(after),) if joined_by and after != before else after


def propose_change(row: Row, policy: Policy, *, protected: Collection[str] = ()) -> PendingChange:
    """Return what writing the accepted `row` under `policy` does; `protected` genres stay."""
    before, policy = row.current_genres, policy_of(row) or policy
    after = merge_genres(
        before, row.suggested, policy, joined_by=row.joined_by, protected=protected
    )
    if after == before and has_all(row, row.suggested):
        return PendingChange(row, Effect.NOTHING, before, before)
    if row.read_only is not None:
        return PendingChange(row, Effect.REFUSE, before, before)
    return PendingChange(row, Effect.WRITE if after != before else Effect.SKIP, before, after)


def policy_of(row: Row) -> Policy | None:
    """Return the policy that the decision on `row` brings along, None if it brings none."""
    return row.decision.policy if row.decision is not None else None


def propose_changes(
    rows: Iterable[Row], policy: Policy, *, protected: Collection[str] = ()
) -> tuple[PendingChange, ...]:
    """Return what writing does to each row whose accepted genres have yet to be written."""
    return tuple(
        propose_change(row, policy, protected=protected) for row in rows if row.outstanding
    )


def make_requests(changes: Iterable[PendingChange]) -> tuple[WriteRequest, ...]:
    """Return one request to the writer for each file that changes, with what was seen in it."""
    return tuple(
        WriteRequest(
            change.row.path,
            change.row.suggested,
            stamp=change.row.stamp,
            audio_digest=change.row.audio_digest,
            current_genres=change.before,
            policy=policy_of(change.row),
        )
        for change in changes
        if change.effect is Effect.WRITE
    )


def make_reason_key(error: GenreTaggerError | None) -> tuple[object, ...]:
    """Return a key that is equal for errors that read alike, whichever file they name."""
    if error is None:
        return ()
    sentence = MESSAGES[error.key]
    values = {
        name: str(value)
        for name, value in error.values.items()
        if name not in _VALUES_OF_ONE_FILE and f"{{{name}}}" in sentence
    }
    return (error.key, *sorted(values.items()))


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


@dataclass(frozen=True, slots=True)
class KeptGenres:
    """What protecting genres makes a difference to.

    genres : the genres that stay although the policy would drop them, sorted
    n_files : how many files keep at least one of them
    """

    genres: tuple[str, ...] = ()
    n_files: int = 0

    def plus(self, other: KeptGenres) -> KeptGenres:
        """Return the sum of this and of what is kept in other files."""
        genres_of_both = tuple(sorted({*self.genres, *other.genres}))
        return KeptGenres(genres_of_both, self.n_files + other.n_files)


def find_kept_genres(
    rows: Sequence[Row], policy: Policy, *, protected: Collection[str]
) -> KeptGenres:
    """Return the genres that stay in the files of `rows` only because they are protected."""
    if not protected:
        return KeptGenres()
    names: set[str] = set()
    n_files = 0
    protecting = propose_changes(rows, policy, protected=protected)
    for change, bare in zip(protecting, propose_changes(rows, policy), strict=True):
        if change.after != bare.after:
            before = genres.split_joined(change.before, joined_by=change.row.joined_by)
            names |= {name for name in before if genres.contains(protected, name)}
            n_files += 1
    return KeptGenres(tuple(sorted(names)), n_files)
