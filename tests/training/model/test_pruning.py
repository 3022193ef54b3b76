"""The pruned network gives the outputs of the whole one, for the published weights and others."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import EMBEDDING_FILE, default_model_folder
from genretagger.training.model import musicnn
from genretagger.training.model.pruning import prune

LIVE = (2, 1, 3, 50, 51)  # filters of each convolution in front that keep their weights


@pytest.fixture(scope="module")
def patches():
    """Return noise, and noise that only the first or last frames hold."""
    noise = np.random.default_rng(0).exponential(0.5, (4, 187, 96)).astype(np.float32)
    noise[2, 5:] = 0
    noise[3, :-5] = 0
    return noise


@pytest.fixture(scope="module")
def published():
    return musicnn.load_embedding()


@pytest.fixture(scope="module")
def made_up(published):
    """Return the network with made-up weights, most of the filters dead, their constants not zero.

    Half of the normalisations have a negative scale.
    """
    network = keras.models.clone_model(published)
    random = np.random.default_rng(1)
    for layer in network.layers:
        weights = layer.get_weights()
        if layer.name.startswith("batch_normalization"):
            gamma, beta, mean, variance = weights
            weights = [
                random.choice([-1.0, 1.0], gamma.shape),
                *(random.normal(0, 1, values.shape) for values in (beta, mean)),
                random.uniform(0.5, 2, variance.shape),
            ]
        elif weights:
            kernel, bias = weights
            scale = np.sqrt(kernel.shape[-1] / kernel.size)
            weights = [random.normal(0, scale, kernel.shape), random.normal(0, 1, bias.shape)]
        layer.set_weights(weights)
    for index, n_live in enumerate(LIVE):
        layer = network.get_layer(f"conv2d_{index}" if index else "conv2d")
        kernel, bias = layer.get_weights()
        kernel[..., n_live:] *= 1e-7  # as the published ones
        layer.set_weights([kernel, bias])
    return network


def largest_difference(first, second, patches):
    outputs = first(patches), second(patches)
    assert outputs[0].keys() == outputs[1].keys() == {"logits", "penultimate"}
    return max(
        float(np.abs(np.asarray(outputs[0][name]) - np.asarray(outputs[1][name])).max())
        for name in outputs[0]
    )


def test_the_published_network_gives_the_same_outputs(published, patches):
    assert largest_difference(published, prune(published), patches) < 1e-5


def test_the_shipped_network_gives_the_outputs_of_the_published_one(published, patches):
    model = Model.load(default_model_folder())
    logits, penultimate = model.embed(patches)
    outputs = published(patches)
    for shipped, ours in ((logits, outputs["logits"]), (penultimate, outputs["penultimate"])):
        np.testing.assert_allclose(shipped[:, : ours.shape[1]], ours, atol=2e-5)


def test_the_shipped_network_is_without_dead_filters(published):
    n_bytes = (default_model_folder() / EMBEDDING_FILE).stat().st_size
    # It is two back ends behind one front.
    assert n_bytes < 2 * 0.5 * 4 * published.count_params()


def test_any_weights_give_the_same_outputs(made_up, patches):
    assert largest_difference(made_up, prune(made_up), patches) < 1e-4


def test_dead_filters_matter_by_their_constants(made_up, patches):
    """Otherwise the test above would prove nothing."""
    silenced = keras.models.clone_model(made_up)
    silenced.set_weights(made_up.get_weights())
    for index, n_live in enumerate(LIVE):
        layer = silenced.get_layer(f"batch_normalization_{index + 1}")
        gamma, beta, mean, variance = layer.get_weights()
        gamma[n_live:] = beta[n_live:] = 0
        layer.set_weights([gamma, beta, mean, variance])
    assert largest_difference(made_up, silenced, patches) > 0.1
