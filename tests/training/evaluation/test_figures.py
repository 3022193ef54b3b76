"""One file of figures: it comes back as it was written, and describes the shipped model."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from genretagger.analysis.manifest import default_model_folder
from genretagger.training.evaluation.figures import (
    FiguresError,
    as_json,
    load_figures,
    save_figures,
)
from genretagger.training.evaluation.measure import describe_model


@pytest.mark.parametrize("name", ["bare", "full"])
def test_figures_come_back_as_they_were_written(name, request, tmp_path):
    figures = request.getfixturevalue(name)
    path = tmp_path / "new" / "figures.json"
    save_figures(figures, path)
    loaded = load_figures(path)
    assert as_json(loaded) == as_json(figures)
    assert loaded.model.genres == figures.model.genres


@pytest.mark.parametrize(
    "change",
    [
        lambda stored: stored.pop("speed"),
        lambda stored: stored.update(surprise=1),
        lambda stored: stored.update(limits=[1]),
        lambda stored: stored["data"].update(n_clips="many"),
        lambda stored: stored["speed"].update(track_s=True),
    ],
)
def test_figures_of_another_schema_are_refused(change, full, tmp_path):
    stored = json.loads(as_json(full))
    change(stored)
    path = tmp_path / "figures.json"
    path.write_text(json.dumps(stored))
    with pytest.raises(FiguresError, match=r"figures\.json cannot be used"):
        load_figures(path)


def test_the_figures_are_those_of_the_shipped_model():
    published = load_figures()
    shipped = replace(published, model=describe_model(default_model_folder()))
    assert as_json(published) == as_json(shipped), (
        "docs/model-figures.json describes another model: run make train"
    )
