"""Sounds that are not music, made by NumPy: tones, noise, near silence. Knows nothing of files.

Each generator draws its parameters (frequency, band, density) from the random numbers it is given,
so a seed names one sound for good.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Generator = Callable[[Floats, np.random.Generator], Floats]

SAMPLE_RATE_HZ: Final = 22_050  # GTZAN's, so that bandwidth does not tell these from the music
_NYQUIST_HZ: Final = SAMPLE_RATE_HZ / 2
_LEVELS_DB: Final = (-40.0, -6.0)
_PEAK: Final = 0.99

# Rows and columns of a telephone's keypad (ITU-T Q.23).
_DTMF_LOW_HZ: Final = (697.0, 770.0, 852.0, 941.0)
_DTMF_HIGH_HZ: Final = (1209.0, 1336.0, 1477.0, 1633.0)


def sound(
    name: str, *, seconds: float, seed: int, level_db: float | None = None
) -> NDArray[np.float32]:
    """Return the sound of the generator `name` for this `seed`.

    Parameters
    ----------
    name : str
        A key of `TONES` or `NOISES`.
    seconds : float
        Length.
    seed : int
        Two seeds differ in parameters, noise and, unless `level_db` is given, level.
    level_db : float, optional
        Root mean square relative to full scale; drawn from -40 to -6 dB if None. Sounds whose peaks
        would pass full scale are softer than asked. "dither" has a level of its own.

    Returns
    -------
    np.ndarray [float32, shape=(n_samples,)]
        Mono at `SAMPLE_RATE_HZ`, in [-1, 1].
    """
    # The generator's name is part of the seed, or all sounds of a seed would share their noise.
    random = np.random.default_rng([seed, *name.encode()])
    drawn_db = random.uniform(*_LEVELS_DB) if level_db is None else level_db
    times_s = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    signal = (TONES | NOISES)[name](times_s, random)
    if name != "dither":
        signal = signal * (10 ** (drawn_db / 20) / np.sqrt(np.mean(signal**2)))
        signal = signal * min(1.0, _PEAK / float(np.abs(signal).max()))
    return signal.astype(np.float32)


def _frequency_hz(random: np.random.Generator, low_hz: float, high_hz: float) -> float:
    """Return a frequency, every octave between the two as likely."""
    return float(low_hz * (high_hz / low_hz) ** random.uniform())


def _sine(times_s: Floats, random: np.random.Generator) -> Floats:
    signal: Floats = np.sin(2 * np.pi * _frequency_hz(random, 60, 8000) * times_s)
    return signal


def _partials(times_s: Floats, frequency_hz: float, *, odd_only: bool) -> Floats:
    """Return a sawtooth, or a square wave of odd partials, without aliases."""
    numbers = range(1, int(_NYQUIST_HZ / frequency_hz) + 1, 2 if odd_only else 1)
    signal = np.zeros_like(times_s)
    for number in numbers:
        signal += np.sin(2 * np.pi * number * frequency_hz * times_s) / number
    return signal


def _square(times_s: Floats, random: np.random.Generator) -> Floats:
    return _partials(times_s, _frequency_hz(random, 60, 2000), odd_only=True)


def _saw(times_s: Floats, random: np.random.Generator) -> Floats:
    return _partials(times_s, _frequency_hz(random, 60, 2000), odd_only=False)


def _chirp(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return exponential sweeps, each up or down, one after the other."""
    period_s = random.uniform(0.5, 15)
    start_hz, end_hz = 50.0, _frequency_hz(random, 2000, 10_000)
    phase = (times_s % period_s) / period_s
    if random.uniform() < 0.5:
        start_hz, end_hz = end_hz, start_hz
    frequency_hz = start_hz * (end_hz / start_hz) ** phase
    return np.sin(2 * np.pi * np.cumsum(frequency_hz) / SAMPLE_RATE_HZ)


