"""The embedding network: musicnn with its published weights, rebuilt in Keras.

The structure is that of Pons, Nieto, Prockup, Schmidt, Ehmann and Serra 2018 (arXiv 1711.02520) and
Pons and Serra 2019 (arXiv 1909.06654), checked against the shapes in the checkpoint. The wheel
`musicnn` is located but never imported: its code needs TensorFlow 1 and an old NumPy.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from genretagger.core.errors import ModelError
from genretagger.training.model.feature_spec import FEATURE_SPEC as FEATURE_SPEC

# MSD_LABELS of musicnn 0.1.0: the order of the logits.
# fmt: off
TAGS: Final = (
    "rock", "pop", "alternative", "indie", "electronic",
    "female vocalists", "dance", "00s", "alternative rock", "jazz",
    "beautiful", "metal", "chillout", "male vocalists", "classic rock",
    "soul", "indie rock", "Mellow", "electronica", "80s",
    "folk", "90s", "chill", "instrumental", "punk",
    "oldies", "blues", "hard rock", "ambient", "acoustic",
    "experimental", "female vocalist", "guitar", "Hip-Hop", "70s",
    "party", "country", "easy listening", "sexy", "catchy",
    "funk", "electro", "heavy metal", "Progressive rock", "60s",
    "rnb", "indie pop", "sad", "House", "happy",
)
# fmt: on
N_UNITS: Final = 200

_EPSILON = 1e-3  # default of tf.layers.batch_normalization, which trained the weights
_TIMBRAL_HEIGHTS = (38, 67)  # 40 % and 70 % of 96 mel bands
_TEMPORAL_LENGTHS = (128, 64, 32)


def find_checkpoint() -> str:
    """Return the prefix of the MSD checkpoint inside the installed `musicnn` wheel.

    Raises
    ------
    ModelError
        The wheel is not installed.
    """
    spec = importlib.util.find_spec("musicnn")
    if spec is None or spec.origin is None:
        raise ModelError("musicnn-missing")
    return f"{Path(spec.origin).parent / 'MSD_musicnn'}/"


def load_embedding() -> keras.Model:
    """Return the network with the published weights.

    Returns
    -------
    keras.Model
        Input: log-mel [float32, shape=(n, n_frames, n_mels)]. Outputs: logits [shape=(n, 50)] and
        penultimate activations after their batch normalisation [shape=(n, 200)].

    Raises
    ------
    ModelError
        The wheel is not installed.
    """
    keras.backend.clear_session()  # layers and tensors get the same names every time
    model = _build_network()
    reader = tf.compat.v1.train.NewCheckpointReader(find_checkpoint())
    for layer in model.layers:
        if layer.weights:
            names = [weight.name for weight in layer.weights]
            layer.set_weights([_read_tensor(reader, f"{layer.name}/{name}") for name in names])
    return model


def _read_tensor(reader: Any, name: str) -> NDArray[np.float32]:
    values: NDArray[np.float32] = reader.get_tensor(name)
    return values


class _LayerNamer:
    """Names layers as TensorFlow 1 did, so that layer and checkpoint names agree."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def __call__(self, kind: str) -> str:
        count = self._counts.get(kind, 0)
        self._counts[kind] = count + 1
        return f"{kind}_{count}" if count else kind


def _build_network() -> keras.Model:
    """Build the layers in the order in which the checkpoint numbers them."""
    namer = _LayerNamer()
    inputs = keras.Input((FEATURE_SPEC.n_frames, FEATURE_SPEC.n_mels))
    image = keras.layers.Reshape((FEATURE_SPEC.n_frames, FEATURE_SPEC.n_mels, 1))(inputs)
    image = _normalised(image, namer)
    padded = keras.layers.ZeroPadding2D((3, 0))(image)
    front = [_front(padded, (7, height), 204, "valid", namer) for height in _TIMBRAL_HEIGHTS]
    front += [_front(image, (length, 1), 51, "same", namer) for length in _TEMPORAL_LENGTHS]
    features = keras.layers.Concatenate()(front)
    first = _middle(features, namer)
    second = keras.layers.Add()([_middle(first, namer), first])
    third = keras.layers.Add()([_middle(second, namer), second])
    over_time = keras.layers.Concatenate()([features, first, second, third])
    pooled = [
        keras.layers.GlobalMaxPooling1D()(over_time),
        keras.layers.GlobalAveragePooling1D()(over_time),
    ]
    # The weights expect the maximum and the mean of each feature side by side.
    pooled = [keras.layers.Reshape((-1, 1))(values) for values in pooled]
    flat = keras.layers.Flatten()(keras.layers.Concatenate()(pooled))
    dense = keras.layers.Dense(N_UNITS, activation="relu", name=namer("dense"))
    penultimate = _normalised(dense(_normalised(flat, namer)), namer)
    logits = keras.layers.Dense(len(TAGS), name=namer("dense"))(penultimate)
    return keras.Model(inputs, {"logits": logits, "penultimate": penultimate})


def _normalised(values: Any, namer: _LayerNamer) -> Any:
    name = namer("batch_normalization")
    return keras.layers.BatchNormalization(epsilon=_EPSILON, name=name)(values)


def _convolved(
    values: Any, size: tuple[int, int], filters: int, pad: str, namer: _LayerNamer
) -> Any:
    convolution = keras.layers.Conv2D(
        filters, size, padding=pad, activation="relu", name=namer("conv2d")
    )
    return _normalised(convolution(values), namer)


def _front(image: Any, size: tuple[int, int], filters: int, pad: str, namer: _LayerNamer) -> Any:
    """Return the maximum over frequency of one set of filters [shape=(n, n_frames, filters)]."""
    convolved = _convolved(image, size, filters, pad, namer)
    return keras.ops.max(convolved, axis=2)


def _middle(features: Any, namer: _LayerNamer) -> Any:
    """Return 64 filters over 7 frames and all features [shape=(n, n_frames, 64)]."""
    padded = keras.layers.ZeroPadding1D(3)(features)
    image = keras.layers.Reshape((*padded.shape[1:], 1))(padded)
    convolved = _convolved(image, (7, padded.shape[2]), 64, "valid", namer)
    return keras.layers.Reshape((FEATURE_SPEC.n_frames, 64))(convolved)
