"""Many files are heard in their order; one that cannot be heard costs no other."""

from __future__ import annotations

from contextlib import closing

import numpy as np

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.workers import hear
from genretagger.training.hearing import hear_in_order
from tests.helpers.samples import encode


def test_files_are_heard_in_their_order_and_failures_are_said(tmp_path, capsys):
    first = encode(tmp_path / "a.flac", seconds=4, noise=0.3, seed=1)
    short = encode(tmp_path / "short.wav", seconds=0.5)
    last = encode(tmp_path / "b.flac", seconds=7, noise=0.3, seed=2)
    paths, folder = [first, short, last], default_model_folder()
    with closing(hear_in_order(paths, model_folder=folder, n_workers=2)) as heard:
        outputs = list(heard)
    assert outputs[1] is None
    assert "short.wav" in capsys.readouterr().err
    model = Model.load(folder)
    for path, there in ((first, outputs[0]), (last, outputs[2])):
        assert np.array_equal(hear(path, model=model).penultimate, there.penultimate)
