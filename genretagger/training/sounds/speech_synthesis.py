"""Synthetic speech by espeak-ng (the Debian package): languages, voices, speeds, pitches.

The texts, one language per line, are in `sentences.tsv`; they were written for this project.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.training.data.audio_files import read_audio
from genretagger.training.sounds.tones import SAMPLE_RATE_HZ

PROGRAM: Final = "espeak-ng"
_TIMEOUT_S: Final = 60
# espeak-ng's defaults are 175 words a minute and pitch 50 of 0 to 99 (its manual page).
_WORDS_PER_MINUTE: Final = (120, 230)
_PITCHES: Final = (15, 85)
# Voices with different formants, male and female; one whispers.
_VARIANTS: Final = ("m1", "m3", "m7", "f1", "f2", "f4", "f5", "whisper", "klatt2", "croak")

_SENTENCES_FILE: Final = Path(__file__).with_name("sentences.tsv")


@dataclass(frozen=True, slots=True)
class SpeechVoice:
    """A voice, its speed and pitch: arguments of espeak-ng."""

    language: str
    variant: str
    words_per_minute: int
    pitch: int


def load_sentences() -> dict[str, str]:
    """Return the text in each language, by espeak-ng's name of the language."""
    lines = _SENTENCES_FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def draw_voices(*, per_language: int, seed: int) -> tuple[SpeechVoice, ...]:
    """Return `per_language` different voices of each language, the same ones for the same seed."""
    random = np.random.default_rng(seed)
    voices = []
    for language in load_sentences():
        for variant in random.permutation(_VARIANTS)[:per_language].tolist():
            speed = int(random.integers(*_WORDS_PER_MINUTE))
            pitch = int(random.integers(*_PITCHES))
            voices.append(SpeechVoice(language, variant, speed, pitch))
    return tuple(voices)


def speak(voice: SpeechVoice, *, seconds: float, folder: Path) -> NDArray[np.float32]:
    """Return the speech of `voice`, from the start of its text, repeated to fill `seconds`.

    Parameters
    ----------
    voice : SpeechVoice
        Its language is a key of `load_sentences()`.
    seconds : float
        Length.
    folder : Path
        Folder for a temporary file.

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
    # Every text takes at least seven seconds at the highest speed.
    text = " ".join([load_sentences()[voice.language]] * (int(seconds / 7) + 1))
    # These voices need only the package espeak-ng-data: no MBROLA, no network.
    command = [PROGRAM, "-v", f"{voice.language}+{voice.variant}", "-s"]
    command += [str(voice.words_per_minute), "-p", str(voice.pitch), "-w", str(path), "--stdin"]
    subprocess.run(
        command, input=text.encode(), check=True, capture_output=True, timeout=_TIMEOUT_S
    )
    samples = read_audio(path, sample_rate_hz=SAMPLE_RATE_HZ)
    path.unlink()
    return np.resize(samples, round(seconds * SAMPLE_RATE_HZ))
