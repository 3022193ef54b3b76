"""Between the review and its table: takes in what the core reports, carries out what is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import Failure, TrackAnalysed, TrackFound
from genretagger.core.tracks import Track
from genretagger.core.writes import Decision, WriteResult
from genretagger.gui.jobs.job_factories import AnalysedTrack, FailedTrack
from genretagger.gui.tracks.track_model import TrackTableModel
from genretagger.library.decision_store import StoredDecision
from genretagger.review.albums.album_index import AlbumIndex
from genretagger.review.albums.albums import Albums
from genretagger.review.genres.known_genres import KnownGenres
from genretagger.review.genres.mapping import GenreRules, apply_rules
from genretagger.review.genres.spellings import unify_spellings
from genretagger.review.rows import bulk_actions, row_events
from genretagger.review.rows.bulk_actions import ActionKind, BulkAction, BulkResult
from genretagger.review.rows.confidence_levels import ClassifierLevels
from genretagger.review.rows.rescan import Rescan, is_known, refreshed
from genretagger.review.rows.row import Row, State, style_hints
from genretagger.review.rows.suggestion_mark import WriteRules, will_change_file
from genretagger.review.rows.undo_stack import (
    RowSnapshot,
    UndoStack,
    UndoStep,
    restored,
    take_snapshot,
)
from genretagger.review.table.album_groups import AlbumGroup

ReadOnly = Callable[[Track], GenreTaggerError | None]


class ReviewController(QObject):
    """Owns the rows. Every change goes through `_put`, which keeps the counts."""

    changed = Signal()
    decided = Signal(object)  # tuple of Settled, to be saved

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = TrackTableModel(self)
        self.rules = GenreRules()
        self._write_rules = WriteRules()
        self._forget()

    def _forget(self) -> None:
        self._numbers: dict[Path, int] = {}
        self._known_genres = KnownGenres()
        self.counts: Counter[State] = Counter()
        self.n_outstanding = self.n_to_write = 0
        self.model_id: str | None = None
        self._steps = UndoStack()
        self._albums = Albums()
        self._album_index = AlbumIndex()
        self._rescan = Rescan()

    def set_meanings(self, meanings: ClassifierLevels) -> None:
        """Say what levels mean from now on; rows that are there keep theirs until heard again."""
        self.model.meanings = meanings

    def set_rules(self, rules: GenreRules, read_only: ReadOnly) -> None:
        """Go by other settings from now on; rows without a decision suggest by them at once."""
        self.rules = rules
        self._put(apply_rules(self.model.rows(), rules, read_only))

    def clear(self) -> None:
        """Forget all rows."""
        self._forget()
        self.model.clear()
        self.changed.emit()

    def genres(self, row: Row | None = None) -> list[str]:
        """Return what can be completed: the styles of `row`, then all that is known, sorted.

        Known are the vocabulary, and the genres seen in the library.
        """
        return self._known_genres.names(style_hints(row) if row is not None else ())

    # What the core reports

    def take(self, events: Iterable[object], read_only: ReadOnly) -> None:
        """Take in a batch of events of a job; what is not about a row is left out."""
        changed: dict[int, Row] = {}
        heard_now: set[int] = set()
        for event in events:
            match event:
                case TrackFound(track):
                    self._take_found(changed, self._row_found(track, read_only))
                case AnalysedTrack(heard, decision):
                    row = self._row_for(changed, heard.track.path)
                    row = row or self._row_found(heard.track, read_only)
                    self.model_id = heard.prediction.model_id
                    if not is_known(row, heard):
                        self._take_row(changed, self._row_heard(row, heard, decision))
                        heard_now.add(self._numbers[row.path])
                case Failure():
                    self._rescan.add_failure(event)
                    self._take_row(changed, self._row_failed(changed, event))
                case FailedTrack(failure, decision):
                    self._take_row(changed, self._row_failed(changed, failure, decision=decision))
                case WriteResult(path):
                    self._steps = UndoStack()  # what is in files is not taken back as a decision
                    written = self._row_for(changed, path)
                    if written is not None:
                        self._take_row(changed, row_events.apply_result(written, event))
        self._ask_albums(changed, heard_now)
        self._put(changed)

    def _take_found(self, changed: dict[int, Row], found: Row) -> None:
        """Take a file that was found; a row that it has stays where it is."""
        row = self._row_for(changed, found.path)
        self._rescan.add_file(row, found)
        now = found if row is None else refreshed(row, found)
        if now is not row:
            self._take_row(changed, now)

    def look_again(self) -> None:
        """Count from now on what is new, changed and gone, as all files are looked at again."""
        self._rescan = Rescan()

    def looked_again(self, *, unseen: Iterable[Path]) -> Rescan:
        """Mark the rows whose files are gone; `unseen` folders could not be looked into."""
        self._rescan.unreadable_folders.update(unseen)
        rescan, self._rescan = self._rescan, Rescan()
        self._put(rescan.find_gone(enumerate(self.model.rows())))
        return rescan

    def _ask_albums(self, changed: dict[int, Row], heard: set[int]) -> None:
        """Give the rows of those albums in which tracks were heard what the album says."""

        def row(number: int) -> Row:
            return changed[number] if number in changed else self.model.row(number)

        contexts = self._albums.update(
            {number: changed[number] for number in heard}, levels=self.model.meanings, row=row
        )
        for number, album in contexts.items():
            if row(number).album != album:
                changed[number] = replace(row(number), album=album)

    def _row_found(self, track: Track, read_only: ReadOnly) -> Row:
        return row_events.make_row(
            track, read_only=read_only(track), separator=self.rules.separator
        )

    def _row_heard(self, row: Row, heard: TrackAnalysed, decision: Decision | None) -> Row:
        if row.audio_digest == heard.audio_digest:
            decision = row.decision  # may be newer than what was saved
        elif row.audio_digest is not None:
            self._steps = UndoStack()  # they were about other audio
        return row_events.apply_analysis(row, heard, decision=decision, mapping=self.rules.mapping)

    def _row_failed(
        self, changed: dict[int, Row], failure: Failure, *, decision: Decision | None = None
    ) -> Row:
        return row_events.make_failed_row(
            failure.path,
            failure.error,
            track=failure.track,
            row=self._row_for(changed, failure.path),
            hearing_key=failure.hearing_key,
            decision=decision,
        )

    def _row_for(self, changed: dict[int, Row], path: Path) -> Row | None:
        number = self._numbers.get(path)
        if number is None:
            return None
        return changed[number] if number in changed else self.model.row(number)

    def _take_row(self, changed: dict[int, Row], row: Row) -> None:
        number = self._numbers.setdefault(row.path, len(self._numbers))
        changed[number] = row

    def _put(self, changed: dict[int, Row]) -> None:
        """Give new rows and rows that changed to the model, in one batch each."""
        n_rows = len(self.model.rows())
        replaced = {number: row for number, row in changed.items() if number < n_rows}
        appended = [changed[number] for number in sorted(changed) if number >= n_rows]
        old = {number: self.model.row(number) for number in replaced}
        self._count(old.values(), changed.values())
        self._known_genres.see(
            row
            for number, row in changed.items()
            if number not in old or old[number].current_genres is not row.current_genres
        )
        self.model.replace(replaced)
        self.model.append(appended)
        for number, row in changed.items():
            if number not in old or old[number].track is not row.track:
                self._album_index.update(number, row)
        settled = tuple(
            StoredDecision(row.audio_digest, row.path, row.decision)
            for number, row in replaced.items()
            if row.audio_digest is not None
            and old[number].audio_digest == row.audio_digest  # not one that was just loaded
            and row.decision != old[number].decision
        )
        if settled:
            self.decided.emit(settled)
        if changed:
            self.changed.emit()

    def set_write_rules(self, rules: WriteRules) -> None:
        """Mark and count what writing would change by these settings from now on."""
        self._write_rules = rules
        self.model.set_write_rules(rules)
        self.n_to_write = sum(will_change_file(row, rules) for row in self.model.rows())

    def _count(self, old: Collection[Row], new: Collection[Row]) -> None:
        self.counts.subtract(row.state for row in old)
        self.counts.update(row.state for row in new)
        self.n_outstanding += sum(row.outstanding for row in new)
        self.n_outstanding -= sum(row.outstanding for row in old)
        self.n_to_write += sum(will_change_file(row, self._write_rules) for row in new)
        self.n_to_write -= sum(will_change_file(row, self._write_rules) for row in old)

    # What the user decides

    def do(self, deed: BulkAction, numbers: Iterable[int]) -> BulkResult:
        """Do this to rows, as one step; return what it came to."""
        return self.do_each([(deed, numbers)])

    def do_each(self, parts: Sequence[tuple[BulkAction, Iterable[int]]]) -> BulkResult:
        """Do several things of a kind, each to other rows, all as one step."""
        changed: dict[int, Row] = {}
        kind = parts[0][0].kind
        tally = BulkResult(kind)
        for deed, numbers in parts:
            some, came = bulk_actions.apply_action(
                deed, {number: self.model.row(number) for number in numbers}
            )
            changed |= some
            tally = tally.plus(came)
        self._settle(kind, changed)
        return tally

    def accept_above(self, threshold: float) -> BulkResult:
        """Accept all shown rows that are sure enough."""
        return self.do(bulk_actions.accept_sure(threshold), self.model.shown())

    def albums(self, numbers: Iterable[int]) -> list[AlbumGroup]:
        """Return the albums that these rows are of, with all of their rows, hidden ones too."""
        return self._album_index.find_albums(numbers, self.model.row)

    def respell(self, chosen: Mapping[str, tuple[str, ...]]) -> int:
        """Accept other spellings of the genres that files have; return how many files change."""
        changed = unify_spellings(self.model.rows(), chosen)
        self._settle(ActionKind.RESPELL, changed)
        return len(changed)

    @property
    def last_step(self) -> UndoStep | None:
        """The decision that `undo` would take back, if there is one."""
        return self._steps.done[-1] if self._steps.done else None

    @property
    def next_step(self) -> UndoStep | None:
        """The decision that `redo` would make again, if there is one."""
        return self._steps.undone[-1] if self._steps.undone else None

    def undo(self) -> UndoStep | None:
        """Take the user's last decision back; return it."""
        step = self.last_step
        if step is not None:
            self._steps = self._steps.undo(self._standings(step.rows))
            self._restore(step)
        return step

    def redo(self) -> UndoStep | None:
        """Make the decision again that was taken back last; return it."""
        step = self.next_step
        if step is not None:
            self._steps = self._steps.redo(self._standings(step.rows))
            self._restore(step)
        return step

    def _restore(self, step: UndoStep) -> None:
        self._put({n: restored(self.model.row(n), was) for n, was in step.rows.items()})

    def _standings(self, numbers: Iterable[int]) -> dict[int, RowSnapshot]:
        return {number: take_snapshot(self.model.row(number)) for number in numbers}

    def _settle(self, kind: ActionKind, changed: dict[int, Row]) -> None:
        """Put rows that the user decided on, as one step."""
        self._steps = self._steps.with_step(UndoStep(kind, self._standings(changed)))
        self._put(changed)
