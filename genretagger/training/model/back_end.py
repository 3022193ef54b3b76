"""musicnn behind its live front filters: convolutions over time, pooling, and dense layers.

The published one is read from the whole network; the student is taught on from it. Both are applied
as parts of one graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import ops

from genretagger.training.model.filters import (
    Filters,
    Floats,
    Mask,
    read_filters,
    read_normalisation,
)

N_FRONT = 5  # convolutions before these


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A linear layer.

    weights : np.ndarray [float32, shape=(n_inputs, n_outputs)]
    bias : np.ndarray [float32, shape=(n_outputs,)]
    """

    weights: Floats
    bias: Floats

    def apply(self, values: Any) -> Any:
        """Return the outputs for `values`."""
        return ops.matmul(values, self.weights) + self.bias


@dataclass(frozen=True, slots=True, eq=False)
class BackEnd:
    """What turns the outputs of the live front filters into activations and logits.

    middle : three convolutions over time, the second and third beside a shortcut
    hidden : reads the maxima, then the means over time, of the inputs and of all three
    scale, offset : np.ndarray [float32, shape=(n_units,)]   normalise its rectified outputs
    logits : reads these
    """

    middle: tuple[Filters, Filters, Filters]
    hidden: Linear
    scale: Floats
    offset: Floats
    logits: Linear

    def apply(self, features: Any) -> dict[str, Any]:
        """Return `logits` [shape=(n, n_tags)] and `penultimate` [shape=(n, n_units)].

        Parameters
        ----------
        features : keras tensor [float32, shape=(n, n_frames, n_live)]
            Outputs of the live front filters.
        """
        first = _convolve(features, self.middle[0])
        second = first + _convolve(first, self.middle[1])
        third = second + _convolve(second, self.middle[2])
        pooled = pool([features, first, second, third])
        penultimate = ops.relu(self.hidden.apply(pooled)) * self.scale + self.offset
        return {"logits": self.logits.apply(penultimate), "penultimate": penultimate}


def pool(values: list[Any]) -> Any:
    """Return the maxima over time of all `values`, then the means."""
    over_time = ops.concatenate(values, axis=-1)
    return ops.concatenate([ops.max(over_time, axis=1), ops.mean(over_time, axis=1)], axis=-1)


def read_back_end(network: keras.Model) -> BackEnd:
    """Return the back end of the network of `musicnn.load_embedding`, for its live filters.

    What the dead filters give is constant and becomes part of the biases.
    """
    fronts = [read_filters(network, index) for index in range(N_FRONT)]
    is_live = np.concatenate([front.find_live() for front in fronts])
    constants = np.concatenate([front.find_constants() for front in fronts])
    first, second, third = (read_filters(network, N_FRONT + index) for index in range(3))
    n_frames = network.input_shape[1]
    return BackEnd(
        (first.folded(is_live, constants, n_frames=n_frames), second, third),
        _read_hidden(network, is_live, constants),
        *read_normalisation(network, "batch_normalization_10"),
        Linear(*network.get_layer("dense_1").get_weights()),
    )


def _read_hidden(network: keras.Model, is_live: Mask, constants: Floats) -> Linear:
    """Return the dense layer for the maxima, then the means, of live features.

    The normalisation in front of it is part of them; so are dead features, which are their own
    maximum and mean.
    """
    weights, bias = network.get_layer("dense").get_weights()
    scale, offset = read_normalisation(network, "batch_normalization_9")
    bias = bias + offset @ weights
    # The checkpoint has maximum and mean of a feature side by side.
    by_feature = (scale[:, np.newaxis] * weights).reshape(-1, 2, bias.size)
    bias = bias + constants @ by_feature[: constants.size].sum(axis=1)
    is_kept = np.pad(is_live, (0, len(by_feature) - is_live.size), constant_values=True)
    return Linear(np.concatenate([*by_feature[is_kept].swapaxes(0, 1)]), bias)


def _convolve(values: Any, filters: Filters) -> Any:
    """Return the outputs of filters over a few frames of all inputs [shape=(n, n_frames, 64)]."""
    reach = len(filters.kernel) // 2
    padded = ops.pad(values, ((0, 0), (reach, reach), (0, 0)))
    return filters.finish(ops.conv(padded, filters.kernel, padding="valid"))
