"""Pure and periodic tones by NumPy, and what all generators of sounds share.

A generator draws its parameters (frequency, band, density) from the random numbers that it is
given, so a seed always gives the same sound.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Generator = Callable[[Floats, np.random.Generator], Floats]

SAMPLE_RATE_HZ: Final = 22_050  # GTZAN's: the bandwidth must not tell these sounds from music
_NYQUIST_HZ: Final = SAMPLE_RATE_HZ / 2

# Rows and columns of a telephone's keypad (ITU-T Q.23).
_DTMF_LOW_HZ: Final = (697.0, 770.0, 852.0, 941.0)
_DTMF_HIGH_HZ: Final = (1209.0, 1336.0, 1477.0, 1633.0)


def draw_frequency_hz(random: np.random.Generator, low_hz: float, high_hz: float) -> float:
    """Draw a frequency between two others; every octave is as likely."""
    return float(low_hz * (high_hz / low_hz) ** random.uniform())


def _sine(times_s: Floats, random: np.random.Generator) -> Floats:
    signal: Floats = np.sin(2 * np.pi * draw_frequency_hz(random, 60, 8000) * times_s)
    return signal


def _partials(times_s: Floats, frequency_hz: float, *, odd_only: bool) -> Floats:
    """Return a sawtooth without aliases, or a square wave if `odd_only`."""
    signal = np.zeros_like(times_s)
    for partial in range(1, int(_NYQUIST_HZ / frequency_hz) + 1, 2 if odd_only else 1):
        signal += np.sin(2 * np.pi * partial * frequency_hz * times_s) / partial
    return signal


def _square(times_s: Floats, random: np.random.Generator) -> Floats:
    return _partials(times_s, draw_frequency_hz(random, 60, 2000), odd_only=True)


def _saw(times_s: Floats, random: np.random.Generator) -> Floats:
    return _partials(times_s, draw_frequency_hz(random, 60, 2000), odd_only=False)


def _chirp(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return exponential sweeps, each up or down, one after the other."""
    period_s = random.uniform(0.5, 15)
    start_hz, end_hz = 50.0, draw_frequency_hz(random, 2000, 10_000)
    phase = (times_s % period_s) / period_s
    if random.uniform() < 0.5:
        start_hz, end_hz = end_hz, start_hz
    frequency_hz = start_hz * (end_hz / start_hz) ** phase
    return np.sin(2 * np.pi * np.cumsum(frequency_hz) / SAMPLE_RATE_HZ)


def _dtmf(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return the tones of telephone keys, each followed by a gap of its own length."""
    key_s = random.uniform(0.06, 0.4)
    keys = (times_s / (2 * key_s)).astype(int)
    low_hz = random.choice(_DTMF_LOW_HZ, keys[-1] + 1)[keys]
    high_hz = random.choice(_DTMF_HIGH_HZ, keys[-1] + 1)[keys]
    gate = (times_s % (2 * key_s)) < key_s
    signal: Floats = gate * (
        np.sin(2 * np.pi * low_hz * times_s) + np.sin(2 * np.pi * high_hz * times_s)
    )
    return signal


def _beeps(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return an alarm: one tone, or two in turn, switched on and off."""
    period_s, share = random.uniform(0.1, 2), random.uniform(0.1, 0.8)
    pitches_hz = np.array([draw_frequency_hz(random, 300, 4000) for _ in range(2)])
    if random.uniform() < 0.5:
        pitches_hz[1] = pitches_hz[0]
    frequency_hz = pitches_hz[(times_s / period_s).astype(int) % 2]
    gate = (times_s % period_s) < share * period_s
    signal: Floats = gate * np.sin(2 * np.pi * frequency_hz * times_s)
    return signal


TONES: Final[dict[str, Generator]] = {
    "sine": _sine,
    "square": _square,
    "saw": _saw,
    "chirp": _chirp,
    "dtmf": _dtmf,
    "beeps": _beeps,
}
