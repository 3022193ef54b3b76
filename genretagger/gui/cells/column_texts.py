"""How long the texts of columns are, so that columns get the room that these need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Final

from genretagger.gui.cells.cell_texts import title_text
from genretagger.gui.cells.columns import Column
from genretagger.gui.widgets.texts import genres_text
from genretagger.review.rows.row import Row

_MOST_EXAMPLES: Final = 6  # of one length; letters differ in width
_TYPICAL: Final = 0.98  # the share of the texts that have room; one title of 300 letters has none
_TEXTS: Final[dict[Column, Callable[[Row], str]]] = {
    Column.TITLE: title_text,
    Column.ARTIST: lambda row: row.track.tags.artist if row.track else "",
    Column.ALBUM: lambda row: row.track.tags.album if row.track else "",
    Column.CURRENT: lambda row: genres_text(row.current_genres),
}


class ColumnTexts:
    """Counts the texts of the columns that tags fill, by length, and keeps examples of each."""

    def __init__(self) -> None:
        self._counts: dict[Column, Counter[int]] = {column: Counter() for column in _TEXTS}
        self._examples: dict[Column, dict[int, set[str]]] = {column: {} for column in _TEXTS}

    def add(self, rows: Iterable[Row]) -> None:
        """Count the texts of `rows`."""
        for column, read in _TEXTS.items():
            texts = [text for row in rows if (text := read(row))]
            self._counts[column].update(map(len, texts))
            for text in texts:
                examples = self._examples[column].setdefault(len(text), set())
                if len(examples) < _MOST_EXAMPLES:
                    examples.add(text)

    def counts(self, column: Column) -> bool:
        """Return whether the texts of a column are counted."""
        return column in _TEXTS

    def is_empty(self, column: Column) -> bool:
        """Return whether a column of tags has no text at all."""
        return column in _TEXTS and not self._counts[column]

    def typical_length(self, column: Column) -> int:
        """Return the length in characters that nearly all texts have at most; 0 without texts."""
        counts = self._counts[column]
        n_left = counts.total() * _TYPICAL
        for length in sorted(counts):
            n_left -= counts[length]
            if n_left <= 0:
                return length
        return 0

    def typical(self, column: Column) -> Sequence[str]:
        """Return examples of all texts but the longest."""
        most = self.typical_length(column)
        of_length = self._examples[column].items()
        return [*chain.from_iterable(texts for length, texts in of_length if length <= most)]

    def lengths(self) -> tuple[int, ...]:
        """Return the typical length of each counted column."""
        return tuple(map(self.typical_length, _TEXTS))
