"""Fit how confident a model is of each style beyond the ten, and measure how right it is.

A style is heard by tags of the embedding, each on a scale of its own: its strength is the mean of
their logits, each divided by its deviation over the labelled tracks. A logistic regression on this
one number makes it a probability (Platt 1999); few tracks of a style allow no more. Tracks are
judged by regressions that learned nothing of their artist or source. Artists and sources weigh by
the root of their tracks, so that the share of a style among all is that of the labelled music, not
of its busiest artist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from genretagger.analysis.styles import average_style_tags, compute_style_confidence
from genretagger.core.predictions import StyleOutput
from genretagger.training.data.metrics import auroc, wilson_interval
from genretagger.training.styles.tracks import StyleTracks

# A style is suggested from where it is more likely than not; chosen before anything was measured.
LEAST_CONFIDENCE: Final = 0.5
# With fewer, a style stays a hint: one artist's sound would stand for all.
LEAST_ARTISTS: Final = 4
LEAST_TRACKS: Final = 10
# What is more often wrong than right in labelled tracks is no suggestion.
LEAST_PRECISION: Final = 0.5
# A bulk action may write a style that was right so often. With few suggestions that may be luck:
# at the lower end of the interval two of three must be right, 13 of 14 or 20 of 24.
PROVEN_PRECISION: Final = 0.8
PROVEN_LOWER_BOUND: Final = 2 / 3
_INVERSE_REGULARISATION: Final = 10.0
_LEAST_SLOPE: Final = 1e-2
_LEAST_DEVIATION: Final = 0.1  # of a tag's logit, so that one that never changes is not magnified
_N_FOLDS: Final = 8


@dataclass(frozen=True, slots=True)
class StyleMeasure:
    """What was measured of a style on labelled tracks, held out by artist or source.

    n_tracks, n_artists : labelled as the style
    n_others, n_doubtful : labelled as not the style; of which neither is certain
    n_suggested, n_right, n_suggested_artists : held-out suggestions, those right, their sources
    auroc : how well its strength tells it from others; None if all or none are of it
    """

    output: StyleOutput
    n_tracks: int
    n_artists: int
    n_others: int
    n_doubtful: int
    n_suggested: int
    n_right: int
    n_suggested_artists: int
    auroc: float | None


def fit_styles(
    tracks: StyleTracks, *, tags: Sequence[str], tags_of_style: Mapping[str, Sequence[str]]
) -> tuple[StyleMeasure, ...]:
    """Return each style with its confidence and measures, in the order of `tags_of_style`.

    Parameters
    ----------
    tracks : StyleTracks
        Labelled tracks, and music of which only some things are known.
    tags : sequence of str
        Names of the outputs of the embedding network.
    tags_of_style : mapping of str to sequence of str
        Those that hear each style, at least one.
    """
    return tuple(
        _fit_style(
            style,
            tuple(style_tags),
            average_style_tags(tracks.logits, tags=tags, style_tags=style_tags),
            tracks,
        )
        for style, style_tags in tags_of_style.items()
    )


def _fit_style(
    style: str, tags: tuple[str, ...], means: NDArray[np.float64], tracks: StyleTracks
) -> StyleMeasure:
    told = [label.tell(style) for label in tracks.labels]
    known = np.array([answer is not None for answer in told])
    is_style = np.array([answer is True for answer in told])[known]
    means, groups = means[known], tracks.groups[known]
    n_tracks, n_artists = int(is_style.sum()), len(np.unique(groups[is_style]))
    enough = n_tracks >= LEAST_TRACKS and n_artists >= LEAST_ARTISTS
    slopes, offset = _fit_logistic(means, is_style, groups)
    strength = means @ slopes
    suggested = np.zeros(len(groups), np.bool_)
    if enough:
        suggested = _hold_out(means, is_style, groups) >= LEAST_CONFIDENCE
    n_suggested, n_right = int(suggested.sum()), int((suggested & is_style).sum())
    low, _ = wilson_interval(n_right, n=n_suggested) if n_suggested else (0.0, 0.0)
    precision = n_right / n_suggested if n_suggested else 0.0
    output = StyleOutput(
        style,
        tags,
        tuple(round(slope, 6) for slope in slopes.tolist()),
        round(offset, 6),
        LEAST_CONFIDENCE if precision >= LEAST_PRECISION else None,
        round(precision, 4),
        round(low, 4),
        n_suggested,
        is_proven=precision >= PROVEN_PRECISION and low >= PROVEN_LOWER_BOUND,
    )
    return StyleMeasure(
        output,
        n_tracks,
        n_artists,
        int((~is_style).sum()),
        int((~known).sum()),
        n_suggested,
        n_right,
        len(np.unique(groups[suggested])),
        auroc(strength[is_style], strength[~is_style]) if 0 < n_tracks < len(groups) else None,
    )


def _hold_out(
    means: NDArray[np.float64], is_style: NDArray[np.bool_], groups: NDArray[np.str_]
) -> NDArray[np.float64]:
    """Return the confidence of each track by a fit without its artist or source."""
    confidence = np.zeros(len(groups))
    splitter = StratifiedGroupKFold(_N_FOLDS, shuffle=True, random_state=0)
    for training, held_out in splitter.split(means, is_style, groups):
        slopes, offset = _fit_logistic(means[training], is_style[training], groups[training])
        confidence[held_out] = compute_style_confidence(
            means[held_out], slopes=slopes.tolist(), offset=offset
        )
    return confidence


def _fit_logistic(
    means: NDArray[np.float64], is_style: NDArray[np.bool_], groups: NDArray[np.str_]
) -> tuple[NDArray[np.float64], float]:
    """Return slopes of the tags and an offset; slopes are positive: a louder tag is no less likely.

    Parameters
    ----------
    means : np.ndarray [float64, shape=(n_tracks, n_style_tags)]
        Mean logits of the tags.
    is_style : np.ndarray [bool, shape=(n_tracks,)]
        Whether each track is of the style.
    groups : np.ndarray [str, shape=(n_tracks,)]
        Artists or sources.
    """
    shares = 1 / (means.shape[1] * (means.std(axis=0) + _LEAST_DEVIATION))
    if is_style.all() or not is_style.any():
        return shares, 0.0
    strength = means @ shares
    model = LogisticRegression(C=_INVERSE_REGULARISATION)
    model.fit(strength[:, np.newaxis], is_style, sample_weight=weigh_groups(groups))
    return max(float(model.coef_[0, 0]), _LEAST_SLOPE) * shares, float(model.intercept_[0])


def weigh_groups(groups: NDArray[np.str_]) -> NDArray[np.float64]:
    """Return the weight of each track [shape=(n_tracks,)]: a group weighs the root of its size."""
    _, inverse, counts = np.unique(groups, return_inverse=True, return_counts=True)
    weights: NDArray[np.float64] = 1 / np.sqrt(counts[inverse])
    return weights
