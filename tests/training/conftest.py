"""Tables and folders small enough to train on in a test, and made-up figures."""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from genretagger.analysis.manifest import default_model_folder
from genretagger.training.data.dataset import GENRES
from genretagger.training.evaluation.beyond_figures import (
    BeyondFigures,
    FirstStyleFigures,
    KeptFigures,
    OutsideFigures,
    StyleFigures,
)
from genretagger.training.evaluation.figures import (
    BaselineFigures,
    CalledFigures,
    DataFigures,
    Figures,
    OpenSetFigures,
    RobustnessFigures,
    SeparationFigures,
    SpeedFigures,
)
from genretagger.training.evaluation.measure import (
    describe_machine,
    describe_model,
    list_limits,
    summarise_folds,
    summarise_hold_out,
)
from genretagger.training.model.embedding import read_embedding
from tests.helpers.made_folds import make_folds

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Mark the tests of this folder; the hook is shown those of all."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.training)


@pytest.fixture(scope="session")
def small_table(tmp_path_factory):
    """Return the path of a table of 10 genres x 6 clips by 3 artists each, easy to tell apart."""
    record = read_embedding(default_model_folder()).record
    random = np.random.default_rng(0)
    names = [(genre, number) for genre in GENRES for number in range(6)]
    centres = random.normal(0, 2, (len(GENRES), 1, record.n_units))
    penultimate = np.repeat(centres, 6, axis=0) + random.normal(0, 1, (60, 10, record.n_units))
    path = tmp_path_factory.mktemp("table") / "small.npz"
    np.savez(
        path,
        clip=np.array([f"{genre}.{number:05}" for genre, number in names]),
        genre=np.array([genre for genre, _ in names]),
        artist=np.array([f"{genre} {number // 2}" for genre, number in names]),
        split=np.array(["valid" if number > 3 else "train" for _, number in names]),
        handcrafted=random.normal(0, 1, (60, 57)).astype(np.float32),
        msd_logits=random.normal(-2, 1, (60, 10, len(record.tags))).astype(np.float32),
        msd_penultimate=penultimate.astype(np.float16),
        surprise=np.zeros(3),
    )
    return path


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory):
    """Return a folder with two genres, three good tracks of noise and a broken one."""
    folder = tmp_path_factory.mktemp("audio")
    random = np.random.default_rng(0)
    for name, seconds in (("jazz/a", 7), ("jazz/b", 2), ("metal/c", 31)):
        path = folder / f"{name}.wav"
        path.parent.mkdir(exist_ok=True)
        samples = (random.normal(0, 3000, 22_050 * seconds)).astype("<i2")
        with wave.open(str(path), "wb") as stream:
            stream.setparams((1, 2, 22_050, samples.size, "NONE", ""))
            stream.writeframes(samples.tobytes())
    (folder / "metal" / "broken.mp3").write_bytes(b"ID3 and nothing else" * 50)
    (folder / "unknown genre").mkdir()
    return folder


@pytest.fixture(scope="session")
def bare():
    """Return figures without any measured section."""
    data = DataFigures(
        name="clips",
        n_clips=40,
        n_artists=20,
        n_unnamed=0,
        clips=dict.fromkeys(GENRES, 4),
        artists=dict.fromkeys(GENRES, 2),
        splits={"": 40},
    )
    model = describe_model(default_model_folder())
    return Figures(model, describe_machine(), data, limits=list_limits(model, data))


@pytest.fixture(scope="session")
def full(bare):
    """Return figures with every section."""
    labels, groups, folds = make_folds()
    return replace(
        bare,
        cross_validation=summarise_folds(folds, labels=labels, groups=groups),
        unheard=summarise_folds(folds[:2], labels=labels, groups=groups),
        hold_out=summarise_hold_out(folds[0], labels=labels, n_training=7),
        baselines=(
            BaselineFigures("random rows", True, 57, 100, 10, 500, 0.871, 1.2),
            BaselineFigures("artists kept apart", False, 57, 100, 10, 500, 0.522, 8.1),
        ),
        robustness=(
            RobustnessFigures("mp3 <64 kbit/s>", 9, 1, 0.911, 0.877, -0.033, 0.021),
            RobustnessFigures("nobody", 0, 10, None, None, None, None),
        ),
        open_set=OpenSetFigures(
            (SeparationFigures("blues", 0.744, 4),),
            (SeparationFigures("speech", None, 0),),
            (CalledFigures("radio plays", False, 40, 39), CalledFigures("polkas", True, 20, 1)),
        ),
        beyond=BeyondFigures(
            0.5,
            (
                StyleFigures(
                    "electronic",
                    ("electronic",),
                    40,
                    6,
                    90,
                    7,
                    0.987,
                    30,
                    28,
                    5,
                    (0.787, 0.982),
                    is_suggested=True,
                    is_proven=True,
                ),
                StyleFigures(
                    "polka",
                    ("polka",),
                    0,
                    0,
                    90,
                    7,
                    None,
                    0,
                    0,
                    0,
                    None,
                    is_suggested=False,
                    is_proven=False,
                ),
            ),
            (OutsideFigures("all of it", 631, 84, 53, 286, 133),),
            (KeptFigures("all clips", 560, 17),),
            FirstStyleFigures(128, 122, 113, 106),
        ),
        speed=SpeedFigures(20, 30.0, 101.5, 20.2, 251.3, 0.4),
    )
