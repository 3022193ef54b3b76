"""The genres and styles that a row offers, in the one order in which everything numbers them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from genretagger.core.predictions import StyleScore
from genretagger.core.vocabulary import vocabulary
from genretagger.review.rows.naming import map_genre
from genretagger.review.rows.packed_scores import iterate_genres
from genretagger.review.rows.row import Row

N_KEYS: Final = 3  # of the choices, which the keys 1, 2 and 3 take


@dataclass(frozen=True, slots=True)
class Choice:
    """A genre or style that a row offers.

    genre : the canonical id, or a genre of the user's own
    share : the score of a genre, or the confidence in a style, which no score compares with; None
        if no music was heard
    """

    genre: str
    share: float | None
    is_style: bool = False


def list_choices(row: Row) -> tuple[Choice, ...]:
    """Return what a row offers, the first for the key 1; empty without a prediction.

    First what is suggested. Where that is a genre, the styles within it follow, then the genres
    that come next. Where it is a style, further styles follow, then all genres.
    """
    return tuple(_choices(row))


def nth_choice(row: Row, n: int) -> Choice | None:
    """Return one choice, without listing those behind it; `n` counts from 0. Else None."""
    return next(islice(_choices(row), n, None), None)


def name_choice(row: Row, choice: Choice) -> tuple[str, ...]:
    """Return the names to write for a choice of `row`."""
    return map_genre(row.prediction, row.mapping, choice.genre) if row.prediction else ()


def offered_styles(row: Row) -> tuple[StyleScore, ...]:
    """Return the styles among the choices of a row, the surest first."""
    prediction = row.prediction
    if prediction is None or not prediction.styles or not row.with_styles or not row.is_music:
        return ()
    if row.style is not None:
        return prediction.styles
    is_within = vocabulary().is_within
    return tuple([s for s in prediction.styles if is_within(s.style, prediction.genre)])


def style_hints(row: Row) -> tuple[str, ...]:
    """Return the names of the styles that a row also sounds like, the strongest first.

    A style that is among its choices is not named a second time.
    """
    if row.prediction is None:
        return ()
    names = dict.fromkeys(map(_name_hint, iterate_genres(row.prediction.hints)))
    if not row.prediction.styles:
        return tuple(names)
    offered = {vocabulary().name(style.style) for style in offered_styles(row)}
    return tuple([name for name in names if name not in offered])


@lru_cache(maxsize=4096)  # every row is asked when a table is sorted
def _name_hint(tag: str) -> str:
    known = vocabulary()
    return known.name(known.style_of_tag(tag) or tag)


def _choices(row: Row) -> Iterator[Choice]:
    prediction = row.prediction
    if prediction is None:
        return
    if not row.is_music:  # the closest matches can be taken, but have no number
        yield from (Choice(score.genre, None) for score in prediction.scores)
        return
    scores = row.album.raise_scores(prediction) if row.album else prediction.scores
    genres = (Choice(score.genre, score.score) for score in scores)
    if row.style is None:
        yield from islice(genres, 1)
    for style in offered_styles(row):
        yield Choice(style.style, style.confidence, is_style=True)
    yield from genres
