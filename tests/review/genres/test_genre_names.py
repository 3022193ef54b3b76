"""The genres that are completed while the user types."""

from __future__ import annotations

from genretagger.core.vocabulary import vocabulary
from genretagger.review.genres.genre_names import KnownGenres
from genretagger.review.rows.row_events import make_row
from tests.helpers.rows import track


def test_what_comes_first_then_what_is_known_each_once_in_any_case():
    known = KnownGenres()
    rows = [track("a.flac", genres=("Zydeco", "ROCK")), track("b.flac", genres=("zydeco",))]
    known.add(map(make_row, rows))
    names = known.names(["shoegaze", "Rock"])
    assert names[:2] == ["shoegaze", "Rock"]
    assert names[-1] == "Zydeco"
    assert len({name.casefold() for name in names}) == len(names)
    assert {name.casefold() for name in vocabulary().names.values()} <= {
        name.casefold() for name in names
    }
