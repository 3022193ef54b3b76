"""The student network: it begins as musicnn, is taught on, and is finished as a back end."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

from genretagger.training.student.network import build_network, finish


@pytest.fixture
def network(start):
    keras.utils.set_random_seed(0)
    return build_network(*start, n_whole=180, n_thirds=101, dropout=0.0)


@pytest.fixture
def segments():
    return np.random.default_rng(1).uniform(0, 2, (2, 10, 187, 96)).astype(np.float32)


def disturb(network):
    """Change all that can be taught."""
    random = np.random.default_rng(0)
    for part in network.parts:
        for variable in part.trainable_variables:
            variable.assign_add(random.normal(0, 0.05, variable.shape))


def test_it_begins_as_what_is_taught_on(network, start, segments):
    front, back_end = start
    expected = back_end.apply(front(segments[0]))["penultimate"]
    np.testing.assert_allclose(network.trunk(segments[0]), expected, rtol=1e-4, atol=1e-4)


def test_the_front_is_not_taught(network, start):
    front, _ = start
    taught = {id(variable) for variable in network.trunk.trainable_variables}
    assert len(taught) == 4 * (1 + 3)
    assert not taught & {id(variable) for variable in front.variables}


def test_what_is_pooled_is_left_out_at_random_in_training_only(start, segments):
    made = build_network(*start, n_whole=3, n_thirds=2, dropout=0.5)
    first, second = made.predict(tf.constant(segments)), made.predict(tf.constant(segments))
    assert not np.allclose(first[0], second[0])
    units = [made.trunk(segments[0], training=False) for _ in range(2)]
    np.testing.assert_array_equal(*units)


def test_an_excerpt_is_the_mean_of_its_segments_and_a_third_that_of_its_own(network, segments):
    whole, thirds = network.predict(tf.constant(segments))
    units = np.asarray(network.trunk(segments.reshape(-1, 187, 96))).reshape(2, 10, -1)
    np.testing.assert_allclose(whole, network.whole(units.mean(axis=1)), atol=1e-3)
    for index, part in enumerate((slice(0, 3), slice(3, 7), slice(7, 10))):
        expected = network.thirds(units[:, part].mean(axis=1))
        np.testing.assert_allclose(thirds[:, index], expected, atol=1e-3)


def test_the_finished_student_is_what_was_taught(network, start, targets, segments):
    disturb(network)
    outputs = finish(network, targets=targets).apply(start[0](segments[0]))
    units = network.trunk(segments[0], training=False)
    np.testing.assert_allclose(outputs["penultimate"], units, rtol=1e-3, atol=1e-3)


def test_the_finished_student_names_tags_on_the_scale_of_the_teachers(
    network, start, targets, segments
):
    disturb(network)
    outputs = finish(network, targets=targets).apply(start[0](segments[0]))
    units = network.trunk(segments[0], training=False)
    assert outputs["logits"].shape == (10, 5 + 3)

    thirds = np.asarray(network.thirds(units))[:, targets.find("audioset_logits")]
    scaling = targets.scalings["audioset_logits"]
    undone = thirds / np.diag(scaling.matrix) + scaling.mean
    np.testing.assert_allclose(outputs["logits"][:, :5], undone, rtol=1e-3, atol=1e-3)

    whole = np.asarray(network.whole(units))[:, targets.find("jamendo_logits")]
    scaling = targets.scalings["jamendo_logits"]
    undone = (whole / np.diag(scaling.matrix) + scaling.mean)[:, list(targets.tags.jamendo)]
    np.testing.assert_allclose(outputs["logits"][:, 5:], undone, rtol=1e-3, atol=1e-3)
