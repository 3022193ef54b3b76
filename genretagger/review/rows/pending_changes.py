"""What writing does to the file of each accepted row, foretold by the row and the policy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from genretagger.core import genres
from genretagger.core.errors import GenreTaggerError
from genretagger.core.messages import MESSAGES
from genretagger.core.writes import Policy, WriteRequest
from genretagger.review.rows.row import Row, has_all

_VALUES_OF_ONE_FILE = ("path", "file")


class Effect(Enum):
    """What writing does to a file, in the order in which groups are shown."""

    WRITE = "write"
    REFUSE = "refuse"
    SKIP = "skip"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class PendingChange:
    """What writing a row does.

    before, after : the genres of its file, by name
    policy : what the row is written under
    is_own : whether the decision brings that policy along, and the set one would do otherwise
    """

    row: Row
    effect: Effect
    before: tuple[str, ...]
    after: tuple[str, ...]
    policy: Policy = Policy.FILL
    is_own: bool = False


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
    before, own = row.current_genres, policy_of(row)
    used = own or policy
    after = _genres_after(row, used, protected)
    if after == before and has_all(row, row.suggested):
        return PendingChange(row, Effect.NOTHING, before, before, used)
    if row.read_only is not None:
        return PendingChange(row, Effect.REFUSE, before, before, used)
    if after == before:
        return PendingChange(row, Effect.SKIP, before, before, used)
    is_own = used is not policy and _genres_after(row, policy, protected) != after
    return PendingChange(row, Effect.WRITE, before, after, used, is_own)


def _genres_after(row: Row, policy: Policy, protected: Collection[str]) -> tuple[str, ...]:
    return merge_genres(
        row.current_genres, row.suggested, policy, joined_by=row.joined_by, protected=protected
    )


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
