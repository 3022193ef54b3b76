"""What the student learns: the teachers' answers, scaled to be learned with one loss.

A student learns most of how the teachers' answers differ, not only of which is the largest (Hinton,
Vinyals and Dean 2015, arXiv 1503.02531). Features are rotated to their principal components and
half whitened, logits standardised; both are fitted to the pass of plain audio. No label is a
target: a classifier of the teachers' features, fitted to the clips' genres, made the student learn
the clips by heart (docs/model.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.training.student.bank import BankPass
from genretagger.training.student.teachers import TagPositions

_Floats = NDArray[np.float32]

# Principal components of the features of each teacher.
N_MSD: Final = 48
N_JAMENDO: Final = 32
N_AUDIOSET: Final = 96

# How much each target of a block counts in the loss.
_WEIGHTS: Final = {
    "msd_features": 1.5,
    "msd_logits": 1.0,
    "jamendo_features": 0.5,
    "jamendo_logits": 0.7,
    "audioset_features": 1.0,
    "audioset_logits": 1.0,
}
WHOLE: Final = ("msd_features", "msd_logits", "jamendo_features", "jamendo_logits")
THIRDS: Final = ("audioset_features", "audioset_logits")

_WHITENING: Final = 0.5  # 1 gives all components one variance, 0 leaves them as they are
_LEAST_VARIANCE: Final = 1e-4  # of a component, as a share of the largest
_LEAST_DEVIATION: Final = 0.3  # of a logit, so that one that never changes is not magnified
# Outliers of the teachers are not worth learning.
_MOST_FEATURE: Final = 6.0
_MOST_LOGIT: Final = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Scaling:
    """A linear map of a block of answers: (answers - mean) @ matrix, limited to +-most.

    mean : np.ndarray [float64, shape=(n_answers,)]
    matrix : np.ndarray [float64, shape=(n_answers, width)]
    """

    mean: NDArray[np.float64]
    matrix: NDArray[np.float64]
    most: float

    @classmethod
    def whiten(cls, answers: _Floats, *, width: int) -> Scaling:
        """Fit principal components, half whitened, with a mean square of 1 over all of them."""
        rows = answers.reshape(-1, answers.shape[-1]).astype(np.float64)
        mean = rows.mean(axis=0)
        variances, directions = np.linalg.eigh(np.cov((rows - mean).T))
        variances, directions = variances[::-1][:width], directions[:, ::-1][:, :width]
        shares = np.maximum(variances, 0) / variances[0] + _LEAST_VARIANCE
        matrix = directions * shares ** (-_WHITENING / 2)
        gain = 1 / np.sqrt(np.mean(np.square((rows - mean) @ matrix)))
        return cls(mean, matrix * gain, _MOST_FEATURE)

    @classmethod
    def standardise(cls, answers: _Floats) -> Scaling:
        """Fit mean and deviation of each logit."""
        rows = answers.reshape(-1, answers.shape[-1]).astype(np.float64)
        return cls(
            rows.mean(axis=0), np.diag(1 / (rows.std(axis=0) + _LEAST_DEVIATION)), _MOST_LOGIT
        )

    @property
    def width(self) -> int:
        """The number of targets of the block."""
        return int(self.matrix.shape[1])

    def __call__(self, answers: _Floats) -> _Floats:
        """Return the targets [shape=(..., width)]."""
        scaled = (answers - self.mean) @ self.matrix
        targets: _Floats = np.clip(scaled, -self.most, self.most).astype(np.float32)
        return targets


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """The targets of whole excerpts and of their thirds, block by block."""

    scalings: Mapping[str, Scaling]
    tags: TagPositions

    @classmethod
    def fit(cls, plain: BankPass, *, tags: TagPositions) -> Targets:
        """Fit to the pass of plain audio.

        Parameters
        ----------
        plain : BankPass
            Pass 0 of the bank.
        tags : TagPositions
            Which classes of AudioSet are learned.
        """
        audioset_logits = plain.read_answers("audioset_logits")[..., list(tags.audioset)]
        scalings = {
            "msd_features": Scaling.whiten(plain.read_answers("msd_features"), width=N_MSD),
            "msd_logits": Scaling.standardise(plain.read_answers("msd_logits")),
            "jamendo_features": Scaling.whiten(
                plain.read_answers("jamendo_features"), width=N_JAMENDO
            ),
            "jamendo_logits": Scaling.standardise(plain.read_answers("jamendo_logits")),
            "audioset_features": Scaling.whiten(
                plain.read_answers("audioset_features"), width=N_AUDIOSET
            ),
            "audioset_logits": Scaling.standardise(audioset_logits),
        }
        return cls(scalings, tags)

    def compute(self, answers: BankPass) -> tuple[_Floats, _Floats]:
        """Return the targets of a pass.

        Returns
        -------
        whole : np.ndarray [float32, shape=(n_excerpts, n_whole)]
            The blocks `WHOLE`, side by side.
        thirds : np.ndarray [float32, shape=(n_excerpts, 3, n_thirds)]
            The blocks `THIRDS`, side by side.
        """
        blocks = {}
        for name, scaling in self.scalings.items():
            given = answers.read_answers(name)
            if name == "audioset_logits":
                given = given[..., list(self.tags.audioset)]
            blocks[name] = scaling(given)
        whole, thirds = ([blocks[name] for name in names] for names in (WHOLE, THIRDS))
        return np.concatenate(whole, axis=-1), np.concatenate(thirds, axis=-1)

    def find(self, name: str) -> slice:
        """Return where a block lies among those of its kind."""
        names = WHOLE if name in WHOLE else THIRDS
        start = sum(self._width(other) for other in names[: names.index(name)])
        return slice(start, start + self._width(name))

    def weigh(self, names: Sequence[str]) -> _Floats:
        """Return the weights of the targets of the blocks `names`, with a sum of 1."""
        weights: _Floats = np.concatenate(
            [np.full(self._width(name), _WEIGHTS[name], np.float32) for name in names]
        )
        weights /= weights.sum()
        return weights

    def _width(self, name: str) -> int:
        return self.scalings[name].width
