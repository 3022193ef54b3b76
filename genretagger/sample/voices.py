"""A voice that sings or says a vowel: mono, 1 at its peak, made once."""

from __future__ import annotations

import numpy as np

from genretagger.sample.waves import (
    SAMPLE_RATE_HZ,
    Floats,
    filtered,
    formed,
    hertz,
    made_once,
    noise,
    saw,
    shaped,
    times,
    turns,
)

# Formants of men's vowels, in hertz (Peterson and Barney 1952, table II; JASA 24(2)).
_VOWELS_HZ = {
    "a": (730.0, 1090.0, 2440.0),
    "e": (530.0, 1840.0, 2480.0),
    "i": (270.0, 2290.0, 3010.0),
    "o": (570.0, 840.0, 2410.0),
    "u": (300.0, 870.0, 2240.0),
}
VOWELS = tuple(_VOWELS_HZ)


def vowel_of(source: Floats, vowel: str, *, size: float = 1.0) -> Floats:
    """Return `source` through a mouth that says `vowel`; a larger `size` is a smaller head."""
    sound = formed(source, tuple(size * formant_hz for formant_hz in _VOWELS_HZ[vowel]))
    return np.asarray(sound / np.abs(sound).max())


@made_once
def sing(pitch: float, seconds: float, vowel: str = "a") -> Floats:
    """Return a voice on one vowel."""
    source = saw(turns(seconds, hertz(pitch), vibrato=0.01)) + 0.05 * noise(seconds, seed=11)
    return shaped(vowel_of(source, vowel), attack_s=0.05)


@made_once
def syllable(pitch: float, seconds: float, vowel: str, consonant: int) -> Floats:
    """Return one of four consonants and a vowel with falling pitch, as a rapper speaks them."""
    time_s = times(seconds)
    falling = 1 + 0.08 * np.exp(-time_s * 12) - 0.25 * time_s
    phase = np.cumsum(hertz(pitch) * falling) / SAMPLE_RATE_HZ
    sound = vowel_of(saw(phase) + 0.05 * noise(seconds, seed=12), vowel)
    spoken = shaped(sound, attack_s=0.03, decay_s=0.6 * seconds)
    low_hz, length_s = ((1800, 0.03), (4500, 0.07), (2500, 0.05), (600, 0.02))[consonant]
    hiss = shaped(filtered(noise(length_s, seed=13), low_hz=low_hz), attack_s=0.005)
    spoken[: hiss.size] += 0.25 * hiss
    return spoken
