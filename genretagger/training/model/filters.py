"""Filters of musicnn's convolutions, each with its normalisation, and which of them are dead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

# A filter is dead if its norm is below this share of the largest one of its convolution. In the MSD
# weights the least norm of a live filter is 4e-3 of the largest, the largest of a dead one 1e-6.
_DEAD_BELOW: Final = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Filters:
    """A convolution with its normalisation: scale * relu(convolved + bias) + offset.

    kernel : np.ndarray [float32, shape=(n_frames, n_inputs, n_filters)]
        The inputs are mel bands, or the filters of the layer before.
    bias : np.ndarray [float32, shape=(n_filters,)]
        Where inputs were folded, one for each frame [shape=(n_frames, n_filters)].
    scale, offset : np.ndarray [float32, shape=(n_filters,)]
    """

    kernel: Floats
    bias: Floats
    scale: Floats
    offset: Floats

    def find_live(self) -> Mask:
        """Return which filters have weights [shape=(n_filters,)]."""
        norms = np.linalg.norm(self.kernel.reshape(-1, self.scale.size), axis=0)
        live: Mask = norms > _DEAD_BELOW * norms.max()
        return live

    def find_constants(self) -> Floats:
        """Return the outputs of the dead filters, 0 for the others [shape=(n_filters,)]."""
        outputs = np.maximum(self.bias, 0) * self.scale + self.offset
        return np.where(self.find_live(), 0, outputs).astype(np.float32)

    def live(self) -> Filters:
        """Return the filters that have weights."""
        chosen = self.find_live()
        arrays = (self.kernel, self.bias, self.scale, self.offset)
        return Filters(*(array[..., chosen] for array in arrays))

    def folded(self, is_given: Mask, constants: Floats, *, n_frames: int) -> Filters:
        """Return the filters for only those inputs that `is_given`; the others are `constants`."""
        reach = len(self.kernel) // 2
        # Zero padding: next to the ends a filter reads fewer frames of the constants.
        padded = np.pad(np.tile(constants, (n_frames, 1)), ((reach, reach), (0, 0)))
        read = np.lib.stride_tricks.sliding_window_view(padded, len(self.kernel), axis=0)
        added = np.einsum("tik,kij->tj", read, self.kernel)
        return Filters(self.kernel[:, is_given], self.bias + added, self.scale, self.offset)

    def finish(self, convolved: Any) -> Any:
        """Return the outputs for the results of the convolution."""
        return ops.relu(convolved + self.bias) * self.scale + self.offset

    @property
    def signs(self) -> Floats:
        """-1 for filters whose largest output belongs to the least result, 1 for the others.

        Times these, the largest result over frequency belongs to the largest output, so that only
        that one is normalised.
        """
        return np.where(self.scale < 0, -1, 1).astype(np.float32)


def read_filters(network: keras.Model, index: int) -> Filters:
    """Return the filters of a convolution of musicnn; `index` counts from the input.

    The normalisation of the input is in front of the first ones.
    """
    kernel, bias = network.get_layer(f"conv2d_{index}" if index else "conv2d").get_weights()
    normalisation = read_normalisation(network, f"batch_normalization_{index + 1}")
    return Filters(kernel[:, :, 0], bias, *normalisation)


def read_normalisation(network: keras.Model, name: str) -> tuple[Floats, Floats]:
    """Return scale and offset of a batch normalisation (Ioffe and Szegedy 2015)."""
    layer = network.get_layer(name)
    gamma, beta, mean, variance = layer.get_weights()
    scale = gamma / np.sqrt(variance + layer.epsilon)
    return scale, beta - mean * scale
