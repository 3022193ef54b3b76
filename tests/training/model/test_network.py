"""The network learns from its teacher and from what is true, and is one network of its members."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from genretagger.training.data.dataset import LOGITS, PENULTIMATE, load_table
from genretagger.training.model import network
from genretagger.training.model.gaussian import Recipe, fit_table
from genretagger.training.model.network import SHIPPED, fit_network, make_silent_network


@pytest.fixture(scope="module")
def table(small_table):
    return load_table(small_table, needs=(LOGITS, PENULTIMATE))


@pytest.fixture(scope="module")
def gaussians(table):
    return fit_table(table, recipe=Recipe())


@pytest.fixture(scope="module")
def fitted(table, gaussians):
    return fit_network(table, gaussians=gaussians, recipe=SHIPPED)


def test_it_learns_what_it_is_shown(fitted, table):
    logits = fitted.judge(table.arrays[PENULTIMATE].mean(axis=1))
    assert np.array_equal(logits.argmax(axis=1), table.labels)


def test_two_trainings_give_the_same_numbers(fitted, table, gaussians):
    rows = np.arange(0, len(table.clips), 2)
    fit_network(table, rows, gaussians=gaussians, recipe=SHIPPED)  # another one between them
    again = fit_network(table, gaussians=gaussians, recipe=SHIPPED)
    for name in ("hidden", "hidden_offsets", "slopes", "offsets"):
        assert getattr(again, name).tobytes() == getattr(fitted, name).tobytes()


def test_it_is_the_mean_of_its_members(table, gaussians):
    recipe = replace(SHIPPED, n_members=2, n_hidden=3, most_epochs=1)
    fitted = fit_network(table, gaussians=gaussians, recipe=recipe)
    rows = table.arrays[PENULTIMATE][:, 0]
    model, _ = network._build_model(rows.shape[1], recipe)
    standardised = ((rows - gaussians.mean) / gaussians.scale).astype(np.float32)
    logs = np.log(model.predict(standardised, verbose=0))  # of each row, for each member
    centred = logs - logs.mean(axis=2, keepdims=True)
    logits = fitted.judge(rows)
    expected = logits - logits.mean(axis=1, keepdims=True)
    np.testing.assert_allclose(centred.mean(axis=1), expected, atol=1e-3)


def test_no_member_learns_from_the_artists_that_stop_it(table):
    parts = network._part_artists(table.labels, table.groups, n_parts=5)
    for group in np.unique(table.groups):
        assert len(np.unique(parts[table.groups == group])) == 1
    lesson = network._make_lesson(
        table.arrays[PENULTIMATE],
        table.labels,
        parts,
        np.ones(len(parts), np.float32),
        gaussians=fit_table(table, recipe=Recipe()),
        recipe=SHIPPED,
    )
    n_segments = lesson.rows.shape[0] // round(1 + SHIPPED.mixtures)
    owners = np.repeat(np.arange(len(parts)), 10)
    for member, weights in enumerate(lesson.weights.T):
        assert not weights[:n_segments][parts[owners] == member].any()
        assert weights[n_segments:].any()
    np.testing.assert_allclose(lesson.targets.sum(axis=1), 1, rtol=1e-5)


def test_a_genre_that_it_never_heard_is_never_named(table, gaussians):
    rows = np.flatnonzero(table.labels != 3)
    nine = fit_table(table, rows, recipe=Recipe())
    fitted = fit_network(table, rows, gaussians=nine, recipe=replace(SHIPPED, most_epochs=1))
    assert not np.any(fitted.judge(table.arrays[PENULTIMATE]).argmax(axis=2) == 3)


def test_a_table_of_one_artist_can_be_learned_from(table, gaussians):
    alone = replace(table, artists=np.full(len(table.clips), "one"))
    fitted = fit_network(alone, gaussians=gaussians, recipe=replace(SHIPPED, most_epochs=1))
    assert np.isfinite(fitted.judge(table.arrays[PENULTIMATE])).all()


def test_a_silent_network_prefers_nothing(gaussians, table):
    logits = make_silent_network(gaussians).judge(table.arrays[PENULTIMATE])
    assert not logits.any()
