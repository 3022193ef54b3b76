"""Looking again at files that are shown: what stays, what changed in place, what is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from genretagger.core.errors import TrackError
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.review.rows.row import Row


def refreshed(row: Row, found: Row) -> Row:
    """Return `row` as its file is now, `found` just before; the same if it has not changed.

    What was heard and decided stays until the file is heard: it may be the tags that changed.
    """
    if row.track is not None and row.stamp == found.stamp:
        return row
    return replace(
        row,
        track=found.track,
        current_genres=found.current_genres,
        stamp=found.stamp,
        read_only=found.read_only,
        joined_by=found.joined_by,
        confirmed=row.confirmed and row.current_genres == found.current_genres,
        error=None,
    )


def is_known(row: Row, heard: TrackAnalysed) -> bool:
    """Return whether `heard` says what `row` says already."""
    own = None if heard.personal is heard.prediction else heard.personal
    return (
        row.error is None
        and row.prediction is not None
        and row.hearing_key == heard.hearing_key
        and row.prediction.model_id == heard.prediction.model_id
        and (row.personal.model_id if row.personal else None) == (own.model_id if own else None)
    )


@dataclass(slots=True)
class Rescan:
    """What looking again has come to so far.

    seen : the files that are there
    unseen : folders that could not be looked into: nobody knows what is in them
    """

    seen: set[Path] = field(default_factory=set)
    unseen: set[Path] = field(default_factory=set)
    n_new: int = 0
    n_changed: int = 0
    n_gone: int = 0

    def found_nothing(self) -> bool:
        """Return whether nothing is new, changed or gone."""
        return not (self.n_new or self.n_changed or self.n_gone)

    def see(self, row: Row | None, found: Row) -> None:
        """Note a file that was found, and the row that it had."""
        self.seen.add(found.path)
        if row is None:
            self.n_new += 1
        elif row.track is None or _tags_differ(row, found):
            self.n_changed += 1

    def fail(self, failure: Failure) -> None:
        """Note what is there but could not be read."""
        no_look = failure.error.key == "folder-unreadable"
        (self.unseen if no_look else self.seen).add(failure.path)

    def gone(self, rows: Iterable[tuple[int, Row]]) -> dict[int, Row]:
        """Return, by number, the rows whose file is not there any more, as failed ones."""
        lost = {
            number: replace(row, error=TrackError(row.path, "track-gone"))
            for number, row in rows
            if row.path not in self.seen and not _below(row.path, self.unseen)
        }
        self.n_gone = len(lost)
        return lost


def _tags_differ(row: Row, found: Row) -> bool:
    """Return whether somebody changed the file; what this program wrote is known to the row."""
    if row.stamp is None:
        return row.current_genres != found.current_genres
    return row.stamp != found.stamp


def _below(path: Path, folders: Collection[Path]) -> bool:
    return bool(folders) and (path in folders or any(parent in folders for parent in path.parents))
