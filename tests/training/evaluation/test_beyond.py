"""Music outside the ten is judged as the application would, with held-out log-odds."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.training.data.dataset import LOGITS, PENULTIMATE, load_table
from genretagger.training.evaluation.beyond import measure_beyond
from genretagger.training.model.styles import fit_styles
from genretagger.training.styles.labels import group_style_tags
from genretagger.training.styles.tracks import load_packaged_music


@pytest.fixture(scope="module")
def music():
    return load_packaged_music()


@pytest.fixture(scope="module")
def measured(small_table, music):
    """Return the figures if nothing, and if everything, is detected as outside."""
    model = Model.load(default_model_folder())
    table = load_table(small_table, needs=(LOGITS, PENULTIMATE))
    tags = model.manifest.tags
    styles = fit_styles(music, tags=tags, tags_of_style=group_style_tags(tags))
    n_rows = len(table.clips) + len(music.labels)
    return [
        measure_beyond(table, music=music, styles=styles, odds=np.full(n_rows, odds), model=model)
        for odds in (-1e9, 1e9)
    ]


def test_detection_is_counted_against_none(measured, music):
    without, everything = measured
    n_outside = music.genres.tolist().count("")
    for beyond in measured:
        assert beyond.outside[0].n == n_outside
        assert beyond.outside[0].n_sure_undetected > beyond.outside[0].n_confident_undetected > 0
    assert without.outside[0].n_sure == without.outside[0].n_sure_undetected
    assert everything.outside[0].n_sure == everything.outside[0].n_confident == 0
    by_genre = without.outside[1:]
    assert sum(row.n_sure for row in by_genre) == without.outside[0].n_sure


def test_music_of_the_ten_is_counted_by_genre(measured):
    without, everything = measured
    assert {row.n_called for row in without.kept} == {0}
    assert all(row.n_called == row.n for row in everything.kept)
    rows = {row.name: row.n for row in without.kept}
    assert rows["all clips"] == 60
    assert rows["clips of jazz"] == 6
    assert rows["classical of other sources"] > 20


def test_first_suggestions_are_counted_where_the_verdict_is_unsure(measured):
    without, everything = measured
    assert 0 < without.first.n_unsure < everything.first.n_unsure <= everything.first.n
    assert everything.first.n_right <= everything.first.n_suggested <= everything.first.n_unsure
    electronic = next(style for style in without.styles if style.style == "electronic")
    assert electronic.n_tracks > 50
    assert electronic.interval[0] < electronic.n_right / electronic.n_suggested
