"""The exported classifier says what the arrays say, in the same bytes every time."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.analysis.scoring import average_segments
from genretagger.training.data.dataset import LOGITS, PENULTIMATE, load_table
from genretagger.training.model.export import build_classifier, to_tflite
from genretagger.training.model.gaussian import Recipe, fit_table
from genretagger.training.model.network import SHIPPED, fit_network


@pytest.fixture(scope="module")
def table(small_table):
    return load_table(small_table, needs=(LOGITS, PENULTIMATE))


@pytest.fixture(scope="module")
def rows(table):
    return average_segments(table.arrays[PENULTIMATE])


def fit(table):
    return fit_network(table, gaussians=fit_table(table, recipe=Recipe()), recipe=SHIPPED)


def test_the_graph_says_what_the_arrays_say(table, rows):
    network = fit(table)
    gaussians = network.gaussians
    slopes = np.random.default_rng(1).normal(0, 0.1, rows.shape[1])
    graph = build_classifier(network, music=(slopes, -0.5))
    outputs = graph.predict(rows, verbose=0)
    logits, (_, distance) = network.judge(rows), gaussians.judge(rows)
    odds = (rows - gaussians.mean) / gaussians.scale @ slopes - 0.5
    np.testing.assert_allclose(outputs["logits"], logits, rtol=1e-3, atol=1e-2)
    np.testing.assert_allclose(outputs["distance"][:, 0], distance, rtol=1e-3, atol=0.1)
    np.testing.assert_allclose(outputs["music"][:, 0], odds, rtol=1e-3, atol=1e-3)


def test_two_trainings_give_the_same_bytes(table, rows):
    def trained():
        return to_tflite(
            build_classifier(fit(table), music=(np.zeros(rows.shape[1]), 1.0)),
            input_name="activations",
        )

    assert trained() == trained()
