"""Measure the processor time of a track, step by step, in this process and on one thread."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np

from genretagger.analysis.audio import decode_excerpts
from genretagger.analysis.classifier import Model
from genretagger.analysis.features import cut_segments, levelled
from genretagger.core.errors import TrackError
from genretagger.core.predictions import SegmentOutputs
from genretagger.training.evaluation.figures import SpeedFigures


def measure_speed(paths: Iterable[Path], *, model: Model) -> SpeedFigures | None:
    """Return the medians over the tracks that can be heard, None if there are none.

    Raises
    ------
    ModelError
        The model cannot be run.
    """
    rows = []
    for path in paths:
        try:
            rows.append(_time_steps(path, model=model))
        except TrackError:  # the extraction has reported it
            continue
    rows = rows[1:] or rows  # the first track also builds the network
    if not rows:
        return None
    heard_s, decode, features, embedding, classify = (
        median(column) for column in zip(*rows, strict=True)
    )
    return SpeedFigures(len(rows), heard_s, decode, features, embedding, classify)


def _time_steps(path: Path, *, model: Model) -> tuple[float, ...]:
    """Return the seconds of audio that are heard, then the milliseconds of each step."""
    spec = model.manifest.feature_spec
    times = [process_time()]
    excerpts = decode_excerpts(path, spec=spec)
    times.append(process_time())
    patches = np.concatenate(
        [
            cut_segments(excerpt.samples, spec=spec, filterbank=model.mel_filterbank)
            for excerpt in levelled(excerpts, level_db=spec.level_db)
        ]
    )
    times.append(process_time())
    logits, penultimate = model.embed(patches)
    times.append(process_time())
    starts_s = np.arange(len(logits), dtype=np.float32) * np.float32(spec.segment_s)
    model.classify(SegmentOutputs(starts_s, logits, penultimate))
    times.append(process_time())
    heard_s = sum(excerpt.samples.size / excerpt.sample_rate_hz for excerpt in excerpts)
    return (heard_s, *(1000 * np.diff(times)).tolist())
