"""A genre that was left out of the training is recognised as unknown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from genretagger.training.data.dataset import GENRES, LOGITS, PENULTIMATE, load_table
from genretagger.training.evaluation.open_set import measure_left_out_auroc, measure_open_set
from genretagger.training.model.gaussian import Recipe
from genretagger.training.model.music_detector import as_music, pooled


@pytest.fixture(scope="module")
def table(small_table):
    return load_table(small_table, needs=(LOGITS, PENULTIMATE))


def test_a_genre_that_was_left_out_is_far_away(table):
    separated = measure_left_out_auroc(table, recipe=Recipe())
    assert list(separated) == list(GENRES)
    assert np.mean(list(separated.values())) > 0.65


def test_cuts_are_not_counted_among_what_was_judged(table):
    with_cuts = table.with_cuts(table.rows(table.genres == "disco"))
    sounds = as_music(table, name="clips")
    noise = replace(sounds, kinds=np.full_like(sounds.kinds, "noise"))
    both = pooled(sounds, noise)
    odds = np.repeat([1.0, -1.0], len(table.clips))
    figures = measure_open_set(with_cuts, recipe=Recipe(), sounds=both, odds=odds, music_above=0.0)
    assert {item.name: item.n for item in figures.left_out} == dict.fromkeys(GENRES, 6)
