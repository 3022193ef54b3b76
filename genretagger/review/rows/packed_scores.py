"""Predictions in little memory: scores are packed, and repeated names are shared.

A prediction comes with ten score objects, its segments and its own copies of the same names. The
window holds the rows of a hundred thousand tracks, so they keep less: segments stay in the store,
where the details of a track read them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from struct import Struct
from sys import intern
from typing import overload

from genretagger.core.events import TrackAnalysed
from genretagger.core.predictions import GenreScore, Prediction, StyleScore
from genretagger.core.writes import Decision

_MOST_GENRES = 255  # an index among the genres takes one byte
_DOUBLE = Struct("d")
_VALUE_BYTES = _DOUBLE.size


class PackedScores(Sequence[GenreScore]):
    """An exact sequence of scores in a tenth of the memory that a tuple of them takes.

    Parameters
    ----------
    genres : sequence of str
        All genres, shared by all tracks; it may only grow.
    packed : bytes
        The index of each score's genre in `genres`, one byte each, then each score as a double.
    """

    __slots__ = ("_genres", "_packed")

    def __init__(self, genres: Sequence[str], packed: bytes) -> None:
        self._genres, self._packed = genres, packed

    def __len__(self) -> int:
        return len(self._packed) // (1 + _VALUE_BYTES)

    def __iter__(self) -> Iterator[GenreScore]:
        return map(GenreScore, self.genres(), self.values())

    @overload
    def __getitem__(self, index: int) -> GenreScore: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[GenreScore]: ...

    def __getitem__(self, index: int | slice) -> GenreScore | Sequence[GenreScore]:
        if isinstance(index, slice):
            return tuple(self)[index]
        n = len(self)
        index = range(n)[index]
        (value,) = _DOUBLE.unpack_from(self._packed, n + index * _VALUE_BYTES)
        return GenreScore(self._genres[self._packed[index]], value)

    def genres(self) -> Iterator[str]:
        """Yield the genres in the order of their scores."""
        return map(self._genres.__getitem__, self._packed[: len(self)])

    def values(self) -> array[float]:
        """Return the scores without their genres, in order."""
        return array("d", self._packed[len(self) :])

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


def iterate_genres(scores: Sequence[GenreScore]) -> Iterator[str]:
    """Yield the genres of scores in order, without making the scores."""
    if isinstance(scores, PackedScores):
        return scores.genres()
    return (score.genre for score in scores)


def iterate_values(scores: Sequence[GenreScore]) -> Iterable[float]:
    """Return the values of scores in order, without making the scores."""
    return scores.values() if isinstance(scores, PackedScores) else [s.score for s in scores]


def _with_shared_names(styles: tuple[StyleScore, ...]) -> tuple[StyleScore, ...]:
    """Return styles as they are, but for their names: few tracks have more than one or two."""
    return tuple([StyleScore(intern(s.style), s.confidence, s.is_proven) for s in styles])


class PredictionPacker:
    """Packs the scores of predictions and shares the names in them."""

    def __init__(self) -> None:
        self._genres: dict[frozenset[str], tuple[tuple[str, ...], dict[str, int]]] = {}
        self._styles: list[str] = []
        self._style_indices: dict[str, int] = {}

    def pack_event(self, event: TrackAnalysed, decision: Decision | None = None) -> TrackAnalysed:
        """Return `event` with packed predictions and the user's earlier `decision`."""
        packed, personal = self.pack(event.prediction), event.personal
        if personal is not None:
            personal = packed if personal is event.prediction else self.pack(personal)
        return TrackAnalysed(
            event.track, event.hearing_key, packed, event.cached, personal, decision
        )

    def pack(self, prediction: Prediction) -> Prediction:
        """Return `prediction` with packed scores and hints, without its segments."""
        return Prediction(  # `dataclasses.replace` takes longer, and a library comes in at once
            intern(prediction.genre),
            prediction.confidence,
            self._packed(prediction.scores),
            self._packed_hints(prediction.hints),
            prediction.unsure,
            prediction.level,
            intern(prediction.model_id),
            styles=_with_shared_names(prediction.styles),
        )

    def _packed_hints(self, hints: Sequence[GenreScore]) -> Sequence[GenreScore]:
        """Pack hints with one list of styles for all tracks, as each track has others."""
        if not hints:
            return ()
        indices = self._style_indices
        for hint in hints:
            if hint.genre not in indices and len(indices) < _MOST_GENRES:
                indices[hint.genre] = len(indices)
                self._styles.append(intern(hint.genre))
        if any(hint.genre not in indices for hint in hints):
            return tuple(hints)
        order = bytes(indices[hint.genre] for hint in hints)
        return PackedScores(self._styles, order + array("d", [h.score for h in hints]).tobytes())

    def _packed(self, scores: Sequence[GenreScore]) -> Sequence[GenreScore]:
        names = frozenset(score.genre for score in scores)
        if not len(names) == len(scores) <= _MOST_GENRES:
            return scores
        if names not in self._genres:
            genres = tuple(map(intern, sorted(names)))
            self._genres[names] = genres, {genre: index for index, genre in enumerate(genres)}
        genres, indices = self._genres[names]
        order = bytes(indices[score.genre] for score in scores)
        return PackedScores(genres, order + array("d", [s.score for s in scores]).tobytes())
