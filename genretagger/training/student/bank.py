"""The bank: passes over augmented audio with the teachers' answers, on the disk.

A teacher takes longer to answer than a student to learn from it, so each answer is learned from
several times. Pass 0 is the audio as it is; targets are fitted to it. A pass is one file, written
under another name and renamed when it is whole: making the bank can be broken off at any time.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import numpy as np
import soxr
from numpy.typing import NDArray

from genretagger.analysis.features import log_mel
from genretagger.core.errors import GenreTaggerError, shown
from genretagger.training.model.feature_spec import FEATURE_SPEC, make_mel_filters
from genretagger.training.student.augmentation import take_augmented, take_plain
from genretagger.training.student.front_ends import FCN_RATE_HZ
from genretagger.training.student.recordings import Recordings
from genretagger.training.student.tags import N_AUDIOSET
from genretagger.training.student.teachers import N_THIRDS, RATE_HZ, Teaching

N_SEGMENTS: Final = FEATURE_SPEC.max_segments  # 29.9 s: the excerpt of the teachers but for 80 ms
_ORIGIN_FILE: Final = "origin.txt"
RECORD: Final = np.dtype(
    [
        ("row", "<i4"),  # of the piece among the recordings
        ("segments", "<f2", (N_SEGMENTS, FEATURE_SPEC.n_frames, FEATURE_SPEC.n_mels)),
        ("msd_features", "<f2", (64,)),
        ("msd_logits", "<f2", (50,)),
        ("jamendo_features", "<f2", (64,)),
        ("jamendo_logits", "<f2", (50,)),
        ("audioset_features", "<f2", (N_THIRDS, 384)),
        ("audioset_logits", "<f2", (N_THIRDS, N_AUDIOSET)),
    ]
)


class StudentError(GenreTaggerError):
    """What an earlier run left does not belong to this one."""


@dataclass(frozen=True, slots=True, eq=False)
class BankPass:
    """One pass: excerpts as the student hears them, with what the teachers say of them.

    records : np.ndarray [shape=(n_excerpts,)]   mapped from the disk
    """

    records: NDArray[Any]

    @classmethod
    def open(cls, folder: Path, number: int) -> BankPass:
        """Return a pass that was made."""
        return cls(np.load(path_of_pass(folder, number), mmap_mode="r", allow_pickle=False))

    def __len__(self) -> int:
        """Return the number of excerpts."""
        return len(self.records)

    @property
    def rows(self) -> NDArray[np.int64]:
        """The piece of each excerpt, by its position among the recordings."""
        return self.records["row"].astype(np.int64)

    def read_segments(self, chosen: NDArray[np.int64] | slice) -> NDArray[np.float32]:
        """Return the log-mel of the chosen excerpts [shape=(n, 10, n_frames, n_mels)]."""
        segments: NDArray[np.float32] = self.records[chosen]["segments"].astype(np.float32)
        return segments

    def read_answers(self, name: str) -> NDArray[np.float32]:
        """Return a field of `TeacherOutputs` for every excerpt [shape=(n_excerpts, ...)]."""
        answers: NDArray[np.float32] = self.records[name].astype(np.float32)
        return answers


@dataclass(frozen=True, slots=True)
class PassMaker:
    """Makes passes of `recordings` into `folder`; the same ones for the same seed."""

    recordings: Recordings
    teachers: Teaching
    folder: Path
    seed: int

    def make(self, number: int) -> int:
        """Make the pass of that number; return how many excerpts it has."""
        rows = self.choose_rows(number)
        path = path_of_pass(self.folder, number)
        unfinished = path.with_suffix(".tmp")
        records = np.lib.format.open_memmap(unfinished, mode="w+", dtype=RECORD, shape=(len(rows),))
        filterbank = make_mel_filters(FEATURE_SPEC)
        for index, row in enumerate(rows.tolist()):
            random = np.random.default_rng([self.seed, number, 1 + row])
            take = take_augmented if number else take_plain
            samples = take(self.recordings, row, random=random)
            records[index]["row"] = row
            records[index]["segments"] = cut_segments_of(samples, filterbank=filterbank)
            answers = self.teachers.hear(samples)
            for field in fields(answers):
                records[index][field.name] = getattr(answers, field.name)
        records.flush()
        del records
        unfinished.replace(path)
        return len(rows)

    def choose_rows(self, number: int) -> NDArray[np.int64]:
        """Return which pieces the pass takes, by their weights; pass 0 takes all of them."""
        weights = np.array([piece.weight for piece in self.recordings.pieces])
        drawn = np.random.default_rng([self.seed, number, 0]).random(len(weights))
        return np.flatnonzero(drawn < weights) if number else np.arange(len(weights))


def cut_segments_of(
    samples: NDArray[np.float32], *, filterbank: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the ten segments of an excerpt as the application computes them.

    Parameters
    ----------
    samples : np.ndarray [float32, shape=(960_000,)]
        Mono at `RATE_HZ`, levelled.
    filterbank : np.ndarray [float32, shape=(n_mels, n_fft // 2 + 1)]
        The mel filters of the application.
    """
    n_frames = N_SEGMENTS * FEATURE_SPEC.n_frames
    halved = soxr.resample(samples, RATE_HZ, FCN_RATE_HZ)[: n_frames * FEATURE_SPEC.hop_length]
    frames = log_mel(halved, spec=FEATURE_SPEC, filterbank=filterbank)[:n_frames]
    return frames.reshape(N_SEGMENTS, FEATURE_SPEC.n_frames, FEATURE_SPEC.n_mels)


def path_of_pass(folder: Path, number: int) -> Path:
    """Return where a pass is, or will be."""
    return folder / f"pass-{number:04}.npy"


def claim_bank(folder: Path, *, origin: str) -> None:
    """Make the folder of a bank, or refuse one whose passes were made of something else.

    Parameters
    ----------
    folder : Path
        The folder of the passes.
    origin : str
        A digest of all that passes depend on.

    Raises
    ------
    StudentError
        The folder holds passes of another origin.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _ORIGIN_FILE
    with suppress(FileNotFoundError):
        if path.read_text(encoding="utf-8") != origin:
            raise StudentError("student-work-foreign", path=shown(folder))
    path.write_text(origin, encoding="utf-8")


def list_missing(folder: Path, *, n_passes: int) -> Sequence[int]:
    """Return the numbers of the passes that are still to be made."""
    return [number for number in range(n_passes) if not path_of_pass(folder, number).is_file()]
