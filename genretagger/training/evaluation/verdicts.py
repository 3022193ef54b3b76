"""What the measurements need of verdicts on held-out rows."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Verdicts(Protocol):
    """Scores of rows that the model was not trained on (`crossvalidate.Fold`)."""

    @property
    def rows(self) -> NDArray[np.int64]:
        """Positions of the rows in the table [shape=(n_rows,)]."""

    @property
    def scores(self) -> NDArray[np.float64]:
        """Calibrated scores of whole clips [shape=(n_rows, n_genres)]."""

    @property
    def raw(self) -> NDArray[np.float64]:
        """The largest score of each row before the beta calibration [shape=(n_rows,)]."""

    @property
    def segments(self) -> NDArray[np.float64]:
        """Scores of each segment alone [shape=(n_rows, n_segments, n_genres)]."""