def _dtmf(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return keys of a telephone, each as long as the gap after it."""
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
    pitches_hz = np.array([_frequency_hz(random, 300, 4000) for _ in range(2)])
    if random.uniform() < 0.5:
        pitches_hz[1] = pitches_hz[0]
    frequency_hz = pitches_hz[(times_s / period_s).astype(int) % 2]
    gate = (times_s % period_s) < share * period_s
    signal: Floats = gate * np.sin(2 * np.pi * frequency_hz * times_s)
    return signal


def _shaped(times_s: Floats, random: np.random.Generator, gain: Generator) -> Floats:
    """Return white noise whose spectrum is multiplied by `gain` of the frequencies in hertz."""
    spectrum = np.fft.rfft(random.standard_normal(times_s.size))
    frequencies_hz = np.fft.rfftfreq(times_s.size, 1 / SAMPLE_RATE_HZ)
    return np.fft.irfft(spectrum * gain(frequencies_hz, random), times_s.size)


def _white(times_s: Floats, random: np.random.Generator) -> Floats:
    return random.standard_normal(times_s.size)


def _pink(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return noise that loses 3 dB per octave."""
    return _shaped(times_s, random, lambda hz, _: np.maximum(hz, 20) ** -0.5)


def _brown(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return noise that loses 6 dB per octave."""
    return _shaped(times_s, random, lambda hz, _: 1 / np.maximum(hz, 20))


def _banded(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return white noise of one to three octaves."""
    low_hz = _frequency_hz(random, 80, 3000)
    high_hz = low_hz * 2 ** random.uniform(1, 3)
    return _shaped(times_s, random, lambda hz, _: ((hz > low_hz) & (hz < high_hz)).astype(float))


def _crackle(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return the clicks of a worn record over its soft noise."""
    hits = random.uniform(size=times_s.size) < random.uniform(3, 60) / SAMPLE_RATE_HZ
    clicks = hits * random.standard_normal(times_s.size) * 30
    decay = np.exp(-np.arange(200) / random.uniform(3, 40))
    return np.convolve(clicks, decay)[: times_s.size] + _pink(times_s, random)


def _hum(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return mains hum, 50 or 60 Hz, with its overtones and a little noise."""
    mains_hz = random.choice((50.0, 60.0))
    signal = 0.02 * random.standard_normal(times_s.size)
    for number in range(1, 12):
        weight = random.uniform() / number
        signal += weight * np.sin(2 * np.pi * number * mains_hz * times_s)
    return signal


def _gusts(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return a loudness that wanders between 0 and 1 within seconds."""
    knots = random.uniform(0, 1, int(times_s[-1] / random.uniform(0.5, 2)) + 2)
    places_s = np.linspace(0, times_s[-1], knots.size)
    return np.interp(times_s, places_s, knots) ** 2


def _wind(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return low noise and a whistling band, both in gusts."""
    low = _brown(times_s, random)
    whistle = _banded(times_s, random)
    gusts = _gusts(times_s, random) + 0.05
    signal: Floats = gusts * (
        low / low.std() + random.uniform(0, 0.5) * gusts * whistle / whistle.std()
    )
    return signal


def _rain(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return many drops, each a short ringing of its own weight, over a hiss."""
    drops = random.uniform(size=times_s.size) < random.uniform(100, 2000) / SAMPLE_RATE_HZ
    ringing_s = np.arange(400) / SAMPLE_RATE_HZ
    ringing = np.exp(-ringing_s * 400) * np.sin(
        2 * np.pi * _frequency_hz(random, 1500, 6000) * ringing_s
    )
    hits = drops * random.exponential(1, times_s.size)
    heard = np.convolve(hits, ringing)[: times_s.size]
    signal: Floats = heard / heard.std() + random.uniform(0.1, 1) * random.standard_normal(
        times_s.size
    )
    return signal


def _dither(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return what a converter makes of silence: triangular noise of a few steps of 16 bit.

    At least four steps: less is silence to the application (-80 dB, `analysis/audio`).
    """
    steps = random.integers(4, 40) / 2**15
    return steps * (random.uniform(-1, 1, times_s.size) + random.uniform(-1, 1, times_s.size))


def _rising(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return noise that gains up to 6 dB per octave: hiss, steam, spray."""
    power = random.uniform(0.2, 1)
    return _shaped(times_s, random, lambda hz, _: hz**power)


def _engine(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return the pulses of a motor whose speed wanders, dulled, over its noise."""
    knots = random.uniform(0.7, 1.3, int(times_s[-1] / 2) + 2)
    places_s = np.linspace(0, times_s[-1], knots.size)
    pulses_hz = _frequency_hz(random, 8, 120) * np.interp(times_s, places_s, knots)
    phase = np.cumsum(pulses_hz) / SAMPLE_RATE_HZ
    pulses = np.exp(-(phase % 1) * random.uniform(3, 20))
    noise = _brown(times_s, random)
    signal: Floats = pulses - pulses.mean() + random.uniform(0.05, 1) * noise / noise.std()
    return signal


def _resonant(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return noise through a few narrow resonances: pipes, wires, empty rooms."""
    middles_hz = [_frequency_hz(random, 60, 4000) for _ in range(int(random.integers(2, 6)))]
    widths = random.uniform(0.005, 0.1, len(middles_hz))

    def gain(hz: Floats, _: np.random.Generator) -> Floats:
        peaks = [
            1 / (1 + ((hz / middle - 1) / width) ** 2)
            for middle, width in zip(middles_hz, widths, strict=True)
        ]
        summed: Floats = 0.01 + np.sum(peaks, axis=0)
        return summed

    return _shaped(times_s, random, gain)


def _surf(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return waves that break every few seconds, each a swell of pink noise."""
    period_s = random.uniform(3, 9)
    swell = np.sin(np.pi * (times_s / period_s + random.uniform())) ** 2
    signal: Floats = _pink(times_s, random) * (0.1 + swell ** random.uniform(1, 4))
    return signal


def _static(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return a radio between stations: hiss whose band and loudness jump, with a whistle."""
    hiss = _banded(times_s, random) + 0.1 * _white(times_s, random)
    steps = (times_s / random.uniform(0.05, 0.6)).astype(int)
    loudness = random.uniform(0.2, 1, steps[-1] + 1)[steps]
    whistle = np.sin(2 * np.pi * _frequency_hz(random, 300, 4000) * times_s)
    signal: Floats = hiss / hiss.std() * loudness + random.uniform(0, 0.2) * whistle
    return signal


TONES: Final[dict[str, Generator]] = {
    "sine": _sine,
    "square": _square,
    "saw": _saw,
    "chirp": _chirp,
    "dtmf": _dtmf,
    "beeps": _beeps,
}
NOISES: Final[dict[str, Generator]] = {
    "white": _white,
    "pink": _pink,
    "brown": _brown,
    "banded": _banded,
    "crackle": _crackle,
    "hum": _hum,
    "wind": _wind,
    "rain": _rain,
    "dither": _dither,
    "rising": _rising,
    "engine": _engine,
    "resonant": _resonant,
    "surf": _surf,
    "static": _static,
}
