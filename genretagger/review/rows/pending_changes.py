"""What writing would do: the change that a policy makes of each accepted row, before any write."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from genretagger.core import genres
from genretagger.core.errors import GenreTaggerError
from genretagger.core.messages import MESSAGES
from genretagger.core.writes import Policy, WriteRequest
from genretagger.review.rows.row import Row, has_all

_OWN = ("path", "file")


class Effect(Enum):
    """What writing does to a file."""

    WRITE = "write"
    REFUSE = "refuse"
    SKIP = "skip"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class PendingChange:
    """What writing a row does; `before` and `after` are the file's genres by name."""

    row: Row
    effect: Effect
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Rows to which writing does the same; those that are refused, for the same reason."""

    effect: Effect
    before: tuple[str, ...]
    after: tuple[str, ...]
    rows: tuple[Row, ...]


def merge_genres(
    before: tuple[str, ...],
    wanted: tuple[str, ...],
    policy: Policy,
    *,
    joined_by: str = "",
    protected: Collection[str] = (),
) -> tuple[str, ...]:
    """Return what a file with `before` holds after `wanted` is written under `policy`.

    As `genres.merged`; `joined_by` joins several where the tag holds one text only.
    """
    after = genres.merged(before, wanted, policy, joined_by=joined_by, protected=protected)
    return (joined_by.join(after),) if joined_by and after != before else after


def propose_change(row: Row, policy: Policy, *, protected: Collection[str] = ()) -> PendingChange:
    """Return what writing the accepted `row` under `policy` does; `protected` genres stay."""
    before, policy = row.current_genres, _own_policy(row) or policy
    after = merge_genres(
        before, row.suggested, policy, joined_by=row.joined_by, protected=protected
    )
    if after == before and has_all(row, row.suggested):
        return PendingChange(row, Effect.NOTHING, before, before)
    if row.read_only is not None:
        return PendingChange(row, Effect.REFUSE, before, before)
    return PendingChange(row, Effect.WRITE if after != before else Effect.SKIP, before, after)


def _own_policy(row: Row) -> Policy | None:
    """Return the policy of a decision that has its own: other spellings replace what is there."""
    respells = row.decision is not None and row.decision.respells
    return Policy.REPLACE if respells else None


def propose_changes(
    rows: Iterable[Row], policy: Policy, *, protected: Collection[str] = ()
) -> tuple[PendingChange, ...]:
    """Return what writing does to each row with an accepted decision that is not carried out."""
    return tuple(
        propose_change(row, policy, protected=protected) for row in rows if row.outstanding
    )


def grouped(made: Iterable[PendingChange]) -> tuple[ChangeGroup, ...]:
    """Return changes grouped by what happens, in order."""
    groups: dict[tuple[object, ...], list[PendingChange]] = {}
    for item in made:
        groups.setdefault(_group_key(item), []).append(item)
    return _in_order(map(_as_group, groups.values()))


def _group_key(item: PendingChange) -> tuple[object, ...]:
    """Return what tells the group of a change from other groups."""
    refused = item.effect is Effect.REFUSE
    what = make_reason_key(item.row.read_only) if refused else (item.before, item.after)
    return (item.effect, *what)


def _in_order(groups: Iterable[ChangeGroup]) -> tuple[ChangeGroup, ...]:
    """Return groups as they are shown: writes, what is refused, the rest; largest first."""
    order = list(Effect)
    return tuple(sorted(groups, key=lambda group: (order.index(group.effect), -len(group.rows))))


def make_reason_key(error: GenreTaggerError | None) -> tuple[object, ...]:
    """Return what tells one reason from another: all but the file's own name."""
    if error is None:
        return ()
    said = MESSAGES[error.key]
    values = {
        name: str(value)
        for name, value in error.values.items()
        if name not in _OWN and f"{{{name}}}" in said
    }
    return (error.key, *sorted(values.items()))


def _as_group(items: Sequence[PendingChange]) -> ChangeGroup:
    """Return changes that are the same as one group."""
    first = items[0]
    rows = tuple(item.row for item in items)
    return ChangeGroup(first.effect, first.before, first.after, rows)


def make_requests(made: Iterable[PendingChange]) -> tuple[WriteRequest, ...]:
    """Return what is asked of the writer: only files that change, with what was seen in them."""
    return tuple(
        WriteRequest(
            item.row.path,
            item.row.suggested,
            stamp=item.row.stamp,
            audio_digest=item.row.audio_digest,
            current_genres=item.before,
            policy=_own_policy(item.row),
        )
        for item in made
        if item.effect is Effect.WRITE
    )
