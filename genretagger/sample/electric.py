"""Pieces in the manner of metal, rock, disco, pop and hip-hop."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genretagger.sample import drums, voices
from genretagger.sample import instruments as play
from genretagger.sample.mix import EIGHTHS, SIXTEENTHS, Mix
from genretagger.sample.waves import BLUES_SCALE, DOMINANT, MAJOR, MAJOR_7, MINOR, MINOR_7


def metal(seconds: float, seed: int) -> NDArray[np.float32]:
    """Chords on two guitars, drowned in distortion, over a double bass drum."""
    mix = Mix(seconds, beats_per_minute=100 + 8 * seed, seed=seed)
    random = np.random.default_rng(seed)
    riffs = [random.choice((0, 0, 1, 3, 5, 6, 7, 8), 4) for _ in range(2)]
    for bar in range(mix.n_bars):
        mix.beats(drums.kick(deep_hz=60, click=0.8, seconds=0.16), SIXTEENTHS, bar, gain=1.5)
        mix.beats(drums.snare(decay_s=0.12), (1, 3), bar, gain=0.2)
        mix.beats(drums.cymbal(decay_s=0.8, low_hz=3500), (0, 1, 2, 3), bar, gain=0.1)
        for beat, step in enumerate(riffs[bar // 2 % 2]):
            for pan, detune in ((-0.8, 0.0), (0.8, 0.06)):
                chord = play.power_chord(40 + int(step) + detune, mix.seconds(1.02))
                mix.play(chord, 4 * bar + beat, gain=0.6, pan=pan)
            low = play.bass(28 + int(step), mix.seconds(1), bright_hz=1500)
            mix.play(low, 4 * bar + beat, gain=0.5)
    return mix.finished(room_s=0.5, wet=0.12, drive=2.0)


def rock(seconds: float, seed: int) -> NDArray[np.float32]:
    """Open chords of a driven guitar over a straight beat, and a lead."""
    mix = Mix(seconds, beats_per_minute=122 + 6 * seed, seed=seed)
    random = np.random.default_rng(seed)
    roots = (45, 50, 52, 50) if seed % 2 else (40, 43, 45, 40)
    for bar in range(mix.n_bars):
        root = roots[bar % 4]
        mix.beats(drums.kick(click=0.5), (0, 1.5, 2), bar, gain=0.9)
        mix.beats(drums.snare(decay_s=0.14), (1, 3), bar, gain=0.9)
        mix.beats(drums.cymbal(decay_s=0.06, low_hz=5000), EIGHTHS, bar, gain=0.25, pan=0.3)
        for place, beats in ((0, 1.5), (1.5, 1), (2.5, 1.5)):
            chord = play.power_chord(root, mix.seconds(beats), drive=4.0)
            for pan in (-0.7, 0.7):
                mix.play(chord, 4 * bar + place, gain=0.55, pan=pan)
        mix.beats(play.bass(root - 12, mix.seconds(0.5), bright_hz=1200), EIGHTHS, bar, gain=0.6)
        if bar % 8 > 3:
            for place in (0, 1, 1.5, 2.5):
                pitch = root + 24 + int(random.choice(BLUES_SCALE))
                lead = play.lead_guitar(pitch, mix.seconds(0.8), bend=1)
                mix.play(lead, 4 * bar + place, gain=0.4, pan=0.1)
    return mix.finished(room_s=0.6, wet=0.15, drive=1.6)


def disco(seconds: float, seed: int) -> NDArray[np.float32]:
    """Four on the floor, open hats between, an octave bass, strings and a scratched guitar."""
    mix = Mix(seconds, beats_per_minute=118 + 3 * seed, seed=seed)
    chords = ((57, MINOR_7), (50, MINOR_7), (55, DOMINANT), (48, MAJOR_7))
    line = np.random.default_rng(seed).permutation((12, 10, 7, 5, 3, 7))
    for bar in range(mix.n_bars):
        root, chord = chords[(bar + seed) % 4]
        mix.beats(drums.kick(deep_hz=55, click=0.4), (0, 1, 2, 3), bar)
        mix.beats(drums.snare(decay_s=0.1), (1, 3), bar, gain=0.5)
        mix.beats(drums.clap(), (1, 3), bar, gain=0.5)
        mix.beats(drums.cymbal(decay_s=0.14), (0.5, 1.5, 2.5, 3.5), bar, gain=0.4, pan=0.2)
        mix.beats(drums.cymbal(decay_s=0.03), SIXTEENTHS, bar, gain=0.16, pan=-0.2)
        for number, place in enumerate(EIGHTHS):
            low = play.bass(root - 24 + 12 * (number % 2), mix.seconds(0.42), bright_hz=1400)
            mix.play(low, 4 * bar + place, gain=0.8)
        for step in chord:
            mix.play(play.strings(root + 12 + step, mix.seconds(3.9)), 4 * bar, gain=0.16, pan=-0.4)
            short = play.pluck(root + step, 0.09, bright=0.9)
            mix.beats(short, (0.5, 0.75, 1.5, 2.25, 2.5, 3.5), bar, gain=0.22, pan=0.6)
        for number, step in enumerate(line):
            if bar % 4 > 1:
                pitch = root + 24 + int(step)
                high = play.strings(pitch, mix.seconds(0.5), attack_s=0.03, bright_hz=6000)
                mix.play(high, 4 * bar + number / 2, gain=0.3, pan=-0.2)
    return mix.finished(room_s=0.8, wet=0.2, drive=1.4)


def pop(seconds: float, seed: int) -> NDArray[np.float32]:
    """Four chords, a bright synthesiser, a steady beat and a voice."""
    mix = Mix(seconds, beats_per_minute=108 + 6 * seed, seed=seed)
    random = np.random.default_rng(seed)
    chords = ((57, MINOR), (53, MAJOR), (48, MAJOR), (55, MAJOR))
    for bar in range(mix.n_bars):
        root, chord = chords[bar % 4]
        mix.beats(drums.kick(click=0.5), (0, 1.5, 2), bar)
        mix.beats(drums.snare(decay_s=0.12), (1, 3), bar, gain=0.8)
        mix.beats(drums.cymbal(decay_s=0.03), SIXTEENTHS, bar, gain=0.16)
        mix.beats(play.bass(root - 24, mix.seconds(0.45), bright_hz=900), EIGHTHS, bar, gain=0.7)
        for step in chord:
            pad = play.strings(root + 12 + step, mix.seconds(3.9), bright_hz=5000)
            mix.play(pad, 4 * bar, gain=0.15)
            key = play.piano(root + step, mix.seconds(0.5), touch=0.8)
            mix.beats(key, EIGHTHS, bar, gain=0.15, pan=0.3)
        for place in (0, 0.5, 1, 2, 2.5, 3):
            if random.uniform() < 0.8:
                pitch = root + 12 + int(random.choice((*chord, 2)))
                lead = voices.sing(pitch, mix.seconds(0.7), str(random.choice(voices.VOWELS)))
                mix.play(lead, 4 * bar + place, gain=0.6)
    return mix.finished(room_s=0.8, wet=0.18, drive=1.5)


def hiphop(seconds: float, seed: int) -> NDArray[np.float32]:
    """Speak in time to a drum machine: a long bass drum, hats that roll, a dark loop."""
    mix = Mix(seconds, beats_per_minute=88 + 4 * seed, swing=0.55, seed=seed)
    random = np.random.default_rng(seed)
    loop = random.choice((57, 60, 62, 64, 67), 8)
    for bar in range(mix.n_bars):
        for place in (0, 1.75, 2.5):
            mix.play(drums.kick(deep_hz=48, click=0.5, seconds=0.35), 4 * bar + place)
            low = play.sub(33 + (0, 0, -2, 3)[bar % 4], mix.seconds(0.8))
            mix.play(low, 4 * bar + place, gain=0.9)
        mix.beats(drums.clap(), (1, 3), bar, gain=0.8)
        mix.beats(drums.snare(decay_s=0.1), (1, 3), bar, gain=0.6)
        mix.beats(drums.cymbal(decay_s=0.025), EIGHTHS, bar, gain=0.3, pan=0.1)
        if bar % 2:
            mix.beats(drums.cymbal(decay_s=0.02), (3.25, 3.375, 3.5, 3.625, 3.75), bar, gain=0.25)
        for number, pitch in enumerate(loop):
            key = play.piano(int(pitch), mix.seconds(0.9), touch=0.5)
            mix.play(key, 4 * bar + number / 2, gain=0.25, pan=-0.3)
        if bar % 8 > 1 or seed:
            _rap(mix, bar, random)
    return mix.finished(room_s=0.4, wet=0.08, drive=1.8)


def _rap(mix: Mix, bar: int, random: np.random.Generator) -> None:
    """Put words into a bar, most of its sixteenths one syllable each."""
    for place in SIXTEENTHS:
        if random.uniform() < 0.72:
            vowel = str(random.choice(voices.VOWELS))
            pitch = 46 + int(random.integers(0, 5))
            word = voices.syllable(pitch, mix.seconds(0.24), vowel, int(random.integers(4)))
            mix.play(word, 4 * bar + place, gain=0.8)
