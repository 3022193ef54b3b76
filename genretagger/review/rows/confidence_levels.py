"""The confidence levels of a classifier: their thresholds, and how often a level was right."""

from __future__ import annotations

from dataclasses import dataclass

from genretagger.core.predictions import Level, Prediction, Threshold

PERSONAL_PREFIX = "personal:"  # begins the model_id of every personal classifier


def is_personal(prediction: Prediction) -> bool:
    """Return whether a personal classifier made the prediction."""
    return prediction.model_id.startswith(PERSONAL_PREFIX)


@dataclass(frozen=True, slots=True)
class Levels:
    """The thresholds of one classifier; None where no confidence is right often enough."""

    high: Threshold | None = None
    medium: Threshold | None = None

    def level_of(self, confidence: float) -> Level:
        """Return the level that `confidence` reaches."""
        if self.high is not None and confidence >= self.high.confidence:
            return Level.HIGH
        return Level.LOW if self.at_least(confidence) is None else Level.MEDIUM

    def precision(self, level: Level) -> float | None:
        """Return the share of the predictions of a level that was right, None if unknown.

        A threshold was measured with everything above it; for medium, what is high is taken off.
        """
        high, medium = self.high, self.medium
        match level:
            case Level.HIGH:
                return high.precision if high else None
            case Level.MEDIUM if medium is not None and high is not None:
                share = medium.coverage - high.coverage
                right = medium.precision * medium.coverage - high.precision * high.coverage
                return min(1.0, max(0.0, right / share)) if share > 0 else None
            case Level.MEDIUM:
                return medium.precision if medium else None
            case Level.LOW:
                return None

    def at_least(self, confidence: float) -> Threshold | None:
        """Return the highest threshold that `confidence` reaches, None if it reaches none."""
        for threshold in (self.high, self.medium):
            if threshold is not None and confidence >= threshold.confidence:
                return threshold
        return None


@dataclass(frozen=True, slots=True)
class ClassifierLevels:
    """The levels of the model, and of the personal classifier in use."""

    model: Levels = Levels()
    personal: Levels = Levels()

    def of(self, model_id: str) -> Levels:
        """Return the levels of the classifier with this id."""
        return self.personal if model_id.startswith(PERSONAL_PREFIX) else self.model
