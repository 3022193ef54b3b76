"""Makes musicnn small and fast: leaves out its dead filters, and lays out the others for speed.

Nine of ten filters at the front of the published MSD network have no weights but rounding errors:
their outputs are constants, which are added to the biases of the layers that read them. The outputs
of the network stay the same (docs/performance.md has the figures).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

_Floats = NDArray[np.float32]
_Mask = NDArray[np.bool_]

# A filter is dead if its norm is below this share of the largest one of its convolution. In the MSD
# weights the least norm of a live filter is 4e-3 of the largest, the largest of a dead one 1e-6.
_DEAD_BELOW: Final = 1e-4
# Bands or frames in a block, whose positions are channels. LiteRT multiplies matrices 16 columns at
# a time (XNNPACK on AVX2): 3 or 23 filters leave much of that unused, their shifts over a block do
# not. Each network of 4, 8 or 16 bands and 8, 16 or 32 frames takes at most a fifth longer.
_BANDS: Final = 4
_FRAMES: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class _Filters:
    """A convolution with its normalisation: scale * relu(convolved + bias) + offset.

    kernel : np.ndarray [float32, shape=(n_frames, n_inputs, n_filters)]
        The inputs are mel bands, or the filters of the layer before.
    bias : np.ndarray [float32, shape=(n_filters,)]
        Where inputs were folded, one for each frame [shape=(n_frames, n_filters)].
    scale, offset : np.ndarray [float32, shape=(n_filters,)]
    """

    kernel: _Floats
    bias: _Floats
    scale: _Floats
    offset: _Floats

    def find_live(self) -> _Mask:
        """Return which filters have weights [shape=(n_filters,)]."""
        norms = np.linalg.norm(self.kernel.reshape(-1, self.scale.size), axis=0)
        live: _Mask = norms > _DEAD_BELOW * norms.max()
        return live

    def find_constants(self) -> _Floats:
        """Return the outputs of the dead filters, 0 for the others [shape=(n_filters,)]."""
        outputs = np.maximum(self.bias, 0) * self.scale + self.offset
        return np.where(self.find_live(), 0, outputs).astype(np.float32)

    def live(self) -> _Filters:
        """Return the filters that have weights."""
        chosen = self.find_live()
        arrays = (self.kernel, self.bias, self.scale, self.offset)
        return _Filters(*(array[..., chosen] for array in arrays))

    def folded(self, is_given: _Mask, constants: _Floats, *, n_frames: int) -> _Filters:
        """Return the filters for only those inputs that `is_given`; the others are `constants`."""
        reach = len(self.kernel) // 2
        # Zero padding: next to the ends a filter reads fewer frames of the constants.
        padded = np.pad(np.tile(constants, (n_frames, 1)), ((reach, reach), (0, 0)))
        read = np.lib.stride_tricks.sliding_window_view(padded, len(self.kernel), axis=0)
        added = np.einsum("tik,kij->tj", read, self.kernel)
        return _Filters(self.kernel[:, is_given], self.bias + added, self.scale, self.offset)

    def finish(self, convolved: Any) -> Any:
        """Return the outputs for the results of the convolution."""
        return ops.relu(convolved + self.bias) * self.scale + self.offset

    @property
    def signs(self) -> _Floats:
        """-1 for filters whose largest output belongs to the least result, 1 for the others.

        Times these, the largest result over frequency belongs to the largest output, so that only
        that one is normalised.
        """
        return np.where(self.scale < 0, -1, 1).astype(np.float32)


def prune(network: keras.Model) -> keras.Model:
    """Return a network with the inputs and outputs of `network`, without its dead filters.

    Parameters
    ----------
    network : keras.Model
        The network of `musicnn.load_embedding`; the result shares layers with it.
    """
    filters = [_read_filters(network, index) for index in range(8)]
    timbral, temporal, middle = filters[:2], filters[2:5], filters[5:]
    is_live = np.concatenate([front.find_live() for front in filters[:5]])
    constants = np.concatenate([front.find_constants() for front in filters[:5]])

    inputs = keras.Input(network.input_shape[1:])
    image = network.get_layer("batch_normalization")(inputs[..., np.newaxis])[..., 0]
    outputs = [_apply_timbral(image, front.live()) for front in timbral]
    outputs += [_apply_temporal(image, front.live()) for front in temporal]
    features = ops.concatenate(outputs, axis=-1)
    n_frames = network.input_shape[1]
    first = _apply_middle(features, middle[0].folded(is_live, constants, n_frames=n_frames))
    second = first + _apply_middle(first, middle[1])
    third = second + _apply_middle(second, middle[2])
    over_time = ops.concatenate([features, first, second, third], axis=-1)
    pooled = ops.concatenate([ops.max(over_time, axis=1), ops.mean(over_time, axis=1)], axis=-1)
    weights, bias = _read_dense(network, is_live, constants)
    hidden = ops.relu(ops.matmul(pooled, weights) + bias)
    penultimate = network.get_layer("batch_normalization_10")(hidden)
    logits = network.get_layer("dense_1")(penultimate)
    return keras.Model(inputs, {"logits": logits, "penultimate": penultimate})


def _read_filters(network: keras.Model, index: int) -> _Filters:
    """Return the filters of a convolution; the normalisation of the input is in front of them."""
    kernel, bias = network.get_layer(f"conv2d_{index}" if index else "conv2d").get_weights()
    normalisation = _read_normalisation(network, f"batch_normalization_{index + 1}")
    return _Filters(kernel[:, :, 0], bias, *normalisation)


def _read_normalisation(network: keras.Model, name: str) -> tuple[_Floats, _Floats]:
    """Return scale and offset of a batch normalisation (Ioffe and Szegedy 2015)."""
    layer = network.get_layer(name)
    gamma, beta, mean, variance = layer.get_weights()
    scale = gamma / np.sqrt(variance + layer.epsilon)
    return scale, beta - mean * scale


def _read_dense(
    network: keras.Model, is_live: _Mask, constants: _Floats
) -> tuple[_Floats, _Floats]:
    """Return weights and bias of the dense layer for the maxima, then the means, of live features.

    The normalisation in front of it is part of them; so are dead features, which are their own
    maximum and mean.
    """
    weights, bias = network.get_layer("dense").get_weights()
    scale, offset = _read_normalisation(network, "batch_normalization_9")
    bias = bias + offset @ weights
    # The checkpoint has maximum and mean of a feature side by side.
    by_feature = (scale[:, np.newaxis] * weights).reshape(-1, 2, bias.size)
    bias = bias + constants @ by_feature[: constants.size].sum(axis=1)
    is_kept = np.pad(is_live, (0, len(by_feature) - is_live.size), constant_values=True)
    return np.concatenate([*by_feature[is_kept].swapaxes(0, 1)]), bias


def spread(kernel: _Floats, size: int) -> _Floats:
    """Return a kernel for blocks, which gives the outputs of `kernel` at all positions of a block.

    Parameters
    ----------
    kernel : np.ndarray [float32, shape=(n_rows, n_taps, n_filters)]
    size : int
        The number of positions in a block.

    Returns
    -------
    np.ndarray [float32, shape=(n_rows, n_blocks, size, size * n_filters)]
        Its inputs are the positions of a block, its outputs the positions times the filters.
    """
    n_rows, n_taps, n_filters = kernel.shape
    n_blocks = _count_blocks(n_taps + size - 1, size)
    shifted = np.zeros((n_rows, n_blocks * size, size, n_filters), np.float32)
    for shift in range(size):
        shifted[:, shift : shift + n_taps, shift] = kernel
    return shifted.reshape(n_rows, n_blocks, size, size * n_filters)


def _count_blocks(n_positions: int, size: int) -> int:
    return -(-n_positions // size)


def _apply_timbral(image: Any, filters: _Filters) -> Any:
    """Return the largest outputs over frequency [shape=(n, n_frames, n_filters)]."""
    _, n_frames, n_bands = image.shape
    n_rows, n_taps, n_filters = filters.kernel.shape
    n_positions = n_bands - n_taps + 1
    kernel = spread(filters.kernel * filters.signs, _BANDS)
    n_blocks = _count_blocks(n_positions, _BANDS) + kernel.shape[1] - 1
    reach = n_rows // 2
    padded = ops.pad(image, ((0, 0), (reach, reach), (0, n_blocks * _BANDS - n_bands)))
    blocks = ops.reshape(padded, (-1, n_frames + 2 * reach, n_blocks, _BANDS))
    convolved = ops.conv(blocks, kernel, padding="valid")
    by_band = ops.reshape(convolved, (-1, n_frames, convolved.shape[2] * _BANDS, n_filters))
    return filters.finish(ops.max(by_band[:, :, :n_positions], axis=2) * filters.signs)


def _apply_temporal(image: Any, filters: _Filters) -> Any:
    """Return the largest outputs over frequency [shape=(n, n_frames, n_filters)]."""
    _, n_frames, n_bands = image.shape
    n_taps, _, n_filters = filters.kernel.shape
    kernel = spread(filters.kernel.swapaxes(0, 1) * filters.signs, _FRAMES)
    n_blocks = _count_blocks(n_frames, _FRAMES) + kernel.shape[1] - 1
    before = (n_taps - 1) // 2  # as TensorFlow pads for outputs of the same length
    ends = (before, n_blocks * _FRAMES - before - n_frames)
    padded = ops.pad(ops.transpose(image, (0, 2, 1)), ((0, 0), (0, 0), ends))
    blocks = ops.reshape(padded, (-1, n_bands, n_blocks, _FRAMES))
    strongest = ops.max(ops.conv(blocks, kernel, padding="valid"), axis=1)
    by_frame = ops.reshape(strongest, (-1, strongest.shape[1] * _FRAMES, n_filters))
    return filters.finish(by_frame[:, :n_frames] * filters.signs)


def _apply_middle(values: Any, filters: _Filters) -> Any:
    """Return the outputs of filters over a few frames of all inputs [shape=(n, n_frames, 64)]."""
    reach = len(filters.kernel) // 2
    padded = ops.pad(values, ((0, 0), (reach, reach), (0, 0)))
    return filters.finish(ops.conv(padded, filters.kernel, padding="valid"))
