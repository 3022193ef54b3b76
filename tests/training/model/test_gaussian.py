"""The classifier in NumPy: what it learns of genres, artists and strangers."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.analysis.scoring import average_segments
from genretagger.training.data.dataset import LOGITS, PENULTIMATE, load_table
from genretagger.training.data.metrics import auroc
from genretagger.training.model.gaussian import Recipe, fit_gaussians, fit_table


@pytest.fixture(scope="module")
def table(small_table):
    return load_table(small_table, needs=(LOGITS, PENULTIMATE))


@pytest.fixture(scope="module")
def rows(table):
    return average_segments(table.arrays[PENULTIMATE])


@pytest.fixture(scope="module")
def gaussians(table, rows):
    return fit_table(table, recipe=Recipe())


def test_it_learns_what_it_is_shown(gaussians, table, rows):
    logits, _ = gaussians.judge(rows)
    assert np.array_equal(logits.argmax(axis=1), table.labels)


def test_the_distance_is_that_to_the_nearest_genre_less_that_to_all_music(gaussians, table, rows):
    logits, distance = gaussians.judge(rows)
    known = (rows - gaussians.mean) / gaussians.scale
    within, overall = (m @ m.T for m in (gaussians.within, gaussians.overall))
    centres = np.linalg.solve(within, gaussians.slopes).T
    for row, expected in zip(known, distance, strict=True):
        near = min((row - centre) @ within @ (row - centre) for centre in centres)
        assert expected == pytest.approx(near - row @ overall @ row, rel=1e-6, abs=1e-6)
    assert logits.shape == (60, 10)


def test_what_it_never_heard_is_farther_than_what_it_knows(gaussians, table, rows):
    strange = np.random.default_rng(5).normal(0, 6, (40, rows.shape[1])).astype(np.float32)
    assert auroc(gaussians.judge(strange)[1], gaussians.judge(rows)[1]) > 0.95


def test_a_genre_is_not_the_sound_of_its_busiest_artist():
    random = np.random.default_rng(0)
    busy, others = random.normal((0, 6), 1, (90, 2)), random.normal((6, 0), 1, (10, 2))
    second = random.normal((-6, -6), 1, (100, 2))
    rows = np.concatenate([busy, others, second]).astype(np.float32)
    labels = np.repeat([0, 1], 100)
    groups = np.array(["busy"] * 90 + [f"other {n}" for n in range(10)] + ["second"] * 100)
    fits = [
        fit_gaussians(rows, labels, groups, n_genres=2, recipe=Recipe(artist_power=power))
        for power in (0.0, 1.0)
    ]
    # On the axis on which the busy artist differs, weighing artists alike moves the middle away.
    at_others = [fitted.judge(np.array([[6, 0]], np.float32))[0] for fitted in fits]
    gaps = [float(logits[0, 0] - logits[0, 1]) for logits in at_others]
    assert gaps[1] > gaps[0]
