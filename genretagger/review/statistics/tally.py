"""How many tracks there are of each kind: the one source of all counts that the window shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from genretagger.review.rows.row import Row, State
from genretagger.review.rows.suggestion_mark import WriteRules, will_change_file


class Tally:
    """The rows counted, and kept right as rows change.

    Attributes
    ----------
    states : Counter of State
        How many rows are in each state.
    n_heard : int
        How many rows have a prediction.
    n_outstanding : int
        How many rows are accepted and not written.
    """

    def __init__(self) -> None:
        self.states: Counter[State] = Counter()
        self.n_heard = self.n_outstanding = 0
        self._to_write: set[int] = set()  # ids of rows whose files a write would change

    @property
    def n_tracks(self) -> int:
        """How many rows there are."""
        return self.states.total()

    @property
    def n_to_write(self) -> int:
        """How many files a write would change."""
        return len(self._to_write)

    @property
    def n_staying(self) -> int:
        """How many accepted rows a write would leave as they are."""
        return self.n_outstanding - self.n_to_write

    def agreeing_together(self) -> Counter[State]:
        """Return how many rows are in each state, those with a finer genre among what agrees."""
        states = Counter(self.states)
        states[State.AGREES] += states.pop(State.FINER, 0)
        return states

    def change(self, old: Collection[Row], new: Mapping[int, Row], rules: WriteRules) -> None:
        """Count `new` rows, by row id, in the place of `old` ones."""
        for rows, sign in ((old, -1), (new.values(), 1)):
            self.n_heard += sign * sum(row.prediction is not None for row in rows)
            self.n_outstanding += sign * sum(row.outstanding for row in rows)
        self.states.subtract(row.state for row in old)
        self.states.update(row.state for row in new.values())
        self._to_write -= new.keys()
        self._to_write |= {id_ for id_, row in new.items() if will_change_file(row, rules)}

    def follow(self, rows: Sequence[Row], rules: WriteRules) -> None:
        """Count anew what a write would change, by other rules; `rows` are all there are."""
        self._to_write = {id_ for id_, row in enumerate(rows) if will_change_file(row, rules)}
