"""Styles beyond the ten genres: which stands in the place of a genre, and how sure that is."""

from __future__ import annotations

from genretagger.core.predictions import (
    HIGH_FROM,
    MEDIUM_FROM,
    Level,
    Prediction,
    StyleScore,
    Unsure,
)
from genretagger.core.vocabulary import vocabulary


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


def is_outside(prediction: Prediction) -> bool:
    """Return whether something speaks for music of none of the ten genres.

    That is a doubt that says so, or a suggested style that is none of the predicted genre.
    """
    if prediction.unsure in (Unsure.OUTSIDE, Unsure.UNFAMILIAR, Unsure.NOT_MUSIC):
        return True
    known = vocabulary()
    return any(not known.is_within(style.style, prediction.genre) for style in prediction.styles)


def level_of_style(style: StyleScore) -> Level:
    """Return the level of a style's confidence, by the numbers of any calibrated confidence."""
    if style.confidence >= HIGH_FROM:
        return Level.HIGH
    return Level.MEDIUM if style.confidence >= MEDIUM_FROM else Level.LOW
