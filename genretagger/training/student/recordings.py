"""All audio that the student hears, decoded once to a file of samples with an index."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.audio import decode_from_start
from genretagger.core.errors import TrackError
from genretagger.core.typed_json import TypedJsonError, read_json, write_json
from genretagger.training.data.dataset import TableError
from genretagger.training.student.pieces import KINDS_OF_MUSIC, StudyPiece
from genretagger.training.student.teachers import RATE_HZ

_SAMPLES_FILE: Final = "audio.i16"
_INDEX_FILE: Final = "audio.json"
_FULL_SCALE: Final = 32_767
# A data folder with fewer is one that was named by mistake.
_LEAST_GENRES: Final = 2
_LEAST_CLIPS: Final = 2


@dataclass(frozen=True, slots=True)
class RecordingIndex:
    """Where the samples of each piece lie.

    digest : of the pieces asked for, with the sizes and times of their files
    pieces : those that could be decoded
    starts : position of the first sample of each, and the number of all samples
    """

    digest: str
    pieces: tuple[StudyPiece, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Recordings:
    """The audio, mono at `RATE_HZ`, mapped from the disk.

    samples : np.ndarray [int16, shape=(n_samples,)]   of all pieces, one behind the other
    """

    index: RecordingIndex
    samples: NDArray[np.int16]

    @classmethod
    def open(cls, folder: Path) -> Recordings:
        """Return the recordings that `decode` has written into `folder`."""
        index = read_json((folder / _INDEX_FILE).read_bytes(), RecordingIndex)
        return cls(index, np.memmap(folder / _SAMPLES_FILE, np.int16, "r"))

    @property
    def pieces(self) -> tuple[StudyPiece, ...]:
        """The pieces, in order."""
        return self.index.pieces

    @property
    def rows_of_music(self) -> NDArray[np.int64]:
        """Positions of the pieces that may be mixed under others [shape=(n_rows,)]."""
        return np.flatnonzero([piece.kind in KINDS_OF_MUSIC for piece in self.pieces])

    def take(self, row: int, *, n_samples: int, random: np.random.Generator) -> NDArray[np.float32]:
        """Return `n_samples` from a random place of a piece; all of it, if it is shorter.

        Returns
        -------
        np.ndarray [float32, shape=(at most n_samples,)]
            In [-1, 1].
        """
        first, end = self.index.starts[row : row + 2]
        first = int(random.integers(first, max(first, end - n_samples) + 1))
        taken = self.samples[first : min(end, first + n_samples)].astype(np.float32)
        return taken / np.float32(_FULL_SCALE)


def decode(pieces: Sequence[StudyPiece], folder: Path) -> Recordings:
    """Decode `pieces` into `folder`, unless it holds them already; report on standard error.

    Raises
    ------
    TableError
        Too few of them are labelled and can be decoded.
    """
    digest = _compute_digest(pieces)
    with suppress(OSError, TypedJsonError):
        recordings = Recordings.open(folder)
        if recordings.index.digest == digest:
            return recordings
    folder.mkdir(parents=True, exist_ok=True)
    # The index is written last: without it, the samples are those of a run that was broken off.
    (folder / _INDEX_FILE).unlink(missing_ok=True)
    decoded, starts = [], [0]
    with (folder / _SAMPLES_FILE).open("wb") as stream:
        for n_done, piece in enumerate(pieces, start=1):
            try:
                samples = _decode_piece(piece)
            except TrackError as error:
                print(error, file=sys.stderr)
                continue
            stream.write(samples.tobytes())
            decoded.append(piece)
            starts.append(starts[-1] + samples.size)
            if n_done % 100 == 0 or n_done == len(pieces):
                print(f"decoded {n_done} of {len(pieces)}", file=sys.stderr, flush=True)
    genres = Counter(piece.genre for piece in decoded if piece.genre)
    if sum(n_clips >= _LEAST_CLIPS for n_clips in genres.values()) < _LEAST_GENRES:
        raise TableError("student-no-clips")
    index = RecordingIndex(digest, tuple(decoded), tuple(starts))
    (folder / _INDEX_FILE).write_text(write_json(index), encoding="utf-8")
    return Recordings.open(folder)


def _decode_piece(piece: StudyPiece) -> NDArray[np.int16]:
    excerpt = decode_from_start(Path(piece.path), sample_rate_hz=RATE_HZ, at_most_s=piece.longest_s)
    scaled = np.clip(excerpt.samples, -1, 1) * _FULL_SCALE
    return scaled.astype(np.int16)


def _compute_digest(pieces: Sequence[StudyPiece]) -> str:
    """Return a digest of everything that the samples depend on."""
    digest = hashlib.sha256()
    for piece in pieces:
        stat = Path(piece.path).stat()
        digest.update(f"{piece}\0{piece.longest_s}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
