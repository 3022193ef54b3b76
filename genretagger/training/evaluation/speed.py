"""How long a track takes, part by part, in this process and on one thread."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from genretagger.analysis.audio import decode_excerpts
from genretagger.analysis.classifier import Model
from genretagger.analysis.features import levelled, segments
from genretagger.core.errors import TrackError
from genretagger.core.predictions import SegmentOutputs
from genretagger.training.evaluation.figures import SpeedFigures


def measure_speed(paths: Iterable[Path], *, model: Model) -> SpeedFigures | None:
    """Return the medians over the tracks that can be heard; None if there is none.

    Raises
    ------
    ModelError
        The model cannot be run.
    """
    rows = []
    for path in paths:
        try:
            rows.append(_parts(path, model=model))
        except TrackError:  # the extraction has named it
            continue
    rows = rows[1:] or rows  # the first builds the network
    if not rows:
        return None
    heard_s, decode, features, embedding, classify = (
        median(column) for column in zip(*rows, strict=True)
    )
    return SpeedFigures(len(rows), heard_s, decode, features, embedding, classify)


def _parts(path: Path, *, model: Model) -> tuple[float, ...]:
    """Return the seconds of audio that are heard, then the milliseconds of each part."""
    spec = model.manifest.feature_spec
    times = [perf_counter()]
    excerpts = decode_excerpts(path, spec=spec)
    times.append(perf_counter())
    patches = np.concatenate(
        [
            segments(one.samples, spec=spec, filterbank=model.mel_filterbank)
            for one in levelled(excerpts, level_db=spec.level_db)
        ]
    )
    times.append(perf_counter())
    logits, penultimate = model.embed(patches)
    times.append(perf_counter())
    starts_s = np.arange(len(logits), dtype=np.float32) * np.float32(spec.segment_s)
    model.classify(SegmentOutputs(starts_s, logits, penultimate))
    times.append(perf_counter())
    heard_s = sum(one.samples.size / one.sample_rate_hz for one in excerpts)
    return (heard_s, *(1000 * np.diff(times)).tolist())
