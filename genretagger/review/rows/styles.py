"""Styles beyond the ten genres: which stands in the place of a genre, and how sure that is."""

from __future__ import annotations

from typing import Final

from genretagger.core.predictions import Level, Prediction, StyleScore, Unsure

# A style's confidence is the share of such tracks that are of the style: a share needs no threshold
# of its own, so that these are the levels of the numbers themselves (docs/model.md).
_HIGH: Final = 0.95
_MEDIUM: Final = 0.8


def leading_style(prediction: Prediction, doubt: Unsure | None) -> StyleScore | None:
    """Return the style that is suggested in the place of the genre; None where the genre stands.

    Parameters
    ----------
    doubt : Unsure or None
        Why the genre should not be trusted: that of `prediction`, or what an album leaves of it.
    """
    if doubt is None or doubt is Unsure.NOT_MUSIC or not prediction.styles:
        return None
    return prediction.styles[0]


def level_of_style(style: StyleScore) -> Level:
    """Return the level of a style's confidence."""
    if style.confidence >= _HIGH:
        return Level.HIGH
    return Level.MEDIUM if style.confidence >= _MEDIUM else Level.LOW
