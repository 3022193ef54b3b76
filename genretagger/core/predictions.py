"""Frozen values of hearing and judging: from a model's numbers to a prediction. No logic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Unsure(Enum):
    """Why a prediction should not be trusted without listening."""

    LOW_CONFIDENCE = "low confidence"
    SEGMENTS_DISAGREE = "segments disagree"
    UNFAMILIAR = "unlike anything the model was trained on"
    OUTSIDE = "none of the ten genres"
    NOT_MUSIC = "not music"


# Where the levels of a calibrated confidence begin: 95 of 100 tracks at 95 % are right. Where fewer
# than half are right, a verdict is unsure.
HIGH_FROM: Final = 0.95
MEDIUM_FROM: Final = 0.8
UNSURE_BELOW: Final = 0.5


class Level(Enum):
    """How far a prediction can be trusted, by its confidence."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class FeatureSpec:
    """Every number that defines the network's input, as the model's manifest gives it.

    A track is first amplified to `level_db`, its root mean square relative to full scale. A segment
    is `n_frames` columns of log-mel; a track is judged from at most `max_segments` of them, cut
    from excerpts of `segments_per_excerpt` segments spread over the track.
    """

    sample_rate_hz: int
    n_fft: int
    hop_length: int
    n_mels: int
    n_frames: int
    log_multiplier: float
    max_segments: int
    segments_per_excerpt: int
    level_db: float

    @property
    def segment_s(self) -> float:
        """Length of a segment in seconds."""
        return self.n_frames * self.hop_length / self.sample_rate_hz

    @property
    def plan_id(self) -> str:
        """Name of the excerpt plan: outputs stored under another plan are not comparable."""
        plan = f"{self.max_segments}x{self.n_frames}/{self.segments_per_excerpt}"
        return f"{plan}@{self.level_db:g}dB"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A decoded stretch of a track.

    samples : np.ndarray [float32, shape=(n_samples,)]   mono, nominally in [-1, 1], finite
    """

    samples: NDArray[np.float32]
    sample_rate_hz: int
    start_s: float


@dataclass(frozen=True, slots=True)
class Decoded:
    """The excerpts to hear of a track, in time order, and the true length of the track."""

    excerpts: tuple[Excerpt, ...]
    duration_s: float


@dataclass(frozen=True, slots=True, eq=False)
class SegmentOutputs:
    """The outputs of the embedding network for each segment of a track.

    starts_s : np.ndarray [float32, shape=(n_segments,)]   seconds from the start of the track
    logits : np.ndarray [float32, shape=(n_segments, n_tags)]   before the sigmoid
    penultimate : np.ndarray [float32, shape=(n_segments, n_units)]   activations
    duration_s : the true length of the track, None if it was not measured
    """

    starts_s: NDArray[np.float32]
    logits: NDArray[np.float32]
    penultimate: NDArray[np.float32]
    duration_s: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Envelope:
    """The loudness of a track over its whole length.

    levels : np.ndarray [float32, shape=(n_bins,)]   root mean square, relative to the loudest bin
    """

    levels: NDArray[np.float32]
    duration_s: float


@dataclass(frozen=True, slots=True)
class GenreScore:
    """A genre (canonical id) or a style hint (tag name) with its score in [0, 1]."""

    genre: str
    score: float


@dataclass(frozen=True, slots=True)
class StyleScore:
    """A style beyond the ten genres (canonical id) that a model hears in a track.

    confidence : the share of such tracks that are of the style, as measured; in [0, 1]
    is_proven : whether its suggestions were right often enough, on held-out tracks, for a bulk
        action; a style that is not is offered, and written only where the user takes it
    """

    style: str
    confidence: float
    is_proven: bool


@dataclass(frozen=True, slots=True)
class SegmentScores:
    """The ten scores of one segment, in the order of the manifest's genres."""

    start_s: float
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Prediction:
    """The verdict of a model on a track; `scores` descend and sum to 1, `genre` is the first.

    `styles` are those suggested beside the ten genres, the surest first; where the verdict is
    `unsure`, the first stands in the place of `genre`. `hints` are tags that only stand out.
    """

    genre: str
    confidence: float
    scores: Sequence[GenreScore]
    hints: Sequence[GenreScore]
    unsure: Unsure | None
    level: Level
    model_id: str
    segments: tuple[SegmentScores, ...] = ()
    styles: tuple[StyleScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least confidence of a level.

    `precision` is the share of right verdicts among those from `confidence` on, `coverage` their
    share of all tracks; both were measured on tracks that the model was not trained on.
    """

    confidence: float
    precision: float
    coverage: float


@dataclass(frozen=True, slots=True)
class StyleOutput:
    """How a model hears a style beyond the ten genres, and how right it was on held-out tracks.

    A logistic function of the mean logits of `tags`, with `slopes` and `offset`, makes the
    confidence in a track. From `least_confidence` on the style is suggested; None: too little
    labelled audio, it stays a hint. `precision` is the share of right ones among `n_suggested`
    held-out suggestions, `lower_bound` the lower end of its 95 % interval (Wilson). Only a style
    that `is_proven` may be written by a bulk action.
    """

    style: str
    tags: tuple[str, ...]
    slopes: tuple[float, ...]
    offset: float
    least_confidence: float | None
    precision: float
    lower_bound: float
    n_suggested: int
    is_proven: bool


@dataclass(frozen=True, slots=True)
class BetaCalibration:
    """How the probability of being right grows with the largest score s (`analysis.calibration`).

    log-odds = low * log(s) - high * log(1 - s) + offset; 1, 1, 0 changes nothing. Neither `low`
    nor `high` is below zero, and one is above.
    """

    low: float
    high: float
    offset: float


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """The description of a model in its folder (`manifest.json`).

    Logits are divided by `temperature`; `segment_weight` and `focus` weigh the segments of a track
    (`analysis.scoring.combine_segments`); `beta` makes the largest score a probability. Below
    `unsure_below`, or where less than the share `least_support` of the segments agrees, the
    prediction is unsure. Above the distance `unfamiliar_above` a track is unlike the training data,
    below the log-odds `music_above` it is not music, above the log-odds `outside_above` it is music
    of none of the genres. `hints` are the tags shown as style hints, and the least mean probability
    of each; `styles` are the styles that the tags hear.
    """

    model_id: str
    embedding_id: str
    genres: tuple[str, ...]
    tags: tuple[str, ...]
    hints: tuple[tuple[str, float], ...]
    styles: tuple[StyleOutput, ...]
    n_units: int
    feature_spec: FeatureSpec
    temperature: float
    calibrated: bool
    segment_weight: float
    focus: float
    beta: BetaCalibration
    high: Threshold
    medium: Threshold
    unsure_below: float
    least_support: float
    unfamiliar_above: float
    music_above: float
    outside_above: float
    sha256: tuple[tuple[str, str], ...]
    trained_on: str
