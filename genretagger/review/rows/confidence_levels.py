"""What a level of confidence was measured to mean, and which level a confidence reaches."""

from __future__ import annotations

from dataclasses import dataclass

from genretagger.core.predictions import Level, Threshold

PERSONAL_PREFIX = "personal:"  # of the model_id of what a personal classifier says


@dataclass(frozen=True, slots=True)
class Levels:
    """The thresholds of one classifier; None where no confidence is right often enough."""

    high: Threshold | None = None
    medium: Threshold | None = None

    def level_of(self, confidence: float) -> Level:
        """Return the level that `confidence` reaches."""
        if self.high is not None and confidence >= self.high.confidence:
            return Level.HIGH
        reached = any(one and confidence >= one.confidence for one in (self.high, self.medium))
        return Level.MEDIUM if reached else Level.LOW

    def precision(self, level: Level) -> float | None:
        """Return the share of the verdicts of a level that was right, None if it is not known.

        A threshold was measured with all that lies above it; for medium, what is high is taken off.
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
        """Return the highest threshold that `confidence` reaches, None below all."""
        for one in (self.high, self.medium):
            if one is not None and confidence >= one.confidence:
                return one
        return None


@dataclass(frozen=True, slots=True)
class ClassifierLevels:
    """The levels of the model, and of the personal classifier in use."""

    model: Levels = Levels()
    personal: Levels = Levels()

    def of(self, model_id: str) -> Levels:
        """Return the levels of what `model_id` said."""
        return self.personal if model_id.startswith(PERSONAL_PREFIX) else self.model
