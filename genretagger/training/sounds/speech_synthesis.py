"""Synthetic speech by espeak-ng (Debian package of that name): languages, voices, speeds, pitches.

What is said stands in `sentences.tsv`, a language and its text a line, written for this.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.training.data.audio_files import read_audio
from genretagger.training.sounds.synthesis import SAMPLE_RATE_HZ

PROGRAM: Final = "espeak-ng"
_TIMEOUT_S: Final = 60
# espeak-ng's defaults are 175 words a minute and pitch 50 of 0 to 99 (its manual page).
_WORDS_PER_MINUTE: Final = (120, 230)
_PITCHES: Final = (15, 85)
# Voices of different formants, male and female, one of them whispering.
_VARIANTS: Final = ("m1", "m3", "m7", "f1", "f2", "f4", "f5", "whisper", "klatt2", "croak")

_SENTENCES_FILE: Final = Path(__file__).with_name("sentences.tsv")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, and how: arguments of espeak-ng."""

    language: str
    variant: str
    words_per_minute: int
    pitch: int


def available() -> bool:
    """Return whether espeak-ng is installed."""
    return shutil.which(PROGRAM) is not None


def sentences() -> dict[str, str]:
    """Return what is said in each language, by espeak-ng's name of it."""
    lines = _SENTENCES_FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def voices(*, per_language: int, seed: int) -> tuple[Voice, ...]:
    """Return `per_language` different voices of each language, the same ones for the same seed."""
    random = np.random.default_rng(seed)
    found = []
    for language in sentences():
        for variant in random.permutation(_VARIANTS)[:per_language].tolist():
            speed = int(random.integers(*_WORDS_PER_MINUTE))
            found.append(Voice(language, variant, speed, int(random.integers(*_PITCHES))))
    return tuple(found)


def spoken(voice: Voice, *, seconds: float, folder: Path) -> NDArray[np.float32]:
    """Return what `voice` says, from the start of its text, which is repeated as needed.

    Parameters
    ----------
    voice : Voice
        Its language is one of `sentences()`.
    seconds : float
        Length.
    folder : Path
        Where a temporary file may be written.

    Returns
    -------
    np.ndarray [float32, shape=(n_samples,)]
        Mono at `SAMPLE_RATE_HZ`, in [-1, 1].

    Raises
    ------
    OSError, subprocess.SubprocessError
        espeak-ng cannot be run.
    """
    path = folder / "spoken.wav"
    # No text takes less than seven seconds at the highest speed.
    text = " ".join([sentences()[voice.language]] * (int(seconds / 7) + 1))
    # An MBROLA voice or a network is never asked for: all data is in the package espeak-ng-data.
    command = [PROGRAM, "-v", f"{voice.language}+{voice.variant}", "-s"]
    command += [str(voice.words_per_minute), "-p", str(voice.pitch), "-w", str(path), "--stdin"]
    subprocess.run(
        command, input=text.encode(), check=True, capture_output=True, timeout=_TIMEOUT_S
    )
    samples = read_audio(path, sample_rate_hz=SAMPLE_RATE_HZ)
    path.unlink()
    return np.resize(samples, round(seconds * SAMPLE_RATE_HZ))
