"""Between the review and its table: takes in what the core reports, carries out what is decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from genretagger.core.datatypes import Failure, TrackFound, WriteResult
from genretagger.core.genres import vocabulary
from genretagger.gui.level_texts import hints
from genretagger.gui.track_table import TrackTableModel
from genretagger.gui.work import Heard
from genretagger.library.session import Settled
from genretagger.review import decisions, rows
from genretagger.review.albums import Albums
from genretagger.review.mapping import Rules, mapped, under
from genretagger.review.order import natural
from genretagger.review.rows import State
from genretagger.review.spellings import unified
from genretagger.review.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from genretagger.core.datatypes import Track
    from genretagger.core.errors import GenreTaggerError
    from genretagger.review.levels import Meanings
    from genretagger.review.rows import Row

    ReadOnly = Callable[[Track], GenreTaggerError | None]


class ReviewDesk(QObject):
    """Owns the rows. Every change goes through `_put`, which keeps the counts."""

    changed = Signal()
    decided = Signal(object)  # tuple of Settled, to be saved

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = TrackTableModel(self)
        self.model.edited.connect(self._on_edited)
        self.rules = Rules()
        self._forget()

    def _forget(self) -> None:
        self._numbers: dict[Path, int] = {}
        self._found_genres: dict[str, str] = {}
        self.counts: Counter[State] = Counter()
        self.n_outstanding = 0
        self.model_id: str | None = None
        self._steps = Steps()
        self._albums = Albums()

    def set_meanings(self, meanings: Meanings) -> None:
        """Say what levels mean from now on; rows that are there keep theirs until heard again."""
        self.model.meanings = meanings

    def set_rules(self, rules: Rules, read_only: ReadOnly) -> None:
        """Go by other settings from now on; rows without a decision suggest by them at once."""
        self.rules = rules
        self._put(under(self.model.rows(), rules, read_only))

    def clear(self) -> None:
        """Forget all rows."""
        self._forget()
        self.model.clear()
        self.changed.emit()

    def genres(self, row: Row | None = None) -> list[str]:
        """Return what can be completed: the styles of `row`, then all that is known, sorted.

        Known are the vocabulary, and the genres seen in the library.
        """
        known = {name.casefold(): name for name in vocabulary().names.values()}
        everything = sorted({**self._found_genres, **known}.values(), key=natural)
        first = hints(row) if row is not None else []
        seen = {name.casefold() for name in first}
        return [*first, *(name for name in everything if name.casefold() not in seen)]

    # What the core reports

    def take(self, events: Iterable[object], read_only: ReadOnly) -> None:
        """Take in a batch of events of a job; what is not about a row is left out."""
        changed: dict[int, Row] = {}
        heard_now: set[int] = set()
        for event in events:
            match event:
                case TrackFound(track):
                    self._take_row(changed, self._row_found(track, read_only))
                case Heard(heard, decision):
                    row = self._row_for(changed, heard.track.path)
                    row = row or self._row_found(heard.track, read_only)
                    row = rows.row_analysed(
                        row, heard, decision=decision, mapping=self.rules.mapping
                    )
                    self.model_id = heard.prediction.model_id
                    self._take_row(changed, row)
                    heard_now.add(self._numbers[row.path])
                case Failure(path, _stage, error, track):
                    known = self._row_for(changed, path)
                    row = rows.row_failed(path, error, track=track, row=known)
                    self._take_row(changed, row)
                case WriteResult(path):
                    self._steps = Steps()  # what is in files is not taken back as a decision
                    written = self._row_for(changed, path)
                    if written is not None:
                        self._take_row(changed, rows.row_after(written, event))
        self._ask_albums(changed, heard_now)
        self._put(changed)

    def _ask_albums(self, changed: dict[int, Row], heard: set[int]) -> None:
        """Give the rows of those albums in which tracks were heard what the album says."""

        def row(number: int) -> Row:
            return changed[number] if number in changed else self.model.row(number)

        contexts = self._albums.update(
            {number: changed[number] for number in heard}, meanings=self.model.meanings, row=row
        )
        for number, album in contexts.items():
            if row(number).album != album:
                changed[number] = replace(row(number), album=album)

    def _row_found(self, track: Track, read_only: ReadOnly) -> Row:
        return rows.row_found(track, read_only=read_only(track), separator=self.rules.separator)

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
        self._count(old.values(), -1)
        self._count(changed.values(), 1)
        self.model.replace(replaced)
        self.model.append(appended)
        settled = tuple(
            Settled(row.audio_digest, row.path, row.decision)
            for number, row in replaced.items()
            if row.audio_digest is not None
            and old[number].audio_digest == row.audio_digest  # not one that was just loaded
            and row.decision != old[number].decision
        )
        if settled:
            self.decided.emit(settled)
        if changed:
            self.changed.emit()

    def _count(self, some: Iterable[Row], step: int) -> None:
        for row in some:
            self.counts[row.state] += step
            self.n_outstanding += step * row.outstanding
            for genre in row.current_genres:
                self._found_genres.setdefault(genre.casefold(), genre)

    # What the user decides

    def accept(self, numbers: Sequence[int]) -> int:
        """Accept the suggestions of these rows; return how many of several are left out.

        What is not music is not taken along with music: it is accepted by itself only.
        """
        return self._accept(numbers, decisions.accepted)

    def accept_own(self, numbers: Sequence[int]) -> int:
        """Accept what the personal classifier suggests for these rows, as `accept` does."""
        return self._accept(numbers, decisions.accepted_own)

    def _accept(self, numbers: Sequence[int], decide: Callable[[Row], Row]) -> int:
        music = [n for n in numbers if self.model.row(n).state is not State.NOT_MUSIC]
        taken = music or numbers
        self._decide(taken, decide)
        return len(numbers) - len(taken)

    def reject(self, numbers: Iterable[int]) -> None:
        """Turn the suggestions of these rows down."""
        self._decide(numbers, decisions.rejected)

    def take_back(self, numbers: Iterable[int]) -> None:
        """Undo the decisions on these rows."""
        self._decide(numbers, decisions.cleared)

    def accept_above(self, threshold: float) -> int:
        """Accept all shown rows that are sure enough; return how many they are."""
        shown = {number: self.model.row(number) for number in self.model.shown()}
        changed = decisions.accepted_above(shown, threshold=threshold)
        self._settle(changed)
        return len(changed)

    def respell(self, chosen: Mapping[str, tuple[str, ...]]) -> int:
        """Accept other spellings of the genres that files have; return how many files change."""
        changed = unified(self.model.rows(), chosen)
        self._settle(changed)
        return len(changed)

    def may_take_back_last(self) -> bool:
        """Return whether there is a decision that `take_back_last` would undo."""
        return bool(self._steps.earlier)

    def take_back_last(self) -> list[int]:
        """Make the rows of the user's last decision what they were; return their numbers."""
        earlier, self._steps = self._steps.last(), self._steps.without_last()
        # What the album says and the settings may have changed since.
        now = {n: self.model.row(n) for n in earlier}
        self._put({n: self._as_now(row, now[n]) for n, row in earlier.items()})
        return list(earlier)

    def _as_now(self, row: Row, now: Row) -> Row:
        row = mapped(row, self.rules.mapping)
        return replace(row, album=now.album, joined_by=now.joined_by, read_only=now.read_only)

    def _decide(self, numbers: Iterable[int], decide: Callable[[Row], Row]) -> None:
        settled = {number: decide(self.model.row(number)) for number in numbers}
        self._settle({n: row for n, row in settled.items() if row is not self.model.row(n)})

    def _settle(self, changed: dict[int, Row]) -> None:
        """Put rows that the user decided on, as one step."""
        self._steps = self._steps.with_step({n: self.model.row(n) for n in changed})
        self._put(changed)

    def _on_edited(self, number: int, text: str) -> None:
        row = self.model.row(number)
        genres = decisions.typed_genres(text)
        if genres != row.suggested:
            self._decide([number], lambda row: decisions.edited(row, genres))
