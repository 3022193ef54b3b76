"""A genre that was left out of the training is recognised as unknown."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.training.data.dataset import GENRES, LOGITS, PENULTIMATE, load_table
from genretagger.training.evaluation.open_set import measure_left_out_auroc
from genretagger.training.model.gaussian import Recipe


@pytest.fixture(scope="module")
def table(small_table):
    return load_table(small_table, needs=(LOGITS, PENULTIMATE))


def test_a_genre_that_was_left_out_is_far_away(table):
    separated = measure_left_out_auroc(table, recipe=Recipe())
    assert list(separated) == list(GENRES)
    assert np.mean(list(separated.values())) > 0.65
