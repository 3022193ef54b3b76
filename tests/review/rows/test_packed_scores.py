"""Packed predictions hold the same values as the original ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.events import TrackAnalysed
from genretagger.core.predictions import GenreScore, SegmentScores
from genretagger.review.rows.packed_scores import (
    PackedScores,
    PredictionPacker,
    iterate_genres,
)
from tests.helpers.rows import prediction, track

named = st.dictionaries(st.text(max_size=5), st.floats(0, 1), max_size=20).map(
    lambda found: tuple(GenreScore(name, score) for name, score in found.items())
)


@given(named)
def test_packed_scores_are_the_scores(scores):
    packed = PredictionPacker().pack(replace(prediction(), scores=scores)).scores
    assert isinstance(packed, PackedScores)
    assert (tuple(packed), len(packed)) == (scores, len(scores))
    assert packed == scores
    assert hash(packed) == hash(scores)
    assert packed[:3] == scores[:3]
    assert list(reversed(packed)) == list(reversed(scores))
    if scores:
        assert packed[-1] == scores[-1]


def test_scores_in_any_order_share_the_names():
    packer = PredictionPacker()
    one = packer.pack(prediction("jazz", 0.5)).scores
    other = packer.pack(prediction("pop", 0.7)).scores
    assert one != other
    assert {id(score.genre) for score in one} == {id(score.genre) for score in other}


def test_what_cannot_be_packed_stays_as_it_is():
    many = tuple(GenreScore(f"genre {n}", 1 / 300) for n in range(300))
    twice = (GenreScore("jazz", 0.5), GenreScore("jazz", 0.5))
    for scores in (many, twice):
        assert PredictionPacker().pack(replace(prediction(), scores=scores)).scores == scores


def test_a_verdict_keeps_all_but_its_segments():
    heard = prediction("jazz", 0.8, hints=("Swing",), styles=(("swing", 0.7),))
    heard = replace(heard, segments=(SegmentScores(0.0, (0.5,) * 10),))
    event = TrackAnalysed(track(genres=("Jazz", "Swing")), "digest", heard)
    small = PredictionPacker().pack_event(event)
    assert small == replace(event, prediction=replace(heard, segments=()))
    assert small.personal is None


@pytest.mark.parametrize("is_instead", [True, False])
def test_a_personal_verdict_stays_the_same_one_where_it_is_used_instead(is_instead):
    heard = prediction("jazz", 0.8)
    personal = heard if is_instead else prediction("rock", 0.6, model="personal:mine")
    small = PredictionPacker().pack_event(
        TrackAnalysed(track(), "digest", heard, personal=personal)
    )
    assert (small.personal is small.prediction) == is_instead
    assert small.personal == personal


def test_tracks_of_an_album_share_their_words():
    def one(name):
        words = {"artist": "".join(["Art", "ist"]), "album": "".join(["Alb", "um"])}
        return track(name, genres=("".join(["Ro", "ck"]),), **words)

    first, second = one("a.mp3"), one("b.mp3")
    assert first == track("a.mp3", genres=("Rock",), artist="Artist", album="Album")
    for field in ("artist", "album", "genres", "container"):
        assert getattr(first.tags, field) is getattr(second.tags, field)


@given(named)
def test_packed_hints_are_the_hints(hints):
    packer = PredictionPacker()
    packer.pack(prediction(hints=("Swing",)))
    packed = packer.pack(replace(prediction(), hints=hints)).hints
    assert tuple(packed) == hints
    assert bool(packed) == bool(hints)
    names = [hint.genre for hint in hints]
    assert list(iterate_genres(packed)) == list(iterate_genres(hints)) == names


def test_more_styles_than_a_byte_can_tell_are_kept_as_they_are():
    packer = PredictionPacker()
    for n in range(300):
        hints = (GenreScore(f"style {n}", 0.5),)
        assert tuple(packer.pack(replace(prediction(), hints=hints)).hints) == hints
    first = packer.pack(prediction(hints=("style 0",))).hints
    assert isinstance(first, PackedScores)
    assert first == packer.pack(prediction(hints=("style 0",))).hints


def test_styles_share_their_names():
    packer = PredictionPacker()
    names = [packer.pack(prediction(styles=(("".join("punk"), n / 10),))).styles for n in range(3)]
    assert len({id(styles[0].style) for styles in names}) == 1
    assert [styles[0].confidence for styles in names] == [0.0, 0.1, 0.2]
    assert packer.pack(prediction()).styles == ()
