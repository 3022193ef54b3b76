"""Music of none of the ten is told from music of one of them, whole sources held out."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.analysis.manifest import default_model_folder
from genretagger.training.data.dataset import LOGITS, PENULTIMATE, load_table
from genretagger.training.data.metrics import auroc
from genretagger.training.model.embedding import read_embedding
from genretagger.training.model.gaussian import Recipe, fit_table
from genretagger.training.model.outside import (
    CALLED_SHARE,
    choose_outside_threshold,
    compute_outside_odds,
    fit_outside,
)
from genretagger.training.styles.labels import Label
from genretagger.training.styles.tracks import StyleTracks, pool_tracks, take_clips

RECORD = read_embedding(default_model_folder()).record


def make_music(genre, *, n, seed, centre_seed):
    """Return `n` tracks around one centre, five of each source."""
    centre = np.random.default_rng(centre_seed).normal(0, 2, RECORD.n_units)
    segments = centre + np.random.default_rng(seed).normal(0, 1, (n, 10, RECORD.n_units))
    label = Label(genre, frozenset(), frozenset())
    groups = np.array([f"{genre} {seed} {row // 5}" for row in range(n)])
    logits = np.zeros((n, 10, len(RECORD.tags)), np.float32)
    return StyleTracks((label,) * n, groups, logits, segments.astype(np.float32))


@pytest.fixture(scope="module")
def table(small_table):
    return load_table(small_table, needs=(LOGITS, PENULTIMATE))


@pytest.fixture(scope="module")
def gaussians(table):
    return fit_table(table, recipe=Recipe())


def test_held_out_sources_are_told_from_the_clips(table, gaussians):
    clips = take_clips(table)
    tracks = pool_tracks(clips, make_music("", n=40, seed=1, centre_seed=77))
    odds = compute_outside_odds(gaussians, tracks)
    assert auroc(odds[len(clips.labels) :], odds[: len(clips.labels)]) > 0.95


def test_music_of_unknown_genre_is_not_learned_from(table, gaussians):
    known = pool_tracks(take_clips(table), make_music("", n=40, seed=1, centre_seed=77))
    more = pool_tracks(known, make_music("?", n=40, seed=2, centre_seed=78))
    slopes, offset = fit_outside(gaussians, known)
    again, same = fit_outside(gaussians, more)
    np.testing.assert_array_equal(slopes, again)
    assert offset == same


def test_soundtracks_that_sound_classical_are_not_learned_from(table, gaussians):
    clips = take_clips(table)
    known = pool_tracks(clips, make_music("", n=40, seed=1, centre_seed=77))
    orchestral = clips.select(np.flatnonzero(table.genres == "classical"))
    label = Label("", frozenset(), frozenset())
    soundtrack = StyleTracks(
        (label,) * len(orchestral.labels),
        np.array(["a game"] * len(orchestral.labels)),
        orchestral.logits,
        orchestral.penultimate,
    )
    slopes, _ = fit_outside(gaussians, known)
    again, _ = fit_outside(gaussians, pool_tracks(known, soundtrack))
    np.testing.assert_array_equal(slopes, again)


def test_few_clips_lie_above_the_threshold():
    odds = np.random.default_rng(0).normal(0, 1, 1000)
    above = np.mean(odds > choose_outside_threshold(odds))
    assert above == pytest.approx(CALLED_SHARE, abs=0.002)
