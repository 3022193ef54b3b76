"""Values of the store as JSON: tags and predictions."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import Final

from genretagger.core.predictions import (
    GenreScore,
    Level,
    Prediction,
    SegmentScores,
    StyleScore,
    Unsure,
)
from genretagger.core.tracks import TagReading
from genretagger.core.typed_json import read_known, read_whole, to_known, write_json

_NAMES: Final = tuple(field.name for field in fields(TagReading))


def encode_tags(tags: TagReading) -> str:
    """Return tags as JSON; `write_json` refuses the lone surrogates that they may hold."""
    return json.dumps({name: getattr(tags, name) for name in _NAMES})


def decode_tags(text: str) -> TagReading:
    """Return stored tags; a field that an older version did not store has its default.

    Raises
    ------
    ValueError
        Another version stored something else.
    """
    return to_known(json.loads(text), TagReading)


def decode_whole_tags(text: str) -> TagReading:
    """Return stored tags.

    Raises
    ------
    ValueError
        Another version stored something else, or fewer fields.
    """
    return read_whole(text, TagReading)


def encode_prediction(prediction: Prediction) -> str:
    """Return a prediction as JSON."""
    return write_json(prediction)


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
    styles: tuple[StyleScore, ...] = ()  # an older version stored none

    def prediction(self) -> Prediction:
        return Prediction(
            self.genre,
            self.confidence,
            self.scores,
            self.hints,
            self.unsure,
            self.level,
            self.model_id,
            styles=self.styles,
        )


@dataclass(frozen=True, slots=True)
class _StoredPrediction(_StoredVerdict):
    segments: tuple[SegmentScores, ...] = ()

    def prediction(self) -> Prediction:
        return replace(_StoredVerdict.prediction(self), segments=self.segments)
