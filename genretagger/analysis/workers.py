"""Hears a track in a worker process: decode, features, embedding.

One LiteRT thread per process, heavy imports once per process, no TensorFlow.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from genretagger.analysis.audio import decode_track
from genretagger.analysis.classifier import Model
from genretagger.analysis.features import cut_segments, levelled
from genretagger.core.predictions import SegmentOutputs

# A real track takes 0.11 s of one core: long enough for a slow disk, and ends a decoder that hangs.
GIVE_UP_AFTER_S = 300


def hear(path: Path, *, model: Model) -> SegmentOutputs:
    """Return the outputs of the embedding network for each segment of `path`.

    Raises
    ------
    DecodeError
        The file has no decodable audio.
    TrackTooShortError
        The audio is too short.
    TrackSilentError
        The audio is silent.
    ModelError
        The embedding network fails.
    """
    spec = model.manifest.feature_spec
    starts_s: list[float] = []
    patches = []
    decoded = decode_track(path, spec=spec)
    for excerpt in levelled(decoded.excerpts, level_db=spec.level_db):
        cut = cut_segments(excerpt.samples, spec=spec, filterbank=model.mel_filterbank)
        starts_s.extend(excerpt.start_s + index * spec.segment_s for index in range(len(cut)))
        patches.append(cut)
    logits, penultimate = model.embed(np.concatenate(patches))
    return SegmentOutputs(np.array(starts_s, np.float32), logits, penultimate, decoded.duration_s)
