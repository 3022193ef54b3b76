"""The genres that are completed while the user types."""

from __future__ import annotations

import pytest

from genretagger.core.texts.collation import natural_key
from genretagger.core.vocabulary import vocabulary
from genretagger.review.genres.known_genres import KnownGenres, fold_typed, name_broader
from genretagger.review.rows.row_events import make_row
from tests.helpers.rows import track


def rows(*genres):
    return [make_row(track(f"{n}.flac", genres=one)) for n, one in enumerate(genres)]


def known(*genres):
    made = KnownGenres()
    made.change((), rows(*genres))
    return made


def names(made, *first):
    return [offer.name for offer in made.offers(first)]


def test_what_comes_first_then_what_is_known_each_once_in_any_case():
    made = known(("Zydeco", "ROCK"), ("zydeco",))
    offered = names(made, "shoegaze", "Rock")
    assert offered[:2] == ["shoegaze", "Rock"]
    assert len({name.casefold() for name in offered}) == len(offered)
    assert {name.casefold() for name in vocabulary().names.values()} <= {
        name.casefold() for name in offered
    }


def test_genres_in_files_come_before_styles_that_no_file_has():
    offered = names(known(("Zydeco", "synthpop", "House")))
    seen = ["Zydeco", "synthpop", "House", *map(vocabulary().name, vocabulary().genres)]
    assert sorted(offered[: len(seen)]) == sorted(seen)
    assert "Synth-Pop" not in offered, "the files spell it in another way"
    assert offered[len(seen) :] == sorted(offered[len(seen) :], key=natural_key)
    assert "Drum & Bass" in offered


def test_the_spelling_of_most_files_comes_first_with_the_files_of_all_spellings():
    made = known(("deep house",), ("Deep House", "deep-house"), ("Deep House; Ska",), ("Salsa",))
    offers = [(one.name, one.n_files) for one in made.offers()[:3]]
    assert offers == [("Deep House", 3), ("Salsa", 1), ("Ska", 1)]
    assert "Deep House; Ska" not in names(made), "a text of two genres is none of its own"
    assert names(known(("Folk, World, & Country",)))[0] == "Folk, World, & Country"


def test_what_no_file_has_any_more_is_forgotten():
    made = known(("Zydecoo",), ("Salsa",))
    assert "Zydecoo" in names(made)
    made.change(rows(("Zydecoo",)), rows(("Zydeco",)))
    assert "Zydecoo" not in names(made)
    assert made.offers()[1].name == "Zydeco"


@pytest.mark.parametrize("typed", ["hip-h", "HOP", "hiphop", "Hip-Hop"])
def test_part_of_a_name_finds_it_without_its_case_and_punctuation(typed):
    offers = known(("Hip-Hop",)).offers()
    assert fold_typed(typed) in offers[0].matched


def test_accents_need_not_be_typed():
    assert fold_typed("clasi") in known(("Cl\u00e1sica",)).offers()[0].matched
    assert fold_typed("cl\u00c1si") in known(("Cl\u00e1sica",)).offers()[0].matched


def test_a_style_is_named_with_what_it_is_part_of():
    assert name_broader("House") == "Electronic"
    assert name_broader("deep house") == "House"
    assert name_broader("Grunge") == "Alternative Rock"
    assert name_broader("Geek Rock") == "Rock"
    for genre in ("Rock", "Electronica", "Bedrock", ""):
        assert name_broader(genre) == ""
