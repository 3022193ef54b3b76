"""Folds are judged and calibrated on artists that they did not learn from."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.training.crossvalidate import cross_validate, format_report
from genretagger.training.data.dataset import LOGITS, PENULTIMATE, load_table
from genretagger.training.model.calibrate import Calibration
from genretagger.training.model.gaussian import Recipe


@pytest.fixture(scope="module")
def table(small_table):
    return load_table(small_table, needs=(LOGITS, PENULTIMATE))


def test_held_out_artists_are_recognised_where_genres_are_easy(table):
    folds = cross_validate(table, recipe=Recipe())
    assert len(folds) == 15
    assert np.mean([fold.measure(table.labels).accuracy for fold in folds]) > 0.98
    assert all(fold.segments.shape == (len(fold.rows), 10, 10) for fold in folds)
    assert "15 artist-grouped folds" in format_report(folds, table.labels)


def test_no_fold_is_calibrated_on_its_own_rows(table, monkeypatch):
    calibrated_on = []

    def spy(logits, labels):
        calibrated_on.append(set(logits.rows.tolist()))
        return Calibration(1.0, 0.5)

    monkeypatch.setattr("genretagger.training.crossvalidate.fit_calibration", spy)
    folds = cross_validate(table, recipe=Recipe(), network=None)
    for fold, rows in zip(folds, calibrated_on, strict=True):
        assert not rows & set(fold.rows.tolist())
        assert rows
