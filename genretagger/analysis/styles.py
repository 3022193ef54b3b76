"""Suggests styles beyond the ten genres by the tags of the embedding network; NumPy only.

The application and training call the same functions, so that the measured precision holds for
what is suggested. Knows nothing of networks and files.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from genretagger.core.predictions import ModelManifest, StyleOutput, StyleScore


def average_style_tags(
    logits: NDArray[np.float32], *, tags: Sequence[str], style_tags: Sequence[str]
) -> NDArray[np.float64]:
    """Return the mean logits over all segments of the tags that hear a style.

    Parameters
    ----------
    logits : np.ndarray [float32, shape=(..., n_segments, n_tags)]
        Of the embedding network; at least one segment.
    tags : sequence of str
        Names of all `n_tags` tags.
    style_tags : sequence of str
        Those that hear the style; at least one.

    Returns
    -------
    np.ndarray [float64, shape=(..., n_style_tags)]
        Logits.
    """
    columns = [tags.index(tag) for tag in style_tags]
    means: NDArray[np.float64] = logits[..., columns].mean(axis=-2, dtype=np.float64)
    return means


def compute_style_confidence(
    means: NDArray[np.float64], *, slopes: Sequence[float], offset: float
) -> NDArray[np.float64]:
    """Return the probability of a style from its tags, by a logistic function (Platt 1999).

    Parameters
    ----------
    means : np.ndarray [float64, shape=(..., n_style_tags)]
        The result of `average_style_tags`.
    slopes : sequence of float
        One for each tag, fitted on labelled tracks, as is `offset`.
    offset : float
        Log-odds where all logits are 0.

    Returns
    -------
    np.ndarray [float64, shape=(...)]
        In [0, 1].
    """
    odds = np.clip(means @ np.array(slopes) + offset, -500, 500)  # beyond, exp overflows
    confidence: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return confidence


def suggest_styles(
    logits: NDArray[np.float32], *, tags: Sequence[str], styles: Sequence[StyleOutput]
) -> tuple[StyleScore, ...]:
    """Return the styles that are heard in a track confidently enough, the surest first.

    Parameters
    ----------
    logits : np.ndarray [float32, shape=(n_segments, n_tags)]
        Of the embedding network.
    tags, styles
        Names of all tags; the styles, as the manifest has them.
    """
    suggested = []
    for style in styles:
        means = average_style_tags(logits, tags=tags, style_tags=style.tags)
        confidence = float(
            compute_style_confidence(means, slopes=style.slopes, offset=style.offset)
        )
        if style.least_confidence is not None and confidence >= style.least_confidence:
            suggested.append(StyleScore(style.style, confidence, style.is_proven))
    return tuple(sorted(suggested, key=lambda score: -score.confidence))


def check_styles(manifest: ModelManifest) -> dict[str, bool]:
    """Return what must hold of the styles of a manifest: whether it does, by the complaint."""
    styles = manifest.styles
    names = [style.style for style in styles]
    return {
        "it names a style twice, or a genre as a style": len(set(names)) == len(names)
        and not set(names) & set(manifest.genres),
        "a style has no tag, or one that is none of the network's": all(
            style.tags and set(style.tags) <= set(manifest.tags) for style in styles
        ),
        "a style has not one positive slope for each tag, or its offset is no number": all(
            len(style.slopes) == len(style.tags)
            and all(0 < slope < math.inf for slope in style.slopes)
            and math.isfinite(style.offset)
            for style in styles
        ),
        "a share of a style is not between 0 and 1": all(
            0 <= share <= 1
            for style in styles
            for share in (style.least_confidence or 0, style.precision, style.lower_bound)
        ),
        "a style is proven without suggestions": all(
            style.n_suggested >= 0
            and (not style.is_proven or (style.least_confidence is not None and style.n_suggested))
            for style in styles
        ),
    }
