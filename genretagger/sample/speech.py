"""Synthesises a person talking in a room: phrases of vowels and hisses, with pauses between."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genretagger.sample.voices import VOWELS, vowel_of
from genretagger.sample.waves import (
    SAMPLE_RATE_HZ,
    Floats,
    filtered,
    hertz,
    noise,
    normalised,
    room,
    saw,
    shaped,
    times,
)

_PITCH = 45  # of a man's voice, 110 Hz
_SYLLABLES_S = (0.11, 0.24)
_PAUSES_S = (0.25, 0.8)


def talk(seconds: float, seed: int) -> NDArray[np.float32]:
    """Return the voice and the hiss of its microphone [float32, shape=(2, n_samples)]."""
    random = np.random.default_rng(seed)
    tape = 0.002 * filtered(noise(seconds, seed=seed), high_hz=5000)
    start = round(0.2 * SAMPLE_RATE_HZ)
    while start < tape.size:
        phrase = _phrase(random)[: tape.size - start]
        tape[start : start + phrase.size] += phrase
        start += phrase.size + round(random.uniform(*_PAUSES_S) * SAMPLE_RATE_HZ)
    return normalised(room(np.stack([tape, tape]), seconds=0.35, wet=0.25))


def _phrase(random: np.random.Generator) -> Floats:
    """Return a few syllables in one breath, most with a hiss before their vowel."""
    lengths_s = random.uniform(*_SYLLABLES_S, int(random.integers(4, 12)))
    source = _vocal_cords(float(lengths_s.sum()), random)
    phrase = np.zeros(source.size)
    for length_s, end_s in zip(lengths_s, np.cumsum(lengths_s), strict=True):
        start, stop = (round(at_s * SAMPLE_RATE_HZ) for at_s in (end_s - length_s, end_s))
        mouth = vowel_of(
            source[start:stop], str(random.choice(VOWELS)), size=random.normal(1, 0.08)
        )
        opening = np.sin(np.linspace(0, np.pi, mouth.size)) ** 0.7
        phrase[start:stop] += random.uniform(0.6, 1) * opening * mouth
        hiss = 0.05 * _hiss(random)
        phrase[start : start + hiss.size] += hiss[: phrase.size - start]
    return phrase


def _vocal_cords(seconds: float, random: np.random.Generator) -> Floats:
    """Return the sound below the mouth: a pitch that wavers, rises a little and falls; breath."""
    time_s = times(seconds)
    knots_s = np.linspace(0, seconds, round(16 * seconds))
    wavering = np.interp(time_s, knots_s, random.normal(0, 2.0, knots_s.size))
    contour = wavering + 2 * np.exp(-3 * time_s) - 4 * time_s / seconds
    phase = np.cumsum(hertz(_PITCH) * 2 ** (contour / 12)) / SAMPLE_RATE_HZ
    breath = random.standard_normal(time_s.size)
    return 3 * filtered(saw(phase), high_hz=150, order=1) + 0.2 * breath


def _hiss(random: np.random.Generator) -> Floats:
    sound = noise(random.uniform(0.03, 0.09), seed=int(random.integers(99)))
    low_hz = float(random.choice((1500, 3000, 4500)))
    return shaped(filtered(sound, low_hz=low_hz, high_hz=7000), attack_s=0.01)
