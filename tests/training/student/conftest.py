"""Made-up recordings, a made-up teacher, and passes of a bank without audio."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from genretagger.training.model.back_end import BackEnd, Linear
from genretagger.training.model.feature_spec import FEATURE_SPEC
from genretagger.training.model.filters import Filters
from genretagger.training.student.bank import RECORD, BankPass, path_of_pass
from genretagger.training.student.pieces import StudyPiece
from genretagger.training.student.recordings import RecordingIndex, Recordings
from genretagger.training.student.tags import AUDIOSET, N_AUDIOSET
from genretagger.training.student.targets import Targets
from genretagger.training.student.teachers import (
    AUDIOSET_NAMES,
    JAMENDO_NAMES,
    RATE_HZ,
    TagPositions,
    TeacherOutputs,
)

GENRES = ("blues", "jazz", "metal")
N_LIVE = 4  # filters of the made-up front


class MadeUpTeacher:
    """Answers by how much of the sound lies where in the spectrum; may stop after some answers."""

    def __init__(self, stop_after=None):
        self.n_heard = 0
        self._stop_after = stop_after

    def hear(self, samples):
        if self.n_heard == self._stop_after:
            raise KeyboardInterrupt
        self.n_heard += 1
        assert samples.shape == (30 * RATE_HZ,)
        thirds = np.stack([self._bands(part) for part in np.split(samples, 3)])
        whole = self._bands(samples)
        return TeacherOutputs(
            whole[:64], whole[64:114], whole[:64], whole[:50], thirds[:, :384], thirds[:, :527]
        )

    @staticmethod
    def _bands(samples):
        power = np.abs(np.fft.rfft(samples[:8192])[: 4 * N_AUDIOSET]) ** 2
        return np.log(power.reshape(N_AUDIOSET, 4).mean(axis=1) + 1e-6).astype(np.float32)


@pytest.fixture
def made_up_teacher():
    return MadeUpTeacher


@pytest.fixture(scope="session")
def recordings():
    """Return six pieces: a cut of 3 s, four clips of 5 to 8 s, and noise."""
    random = np.random.default_rng(0)
    pieces = [StudyPiece("cut", "cut", "blues", "artist 0")]
    pieces += [StudyPiece(f"{n}", "clip", GENRES[n % 3], f"artist {n}") for n in range(4)]
    pieces.append(StudyPiece("noise", "noise"))
    parts = []
    for number, seconds in enumerate((3, 5, 6, 7, 8, 4)):
        times = np.arange(seconds * RATE_HZ) / RATE_HZ
        tone = np.sin(2 * np.pi * 110 * (number + 1) * times) * np.sin(2 * np.pi * times)
        parts.append(6000 * tone + random.normal(0, 500, times.size))
    starts = np.cumsum([0, *(part.size for part in parts)]).tolist()
    samples = np.concatenate(parts).astype(np.int16)
    return Recordings(RecordingIndex("made up", tuple(pieces), tuple(starts)), samples)


@pytest.fixture(scope="session")
def pieces():
    """Return 24 pieces: seven of each genre, by artists with one or two, and three without one."""
    labelled = [
        StudyPiece(f"{genre} {n}", "clip", genre, f"{genre} {n // 2}")
        for genre in GENRES
        for n in range(7)
    ]
    return (*labelled, *(StudyPiece(f"sound {n}", "noise") for n in range(3)))


@pytest.fixture(scope="session")
def make_records(pieces):
    """Return a function that makes a pass of `pieces`, whose answers follow from what is heard."""

    def make(seed):
        random = np.random.default_rng(seed)
        records = np.zeros(len(pieces), RECORD)
        records["row"] = np.arange(len(pieces))
        genres = np.array([(*GENRES, "").index(piece.genre) for piece in pieces])
        hidden = np.eye(4)[genres] * 2 + random.normal(0, 0.3, (len(pieces), 4))
        shape = records["segments"].shape
        bands = np.repeat(hidden, 24, axis=1)[:, np.newaxis, np.newaxis]
        records["segments"] = np.maximum(bands + random.normal(0, 0.3, shape), 0)
        mixing = np.random.default_rng(1)
        for name in RECORD.names[2:]:
            *_, width = records[name].shape
            answers = hidden @ mixing.normal(0, 1, (4, width)) + random.normal(
                0, 0.1, (len(pieces), width)
            )
            records[name] = answers if records[name].ndim == 2 else answers[:, np.newaxis]
        return records

    return make


@pytest.fixture(scope="session")
def plain(make_records):
    return BankPass(make_records(0))


@pytest.fixture(scope="session")
def tags():
    """Return five classes of AudioSet and three genres of Jamendo."""
    names = ("Music", "Speech", "Jazz", "Blues", "Ska", "rock", "jazz", "folk")
    return TagPositions(names, (132, 0, 230, 247, 267), (25, 16, 10))


@pytest.fixture(scope="session")
def targets(plain, tags):
    return Targets.fit(plain, tags=tags)


@pytest.fixture(scope="session")
def start():
    """Return a front of four filters and a back end of 16 units, with weights of chance."""
    random = np.random.default_rng(3)

    def draw(*shape):
        return random.normal(0, 0.3, shape).astype(np.float32)

    inputs = keras.Input((FEATURE_SPEC.n_frames, FEATURE_SPEC.n_mels))
    front = keras.Model(inputs, keras.layers.Dense(N_LIVE)(inputs))
    first = Filters(draw(7, 4, 4), draw(FEATURE_SPEC.n_frames, 4), draw(4), draw(4))
    second, third = (Filters(draw(7, 4, 4), draw(4), draw(4), draw(4)) for _ in range(2))
    hidden = Linear(draw(2 * 4 * N_LIVE, 16), draw(16))
    logits = Linear(draw(16, 3), draw(3))
    return front, BackEnd((first, second, third), hidden, draw(16), draw(16), logits)


@pytest.fixture(scope="session")
def bank(make_records, tmp_path_factory):
    """Return the folder of a bank of two passes."""
    folder = tmp_path_factory.mktemp("bank")
    for number in range(2):
        np.save(path_of_pass(folder, number), make_records(number))
    return folder


@pytest.fixture
def tag_lists(tmp_path):
    """Return a folder with the teachers' lists of tags, in an order of their own."""
    folder = tmp_path / "teachers"
    folder.mkdir()
    others = [f"class {number}" for number in range(N_AUDIOSET - len(AUDIOSET))]
    rows = [f'{index},/m/x,"{name}"' for index, name in enumerate([*others, *AUDIOSET[::-1]])]
    (folder / AUDIOSET_NAMES).write_text("\n".join(["index,mid,display_name", *rows]))
    genres = [f"genre---style{number}" for number in range(31)]
    names = ["mood/theme---happy", *genres, *(f"instrument---{n}" for n in range(18))]
    (folder / JAMENDO_NAMES).write_text("\n".join(names))
    return folder


@pytest.fixture(scope="session")
def teachers_folder(gtzan):
    """Return the folder of the real teachers, beside the data folder; skip if it is not here."""
    folder = gtzan.parent / "teachers"
    if not folder.is_dir():
        pytest.skip("no folder of teachers beside the data folder")
    return folder
