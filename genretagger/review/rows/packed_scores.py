"""Rows of a hundred thousand tracks in little memory: what repeats is kept once, scores are packed.

What the core reports is made anew for every track: ten objects of scores, the segments, and the
same names again and again. Rows are held for as long as the window is open, so they keep less:
segments stay in the store, where the detail of one track finds them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from struct import Struct
from sys import intern
from typing import overload

from genretagger.core.events import TrackAnalysed
from genretagger.core.predictions import GenreScore, Prediction

_MOST_GENRES = 255  # a place among the genres takes one byte
_DOUBLE = Struct("d")
_VALUE_BYTES = _DOUBLE.size


class PackedScores(Sequence[GenreScore]):
    """Scores in the order given, a tenth of the size of a tuple of them, and none rounded.

    Parameters
    ----------
    genres : sequence of str
        All genres, in one sequence for all tracks; it may only grow.
    packed : bytes
        The place of each score's genre in `genres`, one byte each, then each score as a double.
    """

    __slots__ = ("_genres", "_packed")

    def __init__(self, genres: Sequence[str], packed: bytes) -> None:
        self._genres, self._packed = genres, packed

    def __len__(self) -> int:
        return len(self._packed) // (1 + _VALUE_BYTES)

    def __iter__(self) -> Iterator[GenreScore]:
        n = len(self)
        values = array("d", self._packed[n:])
        return map(GenreScore, map(self._genres.__getitem__, self._packed[:n]), values)

    @overload
    def __getitem__(self, place: int) -> GenreScore: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[GenreScore]: ...

    def __getitem__(self, place: int | slice) -> GenreScore | Sequence[GenreScore]:
        if isinstance(place, slice):
            return tuple(self)[place]
        n = len(self)
        place = range(n)[place]
        (value,) = _DOUBLE.unpack_from(self._packed, n + place * _VALUE_BYTES)
        return GenreScore(self._genres[self._packed[place]], value)

    def genre_at(self, place: int) -> str:
        """Return the genre of the score at a place, without making the score."""
        return self._genres[self._packed[place]]

    def genres(self) -> Iterator[str]:
        """Yield the genres in the order of their scores."""
        return map(self._genres.__getitem__, self._packed[: len(self)])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PackedScores):
            if self._genres is other._genres:
                return self._packed == other._packed
            return tuple(self) == tuple(other)
        return tuple(self) == other

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def get_genre(scores: Sequence[GenreScore], place: int) -> str:
    """Return the genre of the score at a place, empty if there is none."""
    if place >= len(scores):
        return ""
    return scores.genre_at(place) if isinstance(scores, PackedScores) else scores[place].genre


def iterate_genres(scores: Sequence[GenreScore]) -> Iterator[str]:
    """Yield the genres of scores in their order, without making the scores."""
    if isinstance(scores, PackedScores):
        return scores.genres()
    return (score.genre for score in scores)


class PredictionPacker:
    """Makes verdicts small, sharing what many of them say."""

    def __init__(self) -> None:
        self._genres: dict[frozenset[str], tuple[tuple[str, ...], dict[str, int]]] = {}
        self._styles: list[str] = []
        self._style_places: dict[str, int] = {}

    def analysed(self, event: TrackAnalysed) -> TrackAnalysed:
        """Return `event` without its segments, as small as it can be."""
        heard, personal = event.prediction, event.personal
        small = self.prediction(heard)
        if personal is not None:
            personal = small if personal is heard else self.prediction(personal)
        return replace(event, prediction=small, personal=personal)

    def prediction(self, prediction: Prediction) -> Prediction:
        """Return `prediction` with all its scores, without its segments."""
        return replace(
            prediction,
            genre=intern(prediction.genre),
            model_id=intern(prediction.model_id),
            scores=self._packed(prediction.scores),
            hints=self._packed_hints(prediction.hints),
            segments=(),
        )

    def _packed_hints(self, hints: Sequence[GenreScore]) -> Sequence[GenreScore]:
        """Pack hints by one list of styles for all tracks: each has a choice of its own."""
        if not hints:
            return ()
        places = self._style_places
        for hint in hints:
            if hint.genre not in places and len(places) < _MOST_GENRES:
                places[hint.genre] = len(places)
                self._styles.append(intern(hint.genre))
        if any(hint.genre not in places for hint in hints):
            return tuple(hints)
        order = bytes(places[hint.genre] for hint in hints)
        return PackedScores(self._styles, order + array("d", [h.score for h in hints]).tobytes())

    def _packed(self, scores: Sequence[GenreScore]) -> Sequence[GenreScore]:
        names = frozenset(score.genre for score in scores)
        if not len(names) == len(scores) <= _MOST_GENRES:
            return scores
        if names not in self._genres:
            genres = tuple(map(intern, sorted(names)))
            self._genres[names] = genres, {genre: place for place, genre in enumerate(genres)}
        genres, places = self._genres[names]
        order = bytes(places[score.genre] for score in scores)
        return PackedScores(genres, order + array("d", [s.score for s in scores]).tobytes())
