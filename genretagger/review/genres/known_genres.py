"""The genres that can be completed while one is typed: the vocabulary, and the library's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from genretagger.core.collation import natural
from genretagger.core.genres import vocabulary
from genretagger.review.rows.row import Row


class KnownGenres:
    """Remembers the genres of files as they are first seen; case does not tell two apart."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}

    def see(self, rows: Iterable[Row]) -> None:
        """Remember the genres that the files of `rows` have."""
        for row in rows:
            for genre in row.current_genres:
                self._seen.setdefault(genre.casefold(), genre)

    def names(self, first: Sequence[str] = ()) -> list[str]:
        """Return `first`, then all others that are known, sorted."""
        known = {name.casefold(): name for name in vocabulary().names.values()}
        everything = sorted({**self._seen, **known}.values(), key=natural)
        taken = {name.casefold() for name in first}
        return [*first, *(name for name in everything if name.casefold() not in taken)]
