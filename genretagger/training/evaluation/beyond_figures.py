"""Figures of styles, and of music of none of the ten genres: a section of `Figures`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StyleFigures:
    """A style on labelled tracks, held out by artist or source.

    n_tracks, n_artists : labelled as the style, by so many artists or sources
    n_others, n_doubtful : labelled as another; neither is certain, not counted
    n_suggested, n_right, n_suggested_artists : suggested, rightly, of so many artists or sources
    interval : of the share of right ones, 95 % (Wilson)
    is_suggested, is_proven : else it stays a hint; a bulk action may write it
    """

    style: str
    tags: tuple[str, ...]
    n_tracks: int
    n_artists: int
    n_others: int
    n_doubtful: int
    auroc: float | None
    n_suggested: int
    n_right: int
    n_suggested_artists: int
    interval: tuple[float, float] | None
    is_suggested: bool
    is_proven: bool


@dataclass(frozen=True, slots=True)
class OutsideFigures:
    """Music of none of the ten, judged by a model that learned nothing of its source.

    n_sure, n_confident : given a genre of the ten without doubt; at level high or medium
    *_undetected : the same if "none of the ten genres" were no doubt
    """

    name: str
    n: int
    n_sure: int
    n_confident: int
    n_sure_undetected: int
    n_confident_undetected: int


@dataclass(frozen=True, slots=True)
class KeptFigures:
    """Music of one of the ten, held out, and how many of `n` were called none of the ten."""

    name: str
    n: int
    n_called: int


@dataclass(frozen=True, slots=True)
class FirstStyleFigures:
    """Unsure music outside the ten whose style is known; how often the first suggestion is right.

    n_unsure, n_suggested, n_right : of `n` pieces, with a suggestion, with a right one first
    """

    n: int
    n_unsure: int
    n_suggested: int
    n_right: int


@dataclass(frozen=True, slots=True)
class BeyondFigures:
    """Everything measured of styles and of music outside the ten."""

    least_confidence: float
    styles: tuple[StyleFigures, ...]
    outside: tuple[OutsideFigures, ...]
    kept: tuple[KeptFigures, ...]
    first: FirstStyleFigures
