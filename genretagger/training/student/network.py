"""The student network: convolutions over a segment's log-mel, and linear heads for the targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from genretagger.training.model.feature_spec import FEATURE_SPEC
from genretagger.training.student.bank import N_SEGMENTS
from genretagger.training.student.targets import Targets

# Segments whose middles lie in each third of the excerpt.
_PARTS: Final = np.array_split(np.arange(N_SEGMENTS), (3, 7))


@dataclass(frozen=True, slots=True)
class Architecture:
    """Every number of the network.

    stem : filters of the first convolution, 5 x 5
    widths : filters of the convolutions behind it, 3 x 3, each of which halves time and frequency
    last : filters over what is left of all frequencies
    units : width of the penultimate layer
    """

    stem: int = 32
    widths: tuple[int, ...] = (64, 96, 128, 192)
    last: int = 320
    units: int = 192
    dropout: float = 0.1


TINY: Final = Architecture(stem=4, widths=(4, 4, 4, 8), last=16, units=16)


@dataclass(frozen=True, slots=True, eq=False)
class StudentNetwork:
    """A network in training.

    trunk : keras.Model   log-mel [shape=(n, n_frames, n_mels)] -> activations [shape=(n, units)]
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
    architecture: Architecture, *, n_whole: int, n_thirds: int, dtype: str
) -> StudentNetwork:
    """Build a network with weights drawn by the global seed.

    Parameters
    ----------
    architecture : Architecture
    n_whole, n_thirds : int
        Numbers of targets.
    dtype : {"float32", "mixed_bfloat16"}
        In which the trunk computes; its weights are float32.
    """
    trunk = build_trunk(architecture, dtype=dtype)
    heads = [keras.layers.Dense(width, dtype="float32") for width in (n_whole, n_thirds)]
    for head in heads:
        head.build((None, architecture.units))
    return StudentNetwork(trunk, *heads)


def build_trunk(architecture: Architecture, *, dtype: str) -> keras.Model:
    """Build the convolutions, up to the penultimate layer."""
    inputs = keras.Input((FEATURE_SPEC.n_frames, FEATURE_SPEC.n_mels))
    image = keras.layers.Reshape((FEATURE_SPEC.n_frames, FEATURE_SPEC.n_mels, 1), dtype=dtype)(
        inputs
    )
    image = keras.layers.BatchNormalization(dtype=dtype)(image)
    image = _convolved(image, architecture.stem, 5, dtype)
    for width in architecture.widths:
        image = _convolved(image, width, 3, dtype)
    height = image.shape[2]  # all frequencies that are left
    image = _convolved(image, architecture.last, (3, height), dtype, strides=1, padding="valid")
    over_time = keras.layers.Reshape((-1, architecture.last), dtype=dtype)(image)
    pooled = keras.layers.Concatenate(dtype=dtype)(
        [
            keras.layers.GlobalAveragePooling1D(dtype=dtype)(over_time),
            keras.layers.GlobalMaxPooling1D(dtype=dtype)(over_time),
        ]
    )
    kept = keras.layers.Dropout(architecture.dropout, dtype=dtype)(pooled)
    units = keras.layers.Dense(architecture.units, dtype=dtype)(kept)
    units = keras.layers.BatchNormalization(dtype=dtype)(units)
    return keras.Model(inputs, keras.layers.ReLU(dtype=dtype)(units))


def _convolved(
    image: Any,
    width: int,
    size: int | tuple[int, int],
    dtype: str,
    *,
    strides: int = 2,
    padding: str = "same",
) -> Any:
    convolution = keras.layers.Conv2D(
        width, size, strides=strides, padding=padding, use_bias=False, dtype=dtype
    )
    normalised = keras.layers.BatchNormalization(dtype=dtype)(convolution(image))
    return keras.layers.ReLU(dtype=dtype)(normalised)


def finish(network: StudentNetwork, architecture: Architecture, *, targets: Targets) -> keras.Model:
    """Return the trained student in float32, with the logits of tags that it has learned.

    Returns
    -------
    keras.Model
        Input: log-mel [float32, shape=(n, n_frames, n_mels)]. Outputs: `logits`
        [shape=(n, n_tags)] of `targets.tags`, on the scale of the teachers' logits, and
        `penultimate` [shape=(n, units)], >= 0.
    """
    trunk = build_trunk(architecture, dtype="float32")
    trunk.set_weights(network.trunk.get_weights())
    weights, bias = _read_tag_head(network, targets)
    head = keras.layers.Dense(bias.size)
    head.build((None, architecture.units))
    head.set_weights([weights, bias])
    outputs = {"logits": head(trunk.output), "penultimate": trunk.output}
    return keras.Model(trunk.input, outputs, name="student")


def _read_tag_head(
    network: StudentNetwork, targets: Targets
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights and bias of the tags' logits, with the standardising of targets undone."""
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
    return np.concatenate(weights, axis=1), np.concatenate(biases)
