"""The building blocks of sample instruments: oscillators, envelopes, filters, rooms. NumPy only.

Pitches are MIDI note numbers (69 is A4, 440 Hz; MIDI 1.0, equal temperament).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final, ParamSpec

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

SAMPLE_RATE_HZ: Final = 32_000  # full band of an MP3 coder, at two thirds of the cost of 48 kHz
_RELEASE_S: Final = 0.02
# Chords, a scale and a form, in semitones above their root.
MAJOR: Final = (0, 4, 7)
MINOR: Final = (0, 3, 7)
MAJOR_7: Final = (0, 4, 7, 11)
MINOR_7: Final = (0, 3, 7, 10)
DOMINANT: Final = (0, 4, 7, 10)
BLUES_SCALE: Final = (0, 3, 5, 6, 7, 10, 12)
TWELVE_BARS: Final = (0, 0, 0, 0, 5, 5, 0, 0, 7, 5, 0, 7)


_P = ParamSpec("_P")
_made: list[Callable[[], None]] = []


def made_once(make: Callable[_P, Floats]) -> Callable[_P, Floats]:
    """Return `make` with a cache: a repeated note is the same array, until `forget`."""
    cached = cache(make)
    _made.append(cached.cache_clear)
    return cached  # type: ignore[return-value]


def forget() -> None:
    """Free the cached notes; those of one piece take some 20 MB."""
    for clear in _made:
        clear()


def times(seconds: float) -> Floats:
    """Return the time of each sample, in seconds [float64, shape=(n_samples,)]."""
    return np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ


def hertz(pitch: float) -> float:
    """Return the frequency of a MIDI note number."""
    return float(440.0 * 2 ** ((pitch - 69) / 12))


def noise(seconds: float, *, seed: int) -> Floats:
    """Return white noise of unit variance, the same for the same seed."""
    return np.random.default_rng(seed).standard_normal(round(seconds * SAMPLE_RATE_HZ))


def saw(phase: Floats) -> Floats:
    """Return a sawtooth in [-1, 1] for a phase in turns; it is bright, to be filtered later."""
    return np.asarray(2 * (phase % 1) - 1)


def turns(
    seconds: float, frequency_hz: float, *, vibrato: float = 0.0, rate_hz: float = 5.5
) -> Floats:
    """Return the phase of an oscillator in turns; `vibrato` is its depth, a share of the pitch."""
    time_s = times(seconds)
    swing = vibrato * frequency_hz / (2 * np.pi * rate_hz)
    return np.asarray(frequency_hz * time_s - swing * np.cos(2 * np.pi * rate_hz * time_s))


def shaped(signal: Floats, *, attack_s: float = 0.003, decay_s: float | None = None) -> Floats:
    """Return `signal` with a soft start and end; in each `decay_s` it decays to 1/e."""
    time_s = np.arange(signal.size) / SAMPLE_RATE_HZ
    gain = np.minimum(1, time_s / attack_s)
    gain *= np.minimum(1, (time_s[-1] - time_s) / _RELEASE_S)
    if decay_s is not None:
        gain *= np.exp(-time_s / decay_s)
    return np.asarray(signal * gain)


def filtered(
    signal: Floats, *, low_hz: float = 0.0, high_hz: float = np.inf, order: int = 2
) -> Floats:
    """Return the part of `signal` between two frequencies, with slopes of Butterworth filters."""

    def gain(frequencies_hz: Floats) -> Floats:
        lower = 1 / np.sqrt(1 + (frequencies_hz / high_hz) ** (2 * order))
        # The high-pass: f^n / sqrt(f^2n + low^2n), which is 1 for low 0 but at f 0.
        power = np.maximum(frequencies_hz, 1e-3) ** order
        return np.asarray(lower * power / np.hypot(power, low_hz**order))

    return _through(signal, gain)


def formed(signal: Floats, formants_hz: tuple[float, ...], *, width_hz: float = 90.0) -> Floats:
    """Return `signal` through the resonances of a mouth, each one a peak of its spectrum."""

    def gain(frequencies_hz: Floats) -> Floats:
        peaks = np.zeros_like(frequencies_hz)
        for number, formant_hz in enumerate(formants_hz):
            peaks += 0.7**number / (1 + ((frequencies_hz - formant_hz) / width_hz) ** 2)
        return peaks

    return _through(signal, gain)


def _through(signal: Floats, gain: Callable[[Floats], Floats]) -> Floats:
    """Return `signal` with its spectrum multiplied by `gain` of the frequencies in hertz."""
    length = 1 << (signal.size - 1).bit_length()  # some other lengths take ten times as long
    spectrum = np.fft.rfft(signal, length) * gain(np.fft.rfftfreq(length, 1 / SAMPLE_RATE_HZ))
    return np.fft.irfft(spectrum, length)[: signal.size]


def room(signal: Floats, *, seconds: float, wet: float, seed: int = 0) -> Floats:
    """Return stereo `signal` [shape=(2, n_samples)] in a room that rings for `seconds`."""
    tail_s = times(seconds)
    size = signal.shape[1] + tail_s.size
    length = 1 << (size - 1).bit_length()
    tails = np.stack([noise(seconds, seed=seed + side) for side in (0, 1)])
    tails *= np.exp(-6.9 * tail_s / seconds)  # 60 dB
    tails /= np.sqrt(np.sum(tails**2, axis=1, keepdims=True))
    # Single precision takes half the time and is enough for at most 16 bits.
    spectra = (np.fft.rfft(sound.astype(np.float32), length) for sound in (signal, tails))
    rung = np.fft.irfft(np.multiply(*spectra), length)[:, : signal.shape[1]]
    return np.asarray(signal + wet * rung)


def normalised(signal: Floats, *, peak: float = 0.89) -> NDArray[np.float32]:
    """Return `signal` with its highest peak at `peak`, one decibel below full scale by default."""
    return (signal * (peak / max(1e-9, float(np.abs(signal).max())))).astype(np.float32)
