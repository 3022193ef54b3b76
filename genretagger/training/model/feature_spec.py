"""The numbers of the embedding's input; without networks, so that hearing loads no TensorFlow."""

from __future__ import annotations

from typing import Final

import librosa
import numpy as np
from numpy.typing import NDArray

from genretagger.core.predictions import FeatureSpec

# From musicnn/configuration.py and MSD_musicnn/config.json of musicnn 0.1.0, except the last three:
# ten segments are 30 s, as in GTZAN; two per excerpt halve the number of seeks; half of our 560
# clips of GTZAN are louder than this level, half softer (docs/model.md).
FEATURE_SPEC: Final = FeatureSpec(
    sample_rate_hz=16_000,
    n_fft=512,
    hop_length=256,
    n_mels=96,
    n_frames=187,
    log_multiplier=10_000.0,
    max_segments=10,
    segments_per_excerpt=2,
    level_db=-17.4,
)


def make_mel_filters(spec: FeatureSpec) -> NDArray[np.float32]:
    """Return librosa's mel filters for `spec` [shape=(n_mels, n_fft // 2 + 1)]."""
    filters: NDArray[np.float32] = librosa.filters.mel(
        sr=spec.sample_rate_hz, n_fft=spec.n_fft, n_mels=spec.n_mels
    )
    return filters
