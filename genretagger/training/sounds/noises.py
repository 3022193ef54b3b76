"""Noises by NumPy: coloured, of weather, of machines, near silence."""

from __future__ import annotations

from typing import Final

import numpy as np

from genretagger.training.sounds.tones import (
    SAMPLE_RATE_HZ,
    Floats,
    Generator,
    draw_frequency_hz,
)


def _shaped(times_s: Floats, random: np.random.Generator, gain: Generator) -> Floats:
    """Return white noise with its spectrum multiplied by `gain`, a function of hertz."""
    spectrum = np.fft.rfft(random.standard_normal(times_s.size))
    frequencies_hz = np.fft.rfftfreq(times_s.size, 1 / SAMPLE_RATE_HZ)
    return np.fft.irfft(spectrum * gain(frequencies_hz, random), times_s.size)


def _white(times_s: Floats, random: np.random.Generator) -> Floats:
    return random.standard_normal(times_s.size)


def _pink(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return noise that falls by 3 dB per octave."""
    return _shaped(times_s, random, lambda hz, _: np.maximum(hz, 20) ** -0.5)


def _brown(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return noise that falls by 6 dB per octave."""
    return _shaped(times_s, random, lambda hz, _: 1 / np.maximum(hz, 20))


def _banded(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return white noise in a band of one to three octaves."""
    low_hz = draw_frequency_hz(random, 80, 3000)
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
    for partial in range(1, 12):
        weight = random.uniform() / partial
        signal += weight * np.sin(2 * np.pi * partial * mains_hz * times_s)
    return signal


def _gusts(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return a loudness that wanders between 0 and 1 every second or so."""
    knots = random.uniform(0, 1, int(times_s[-1] / random.uniform(0.5, 2)) + 2)
    knots_s = np.linspace(0, times_s[-1], knots.size)
    return np.interp(times_s, knots_s, knots) ** 2


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
    """Return many drops over a hiss, each a short ringing at a random level."""
    drops = random.uniform(size=times_s.size) < random.uniform(100, 2000) / SAMPLE_RATE_HZ
    ringing_s = np.arange(400) / SAMPLE_RATE_HZ
    ringing = np.exp(-ringing_s * 400) * np.sin(
        2 * np.pi * draw_frequency_hz(random, 1500, 6000) * ringing_s
    )
    hits = drops * random.exponential(1, times_s.size)
    rain = np.convolve(hits, ringing)[: times_s.size]
    signal: Floats = rain / rain.std() + random.uniform(0.1, 1) * random.standard_normal(
        times_s.size
    )
    return signal


def _dither(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return dithered silence: triangular noise of a few steps of 16 bit.

    It has at least four steps: the application takes less for silence (-80 dB, `analysis/audio`).
    """
    steps = random.integers(4, 40) / 2**15
    return steps * (random.uniform(-1, 1, times_s.size) + random.uniform(-1, 1, times_s.size))


def _rising(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return noise that rises by up to 6 dB per octave: hiss, steam, spray."""
    power = random.uniform(0.2, 1)
    return _shaped(times_s, random, lambda hz, _: hz**power)


def _engine(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return the dull pulses of a motor with a wandering speed, over its noise."""
    knots = random.uniform(0.7, 1.3, int(times_s[-1] / 2) + 2)
    knots_s = np.linspace(0, times_s[-1], knots.size)
    pulses_hz = draw_frequency_hz(random, 8, 120) * np.interp(times_s, knots_s, knots)
    phase = np.cumsum(pulses_hz) / SAMPLE_RATE_HZ
    pulses = np.exp(-(phase % 1) * random.uniform(3, 20))
    noise = _brown(times_s, random)
    signal: Floats = pulses - pulses.mean() + random.uniform(0.05, 1) * noise / noise.std()
    return signal


def _resonant(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return noise with a few narrow resonances: pipes, wires, empty rooms."""
    middles_hz = [draw_frequency_hz(random, 60, 4000) for _ in range(int(random.integers(2, 6)))]
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
    """Return breaking waves: pink noise that swells every few seconds."""
    period_s = random.uniform(3, 9)
    swell = np.sin(np.pi * (times_s / period_s + random.uniform())) ** 2
    signal: Floats = _pink(times_s, random) * (0.1 + swell ** random.uniform(1, 4))
    return signal


def _static(times_s: Floats, random: np.random.Generator) -> Floats:
    """Return a radio between stations: hiss with a jumping loudness, and a whistle."""
    hiss = _banded(times_s, random) + 0.1 * _white(times_s, random)
    steps = (times_s / random.uniform(0.05, 0.6)).astype(int)
    loudness = random.uniform(0.2, 1, steps[-1] + 1)[steps]
    whistle = np.sin(2 * np.pi * draw_frequency_hz(random, 300, 4000) * times_s)
    signal: Floats = hiss / hiss.std() * loudness + random.uniform(0, 0.2) * whistle
    return signal


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
