"""Looking again at the files of known rows: which changed, which are new, which are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from genretagger.core.errors import TrackError
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.core.tracks import FileStamp
from genretagger.review.rows.row import Row


def refreshed(row: Row, current: Row) -> Row:
    """Return `row` with what the scan says in `current`; `row` itself if the file is unchanged.

    Prediction and decision stay until the file is analysed: perhaps only the tags changed.
    """
    if row.track is not None and row.stamp == current.stamp:
        return row
    return replace(
        row,
        track=current.track,
        current_genres=current.current_genres,
        stamp=current.stamp,
        read_only=current.read_only,
        joined_by=current.joined_by,
        rule=current.rule,
        confirmed=row.confirmed and row.current_genres == current.current_genres,
        error=None,
    )


def is_known(row: Row, event: TrackAnalysed) -> bool:
    """Return whether `row` already holds what `event` says."""
    personal = None if event.personal is event.prediction else event.personal
    return (
        row.error is None
        and row.prediction is not None
        and row.hearing_key == event.hearing_key
        and row.prediction.model_id == event.prediction.model_id
        and (row.personal.model_id if row.personal else None)
        == (personal.model_id if personal else None)
    )


def is_news(row: Row | None, stamp: FileStamp) -> bool:
    """Return whether a file that was noticed where `row` is, or where no row is, is to be heard.

    What this program wrote is none, until somebody changes it.
    """
    if row is None or row.track is None:
        return True
    known = row.written_as if row.stamp is None else row.stamp.size_and_time
    return known != stamp.size_and_time


@dataclass(slots=True)
class Rescan:
    """The findings of a rescan so far.

    paths : the files that exist
    unreadable_folders : folders that could not be listed; what they hold is not known
    """

    paths: set[Path] = field(default_factory=set)
    unreadable_folders: set[Path] = field(default_factory=set)
    n_new: int = 0
    n_changed: int = 0
    n_gone: int = 0

    def found_nothing(self) -> bool:
        """Return whether no file is new, changed or gone."""
        return not (self.n_new or self.n_changed or self.n_gone)

    def add_file(self, row: Row | None, current: Row) -> None:
        """Note the file of `current` as existing; `row` is the row it had, None if it is new."""
        self.paths.add(current.path)
        if row is None:
            self.n_new += 1
        elif row.track is None or _tags_differ(row, current):
            self.n_changed += 1

    def add_failure(self, failure: Failure) -> None:
        """Note a file or folder that exists but could not be read."""
        is_folder = failure.error.key == "folder-unreadable"
        (self.unreadable_folders if is_folder else self.paths).add(failure.path)

    def find_gone(self, rows: Iterable[tuple[int, Row]]) -> dict[int, Row]:
        """Return the rows whose files no longer exist as failed rows, by row id."""
        gone = {
            row_id: replace(row, error=TrackError(row.path, "track-gone"))
            for row_id, row in rows
            if row.path not in self.paths and not _is_below(row.path, self.unreadable_folders)
        }
        self.n_gone = len(gone)
        return gone


def _tags_differ(row: Row, current: Row) -> bool:
    """Return whether another program changed the file; a row knows what this program wrote."""
    if row.stamp is None:
        return row.current_genres != current.current_genres
    return row.stamp != current.stamp


def _is_below(path: Path, folders: Collection[Path]) -> bool:
    return bool(folders) and (path in folders or any(parent in folders for parent in path.parents))
