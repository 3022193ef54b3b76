"""A personal classifier, which turns stored outputs into a prediction. NumPy only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.scoring import average_segments, find_doubt, softmax
from genretagger.core.personal import ClassifierReport
from genretagger.core.predictions import GenreScore, Level, Prediction, SegmentOutputs, Unsure

# A calibrated confidence below this means "rather not". With two genres, the better one is never
# below 0.5.
_UNSURE_BELOW: Final = 0.5
_UNSURE_BELOW_OF_TWO: Final = 2 / 3
# With many similar genres, fewer segments agree than with ten; below this, nearly none agree.
_LEAST_SUPPORT: Final = 0.3
# There may be 200 genres: lower scores are noise, and a row of the window must not hold them all.
_MOST_SCORES: Final = 10


def features_of(outputs: SegmentOutputs) -> NDArray[np.float32]:
    """Return the features of a track: mean activations [float32, shape=(n_units,)]."""
    return average_segments(outputs.penultimate)


@dataclass(frozen=True, eq=False)
class PersonalClassifier:
    """A linear classifier of the user's own genres.

    weights : np.ndarray [float32, shape=(n_genres, n_units)]   for mean activations, calibrated
    bias : np.ndarray [float32, shape=(n_genres,)]
    embedding_id, plan_id : the embedding and excerpt plan that it was learned with and requires
    report : the genres, in the order of the weights, with their figures
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    embedding_id: str
    plan_id: str
    report: ClassifierReport

    @cached_property
    def genres(self) -> tuple[str, ...]:
        """The names of the genres in the order of the weights."""
        return tuple(genre.genre for genre in self.report.genres)

    @cached_property
    def short_hash(self) -> str:
        """Eight hexadecimal digits that distinguish this classifier from another of its name.

        Printed in `model_id`, so a file keeps them for good, whatever its classes are called here.
        """
        digest = hashlib.sha256(self.weights.tobytes() + self.bias.tobytes())
        report = repr(self.report).replace("ClassifierReport(", "Report(", 1)
        digest.update(report.replace("LeftOutTracks(", "LeftOut(").encode())
        return digest.hexdigest()[:8]

    def scores(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return calibrated scores for rows of activations.

        Parameters
        ----------
        rows : np.ndarray [float32, shape=(n_rows, n_units)]
            Activations of the embedding, for a segment or as the mean over segments.

        Returns
        -------
        np.ndarray [float64, shape=(n_rows, n_genres)]
            In [0, 1], each row with the sum 1.
        """
        logits = rows.astype(np.float64) @ self.weights.T + self.bias
        return softmax(logits, temperature=1.0)

    def predict(self, outputs: SegmentOutputs, *, main: Prediction, name: str) -> Prediction:
        """Return the verdict of this classifier, called `name`, on a track.

        Doubts come from its own scores, but the `main` model decides whether the track is music,
        because the user's genres have no examples of speech. Unfamiliarity to `main` does not
        count. The prediction has the ten best scores, and no scores per segment.
        """
        rows = np.vstack([features_of(outputs)[np.newaxis], outputs.penultimate])
        scores = self.scores(rows)
        order = np.argsort(-scores[0], kind="stable")[:_MOST_SCORES]
        winner = int(order[0])
        confidence = float(scores[0, winner])
        support = float(np.mean(scores[1:].argmax(axis=1) == winner))
        no_music = main.unsure is Unsure.NOT_MUSIC
        return Prediction(
            genre=self.genres[winner],
            confidence=confidence,
            scores=tuple(GenreScore(self.genres[i], float(scores[0, i])) for i in order),
            hints=main.hints,
            unsure=main.unsure if no_music else self._unsure(confidence, support=support),
            level=self._level(confidence, few=self.report.genres[winner].few),
            model_id=f"personal:{name}:{self.short_hash}",
        )

    def _unsure(self, confidence: float, *, support: float) -> Unsure | None:
        least = _UNSURE_BELOW if len(self.genres) > 2 else _UNSURE_BELOW_OF_TWO
        return find_doubt(
            confidence, support=support, unsure_below=least, least_support=_LEAST_SUPPORT
        )

    def _level(self, confidence: float, *, few: bool) -> Level:
        """Return the level; a genre of `few` artists never reaches the highest."""
        high, medium = self.report.high, self.report.medium
        if high is not None and confidence >= high.confidence and not few:
            return Level.HIGH
        thresholds = [threshold for threshold in (high, medium) if threshold is not None]
        is_reached = any(confidence >= threshold.confidence for threshold in thresholds)
        return Level.MEDIUM if is_reached else Level.LOW
