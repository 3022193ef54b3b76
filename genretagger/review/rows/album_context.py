"""What the other tracks of its album say of a track: the value that a row holds."""

from __future__ import annotations

from dataclasses import dataclass

from genretagger.core.predictions import Level, Prediction, Unsure


@dataclass(frozen=True, slots=True)
class AlbumContext:
    """What the others of its album say of a track.

    n_others : tracks of the album that were heard as music, without this one
    n_agreeing : how many of them sound like the genre of this one
    confidence : its own confidence, or what the album raises it to
    level : the level of `confidence`
    majority : the genre of at least two thirds of the others if it is another one, else None
    """

    n_others: int
    n_agreeing: int
    confidence: float
    level: Level
    majority: str | None = None

    def raises(self, prediction: Prediction) -> bool:
        """Return whether the album raises the confidence of `prediction`."""
        return self.confidence > prediction.confidence

    def settles_doubt(self, prediction: Prediction) -> bool:
        """Return whether a low confidence is no reason to be Unsure any more: the album agrees."""
        return (
            prediction.unsure is Unsure.LOW_CONFIDENCE
            and self.raises(prediction)
            and self.level is not Level.LOW
            and 2 * self.n_agreeing >= self.n_others
        )
