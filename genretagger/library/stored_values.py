"""Values of the store as JSON: tags and predictions.

Tags may hold lone surrogates, as names of files do, which msgspec refuses: Python's json, which is
slower, reads and writes those.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import Final, get_type_hints

import msgspec

from genretagger.core.predictions import GenreScore, Level, Prediction, SegmentScores, Unsure
from genretagger.core.tracks import TagReading
from genretagger.core.typed_json import TypedJsonError, read_known, to_known

_HINTS: Final = get_type_hints(TagReading)
_NAMES: Final = tuple(field.name for field in fields(TagReading))
# Without defaults, so that a field that was not stored is missed.
_WholeReading: Final = msgspec.defstruct("_WholeReading", [(name, _HINTS[name]) for name in _NAMES])


def encode_tags(tags: TagReading) -> str:
    """Return tags as JSON."""
    return json.dumps({name: getattr(tags, name) for name in _NAMES})


def decode_tags(text: str) -> TagReading:
    """Return stored tags; a field that an older version did not store has its default.

    Raises
    ------
    TypedJsonError, ValueError
        Another version stored something else.
    """
    return to_known(json.loads(text), TagReading)


def decode_whole_tags(text: str) -> TagReading:
    """Return stored tags.

    Raises
    ------
    TypedJsonError, ValueError
        Another version stored something else, or fewer fields.
    """
    try:
        whole = read_known(text, _WholeReading)
    except TypedJsonError:
        whole = to_known(json.loads(text), _WholeReading)
    return TagReading(*msgspec.structs.astuple(whole))


def encode_prediction(prediction: Prediction) -> str:
    """Return a prediction as JSON."""
    return msgspec.json.encode(prediction).decode()


def decode_prediction(text: str) -> Prediction:
    """Return a stored prediction with its segments.

    Raises
    ------
    TypedJsonError
        Another version stored something else.
    """
    return read_known(text, _StoredPrediction).prediction()


def decode_verdict(text: str) -> Prediction:
    """Return a stored prediction without its segments, which takes a fraction of the time.

    Raises
    ------
    TypedJsonError
        Another version stored something else.
    """
    return read_known(text, _StoredVerdict).prediction()


@dataclass(frozen=True, slots=True)
class _StoredVerdict:
    """A `Prediction` as it is stored, without its segments."""

    genre: str
    confidence: float
    scores: tuple[GenreScore, ...]
    hints: tuple[GenreScore, ...]
    unsure: Unsure | None
    level: Level
    model_id: str

    def prediction(self) -> Prediction:
        return Prediction(
            self.genre,
            self.confidence,
            self.scores,
            self.hints,
            self.unsure,
            self.level,
            self.model_id,
        )


@dataclass(frozen=True, slots=True)
class _StoredPrediction(_StoredVerdict):
    segments: tuple[SegmentScores, ...] = ()

    def prediction(self) -> Prediction:
        return replace(_StoredVerdict.prediction(self), segments=self.segments)
