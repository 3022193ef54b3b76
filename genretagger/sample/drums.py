"""Drums and cymbals: one stroke each, mono, about 1 at its peak, made once."""

from __future__ import annotations

import numpy as np

from genretagger.sample.waves import (
    SAMPLE_RATE_HZ,
    Floats,
    filtered,
    made_once,
    noise,
    shaped,
    times,
)


@made_once
def kick(*, deep_hz: float = 50.0, click: float = 0.3, seconds: float = 0.3) -> Floats:
    """Return a bass drum: a sine that falls, and the click of its beater."""
    time_s = times(seconds)
    phase = 2 * np.pi * np.cumsum(deep_hz + 160 * np.exp(-time_s * 45)) / SAMPLE_RATE_HZ
    beat = np.sin(phase) * np.exp(-time_s * 3.2 / seconds)
    return shaped(beat, attack_s=0.001) + click * shaped(
        filtered(noise(seconds, seed=1), low_hz=1500), attack_s=0.001, decay_s=0.006
    )


@made_once
def snare(*, tone_hz: float = 190.0, decay_s: float = 0.09, seconds: float = 0.35) -> Floats:
    """Return a snare drum: its skin and its wires."""
    skin = np.sin(2 * np.pi * tone_hz * times(seconds))
    wires = filtered(noise(seconds, seed=2), low_hz=900, high_hz=9000)
    return shaped(0.5 * skin, decay_s=0.06) + shaped(0.6 * wires, attack_s=0.001, decay_s=decay_s)


@made_once
def clap() -> Floats:
    """Return hands that clap, not quite together."""
    sound = np.zeros(round(0.3 * SAMPLE_RATE_HZ))
    for number, delay_s in enumerate((0.0, 0.012, 0.023)):
        hand = shaped(
            filtered(noise(0.25, seed=20 + number), low_hz=800, high_hz=4500),
            attack_s=0.001,
            decay_s=0.012 if number < 2 else 0.07,
        )
        start = round(delay_s * SAMPLE_RATE_HZ)
        sound[start : start + hand.size] += hand
    return sound


@made_once
def cymbal(*, decay_s: float, low_hz: float = 6000.0, seed: int = 3) -> Floats:
    """Return a hi-hat (`decay_s` 0.03), a ride (0.3) or a crash (0.8)."""
    seconds = min(1.8, 5 * decay_s + 0.05)
    time_s = times(seconds)
    # Square waves of frequencies that share no fundamental, as drum machines do it.
    metal = sum(
        np.sign(np.sin(2 * np.pi * ratio * 540 * time_s))
        for ratio in (1.0, 1.342, 1.562, 1.834, 2.091, 2.693)
    )
    sound = filtered(0.25 * metal + 0.6 * noise(seconds, seed=seed), low_hz=low_hz, order=4)
    return shaped(sound, attack_s=0.001, decay_s=decay_s)


@made_once
def shaker(*, seconds: float = 0.09) -> Floats:
    """Return a shaker or a brush."""
    return shaped(filtered(noise(seconds, seed=5), low_hz=4000), attack_s=0.02, decay_s=0.04)
