"""The classifier in NumPy, in Keras and in LiteRT, and what it makes of artists and strangers."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.analysis.scoring import over_time
from genretagger.training.crossvalidate import cross_validate, report
from genretagger.training.data.dataset import GENRES, LOGITS, PENULTIMATE, load_table
from genretagger.training.data.metrics import auroc, calibration_error
from genretagger.training.model.calibrate import Calibration, Logits, fit_calibration, levels
from genretagger.training.model.export import classifier_graph, to_tflite
from genretagger.training.model.gaussian import Recipe, fit
from genretagger.training.model.open_set import left_out_auroc


@pytest.fixture(scope="module")
def table(small_table):
    return load_table(small_table, needs=(LOGITS, PENULTIMATE))


@pytest.fixture(scope="module")
def rows(table):
    return over_time(table.arrays[PENULTIMATE])


@pytest.fixture(scope="module")
def found(table, rows):
    return fit(rows, table.labels, table.groups, n_genres=10, recipe=Recipe())


def test_it_learns_what_it_is_shown(found, table, rows):
    logits, _ = found.judge(rows)
    assert np.array_equal(logits.argmax(axis=1), table.labels)


def test_the_distance_is_that_to_the_nearest_genre_less_that_to_all_music(found, table, rows):
    logits, distance = found.judge(rows)
    known = (rows - found.mean) / found.scale
    within, overall = (m @ m.T for m in (found.within, found.overall))
    centres = np.linalg.solve(within, found.slopes).T
    for row, expected in zip(known, distance, strict=True):
        near = min((row - centre) @ within @ (row - centre) for centre in centres)
        assert expected == pytest.approx(near - row @ overall @ row, rel=1e-6, abs=1e-6)
    assert logits.shape == (60, 10)


def test_what_it_never_heard_is_farther_than_what_it_knows(found, table, rows):
    strange = np.random.default_rng(5).normal(0, 6, (40, rows.shape[1])).astype(np.float32)
    assert auroc(found.judge(strange)[1], found.judge(rows)[1]) > 0.95


def test_the_graph_says_what_the_arrays_say(found, rows):
    slopes = np.random.default_rng(1).normal(0, 0.1, rows.shape[1])
    graph = classifier_graph(found, music=(slopes, -0.5))
    said = graph.predict(rows, verbose=0)
    logits, distance = found.judge(rows)
    odds = (rows - found.mean) / found.scale @ slopes - 0.5
    np.testing.assert_allclose(said["logits"], logits, rtol=1e-3, atol=1e-2)
    np.testing.assert_allclose(said["distance"][:, 0], distance, rtol=1e-3, atol=0.1)
    np.testing.assert_allclose(said["music"][:, 0], odds, rtol=1e-3, atol=1e-3)


def test_two_trainings_give_the_same_bytes(table, rows):
    def trained():
        again = fit(rows, table.labels, table.groups, n_genres=10, recipe=Recipe())
        return to_tflite(
            classifier_graph(again, music=(np.zeros(rows.shape[1]), 1.0)),
            input_name="activations",
        )

    assert trained() == trained()


def test_a_genre_is_not_the_sound_of_its_busiest_artist():
    random = np.random.default_rng(0)
    busy, others = random.normal((0, 6), 1, (90, 2)), random.normal((6, 0), 1, (10, 2))
    second = random.normal((-6, -6), 1, (100, 2))
    rows = np.concatenate([busy, others, second]).astype(np.float32)
    labels = np.repeat([0, 1], 100)
    groups = np.array(["busy"] * 90 + [f"other {n}" for n in range(10)] + ["second"] * 100)
    centres = [
        fit(rows, labels, groups, n_genres=2, recipe=Recipe(artist_power=power))
        for power in (0.0, 1.0)
    ]
    # On the axis on which the busy artist differs, weighing artists alike moves the middle away.
    at_others = [one.judge(np.array([[6, 0]], np.float32))[0] for one in centres]
    gaps = [float(logits[0, 0] - logits[0, 1]) for logits in at_others]
    assert gaps[1] > gaps[0]


def test_held_out_artists_are_recognised_where_genres_are_easy(table):
    folds = cross_validate(table, recipe=Recipe())
    assert len(folds) == 15
    assert np.mean([fold.metrics(table.labels).accuracy for fold in folds]) > 0.98
    assert all(fold.segments.shape == (len(fold.rows), 10, 10) for fold in folds)
    assert "15 artist-grouped folds" in report(folds, table.labels)


def test_no_fold_is_calibrated_on_its_own_rows(table, monkeypatch):
    seen = []

    def spy(logits, labels):
        seen.append(set(logits.rows.tolist()))
        return Calibration(1.0, 0.5)

    monkeypatch.setattr("genretagger.training.crossvalidate.fit_calibration", spy)
    for fold, rows in zip(cross_validate(table, recipe=Recipe()), seen, strict=True):
        assert not rows & set(fold.rows.tolist())
        assert rows


def test_calibration_makes_confidence_mean_what_it_says():
    random = np.random.default_rng(0)
    true = random.normal(0, 2, (3000, 10))
    labels = (true + random.gumbel(size=true.shape)).argmax(axis=1)  # drawn from its softmax
    overconfident = np.repeat(5 * true[:, np.newaxis], 4, axis=1)
    held = Logits(np.arange(3000), overconfident, np.zeros(3000))
    before, after = Calibration(1.0, 0.0), fit_calibration(held, labels)
    assert after.temperature == pytest.approx(5, rel=0.1)

    def error(calibration):
        scores, _ = calibration.scores(held)
        return calibration_error(scores.max(axis=1), scores.argmax(axis=1) == labels)

    assert error(after) < 0.03 < 0.2 < error(before)


def test_levels_are_where_verdicts_are_right_often_enough():
    random = np.random.default_rng(0)
    confidence = random.uniform(0.2, 1, 20_000)
    right = random.random(20_000) < confidence  # perfectly calibrated
    found = levels(confidence, right)
    assert found.high.confidence == pytest.approx(0.95, abs=0.03)
    assert found.medium.confidence == pytest.approx(0.8, abs=0.05)
    assert found.unsure_below == pytest.approx(0.5, abs=0.03)
    assert found.high.precision > 0.95
    assert found.medium.coverage == pytest.approx(0.25, abs=0.06)


def test_no_level_is_claimed_that_was_not_measured():
    confidence = np.linspace(0.5, 1, 100)
    found = levels(confidence, np.zeros(100, np.bool_))
    assert (found.high.confidence, found.medium.confidence) == (1.0, 1.0)


def test_a_genre_that_was_left_out_is_far_away(table):
    separated = left_out_auroc(table, recipe=Recipe())
    assert list(separated) == list(GENRES)
    assert np.mean(list(separated.values())) > 0.65
