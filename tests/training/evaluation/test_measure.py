"""Figures are those of the verdicts they are computed from."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.training.evaluation.measure import summarise_folds
from tests.helpers.made_folds import make_folds


def test_figures_of_folds_are_those_of_their_verdicts():
    labels, groups, folds = make_folds()
    figures = summarise_folds(folds, labels=labels, groups=groups)
    accuracies = [np.mean(fold.scores.argmax(axis=1) == labels) for fold in folds]
    assert figures.accuracy.mean == pytest.approx(np.mean(accuracies))
    assert (figures.accuracy.low, figures.accuracy.high) == (min(accuracies), max(accuracies))
    assert figures.segment_accuracy == pytest.approx(np.mean(accuracies))
    assert figures.accuracy_interval[0] < figures.pooled_accuracy < figures.accuracy_interval[1]
    assert sum(map(sum, figures.confusion)) == figures.n_verdicts == 120
    for label, genre in enumerate(figures.genres):
        assert genre.recall == pytest.approx(figures.confusion[label][label] / genre.n)
    assert sum(bin_.n for bin_ in figures.reliability) == 120
    assert figures.risk_coverage[-1].risk == pytest.approx(1 - figures.pooled_accuracy)
