"""The genres that are completed while the user types."""

from __future__ import annotations

from genretagger.core.texts.collation import natural_key
from genretagger.core.vocabulary import vocabulary
from genretagger.review.genres.genre_names import KnownGenres, name_family
from genretagger.review.rows.row_events import make_row
from tests.helpers.rows import track


def test_what_comes_first_then_what_is_known_each_once_in_any_case():
    known = KnownGenres()
    rows = [track("a.flac", genres=("Zydeco", "ROCK")), track("b.flac", genres=("zydeco",))]
    known.add(map(make_row, rows))
    names = known.names(["shoegaze", "Rock"])
    assert names[:2] == ["shoegaze", "Rock"]
    assert len({name.casefold() for name in names}) == len(names)
    assert {name.casefold() for name in vocabulary().names.values()} <= {
        name.casefold() for name in names
    }


def test_genres_in_files_come_before_styles_that_no_file_has():
    known = KnownGenres()
    known.add(map(make_row, [track("a.flac", genres=("Zydeco", "synthpop", "House"))]))
    names = known.names()
    seen = ["Zydeco", "synthpop", "House", *map(vocabulary().name, vocabulary().genres)]
    assert sorted(names[: len(seen)]) == sorted(seen)
    assert "Synth-Pop" not in names, "the files spell it in another way"
    assert names[len(seen) :] == sorted(names[len(seen) :], key=natural_key)
    assert "Drum & Bass" in names


def test_a_style_is_named_with_its_family():
    assert name_family("House") == name_family("deep house") == "Electronic"
    assert name_family("Grunge") == "Rock"
    assert name_family("Geek Rock") == "Rock"
    for genre in ("Rock", "Electronica", "Bedrock", ""):
        assert name_family(genre) == ""
