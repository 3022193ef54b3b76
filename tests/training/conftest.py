"""Tables and folders small enough to train on in a test."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from genretagger.training.data.dataset import GENRES

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Mark the tests of this folder; the hook is shown those of all."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.training)


@pytest.fixture(scope="session")
def small_table(tmp_path_factory):
    """Return the path of a table of 10 genres x 6 clips by 3 artists each, easy to tell apart."""
    random = np.random.default_rng(0)
    names = [(genre, number) for genre in GENRES for number in range(6)]
    centres = random.normal(0, 2, (len(GENRES), 1, 200))
    penultimate = np.repeat(centres, 6, axis=0) + random.normal(0, 1, (60, 10, 200))
    path = tmp_path_factory.mktemp("table") / "small.npz"
    np.savez(
        path,
        clip=np.array([f"{genre}.{number:05}" for genre, number in names]),
        genre=np.array([genre for genre, _ in names]),
        artist=np.array([f"{genre} {number // 2}" for genre, number in names]),
        split=np.array(["valid" if number > 3 else "train" for _, number in names]),
        handcrafted=random.normal(0, 1, (60, 57)).astype(np.float32),
        msd_logits=random.normal(-2, 1, (60, 10, 50)).astype(np.float32),
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
