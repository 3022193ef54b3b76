"""Measure styles beyond the ten, and how music of none of the ten is told from that of one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.classifier import Model
from genretagger.core.predictions import Level, Prediction, SegmentOutputs, Unsure
from genretagger.training.data.dataset import GENRES, Table
from genretagger.training.data.metrics import wilson_interval
from genretagger.training.evaluation.beyond_figures import (
    BeyondFigures,
    FirstStyleFigures,
    KeptFigures,
    OutsideFigures,
    StyleFigures,
)
from genretagger.training.model.styles import LEAST_CONFIDENCE, StyleMeasure
from genretagger.training.styles.labels import OUTSIDE, UNKNOWN_GENRE
from genretagger.training.styles.tracks import StyleTracks

_CONFIDENT: Final = (Level.HIGH, Level.MEDIUM)


def measure_beyond(
    table: Table,
    *,
    music: StyleTracks,
    styles: Sequence[StyleMeasure],
    odds: NDArray[np.float64],
    model: Model,
) -> BeyondFigures:
    """Return the figures of styles, and of music of none of the ten.

    Parameters
    ----------
    table : Table
        The labelled clips.
    music : StyleTracks
        The other music that `model` learned from.
    styles : sequence of StyleMeasure
        What was measured of each style.
    odds : np.ndarray [float64, shape=(n_clips + n_tracks,)]
        Log-odds of none of the ten, held out, of the clips and of the other music.
    model : Model
        The trained model.
    """
    clips, others = np.split(odds > model.manifest.outside_above, [len(table.clips)])
    predictions = _judge(music, model)
    return BeyondFigures(
        LEAST_CONFIDENCE,
        tuple(map(_describe_style, styles)),
        tuple(_measure_outside(music, predictions, others)),
        (*_measure_kept(table, clips), *_measure_foreign(music, predictions, others)),
        _measure_first(music, predictions, others),
    )


def _judge(music: StyleTracks, model: Model) -> list[Prediction]:
    """Return the predictions that `model` would make if it knew of nothing outside the ten."""
    detecting = model.manifest
    model.manifest = replace(detecting, outside_above=math.inf)
    try:
        return [
            model.classify(SegmentOutputs(np.zeros(len(logits), np.float32), logits, penultimate))
            for logits, penultimate in zip(music.logits, music.penultimate, strict=True)
        ]
    finally:
        model.manifest = detecting


def _describe_style(measure: StyleMeasure) -> StyleFigures:
    output, n_suggested = measure.output, measure.n_suggested
    return StyleFigures(
        output.style,
        output.tags,
        measure.n_tracks,
        measure.n_artists,
        measure.n_others,
        measure.n_doubtful,
        measure.auroc,
        n_suggested,
        measure.n_right,
        measure.n_suggested_artists,
        wilson_interval(measure.n_right, n=n_suggested) if n_suggested else None,
        output.least_confidence is not None,
        output.is_proven,
    )


def _measure_outside(
    music: StyleTracks, predictions: Sequence[Prediction], called: NDArray[np.bool_]
) -> list[OutsideFigures]:
    """Return the figures of all music outside, then by what it is called."""
    outside = music.genres == OUTSIDE
    sure = np.array([heard.unsure is None for heard in predictions])
    confident = sure & [heard.level in _CONFIDENT for heard in predictions]
    genres = np.array([heard.genre for heard in predictions])
    rows = {"all of it": outside}
    for genre in GENRES:
        if (outside & sure & (genres == genre)).any():
            rows[f"called {genre}"] = outside & (genres == genre)
    return [
        OutsideFigures(
            name,
            int(chosen.sum()),
            int((chosen & sure & ~called).sum()),
            int((chosen & confident & ~called).sum()),
            int((chosen & sure).sum()),
            int((chosen & confident).sum()),
        )
        for name, chosen in rows.items()
    ]


def _measure_kept(table: Table, called: NDArray[np.bool_]) -> list[KeptFigures]:
    """Return how many whole clips of each genre are called none of the ten."""
    rows = {f"clips of {genre}": (table.genres == genre) & ~table.cuts for genre in GENRES}
    return [
        KeptFigures(name, int(chosen.sum()), int((chosen & called).sum()))
        for name, chosen in {"all clips": ~table.cuts, **rows}.items()
        if chosen.any()
    ]


def _measure_foreign(
    music: StyleTracks, predictions: Sequence[Prediction], called: NDArray[np.bool_]
) -> list[KeptFigures]:
    """Return the same of music of other sources that was rightly called one of the ten."""
    right = np.array([heard.unsure is None for heard in predictions]) & (
        music.genres == [heard.genre for heard in predictions]
    )
    found = sorted(set(music.genres[right].tolist()) - {OUTSIDE, UNKNOWN_GENRE})
    return [
        KeptFigures(f"{genre} of other sources", int(chosen.sum()), int((chosen & called).sum()))
        for genre in found
        for chosen in (right & (music.genres == genre),)
    ]


def _measure_first(
    music: StyleTracks, predictions: Sequence[Prediction], called: NDArray[np.bool_]
) -> FirstStyleFigures:
    n = n_unsure = n_suggested = n_right = 0
    for label, heard, outside in zip(music.labels, predictions, called, strict=True):
        if label.genre == OUTSIDE and label.styles:
            n += 1
            if (heard.unsure is not None or outside) and heard.unsure is not Unsure.NOT_MUSIC:
                n_unsure += 1
                n_suggested += bool(heard.styles)
                n_right += bool(heard.styles) and heard.styles[0].style in label.styles
    return FirstStyleFigures(n, n_unsure, n_suggested, n_right)
