"""The student network: musicnn, taught on behind its front filters, and heads for the targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from genretagger.training.model.back_end import BackEnd, Linear, pool
from genretagger.training.model.filters import Filters, Floats
from genretagger.training.student.bank import N_SEGMENTS
from genretagger.training.student.targets import Targets

# Segments whose middles lie in each third of the excerpt.
_PARTS: Final = np.array_split(np.arange(N_SEGMENTS), (3, 7))
_MIDDLE: Final = ("first", "second", "third")
_HIDDEN: Final = "hidden"


class _Finish(keras.layers.Layer):  # type: ignore[misc]
    """scale * relu(values + bias) + offset, with weights that are taught on."""

    def __init__(self, bias: Floats, scale: Floats, offset: Floats, *, name: str) -> None:
        super().__init__(name=name)
        # By these names the optimiser knows what not to decay.
        self.bias, self.gamma, self.beta = (
            self.add_weight(
                shape=values.shape, initializer=keras.initializers.Constant(values), name=kind
            )
            for kind, values in (("bias", bias), ("gamma", scale), ("beta", offset))
        )

    def call(self, values: Any) -> Any:
        """Return the outputs for the results of a linear layer."""
        return ops.relu(values + self.bias) * self.gamma + self.beta


@dataclass(frozen=True, slots=True, eq=False)
class StudentNetwork:
    """A network in training.

    trunk : keras.Model   log-mel [shape=(n, n_frames, n_mels)] -> activations [shape=(n, n_units)]
    whole, thirds : keras.layers.Dense   activations -> targets of an excerpt, of each third
    """

    trunk: keras.Model
    whole: keras.layers.Dense
    thirds: keras.layers.Dense

    @property
    def parts(self) -> tuple[Any, ...]:
        """All that has variables."""
        return self.trunk, self.whole, self.thirds

    def predict(self, segments: Any) -> tuple[Any, Any]:
        """Return the predicted targets of excerpts, as in training: with dropout.

        Parameters
        ----------
        segments : tf.Tensor [float32, shape=(n, 10, n_frames, n_mels)]

        Returns
        -------
        tf.Tensor [float32, shape=(n, n_whole)]
        tf.Tensor [float32, shape=(n, 3, n_thirds)]
        """
        rows = tf.reshape(segments, (-1, *segments.shape[2:]))
        activations = tf.cast(self.trunk(rows, training=True), tf.float32)
        by_excerpt = tf.reshape(activations, (-1, N_SEGMENTS, activations.shape[-1]))
        means = [tf.reduce_mean(tf.gather(by_excerpt, part, axis=1), axis=1) for part in _PARTS]
        return self.whole(tf.reduce_mean(by_excerpt, axis=1)), self.thirds(tf.stack(means, axis=1))


def build_network(
    front: keras.Model, start: BackEnd, *, n_whole: int, n_thirds: int, dropout: float
) -> StudentNetwork:
    """Build a network that begins as `start`; the weights of its heads follow the global seed.

    Parameters
    ----------
    front : keras.Model
        The result of `pruning.build_front`; it is not taught.
    start : BackEnd
        What is taught on.
    n_whole, n_thirds : int
        Numbers of targets.
    dropout : float in [0, 1)
        Share of the pooled values that is left out at each step.
    """
    trunk = _build_trunk(front, start, dropout=dropout)
    heads = [keras.layers.Dense(width) for width in (n_whole, n_thirds)]
    for head in heads:
        head.build((None, start.scale.size))
    return StudentNetwork(trunk, *heads)


def _build_trunk(front: keras.Model, start: BackEnd, *, dropout: float) -> keras.Model:
    """Build the front filters, frozen, and behind them layers that begin as `start`."""
    front.trainable = False
    features = front.output
    first = _convolve(features, start.middle[0], _MIDDLE[0])
    second = first + _convolve(first, start.middle[1], _MIDDLE[1])
    third = second + _convolve(second, start.middle[2], _MIDDLE[2])
    kept = keras.layers.Dropout(dropout)(pool([features, first, second, third]))
    hidden = keras.layers.Dense(start.scale.size, use_bias=False, name=_HIDDEN)
    finish = _Finish(start.hidden.bias, start.scale, start.offset, name=f"{_HIDDEN}_finish")
    trunk = keras.Model(front.input, finish(hidden(kept)))
    hidden.set_weights([start.hidden.weights])
    return trunk


def _convolve(values: Any, filters: Filters, name: str) -> Any:
    n_taps, _, n_filters = filters.kernel.shape
    convolution = keras.layers.Conv1D(n_filters, n_taps, padding="same", use_bias=False, name=name)
    finish = _Finish(filters.bias, filters.scale, filters.offset, name=f"{name}_finish")
    outputs = finish(convolution(values))
    convolution.set_weights([filters.kernel])
    return outputs


def finish(network: StudentNetwork, *, targets: Targets) -> BackEnd:
    """Return what the trained network has behind its front, with a head for the tags it learned.

    The logits are those of `targets.tags`, on the scale of the teachers' logits.
    """
    first, second, third = (
        Filters(*_read_layer(network, name), *_read_finish(network, name)) for name in _MIDDLE
    )
    bias, scale, offset = _read_finish(network, _HIDDEN)
    (weights,) = _read_layer(network, _HIDDEN)
    hidden = Linear(weights, bias)
    return BackEnd((first, second, third), hidden, scale, offset, _read_tag_head(network, targets))


def _read_layer(network: StudentNetwork, name: str) -> list[Floats]:
    weights: list[Floats] = network.trunk.get_layer(name).get_weights()
    return weights


def _read_finish(network: StudentNetwork, name: str) -> list[Floats]:
    """Return bias, scale and offset behind the layer of that name."""
    return _read_layer(network, f"{name}_finish")


def _read_tag_head(network: StudentNetwork, targets: Targets) -> Linear:
    """Return the head of the tags' logits, with the standardising of targets undone."""
    parts = []
    for head, name, chosen in (
        (network.thirds, "audioset_logits", slice(None)),
        (network.whole, "jamendo_logits", list(targets.tags.jamendo)),
    ):
        weights, bias = (values[..., targets.find(name)] for values in head.get_weights())
        scaling = targets.scalings[name]
        undo = 1 / np.diag(scaling.matrix)
        parts.append(((weights * undo)[:, chosen], (bias * undo + scaling.mean)[chosen]))
    weights, biases = zip(*parts, strict=True)
    return Linear(
        np.concatenate(weights, axis=1).astype(np.float32),
        np.concatenate(biases).astype(np.float32),
    )
