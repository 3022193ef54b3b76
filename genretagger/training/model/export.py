"""Write Keras networks and arrays as a model folder that the application loads."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import io
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Final

import keras
import librosa
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from genretagger.analysis import statistics
from genretagger.analysis.manifest import (
    CLASSIFIER_FILE,
    EMBEDDING_FILE,
    FILTERBANKS_FILE,
    LOG_MEL,
    MANIFEST_FILE,
)
from genretagger.core.predictions import FeatureSpec, ModelManifest
from genretagger.training.model.embedding import Embedding
from genretagger.training.model.feature_spec import make_mel_filters
from genretagger.training.model.network import Network

_LICENCES_FILE: Final = "LICENSES"
# Followed by the licence of musicnn.
_LICENCES: Final = """\
Licences of the files in this folder

classifier.tflite, filterbanks.npz, manifest.json, MODEL_CARD.md
    Part of Genretagger, GPL-3.0-or-later. The classifier was trained on features computed from
    GTZAN (Tzanetakis and Cook 2002). The copyright of that audio is not cleared; none of it, whole
    or cut, is included here, and none can be recovered from these files.

embedding.tflite, embedding.json
    The network and weights of musicnn 0.1.0, MSD_musicnn (Jordi Pons and Xavier Serra, "musicnn:
    pre-trained convolutional neural networks for music audio tagging", 2019), under the ISC licence
    that follows. Changed: rebuilt in Keras, filters without weights left out, and converted. The
    outputs are those of the original but for rounding.
    A second set of layers stands beside musicnn's, behind the same filters: the student
    (GPL-3.0-or-later). Genretagger started from musicnn's layers and trained them to answer as
    three published networks do: FCNs of the Million Song Dataset and of MTG-Jamendo (Won, Ferraro,
    Bogdanov and Serra 2020, arXiv 2006.00751), and EfficientAT mn04 of AudioSet (Schmid, Koutini
    and Widmer 2023, arXiv 2211.04772). These have the MIT licence, and the file holds none of
    their weights. Nobody can recover the audio of the training from the file.

----------------------------------------------------------------------------------------------------
"""


def to_tflite(model: keras.Model, *, input_name: str) -> bytes:
    """Return `model` as a float32 LiteRT flatbuffer for batches of one row.

    With a fixed batch of one, LiteRT plans all memory ahead, and needs little.
    """
    signature = [tf.TensorSpec((1, *model.input_shape[1:]), tf.float32, name=input_name)]
    with tempfile.TemporaryDirectory() as folder:
        archive = keras.export.ExportArchive()
        archive.track(model)
        archive.add_endpoint("serve", lambda rows: model(rows, training=False), signature)
        archive.write_out(folder, verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=["serve"])
        with contextlib.redirect_stdout(io.StringIO()):
            content: bytes = converter.convert()
    return content


def make_filterbanks(spec: FeatureSpec) -> dict[str, NDArray[np.float32]]:
    """Return the filters of librosa that the application needs, by name."""
    return {LOG_MEL: make_mel_filters(spec), **make_statistics_filterbanks()}


def make_statistics_filterbanks() -> dict[str, NDArray[np.float32]]:
    """Return the arrays that `analysis.statistics` needs, by name."""
    frequencies = np.arange(1, statistics.N_FFT // 2 + 2) * statistics.SAMPLE_RATE_HZ
    semitones = statistics.N_CHROMA * librosa.hz_to_octs(frequencies / statistics.N_FFT)
    # As librosa.filters.chroma, which puts the bin of 0 Hz one and a half octaves below the next.
    positions = np.concatenate([[semitones[0] - 1.5 * statistics.N_CHROMA], semitones])
    # Orthonormal discrete cosine transform of the second kind.
    angles = np.outer(np.arange(statistics.N_MFCC), 2 * np.arange(statistics.N_MELS) + 1)
    cosines = np.cos(angles * np.pi / (2 * statistics.N_MELS)) * np.sqrt(2 / statistics.N_MELS)
    cosines[0] /= np.sqrt(2)
    return {
        statistics.MEL: librosa.filters.mel(
            sr=statistics.SAMPLE_RATE_HZ, n_fft=statistics.N_FFT, n_mels=statistics.N_MELS
        ),
        statistics.CHROMA_POSITIONS: positions.astype(np.float32),
        statistics.DCT: cosines.astype(np.float32),
    }


def build_classifier(
    network: Network,
    *,
    music: tuple[NDArray[np.float64], float],
    outside: tuple[NDArray[np.float64], float],
) -> keras.Model:
    """Return the classifier that is shipped, as a graph.

    Parameters
    ----------
    network : Network
        What decides between the genres, with the Gaussians that it learned from.
    music, outside : (np.ndarray [float64, shape=(n_units,)], float)
        Slopes and offset of the log-odds of music, and of music of none of the genres, on
        standardised activations.

    Returns
    -------
    keras.Model
        Input: activations [shape=(n, n_units)]. Outputs: `logits` [shape=(n, n_genres)] as in
        `Network.judge`, `distance` [shape=(n, 1)] as in `Gaussians.judge`, `music` and `outside`
        [shape=(n, 1)],
        log-odds.
    """
    gaussians = network.gaussians
    keras.backend.clear_session()  # layers get the same names every time
    inputs = keras.Input((len(gaussians.mean),))
    scaling = keras.layers.Normalization(mean=gaussians.mean, variance=np.square(gaussians.scale))
    rows = scaling(inputs)
    hidden = keras.ops.relu(_linear(network.hidden, network.hidden_offsets)(rows))
    logits = _linear(network.slopes, network.offsets)(hidden)
    nearness = _linear(gaussians.slopes, gaussians.offsets)(rows)
    near, far = (
        keras.ops.sum(keras.ops.square(_linear(whitening)(rows)), axis=1, keepdims=True)
        for whitening in (gaussians.within, gaussians.overall)
    )
    distance = near - 2 * keras.ops.max(nearness, axis=1, keepdims=True) - far
    odds = {
        name: _linear(slopes[:, np.newaxis], np.array([offset]))(rows)
        for name, (slopes, offset) in (("music", music), ("outside", outside))
    }
    return keras.Model(inputs, {"logits": logits, "distance": distance, **odds})


def _linear(
    slopes: NDArray[np.floating], offsets: NDArray[np.floating] | None = None
) -> keras.layers.Dense:
    """Return a fixed linear layer."""
    layer = keras.layers.Dense(slopes.shape[1], use_bias=offsets is not None, trainable=False)
    layer.build((None, slopes.shape[0]))
    layer.set_weights([slopes] if offsets is None else [slopes, offsets])
    return layer


def make_model_files(
    *, embedding: Embedding, classifier: keras.Model, filterbanks: dict[str, NDArray[np.float32]]
) -> dict[str, bytes]:
    """Return the content of the files whose compute_checksums are in the manifest, by name."""
    stream = io.BytesIO()
    np.savez_compressed(stream, **filterbanks)  # type: ignore[arg-type]
    return {
        EMBEDDING_FILE: embedding.graph,
        CLASSIFIER_FILE: to_tflite(classifier, input_name="activations"),
        FILTERBANKS_FILE: stream.getvalue(),
    }


def compute_checksums(files: dict[str, bytes]) -> tuple[tuple[str, str], ...]:
    """Return (name, SHA-256) of each file, by name."""
    return tuple((name, hashlib.sha256(files[name]).hexdigest()) for name in sorted(files))


def write_folder(
    folder: Path, *, files: dict[str, bytes], embedding: Embedding, manifest: ModelManifest
) -> None:
    """Write the model folder: `files`, the record of the embedding, licences, and the manifest."""
    embedding.write(folder)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    licence_of_musicnn = importlib.metadata.distribution("musicnn").read_text("LICENSE.md") or ""
    texts = {
        _LICENCES_FILE: _LICENCES + licence_of_musicnn,
        MANIFEST_FILE: json.dumps(asdict(manifest), indent=1, ensure_ascii=True) + "\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
