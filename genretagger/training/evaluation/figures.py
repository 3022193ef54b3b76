"""Every published figure, once: the schema of `docs/model-figures.json`, its reader and writer.

`training.report` writes README, model card, `docs/model-report.html` and the tables of
`docs/model.md` from that file. A section that was not measured is None.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from genretagger.core.errors import GenreTaggerError, shown
from genretagger.core.resources import models_folder
from genretagger.core.typed_json import TypedJsonError, read_json
from genretagger.training.data.metrics import ConfidenceBin, CurvePoint
from genretagger.training.evaluation.beyond_figures import BeyondFigures
from genretagger.training.evaluation.judges import JudgeFigures
from genretagger.training.model.embedding import StudiedAudio

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FIGURES_FILE: Final = models_folder().parent / "docs" / "model-figures.json"
_N_DIGITS: Final = 6  # far beyond what any interval allows, and stable between machines


class FiguresError(GenreTaggerError):
    """The file of figures cannot be used."""


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """A threshold of the manifest with the precision and coverage it was chosen for."""

    name: str
    confidence: float
    precision: float
    coverage: float


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """Facts of the model and its `EmbeddingRecord`; `n_bytes`: size of the files of `sha256`."""

    model_id: str
    embedding_id: str
    genres: tuple[str, ...]
    hints: tuple[tuple[str, float], ...]
    segment_s: float
    max_segments: int
    sample_rate_hz: int
    level_db: float
    temperature: float
    segment_weight: float
    focus: float
    calibrated: bool
    levels: tuple[LevelFigures, ...]
    unsure_below: float
    least_support: float
    unfamiliar_above: float
    music_above: float
    outside_above: float
    trained_on: str
    studied: tuple[StudiedAudio, ...]
    n_passes: int
    hours_heard: float
    n_bytes: int
    sha256: dict[str, str]


@dataclass(frozen=True, slots=True)
class DataFigures:
    """The training data; `n_unnamed` clips have no known artist, each is its own group.

    The `n_cuts` pieces of 3 s of further clips are learned of, and counted nowhere else.
    """

    name: str
    n_clips: int
    n_artists: int
    n_unnamed: int
    clips: dict[str, int]
    artists: dict[str, int]
    splits: dict[str, int]
    n_cuts: int = 0


@dataclass(frozen=True, slots=True)
class FoldSummary:
    """Mean, lowest and highest value over the folds."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GenreFigures:
    """Figures of one genre; None if it never occurs, or is never predicted."""

    genre: str
    n: int
    recall: float | None
    precision: float | None


@dataclass(frozen=True, slots=True)
class FoldFigures:
    """The artist-grouped cross-validation: by fold, or over all held-out verdicts pooled.

    segment_accuracy : share of single segments whose genre is right, each judged alone
    confusion : verdicts by true genre, then by predicted genre, in the order of the model's genres
    *_interval : 95 %, drawing whole artists
    """

    n_folds: int
    n_clips: int
    n_verdicts: int
    accuracy: FoldSummary
    balanced_accuracy: FoldSummary
    segment_accuracy: float
    pooled_accuracy: float
    accuracy_interval: tuple[float, float]
    ece: float
    ece_interval: tuple[float, float]
    coverage_at_precision: float
    precision: float
    genres: tuple[GenreFigures, ...]
    confusion: tuple[tuple[int, ...], ...]
    reliability: tuple[ConfidenceBin, ...]
    risk_coverage: tuple[CurvePoint, ...]


@dataclass(frozen=True, slots=True)
class HoldOutFigures:
    """A model of the training partition, with `n_cuts` cuts of others, on that for validation."""

    n_training: int
    n: int
    accuracy: float
    interval: tuple[float, float]
    balanced_accuracy: float
    ece: float
    coverage_at_precision: float
    n_cuts: int = 0


