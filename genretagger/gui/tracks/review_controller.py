"""Owns the rows of the review: takes in events of jobs, and what the user decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import Failure, TrackAnalysed, TrackFound
from genretagger.core.tracks import Track
from genretagger.core.writes import WriteResult
from genretagger.gui.tracks.decider import Decider
from genretagger.gui.tracks.track_model import TrackTableModel
from genretagger.gui.widgets.genre_editor import label_genres
from genretagger.library.decision_store import StoredDecision
from genretagger.review.albums.album_index import AlbumIndex
from genretagger.review.albums.albums import Albums
from genretagger.review.filter.row_filters import artist_of
from genretagger.review.genres.known_genres import GenreOffer, KnownGenres
from genretagger.review.genres.mapping import GenreRules, apply_rules
from genretagger.review.rows import row_events
from genretagger.review.rows.confidence_levels import ClassifierLevels
from genretagger.review.rows.decisions import with_album
from genretagger.review.rows.rescan import Rescan, is_known, refreshed
from genretagger.review.rows.row import Row
from genretagger.review.rows.suggestion_mark import WriteRules
from genretagger.review.statistics.tally import Tally
from genretagger.review.table.album_groups import AlbumGroup
from genretagger.review.table.row_groups import Grouping

ReadOnly = Callable[[Track], GenreTaggerError | None]


class ReviewController(QObject):
    """Owns the rows; every change goes through `_put`, which keeps the counts right.

    Attributes
    ----------
    decider : Decider
        Carries out the user's decisions on the rows.
    tally : Tally
        How many rows there are of each kind.
    """

    changed = Signal()
    decided = Signal(object)  # tuple of StoredDecision, to be saved

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = TrackTableModel(self)
        self.decider = Decider(self.model, self._put, self)
        self.rules = GenreRules()
        self._write_rules = WriteRules()
        self._forget()

    def _forget(self) -> None:
        self._row_ids: dict[Path, int] = {}
        self._known_genres = KnownGenres()
        self.tally = Tally()
        self.model_id: str | None = None
        self.decider.stop()
        self._albums = Albums()
        self._album_index = AlbumIndex()
        self._rescan = Rescan()

    def set_meanings(self, meanings: ClassifierLevels) -> None:
        """Set what levels mean; existing rows keep their levels until they are heard again."""
        self.model.meanings = meanings

    def set_rules(self, rules: GenreRules, read_only: ReadOnly) -> None:
        """Apply other settings, before any later decision, to rows without a decision."""
        is_other = rules.with_styles != self.rules.with_styles
        self.rules = rules

        def change(rows: Mapping[int, Row]) -> dict[int, Row]:
            row_ids = [*rows]
            applied = apply_rules(rows.values(), rules, read_only)
            changed = {row_ids[position]: row for position, row in applied.items()}
            if is_other:  # what the tracks of an album count as
                self._ask_albums(changed, set(changed))
            return changed

        self.decider.revise(change, then=self._regroup)

    def _regroup(self, _done: object) -> None:
        """Put tracks under the headings of what is suggested now, not of what was."""
        if self.model.grouping is Grouping.GENRE:
            self.model.arrange()

    def clear(self) -> None:
        """Forget all rows."""
        self._forget()
        self.model.clear()
        self.changed.emit()

    def genres(self, row: Row | None = None) -> list[GenreOffer]:
        """Return genres to complete: those offered for `row`, then all known ones.

        Known are the genres of the vocabulary and those in the files.
        """
        return self._known_genres.offers([*label_genres(row)])

    def artists(self) -> list[str]:
        """Return the names of all artists in the files, sorted."""
        return sorted({artist for row in self.model.rows() if (artist := artist_of(row))})

    # Events of jobs

    def take(self, events: Iterable[object], read_only: ReadOnly) -> None:
        """Take in events of a job; those that are not about a row are ignored."""
        changed: dict[int, Row] = {}
        heard_now: set[int] = set()
        for event in events:
            match event:
                case TrackFound():
                    self._take_found(changed, self._row_found(event, read_only))
                case TrackAnalysed(track):
                    row = self._row_for(changed, track.path)
                    row = row or self._row_found(TrackFound(track), read_only)
                    self.model_id = event.prediction.model_id
                    if not is_known(row, event):
                        self._take_row(changed, self._row_heard(row, event))
                        heard_now.add(self._row_ids[row.path])
                case Failure(path) if event.error.key == "track-gone" and path not in self._row_ids:
                    pass  # it was noticed, and moved before it could be heard
                case Failure():
                    self._rescan.add_failure(event)
                    self._take_row(changed, self._row_failed(changed, event))
                case WriteResult(path):
                    self.decider.forget_steps()  # decisions in files are undone with the write
                    written = self._row_for(changed, path)
                    if written is not None:
                        self._take_row(changed, row_events.apply_result(written, event))
        self._ask_albums(changed, heard_now)
        self._put(changed)

    def _take_found(self, changed: dict[int, Row], new: Row) -> None:
        """Take in a file that was found; if it has a row, the row is refreshed."""
        row = self._row_for(changed, new.path)
        self._rescan.add_file(row, new)
        current = new if row is None else refreshed(row, new)
        if current is not row:
            self._take_row(changed, current)

    def look_again(self) -> None:
        """Begin to count new, changed and missing files, before all are scanned again."""
        self._rescan = Rescan()

    def looked_again(self, *, unseen: Iterable[Path]) -> Rescan:
        """Mark the rows whose files are gone; nothing is known of files in `unseen` folders."""
        self._rescan.unreadable_folders.update(unseen)
        rescan, self._rescan = self._rescan, Rescan()
        self._put(rescan.find_gone(enumerate(self.model.rows())))
        return rescan

    def _ask_albums(self, changed: dict[int, Row], heard: set[int]) -> None:
        """Update the album context of all rows in albums where tracks were heard."""

        def row(row_id: int) -> Row:
            return changed[row_id] if row_id in changed else self.model.row(row_id)

        contexts = self._albums.update(
            {row_id: changed[row_id] for row_id in heard}, levels=self.model.meanings, row=row
        )
        for row_id, album in contexts.items():
            current = row(row_id)
            if current.album != album:
                changed[row_id] = with_album(current, album)

    def _row_found(self, found: TrackFound, read_only: ReadOnly) -> Row:
        return row_events.make_row(
            found.track,
            read_only=read_only(found.track),
            separator=self.rules.separator,
            hearing_key=found.hearing_key,
            decision=found.decision,
            rule=self.rules.book.find(found.track),
        )

    def _row_heard(self, row: Row, heard: TrackAnalysed) -> Row:
        decision = heard.decision
        if row.audio_digest == heard.audio_digest:
            decision = row.decision  # may be newer than the saved one
        elif row.audio_digest is not None:
            self.decider.forget_steps()  # they were about other audio
        return row_events.apply_analysis(
            row,
            heard,
            decision=decision,
            mapping=self.rules.mapping,
            with_styles=self.rules.with_styles,
        )

    def _row_failed(self, changed: dict[int, Row], failure: Failure) -> Row:
        return row_events.make_failed_row(
            failure.path,
            failure.error,
            track=failure.track,
            row=self._row_for(changed, failure.path),
            hearing_key=failure.hearing_key,
            decision=failure.decision,
        )

    def row_at(self, path: Path) -> Row | None:
        """Return the row of a file, None if it has none."""
        return self._row_for({}, path)

    def row_id_at(self, path: Path) -> int | None:
        """Return the id of the row of a file, None if it has none."""
        return self._row_ids.get(path)

    def _row_for(self, changed: dict[int, Row], path: Path) -> Row | None:
        row_id = self._row_ids.get(path)
        if row_id is None:
            return None
        return changed[row_id] if row_id in changed else self.model.row(row_id)

    def _take_row(self, changed: dict[int, Row], row: Row) -> None:
        row_id = self._row_ids.setdefault(row.path, len(self._row_ids))
        changed[row_id] = row

    def _put(self, changed: dict[int, Row]) -> None:
        """Hand new and changed rows to the model, in one batch each."""
        n_rows = len(self.model.rows())
        replaced = {row_id: row for row_id, row in changed.items() if row_id < n_rows}
        appended = [changed[row_id] for row_id in sorted(changed) if row_id >= n_rows]
        old = {row_id: self.model.row(row_id) for row_id in replaced}
        self.tally.change(old.values(), changed, self._write_rules)
        other_tags = [
            row_id
            for row_id, row in changed.items()
            if row_id not in old or old[row_id].current_genres is not row.current_genres
        ]
        self._known_genres.change(
            [old[row_id] for row_id in other_tags if row_id in old],
            [changed[row_id] for row_id in other_tags],
        )
        self.model.replace(replaced)
        self.model.append(appended)
        for row_id, row in changed.items():
            if row_id not in old or old[row_id].track is not row.track:
                self._album_index.update(row_id, row)
        settled = tuple(
            StoredDecision(row.audio_digest, row.path, row.decision)
            for row_id, row in replaced.items()
            if row.decision is not old[row_id].decision
            and row.decision != old[row_id].decision
            and row.audio_digest is not None
            and old[row_id].audio_digest == row.audio_digest  # the decision was not just loaded
        )
        if settled:
            self.decided.emit(settled)
        if changed:
            self.changed.emit()

    def set_write_rules(self, rules: WriteRules) -> None:
        """Mark and count by these rules what writing would change."""
        self._write_rules = rules
        self.model.set_write_rules(rules)
        self.tally.follow(self.model.rows(), rules)

    def albums(self, row_ids: Iterable[int]) -> list[AlbumGroup]:
        """Return the albums of these rows, each with all of its rows, hidden ones too."""
        return self._album_index.find_albums(row_ids, self.model.row)
