"""Instruments that play one note: mono, about 1 at its peak.

Half a minute of music costs a few dozen notes, each made once (`waves.made_once`).
"""

from __future__ import annotations

import numpy as np

from genretagger.sample.waves import (
    SAMPLE_RATE_HZ,
    Floats,
    filtered,
    hertz,
    made_once,
    noise,
    saw,
    shaped,
    times,
    turns,
)


@made_once
def pluck(pitch: float, seconds: float, *, bright: float = 0.5, sustain: float = 0.996) -> Floats:
    """Return a plucked string (Karplus and Strong 1983, Computer Music Journal 7(2))."""
    period = round(SAMPLE_RATE_HZ / hertz(pitch))
    n_samples = round(seconds * SAMPLE_RATE_HZ)
    turn = filtered(noise(period / SAMPLE_RATE_HZ, seed=7), high_hz=1000 + 11_000 * bright)
    turn -= turn.mean()
    rounds = [turn / np.abs(turn).max()]
    for _ in range(n_samples // period + 1):
        last = rounds[-1]
        rounds.append(sustain * (bright * last + (1 - bright) * 0.5 * (last + np.roll(last, 1))))
    return shaped(np.concatenate(rounds)[:n_samples])


@made_once
def bass(pitch: float, seconds: float, *, bright_hz: float = 700.0, decay_s: float = 0.6) -> Floats:
    """Return an electric bass or, dull, a double bass."""
    phase = turns(seconds, hertz(pitch))
    sound = 0.8 * np.sin(2 * np.pi * phase) + 0.7 * saw(phase)
    return shaped(filtered(sound, high_hz=bright_hz), attack_s=0.006, decay_s=decay_s)


@made_once
def sub(pitch: float, seconds: float) -> Floats:
    """Return the long bass of a drum machine, driven a little."""
    time_s = times(seconds)
    phase = 2 * np.pi * np.cumsum(hertz(pitch) * (1 + np.exp(-time_s * 40))) / SAMPLE_RATE_HZ
    return shaped(np.tanh(1.8 * np.sin(phase)), decay_s=0.7 * seconds)


@made_once
def piano(pitch: float, seconds: float, *, touch: float = 0.7) -> Floats:
    """Return a struck string: its partials are a little sharp, and higher ones decay sooner."""
    time_s, base_hz = times(seconds), hertz(pitch)
    sound = np.zeros_like(time_s)
    for number in range(1, 10):
        partial_hz = base_hz * number * np.sqrt(1 + 0.0004 * number**2)
        if partial_hz > 12_000:
            break
        weight = touch ** (number - 1) / number**0.5
        fall = np.exp(-time_s * (0.7 + 0.35 * number) * (base_hz / 260) ** 0.5)
        for detune in (0.9996, 1.0004):
            sound += 0.25 * weight * fall * np.sin(2 * np.pi * partial_hz * detune * time_s)
    hammer = shaped(filtered(noise(seconds, seed=8), high_hz=2500), decay_s=0.012)
    return shaped(sound + 0.1 * hammer, attack_s=0.002)


@made_once
def organ(
    pitch: float, seconds: float, *, drawbars: tuple[float, ...] = (0.8, 1, 0.6, 0.3, 0.2)
) -> Floats:
    """Return an electric organ: sines at sub-octave, unison, twelfth and above."""
    sound = sum(
        level * np.sin(2 * np.pi * turns(seconds, hertz(pitch) * ratio, vibrato=0.004))
        for level, ratio in zip(drawbars, (0.5, 1, 2, 3, 4), strict=True)
    )
    return shaped(0.4 * np.asarray(sound), attack_s=0.005)


@made_once
def strings(
    pitch: float, seconds: float, *, attack_s: float = 0.12, bright_hz: float = 3500.0
) -> Floats:
    """Return a section of strings: saws beside each other, each with its own vibrato."""
    sound = np.zeros_like(times(seconds))
    for detune, rate_hz in ((0.996, 5.1), (0.999, 5.6), (1.002, 6.0), (1.005, 5.3)):
        sound += 0.3 * saw(turns(seconds, hertz(pitch) * detune, vibrato=0.006, rate_hz=rate_hz))
    return shaped(filtered(sound, low_hz=180, high_hz=bright_hz), attack_s=attack_s)


@made_once
def brass(pitch: float, seconds: float, *, bright_hz: float = 2500.0) -> Floats:
    """Return a brass instrument or a saxophone: a saw that opens as it is blown."""
    phase = turns(seconds, hertz(pitch), vibrato=0.007)
    dull = filtered(saw(phase), high_hz=hertz(pitch) * 2)
    bright = filtered(saw(phase), high_hz=bright_hz)
    opening = np.clip(times(seconds) / 0.08, 0, 1)
    breath = 0.04 * filtered(noise(seconds, seed=9), low_hz=1500, high_hz=6000)
    return shaped(dull * (1 - opening) + bright * opening + breath, attack_s=0.03)


@made_once
def power_chord(pitch: float, seconds: float, *, drive: float = 20.0) -> Floats:
    """Return root, fifth and octave of a guitar through a valve and a loudspeaker's cabinet."""
    # Pick, strings and hum are amplified too: without noise it is heard as a synthesiser.
    chord = 0.5 * noise(seconds, seed=round(7 * pitch))
    for step in (0, 7, 12):
        for detune in (0.997, 1.003):
            chord += saw(turns(seconds, hertz(pitch + step) * detune) + step / 12 + detune)
    driven = np.tanh(drive * filtered(chord, low_hz=60, high_hz=3500))
    return 0.8 * shaped(filtered(driven, low_hz=60, high_hz=5000, order=3), attack_s=0.002)


@made_once
def lead_guitar(pitch: float, seconds: float, *, drive: float = 5.0, bend: float = 0.0) -> Floats:
    """Return a driven guitar that bends up to its note by `bend` semitones."""
    time_s = times(seconds)
    rise = np.clip(time_s / 0.15, 0, 1)
    frequency_hz = hertz(pitch) * 2 ** (-bend * (1 - rise) / 12)
    swing = 1 + 0.008 * np.sin(2 * np.pi * 5.5 * time_s) * np.clip(time_s / 0.4, 0, 1)
    phase = np.cumsum(frequency_hz * swing) / SAMPLE_RATE_HZ
    tone = np.tanh(drive * shaped(filtered(saw(phase), high_hz=3000), decay_s=1.2))
    return 0.7 * shaped(filtered(tone, low_hz=200, high_hz=4000), attack_s=0.005)
