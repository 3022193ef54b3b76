"""What the other tracks of an album add to a prediction."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.genres import GenreMapping
from genretagger.core.predictions import (
    GenreScore,
    Level,
    Prediction,
    StyleScore,
    Threshold,
    Unsure,
)
from genretagger.review.albums.albums import Albums, find_album_genres, find_release
from genretagger.review.rows import decisions
from genretagger.review.rows.choices import Choice, list_choices
from genretagger.review.rows.confidence_levels import ClassifierLevels, Levels
from genretagger.review.rows.row import State
from genretagger.review.rows.row_events import make_row
from genretagger.review.table.sort_keys import SortField, make_sort_key
from tests.helpers.rows import analysed_row, prediction, track

LEVELS = ClassifierLevels(Levels(Threshold(0.95, 0.98, 0.4), Threshold(0.8, 0.95, 0.6)))
GENRES = ("jazz", "blues", "rock")


def scores_of(genre, confidence):
    rest = (1 - confidence) / (len(GENRES) - 1)
    others = [GenreScore(other, rest) for other in GENRES if other != genre]
    return (GenreScore(genre, confidence), *others)


def heard(number, genre="jazz", confidence=0.9, unsure=None, *, model="m", **tags):
    found = track(f"{number}.flac", **({"album": "Album", "title": f"Title {number}"} | tags))
    level = LEVELS.model.level_of(confidence)
    said = Prediction(genre, confidence, scores_of(genre, confidence), (), unsure, level, model)
    return analysed_row(found, said)


def with_albums(rows, albums=None):
    """Return the rows with their album contexts."""
    numbered = dict(enumerate(rows))
    albums = albums or Albums()
    found = albums.update(numbered, levels=LEVELS, row=numbered.__getitem__)
    return [replace(row, album=found.get(number)) for number, row in numbered.items()]


def test_a_verdict_that_the_others_share_is_raised_by_the_pool():
    first, *_others = with_albums([heard(0, confidence=0.6), *(heard(n) for n in range(1, 4))])
    own = dict.fromkeys(GENRES, 0.2) | {"jazz": 0.6}
    others = dict.fromkeys(GENRES, 0.05) | {"jazz": 0.9}
    powers = {genre: own[genre] * math.sqrt(others[genre]) for genre in GENRES}
    assert first.album.confidence == pytest.approx(powers["jazz"] / sum(powers.values()))
    assert (first.album.n_others, first.album.n_agreeing) == (3, 3)
    assert first.album.level is Level.MEDIUM
    assert first.prediction.confidence == 0.6
    assert first.effective_confidence == first.album.confidence == first.shown_confidence
    assert first.is_raised
    assert first.album.majority is None


def test_all_choices_say_what_the_album_made_of_the_confidence():
    first, *_others = with_albums([heard(0, confidence=0.6), *(heard(n) for n in range(1, 4))])
    choices = list_choices(first)
    assert choices[0] == Choice("jazz", first.effective_confidence)
    assert sum(choice.share for choice in choices) == pytest.approx(1)
    assert [choice.genre for choice in choices] == [s.genre for s in first.prediction.scores]
    assert choices[1].share < first.prediction.scores[1].score
    alone = heard(0, confidence=0.6)
    own = [score.score for score in alone.prediction.scores]
    assert [choice.share for choice in list_choices(alone)] == own


@pytest.mark.parametrize("doubt", [Unsure.OUTSIDE, Unsure.UNFAMILIAR])
def test_an_album_makes_no_error_surer(doubt):
    ambient = heard(0, "rock", 0.6, doubt)
    same = [heard(n, "rock", 0.9) for n in range(1, 5)]
    raised, *others = with_albums([ambient, *same])
    assert not raised.is_raised, "something speaks against the genre of the track itself"
    assert all(row.is_raised for row in others), "one of four is not the album"
    some = with_albums([heard(n, "rock", 0.6, doubt if n < 2 else None) for n in range(5)])
    assert not any(row.is_raised for row in some), "two of five are"


def test_a_style_that_is_none_of_the_genre_speaks_against_it():
    def row(number, style):
        found = heard(number, "rock", 0.6)
        styles = (StyleScore(style, 0.7, is_proven=True),)
        return replace(found, prediction=replace(found.prediction, styles=styles))

    assert all(one.is_raised for one in with_albums([row(n, "punk") for n in range(5)]))
    assert not any(one.is_raised for one in with_albums([row(n, "electronic") for n in range(5)]))


def test_two_others_are_too_few():
    assert all(row.album is None for row in with_albums([heard(n) for n in range(3)]))


def test_dissent_lowers_nothing_and_is_named():
    rows = with_albums([heard(0, "blues", 0.6), *(heard(n) for n in range(1, 4))])
    dissenter, agreeing = rows[0], rows[1]
    assert dissenter.effective_confidence == 0.6
    assert not dissenter.is_raised
    assert dissenter.album.n_agreeing == 0
    assert dissenter.album.majority == "jazz"
    assert dissenter.level is Level.LOW
    assert agreeing.album.majority is None, "the majority of its others agrees"


def test_a_majority_is_two_thirds():
    rows = [heard(0, "rock"), heard(1), heard(2), heard(3, "blues"), heard(4, "blues")]
    assert with_albums(rows)[0].album.majority is None
    assert with_albums([*rows[:4]])[0].album.majority == "jazz"


def test_a_low_confidence_is_settled_by_an_album_that_agrees():
    doubtful = heard(0, confidence=0.45, unsure=Unsure.LOW_CONFIDENCE)
    assert doubtful.state is State.UNSURE
    row = with_albums([doubtful, *(heard(n, confidence=0.99) for n in range(1, 5))])[0]
    assert row.album.confidence >= 0.8
    assert row.unsure is None
    assert row.state is State.MISSING
    assert decisions.is_sure(row, 0.8)
    assert not decisions.is_sure(row, 0.999)


@pytest.mark.parametrize("unsure", [Unsure.UNFAMILIAR, Unsure.SEGMENTS_DISAGREE])
def test_any_other_doubt_stays_whatever_the_album_says(unsure):
    doubtful = heard(0, confidence=0.6, unsure=unsure)
    row = with_albums([doubtful, *(heard(n, confidence=0.99) for n in range(1, 5))])[0]
    assert row.unsure is unsure
    assert row.state is State.UNSURE
    assert not decisions.is_sure(row, 0.0)


def test_a_doubt_stays_where_the_raised_confidence_is_still_low():
    doubtful = heard(0, confidence=0.4, unsure=Unsure.LOW_CONFIDENCE)
    row = with_albums([doubtful, *(heard(n, confidence=0.5) for n in range(1, 5))])[0]
    assert row.is_raised
    assert row.state is State.UNSURE


def test_a_doubt_stays_where_fewer_than_half_of_the_others_agree():
    doubtful = heard(0, confidence=0.45, unsure=Unsure.LOW_CONFIDENCE)
    others = [heard(1, confidence=0.9999), *(heard(n, "blues", 0.34) for n in range(2, 4))]
    row = with_albums([doubtful, *others])[0]
    assert (row.album.n_agreeing, row.album.n_others) == (1, 3)
    assert row.state is State.UNSURE


def test_what_is_not_music_neither_speaks_nor_is_spoken_for():
    speech = heard(0, confidence=0.6, unsure=Unsure.NOT_MUSIC)
    rows = with_albums([speech, *(heard(n) for n in range(1, 4))])
    assert [row.album for row in rows] == [None] * 4
    rows = with_albums([speech, *(heard(n) for n in range(1, 5))])
    assert rows[0].album is None
    assert rows[0].state is State.NOT_MUSIC
    assert rows[1].album.n_others == 3


@pytest.mark.parametrize(
    ("tags", "same"),
    [
        ({"artist": "artist ", "album": "ALBUM"}, True),
        ({"artist": "Guest", "album_artist": "Artist"}, True),
        ({"artist": "Other"}, False),
        ({"album": "Other"}, False),
        ({"artist": "Other", "album_artist": "Various Artists"}, False),
        ({"album_artist": "Various Artists"}, True),
    ],
)
def test_a_release_is_one_album_by_one_artist(tags, same):
    assert (find_release(heard(0)) == find_release(heard(1, **tags))) is same


@pytest.mark.parametrize("tags", [{"album": ""}, {"artist": ""}, {"album": " "}])
def test_without_album_or_artist_there_is_no_release(tags):
    assert find_release(heard(0, **tags)) is None


def test_copies_of_one_recording_are_one_voice():
    copies = [heard(n, title="The same") for n in range(5)]
    assert all(row.album is None for row in with_albums(copies))
    rows = with_albums([*copies, *(heard(n) for n in range(5, 8))])
    assert {row.album.n_others for row in rows} == {3}


def test_only_verdicts_of_one_model_are_pooled():
    mine = [heard(n, model="personal:mine:1") for n in range(3)]
    rows = with_albums([*mine, *(heard(n) for n in range(3, 7))])
    assert [row.album is None for row in rows] == [True] * 3 + [False] * 4


def test_a_batch_touches_its_own_albums_only():
    albums = Albums()
    rows = {n: heard(n, album=f"Album {n // 5}") for n in range(20)}
    albums.update(rows, levels=LEVELS, row=rows.__getitem__)
    rows[20] = heard(20, album="Album 2")
    again = albums.update({20: rows[20]}, levels=LEVELS, row=rows.__getitem__)
    assert sorted(again) == [*range(10, 15), 20]


def test_a_track_heard_anew_leaves_the_album_it_was_in():
    albums = Albums()
    rows = {n: heard(n) for n in range(4)}
    assert albums.update(rows, levels=LEVELS, row=rows.__getitem__)[0] is not None
    rows[3] = heard(3, album="Other")
    again = albums.update({3: rows[3]}, levels=LEVELS, row=rows.__getitem__)
    assert again == dict.fromkeys(range(4))


def test_what_is_too_large_to_be_an_album_is_none_and_said_once():
    albums = Albums()
    rows = {n: heard(n) for n in range(300)}
    assert all(albums.update(rows, levels=LEVELS, row=rows.__getitem__).values())
    rows[300] = heard(300)
    again = albums.update({300: rows[300]}, levels=LEVELS, row=rows.__getitem__)
    assert again == dict.fromkeys(range(301))
    rows[301] = heard(301)
    assert albums.update({301: rows[301]}, levels=LEVELS, row=rows.__getitem__) == {}


def test_rows_are_sorted_by_the_raised_confidence():
    rows = with_albums([heard(0, confidence=0.6), *(heard(n) for n in range(1, 4))])
    alone = heard(9, confidence=0.7, album="")
    assert make_sort_key(rows[0], SortField.CONFIDENCE) > make_sort_key(alone, SortField.CONFIDENCE)


def test_scores_of_zero_and_unlisted_genres_are_no_veto_for_ever():
    bare = [heard(n) for n in range(4)]
    scores = (GenreScore("jazz", 1.0), GenreScore("blues", 0.0))
    bare[0] = replace(bare[0], prediction=replace(bare[0].prediction, scores=scores))
    for row in with_albums(bare):
        assert math.isfinite(row.album.confidence)
        assert 0 <= row.album.confidence <= 1


@given(st.lists(st.tuples(st.sampled_from(GENRES), st.floats(0.34, 1.0)), min_size=4, max_size=12))
def test_no_album_ever_lowers_a_confidence(verdicts):
    rows = with_albums([heard(n, genre, value) for n, (genre, value) in enumerate(verdicts)])
    for row in rows:
        assert row.prediction.confidence <= row.effective_confidence <= 1
        assert 0 <= row.album.n_agreeing <= row.album.n_others == len(rows) - 1
        assert row.album.majority != row.genre


def test_what_a_personal_classifier_hears_instead_is_named_as_the_user_does():
    row = heard(0, "hiphop", model="personal:mine:1")
    assert row.suggested == ("hiphop",)
    assert heard(0, "hiphop").suggested == ("Hip-Hop",)
    own = heard(0, "Acid House", model="personal:mine:1")
    assert own.shown_confidence == 0.9
    assert replace(own, current_genres=("acid  house",)).state is State.AGREES


def test_the_own_genre_can_be_accepted_in_the_place_of_the_ten():
    row = heard(0)
    assert decisions.accepted_personal(row) is row
    mine = Prediction("Acid Jazz", 0.7, (), (), None, Level.LOW, "personal:mine:1")
    assert decisions.accepted_personal(replace(row, personal=mine)).suggested == ("Acid Jazz",)


@pytest.mark.parametrize(
    ("genres", "album_genres"),
    [
        (["rock", "rock", "jazz"], ("Rock",)),
        (["jazz"], ("Jazz",)),
        ([], ()),
    ],
)
def test_an_album_gets_what_most_of_it_sounds_like(genres, album_genres):
    assert find_album_genres(heard(n, genre) for n, genre in enumerate(genres)) == album_genres


def test_of_equally_many_it_is_what_all_sound_most_like():
    torn = replace(heard(0), prediction=prediction("jazz", 0.4))
    assert find_album_genres([torn, replace(heard(1), prediction=prediction("rock", 0.95))]) == (
        "Rock",
    )
    assert find_album_genres([torn, replace(heard(1), prediction=prediction("blues", 0.3))]) == (
        "Jazz",
    )


def test_what_is_not_music_has_no_say_and_the_mapping_holds():
    speech = heard(0, "rock", unsure=Unsure.NOT_MUSIC)
    assert find_album_genres([speech, speech, heard(1, "jazz")]) == ("Jazz",)
    assert find_album_genres([speech, make_row(track())]) == ()
    mapped = replace(heard(0, "disco"), mapping=GenreMapping((("disco", ("Disco", "Funk")),)))
    assert find_album_genres([mapped]) == ("Disco", "Funk")
