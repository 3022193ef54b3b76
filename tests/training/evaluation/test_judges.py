"""Both judges are measured alike: what is right, how well calibrated, and how many are sure."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from genretagger.training.evaluation.judges import measure_judge
from tests.helpers.made_folds import make_folds


def test_its_levels_are_shares_of_all_verdicts():
    labels, _groups, folds = make_folds()
    figures = measure_judge(folds, labels, name="a judge")
    assert figures.name == "a judge"
    assert list(figures.levels) == ["high", "medium", "low", "unsure"]
    assert sum(figures.levels.values()) == pytest.approx(1)


def test_a_number_that_promises_too_much_is_off_before_and_right_after():
    scores = np.full((100, 10), 0.3 / 9)
    scores[:, 0] = 0.7
    labels = np.repeat([0, 1], [70, 30])
    raw = np.full(100, 0.99)
    fold = SimpleNamespace(rows=np.arange(100), scores=scores, segments=scores[:, None], raw=raw)
    figures = measure_judge([fold], labels, name="n")
    assert figures.accuracy == pytest.approx(0.7)
    assert figures.ece_before == pytest.approx(0.29)
    assert figures.ece == pytest.approx(0.0, abs=1e-9)
    assert figures.levels == {"high": 0.0, "medium": 0.0, "low": 1.0, "unsure": 0.0}
