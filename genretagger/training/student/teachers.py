"""The teachers: three published networks whose answers a student learns. They are never shipped.

The only module that imports ONNX Runtime.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import onnxruntime
import soxr
from numpy.typing import NDArray

from genretagger.core.errors import GenreTaggerError, shown
from genretagger.training.student.front_ends import (
    FCN_RATE_HZ,
    FCN_SAMPLES,
    MN_RATE_HZ,
    compute_fcn_log_mel,
    compute_mn_log_mel,
)
from genretagger.training.student.tags import AUDIOSET, JAMENDO_GENRE, N_AUDIOSET

_Floats = NDArray[np.float32]

EXCERPT_S: Final = 30
RATE_HZ: Final = MN_RATE_HZ  # of all audio that teachers and student hear
MSD: Final = "msd_fcn.onnx"
JAMENDO: Final = "jamendo_fcn.onnx"
AUDIOSET_NETWORK: Final = "mn04.onnx"
AUDIOSET_NAMES: Final = "audioset_527.csv"
JAMENDO_NAMES: Final = "jamendo_50.txt"
FILES: Final = (MSD, JAMENDO, AUDIOSET_NETWORK, AUDIOSET_NAMES, JAMENDO_NAMES)

N_THIRDS: Final = 3  # mn04 was trained on 10 s
_FRAMES_PER_THIRD: Final = 1000  # of 10 ms


class TeacherError(GenreTaggerError):
    """A teacher is missing or is not the network that it should be."""


@dataclass(frozen=True, slots=True, eq=False)
class TeacherOutputs:
    """What the teachers say of an excerpt of 30 s.

    msd_features, jamendo_features : np.ndarray [float32, shape=(64,)]   of the whole excerpt
    msd_logits, jamendo_logits : np.ndarray [float32, shape=(50,)]   of the whole excerpt
    audioset_features : np.ndarray [float32, shape=(3, 384)]   of each third
    audioset_logits : np.ndarray [float32, shape=(3, 527)]   of each third
    """

    msd_features: _Floats
    msd_logits: _Floats
    jamendo_features: _Floats
    jamendo_logits: _Floats
    audioset_features: _Floats
    audioset_logits: _Floats


class Teaching(Protocol):
    """Whatever answers as the teachers do."""

    def hear(self, samples: NDArray[np.float32]) -> TeacherOutputs:
        """Return what the teachers say of 30 s of mono samples at `RATE_HZ`."""
        ...


@dataclass(frozen=True, slots=True)
class TagPositions:
    """The tags that a student learns to name, and where the teachers' logits have them.

    names : of all tags, those of AudioSet first
    audioset, jamendo : positions among the logits of the two teachers
    """

    names: tuple[str, ...]
    audioset: tuple[int, ...]
    jamendo: tuple[int, ...]


class Teachers:
    """The three networks, on one thread of this process."""

    def __init__(self, msd: Any, jamendo: Any, audioset: Any) -> None:
        """Use `open` instead."""
        self._msd, self._jamendo, self._audioset = msd, jamendo, audioset

    @classmethod
    def open(cls, folder: Path, *, flush_denormals: bool = False) -> Teachers:
        """Return the teachers in `folder`.

        Parameters
        ----------
        folder : Path
            The folder of the teachers.
        flush_denormals : bool
            Have this whole process take the smallest numbers for zero. A teacher has such small
            weights that on some processors it takes up to 35 times as long without.

        Raises
        ------
        TeacherError
            A file is missing, is no network, or has other inputs or outputs than it should.
        """
        fcn, mobile = {"emb": 64, "logits": 50}, {"emb": 384, "logits": N_AUDIOSET}
        teachers = ((MSD, 96, fcn), (JAMENDO, 96, fcn), (AUDIOSET_NETWORK, 128, mobile))
        return cls(
            *(
                _open_network(
                    folder / name, n_mels=n_mels, outputs=outputs, flush_denormals=flush_denormals
                )
                for name, n_mels, outputs in teachers
            )
        )

    def hear(self, samples: NDArray[np.float32]) -> TeacherOutputs:
        """Return what the teachers say of an excerpt.

        Parameters
        ----------
        samples : np.ndarray [float32, shape=(960_000,)]
            30 s, mono at `RATE_HZ`, nominally in [-1, 1], finite.
        """
        halved = soxr.resample(samples, RATE_HZ, FCN_RATE_HZ)[:FCN_SAMPLES]
        heard = compute_fcn_log_mel(halved)[np.newaxis, np.newaxis]
        frames = compute_mn_log_mel(samples)
        # The last frame of a third would also hear the next one.
        starts = range(0, N_THIRDS * _FRAMES_PER_THIRD, _FRAMES_PER_THIRD)
        thirds = np.stack([frames[:, start : start + _FRAMES_PER_THIRD - 1] for start in starts])
        msd, jamendo = (_run(network, heard) for network in (self._msd, self._jamendo))
        return TeacherOutputs(
            *(values[0] for values in (*msd, *jamendo)),
            *_run(self._audioset, thirds[:, np.newaxis]),
        )


def compute_digest(folder: Path) -> str:
    """Return a digest of all files of the teachers.

    Raises
    ------
    TeacherError
        A file is missing.
    """
    digest = hashlib.sha256()
    for name in FILES:
        if not (folder / name).is_file():
            raise TeacherError("teacher-missing", path=shown(folder / name))
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def find_tags(folder: Path) -> TagPositions:
    """Return the tags that a student learns to name, by the lists in the folder of the teachers.

    Raises
    ------
    TeacherError
        A list is missing, or lacks a tag.
    """
    rows = list(csv.reader(_read_lines(folder / AUDIOSET_NAMES)))[1:]
    places = {row[-1]: index for index, row in enumerate(rows) if row}
    missing = [name for name in AUDIOSET if name not in places]
    if missing or len(rows) != N_AUDIOSET:
        reason = f"it lacks {missing[0]}" if missing else f"it names {len(rows)} classes"
        raise _unusable(folder / AUDIOSET_NAMES, reason)
    jamendo = _read_lines(folder / JAMENDO_NAMES)
    genres = [index for index, name in enumerate(jamendo) if name.startswith(JAMENDO_GENRE)]
    if not genres or len(jamendo) != 50:
        raise _unusable(folder / JAMENDO_NAMES, f"it names {len(jamendo)} tags")
    return TagPositions(
        (
            *(f"AudioSet: {name}" for name in AUDIOSET),
            *(f"Jamendo: {jamendo[index].removeprefix(JAMENDO_GENRE)}" for index in genres),
        ),
        tuple(places[name] for name in AUDIOSET),
        tuple(genres),
    )


def _open_network(
    path: Path, *, n_mels: int, outputs: dict[str, int], flush_denormals: bool
) -> Any:
    if not path.is_file():
        raise TeacherError("teacher-missing", path=shown(path))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    if flush_denormals:
        options.add_session_config_entry("session.set_denormal_as_zero", "1")
    options.log_severity_level = 4  # what is wrong with a file is said in a sentence
    try:
        network = onnxruntime.InferenceSession(
            path.read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        heard = np.zeros((1, 1, n_mels, _FRAMES_PER_THIRD), np.float32)
        answers = _run(network, heard)
    except Exception as error:  # the errors of ONNX Runtime have no other class in common
        raise _unusable(path, str(error).splitlines()[0]) from error
    widths = [answer.shape for answer in answers]
    if widths != [(1, width) for width in outputs.values()]:
        raise _unusable(path, f"its outputs are {widths}")
    return network


def _run(network: Any, heard: _Floats) -> Sequence[_Floats]:
    """Return features and logits of a batch [shape=(n, 1, n_mels, n_frames)]."""
    answers: Sequence[_Floats] = network.run(["emb", "logits"], {"mel": heard})
    return answers


def _read_lines(path: Path) -> list[str]:
    if not path.is_file():
        raise TeacherError("teacher-missing", path=shown(path))
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except ValueError as error:
        raise _unusable(path, "it is no text in UTF-8") from error


def _unusable(path: Path, reason: str) -> TeacherError:
    return TeacherError("teacher-unusable", path=shown(path), reason=reason)
