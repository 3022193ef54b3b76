"""The student network, in training and finished."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf

from genretagger.training.student.network import TINY, Architecture, build_network, finish


@pytest.fixture
def network():
    """Return a network with weights and normalisations of chance."""
    keras.utils.set_random_seed(0)
    made = build_network(TINY, n_whole=183, n_thirds=101, dtype="float32")
    random = np.random.default_rng(0)
    for part in made.parts:
        part.set_weights([np.abs(random.normal(0, 0.5, w.shape)) + 0.1 for w in part.get_weights()])
    return made


@pytest.fixture
def segments():
    return np.random.default_rng(1).uniform(0, 2, (2, 10, 187, 96)).astype(np.float32)


def test_an_excerpt_is_the_mean_of_its_segments_and_a_third_that_of_its_own(network, segments):
    keras.utils.set_random_seed(1)
    quiet = replace(TINY, dropout=0.0)
    made = build_network(quiet, n_whole=3, n_thirds=2, dtype="float32")
    whole, thirds = made.predict(tf.constant(segments))
    rows = segments.reshape(-1, 187, 96)
    units = np.asarray(made.trunk(rows, training=True)).reshape(2, 10, -1)
    np.testing.assert_allclose(whole, made.whole(units.mean(axis=1)), atol=1e-4)
    for index, part in enumerate((slice(0, 3), slice(3, 7), slice(7, 10))):
        expected = made.thirds(units[:, part].mean(axis=1))
        np.testing.assert_allclose(thirds[:, index], expected, atol=1e-4)


def test_the_finished_student_names_tags_on_the_scale_of_the_teachers(network, targets, segments):
    student = finish(network, TINY, targets=targets)
    rows = segments[0]
    outputs = student(rows)
    units = network.trunk(rows, training=False)
    np.testing.assert_allclose(outputs["penultimate"], units, rtol=1e-4)
    assert outputs["logits"].shape == (10, 5 + 3)

    thirds = np.asarray(network.thirds(units))[:, targets.find("audioset_logits")]
    scaling = targets.scalings["audioset_logits"]
    undone = thirds / np.diag(scaling.matrix) + scaling.mean
    np.testing.assert_allclose(outputs["logits"][:, :5], undone, rtol=1e-3)

    whole = np.asarray(network.whole(units))[:, targets.find("jamendo_logits")]
    scaling = targets.scalings["jamendo_logits"]
    undone = (whole / np.diag(scaling.matrix) + scaling.mean)[:, list(targets.tags.jamendo)]
    np.testing.assert_allclose(outputs["logits"][:, 5:], undone, rtol=1e-3)


def test_a_student_that_trained_in_bfloat16_is_finished_in_float32(targets, segments):
    made = build_network(TINY, n_whole=183, n_thirds=101, dtype="mixed_bfloat16")
    assert made.trunk(segments[0]).dtype == tf.bfloat16
    student = finish(made, TINY, targets=targets)
    assert student(segments[0])["penultimate"].dtype == tf.float32
    assert {weight.dtype for weight in student.weights} == {"float32"}


def test_the_network_that_is_trained_by_default_is_small(targets):
    made = build_network(Architecture(), n_whole=183, n_thirds=101, dtype="float32")
    assert made.trunk.output_shape == (None, 192)
    assert made.trunk.count_params() < 1_500_000