@dataclass(frozen=True, slots=True)
class BaselineFigures:
    """The origin's network under one protocol; `leaks`: pieces of a song are on both sides."""

    protocol: str
    leaks: bool
    n_features: int
    n_rows: int
    n_test: int
    n_epochs: int
    accuracy: float
    loss: float

    @property
    def title(self) -> str:
        """The protocol, with a warning if it leaks."""
        return f"{self.protocol} (leaks)" if self.leaks else self.protocol


@dataclass(frozen=True, slots=True)
class RobustnessFigures:
    """Verdicts on `n` clips after one change of the sound; NaN, in the file None, if `n` is 0.

    n_refused : clips that the application refused to judge after the change; not among `n`
    agreement : share of clips with the same genre as before the change
    accuracy_change : accuracy after the change minus accuracy before
    confidence_change : mean absolute change of the score of the genre predicted before
    """

    name: str
    n: int
    n_refused: int
    agreement: float | None
    accuracy: float | None
    accuracy_change: float | None
    confidence_change: float | None


@dataclass(frozen=True, slots=True)
class SeparationFigures:
    """How well a kind of sound without a genre here is told from music with one."""

    name: str
    auroc: float | None
    n: int


@dataclass(frozen=True, slots=True)
class CalledFigures:
    """Number of `n` tracks called not music by a detector that never heard their source."""

    name: str
    is_music: bool
    n: int
    n_called: int


@dataclass(frozen=True, slots=True)
class OpenSetFigures:
    """Sounds without a genre here: left-out genres, kinds of sound, tracks called not music."""

    left_out: tuple[SeparationFigures, ...]
    not_music: tuple[SeparationFigures, ...]
    called: tuple[CalledFigures, ...]


@dataclass(frozen=True, slots=True)
class SpeedFigures:
    """Medians over `n` tracks of `track_s` seconds, in milliseconds on one core."""

    n: int
    track_s: float
    decode_ms: float
    features_ms: float
    embedding_ms: float
    classify_ms: float

    @property
    def total_ms(self) -> float:
        """Sum of the steps."""
        return self.decode_ms + self.features_ms + self.embedding_ms + self.classify_ms


@dataclass(frozen=True, slots=True)
class MachineFigures:
    """The machine of the measurements; on others the last digits may differ."""

    system: str
    n_cores: int
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Figures:
    """All published figures; a section is None if it was not measured.

    unheard : of the cross-validation, the clips that the embedding did not learn from either
    """

    model: ModelFigures
    machine: MachineFigures
    data: DataFigures
    cross_validation: FoldFigures | None = None
    unheard: FoldFigures | None = None
    judges: tuple[JudgeFigures, ...] | None = None
    hold_out: HoldOutFigures | None = None
    baselines: tuple[BaselineFigures, ...] | None = None
    robustness: tuple[RobustnessFigures, ...] | None = None
    open_set: OpenSetFigures | None = None
    beyond: BeyondFigures | None = None
    speed: SpeedFigures | None = None
    limits: tuple[str, ...] = ()


def as_json(figures: DataclassInstance) -> str:
    """Return `figures`, or others in a dataclass, as JSON text, numbers rounded to six digits."""
    return json.dumps(_rounded(asdict(figures)), indent=1, ensure_ascii=False) + "\n"


def save_figures(figures: Figures, path: Path) -> None:
    """Write `figures` to `path`, making its folder if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_json(figures), encoding="utf-8")


def load_figures(path: Path = FIGURES_FILE) -> Figures:
    """Return the figures in `path`.

    Raises
    ------
    FiguresError
        The file cannot be read, or is not of this schema.
    """
    try:
        return read_json(path.read_bytes(), Figures)
    except (OSError, TypedJsonError) as error:
        raise FiguresError("figures-unreadable", path=shown(path), reason=error) from error


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return round(value, _N_DIGITS) if math.isfinite(value) else None
        case dict():
            return {key: _rounded(one) for key, one in value.items()}
        case list() | tuple():
            return [_rounded(one) for one in value]
        case _:
            return value
