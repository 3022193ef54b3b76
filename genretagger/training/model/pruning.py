"""Makes musicnn small and fast: leaves out its dead filters, and lays out the others for speed.

Nine of ten filters at the front of the published MSD network have no weights but rounding errors:
their outputs are constants, which are added to the biases of the layers that read them. The outputs
of the network stay the same (docs/performance.md has the figures).
"""

from __future__ import annotations

from typing import Any, Final

import keras
import numpy as np
from keras import ops

from genretagger.training.model.back_end import N_FRONT, read_back_end
from genretagger.training.model.filters import Filters, Floats, read_filters

# Bands or frames in a block, whose positions are channels. LiteRT multiplies matrices 16 columns at
# a time (XNNPACK on AVX2): 3 or 23 filters leave much of that unused, their shifts over a block do
# not. Each network of 4, 8 or 16 bands and 8, 16 or 32 frames takes at most a fifth longer.
_BANDS: Final = 4
_FRAMES: Final = 8
_N_TIMBRAL: Final = 2  # of the front convolutions; the others look along time only


def prune(network: keras.Model) -> keras.Model:
    """Return a network with the inputs and outputs of `network`, without its dead filters.

    Parameters
    ----------
    network : keras.Model
        The network of `musicnn.load_embedding`; the result shares a layer with it.
    """
    front = build_front(network)
    return keras.Model(front.input, read_back_end(network).apply(front.output))


def build_front(network: keras.Model) -> keras.Model:
    """Return the live front filters of the network of `musicnn.load_embedding`.

    Returns
    -------
    keras.Model
        Input: log-mel [float32, shape=(n, n_frames, n_mels)]. Output: the largest output of each
        filter over frequency [shape=(n, n_frames, n_live)].
    """
    filters = [read_filters(network, index).live() for index in range(N_FRONT)]
    inputs = keras.Input(network.input_shape[1:])
    image = network.get_layer("batch_normalization")(inputs[..., np.newaxis])[..., 0]
    outputs = [_apply_timbral(image, front) for front in filters[:_N_TIMBRAL]]
    outputs += [_apply_temporal(image, front) for front in filters[_N_TIMBRAL:]]
    return keras.Model(inputs, ops.concatenate(outputs, axis=-1))


def spread(kernel: Floats, size: int) -> Floats:
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


def _apply_timbral(image: Any, filters: Filters) -> Any:
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


def _apply_temporal(image: Any, filters: Filters) -> Any:
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
