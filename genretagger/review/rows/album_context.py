"""What the other tracks of its album add to a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from genretagger.core.predictions import GenreScore, Level, Prediction, Unsure


@dataclass(frozen=True, slots=True)
class AlbumContext:
    """What the other tracks of its album add to a track.

    n_others : the other tracks of the album that are music
    n_agreeing : how many of them sound like the genre of this track
    confidence : its own confidence, perhaps raised by the album
    level : the level of `confidence`
    majority : another genre that at least two thirds of the others sound like, else None
    """

    n_others: int
    n_agreeing: int
    confidence: float
    level: Level
    majority: str | None = None

    def raises(self, prediction: Prediction) -> bool:
        """Return whether the album raises the confidence of `prediction`."""
        return self.confidence > prediction.confidence

    def raise_scores(self, prediction: Prediction) -> Iterator[GenreScore]:
        """Yield the scores of `prediction` as the album leaves them, in the same order.

        The first score becomes the confidence. Each other score loses the same share of itself, so
        that all still add up to one.
        """
        if not self.raises(prediction):
            yield from prediction.scores
            return
        scores = iter(prediction.scores)
        first = next(scores)
        yield GenreScore(first.genre, self.confidence)
        kept = (1 - self.confidence) / (1 - first.score)
        for other in scores:
            yield GenreScore(other.genre, other.score * kept)

    def settles_doubt(self, prediction: Prediction) -> bool:
        """Return whether the album agrees enough that a low confidence no longer means Unsure."""
        return (
            prediction.unsure is Unsure.LOW_CONFIDENCE
            and self.raises(prediction)
            and self.level is not Level.LOW
            and 2 * self.n_agreeing >= self.n_others
        )
