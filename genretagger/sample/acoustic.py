"""Pieces in the manner of jazz, classical music, reggae, blues and country."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genretagger.sample import drums, voices
from genretagger.sample import instruments as play
from genretagger.sample.mix import EIGHTHS, Mix
from genretagger.sample.waves import (
    BLUES_SCALE,
    DOMINANT,
    MAJOR,
    MAJOR_7,
    MINOR,
    MINOR_7,
    TWELVE_BARS,
)


def jazz(seconds: float, seed: int) -> NDArray[np.float32]:
    """Swing a ride over a walking bass, piano chords off the beat and a saxophone."""
    mix = Mix(seconds, beats_per_minute=138 + 12 * seed, swing=0.66, seed=seed)
    random = np.random.default_rng(seed + 10)
    changes = ((50, MINOR_7), (55, DOMINANT), (48, MAJOR_7), (57, DOMINANT))
    note = 67
    for bar in range(mix.n_bars):
        root, chord = changes[bar % 4]
        ride = drums.cymbal(decay_s=0.3, low_hz=5000)
        mix.beats(ride, (0, 1, 1.5, 2, 3, 3.5), bar, gain=0.16, pan=0.3)
        mix.beats(drums.cymbal(decay_s=0.03), (1, 3), bar, gain=0.18, pan=-0.2)
        if random.uniform() < 0.5:
            place = float(random.choice((1.5, 2.5, 3.5)))
            mix.play(drums.snare(decay_s=0.05), 4 * bar + place, gain=0.2)
        walk = (root, root + chord[1], root + chord[2], changes[(bar + 1) % 4][0] + 1)
        for beat, pitch in enumerate(walk):
            low = play.bass(pitch - 12, mix.seconds(0.95), bright_hz=380, decay_s=0.5)
            mix.play(low, 4 * bar + beat, gain=0.9)
        for place in ((0.5, 2.5), (1.5,), (0, 1.5), (0.5, 3.5))[int(random.integers(4))]:
            for step in (*chord[1:], 14):
                key = play.piano(root + 12 + step, mix.seconds(1.0), touch=0.6)
                mix.play(key, 4 * bar + place, gain=0.22, pan=-0.4)
        for place in EIGHTHS:
            if random.uniform() < 0.68:
                note = min(max(note + int(random.choice((-3, -2, -1, 1, 2, 3))), 60), 79)
                blown = play.brass(note, mix.seconds(0.5 if random.uniform() < 0.8 else 1.2))
                mix.play(blown, 4 * bar + place, gain=0.4, pan=0.15)
    return mix.finished(room_s=0.9, wet=0.2)


def classical_piano(seconds: float, seed: int) -> NDArray[np.float32]:
    """Broken chords under a slow melody, alone, in a hall."""
    mix = Mix(seconds, beats_per_minute=66 + 8 * seed, seed=seed)
    random = np.random.default_rng(seed)
    roots = (48, 45, 53, 43, 52, 45, 50, 43)
    chords = (MAJOR, MINOR, MAJOR, MAJOR, MINOR, MINOR, MINOR, DOMINANT)
    for bar in range(mix.n_bars + 1):
        root, chord = roots[bar % 8], chords[bar % 8]
        up = (0, chord[1], chord[2])
        for number, step in enumerate((-12, *up, 12, *reversed(up))):
            key = play.piano(root + step, mix.seconds(2.5), touch=0.6)
            mix.play(key, 4 * bar + number / 2, gain=0.45, pan=-0.2)
        for place, beats in ((0, 1.5), (1.5, 0.5), (2, 2)):
            pitch = root + 24 + int(random.choice(chord))
            key = play.piano(pitch, mix.seconds(beats + 1.5), touch=0.75)
            mix.play(key, 4 * bar + place, gain=0.7, pan=0.2)
    return mix.finished(room_s=2.2, wet=0.35)


def classical_strings(seconds: float, seed: int) -> NDArray[np.float32]:
    """Four voices of strings in a hall, slow, without drums."""
    mix = Mix(seconds, beats_per_minute=58 + 6 * seed, seed=seed)
    random = np.random.default_rng(seed)
    roots = (50, 57, 58, 53, 55, 50, 55, 57)
    chords = (MINOR, MAJOR, MAJOR, MAJOR, MINOR, MINOR, MINOR, MAJOR)
    for half in range(2 * mix.n_bars + 2):
        root, chord = roots[half % 8], chords[half % 8]
        for step, pan in ((-12, 0.5), (chord[1], 0.2), (chord[2], -0.2), (12, -0.5)):
            bow = play.strings(root + step, mix.seconds(2.3), attack_s=0.25, bright_hz=2200)
            mix.play(bow, 2 * half, gain=0.4, pan=pan)
        for place in (0, 0.5, 1, 1.5):
            pitch = root + 12 + int(random.choice((0, *chord, 12)))
            bow = play.strings(pitch, mix.seconds(0.7), attack_s=0.06, bright_hz=3500)
            mix.play(bow, 2 * half + place, gain=0.4, pan=-0.4)
    return mix.finished(room_s=2.5, wet=0.4)


def reggae(seconds: float, seed: int) -> NDArray[np.float32]:
    """Chords cut short off the beat, one drop of the drum, and a bass that leaves room."""
    mix = Mix(seconds, beats_per_minute=74 + 3 * seed, swing=0.56, seed=seed)
    chords = ((57, MINOR), (55, MAJOR)) if seed % 2 == 0 else ((48, MAJOR), (53, MAJOR))
    for bar in range(mix.n_bars):
        root, chord = chords[bar // 2 % 2]
        mix.beats(drums.kick(click=0.2), (2,), bar)
        mix.beats(drums.snare(tone_hz=260, decay_s=0.05), (2,), bar, gain=0.6)
        mix.beats(drums.cymbal(decay_s=0.03), EIGHTHS, bar, gain=0.2, pan=0.3)
        for step in chord:
            chop = play.pluck(root + 12 + step, 0.12, bright=0.8)
            mix.beats(chop, (0.5, 1.5, 2.5, 3.5), bar, gain=0.5, pan=0.5)
            bubble = play.organ(root + step, mix.seconds(0.2))
            mix.beats(bubble, (0.5, 0.75, 1.5, 2.5, 2.75, 3.5), bar, gain=0.25, pan=-0.5)
        for place, step in ((0, 0), (0.75, 0), (1.5, chord[1]), (2, chord[2]), (3, 0)):
            low = play.bass(root - 24 + step, mix.seconds(0.7), bright_hz=260)
            mix.play(low, 4 * bar + place, gain=1.3)
        if bar % 4 > 1:
            for number, (place, vowel) in enumerate(((0, "a"), (1, "o"), (1.5, "e"), (2.5, "a"))):
                pitch = root + 12 + chord[(bar + number) % 3]
                mix.play(voices.sing(pitch, mix.seconds(0.8), vowel), 4 * bar + place, gain=0.5)
    return mix.finished(room_s=1.0, wet=0.2)


def blues(seconds: float, seed: int) -> NDArray[np.float32]:
    """Twelve bars with a shuffle, and a guitar that bends the notes of its scale."""
    mix = Mix(seconds, beats_per_minute=96 + 14 * seed, swing=0.67, seed=seed)
    random = np.random.default_rng(seed)
    for bar in range(mix.n_bars):
        root = 40 + TWELVE_BARS[bar % 12]
        mix.beats(drums.kick(click=0.2), (0, 2), bar, gain=0.7)
        mix.beats(drums.snare(decay_s=0.08), (1, 3), bar, gain=0.5)
        mix.beats(drums.cymbal(decay_s=0.2, low_hz=5000), EIGHTHS, bar, gain=0.12, pan=0.3)
        for number, place in enumerate(EIGHTHS):
            fifth = 7 + 2 * (number // 2 % 2)
            for step in (0, fifth):
                string = play.pluck(root + step, mix.seconds(0.45), bright=0.35)
                mix.play(string, 4 * bar + place, gain=0.5, pan=-0.3)
        for beat, step in enumerate((0, 4, 7, 9)):
            low = play.bass(root - 12 + step, mix.seconds(0.9), bright_hz=450)
            mix.play(low, 4 * bar + beat, gain=0.7)
        for place in (0, 0.5, 1.5, 2, 3):
            if random.uniform() < 0.6:
                pitch = 64 + int(random.choice(BLUES_SCALE))
                lead = play.lead_guitar(pitch, mix.seconds(0.8), drive=2.5, bend=1.0)
                mix.play(lead, 4 * bar + place, gain=0.55, pan=0.2)
    return mix.finished(room_s=0.6, wet=0.15)


def country(seconds: float, seed: int) -> NDArray[np.float32]:
    """Bass and strummed guitar in turn, a steel guitar, and a voice."""
    mix = Mix(seconds, beats_per_minute=104 + 10 * seed, swing=0.54, seed=seed)
    random = np.random.default_rng(seed)
    chords = ((43, MAJOR), (48, MAJOR), (50, MAJOR), (43, MAJOR))
    for bar in range(mix.n_bars):
        root, chord = chords[bar // 2 % 4]
        mix.beats(drums.kick(click=0.1), (0, 2), bar, gain=0.5)
        mix.beats(drums.snare(decay_s=0.04), (1, 3), bar, gain=0.3)
        mix.beats(drums.shaker(), EIGHTHS, bar, gain=0.2)
        for beat, pitch in ((0, root - 12), (2, root - 17)):
            low = play.bass(pitch, mix.seconds(0.9), bright_hz=500)
            mix.play(low, 4 * bar + beat, gain=0.9)
        for number, step in enumerate((*chord, 12, 16)):
            string = play.pluck(root + 12 + step, mix.seconds(0.8), bright=0.7)
            for place in (1, 1.5, 3, 3.5):
                mix.play(string, 4 * bar + place + 0.02 * number, gain=0.3, pan=0.4)
        for number, place in enumerate(EIGHTHS):
            banjo = play.pluck(root + 24 + chord[(number * 2 + bar) % 3], 0.4, bright=0.9)
            mix.play(banjo, 4 * bar + place, gain=0.3, pan=-0.5)
        for place in (0, 1.5, 2.5):
            pitch = root + 12 + int(random.choice(chord))
            if bar % 4 < 3:
                lead = voices.sing(pitch, mix.seconds(0.9), str(random.choice(voices.VOWELS)))
            else:
                lead = play.lead_guitar(pitch + 12, mix.seconds(1.2), drive=1.2, bend=2)
            mix.play(lead, 4 * bar + place, gain=0.5)
    return mix.finished(room_s=0.7, wet=0.15)
