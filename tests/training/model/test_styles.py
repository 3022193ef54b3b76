"""A style is suggested only where enough artists show how often that is right."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.training.model.styles import LEAST_ARTISTS, fit_styles, weigh_groups
from genretagger.training.styles.labels import Label
from genretagger.training.styles.tracks import StyleTracks

TAGS = ("folk", "soul")


def make_tracks(*, n_artists, gap=6.0, per_artist=5, n_others=60):
    """Return folk by `n_artists` artists, whose tag is `gap` stronger than in the others."""
    random = np.random.default_rng(0)
    n_folk = n_artists * per_artist
    strength = np.concatenate([np.full(n_folk, gap), np.zeros(n_others)])
    strength += random.normal(0, 1, len(strength))
    logits = np.repeat(strength[:, np.newaxis, np.newaxis], 2, axis=2).astype(np.float32)
    folk = Label("", frozenset({"folk"}), frozenset())
    other = Label("rock", frozenset(), frozenset({"soul"}))
    groups = [f"singer {row // per_artist}" for row in range(n_folk)]
    groups += [f"band {row // 5}" for row in range(n_others)]
    labels = (folk,) * n_folk + (other,) * n_others
    return StyleTracks(labels, np.array(groups), logits, np.zeros((len(labels), 1, 3), np.float32))


def fit(tracks):
    return fit_styles(tracks, tags=TAGS, tags_of_style={"folk": ("folk",)})


def test_a_style_that_stands_out_is_suggested_and_proven():
    (folk,) = fit(make_tracks(n_artists=6))
    assert (folk.n_tracks, folk.n_artists, folk.n_others, folk.n_doubtful) == (30, 6, 60, 0)
    assert folk.output.is_proven
    assert folk.output.least_confidence == pytest.approx(0.5)
    assert folk.n_right >= 0.9 * folk.n_suggested > 20
    assert folk.output.lower_bound < folk.output.precision
    assert folk.auroc > 0.99


@pytest.mark.parametrize("n_artists", [1, LEAST_ARTISTS - 1])
def test_a_style_by_few_artists_stays_a_hint_however_well_it_is_heard(n_artists):
    (folk,) = fit(make_tracks(n_artists=n_artists, gap=20.0, per_artist=12))
    assert folk.auroc == 1
    assert folk.output.least_confidence is None
    assert not folk.output.is_proven


def test_a_style_that_is_not_heard_is_neither_suggested_nor_proven():
    (folk,) = fit(make_tracks(n_artists=6, gap=0.0))
    assert not folk.output.is_proven
    assert folk.n_suggested == 0
    assert folk.output.least_confidence is None


def test_tracks_of_which_nothing_is_certain_do_not_count():
    tracks = make_tracks(n_artists=6)
    (measure,) = fit_styles(tracks, tags=TAGS, tags_of_style={"soul": ("soul",)})
    assert (measure.n_tracks, measure.n_others, measure.n_doubtful) == (0, 30, 60)
    assert measure.auroc is None
    assert all(slope > 0 for slope in measure.output.slopes)


def test_a_busy_artist_weighs_by_the_root_of_his_tracks():
    assert weigh_groups(np.array(["a"] * 4 + ["b"])).tolist() == [0.5] * 4 + [1.0]
