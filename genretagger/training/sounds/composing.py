"""Random music by NumPy: melodies over chords by synthetic voices, with and without drums.

Pure tones and noise teach a detector that synthetic sound is never music; these pieces teach that
it can be. A seed always gives the same piece. Knows no files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from genretagger.training.sounds.tones import SAMPLE_RATE_HZ, Floats

Waveform = Callable[[Floats], Floats]

_PEAK: Final = 0.9
_STEPS_PER_BAR: Final = 16
_SCALES: Final = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 4, 7, 9))
# Whether a style has melody, arpeggio, bass, pad and drums.
STYLES: Final[dict[str, tuple[int, int, int, int, int]]] = {
    "chiptune": (1, 1, 1, 0, 1),
    "dance": (0, 1, 1, 1, 1),
    "ambient": (0, 0, 0, 1, 0),
    "solo": (1, 0, 0, 0, 0),
    "ballad": (1, 1, 1, 1, 0),
    "drums": (0, 0, 1, 0, 1),
}

# Functions of the phase, in turns.
_WAVEFORMS: Final[tuple[Waveform, ...]] = (
    lambda turns: np.sin(2 * np.pi * turns),
    lambda turns: np.sign(np.sin(2 * np.pi * turns)),
    lambda turns: 2 * (turns % 1) - 1,
    lambda turns: 4 * np.abs(turns % 1 - 0.5) - 1,
    lambda turns: np.sin(2 * np.pi * turns + 2 * np.sin(4 * np.pi * turns)),
    lambda turns: np.sign((turns % 1) - 0.25),
)


def compose(style: str, *, seconds: float, seed: int) -> NDArray[np.float32]:
    """Return a piece in the style `style`, a key of `STYLES`, drawn from `seed`.

    Returns
    -------
    np.ndarray [float32, shape=(n_samples,)]
        Mono at `SAMPLE_RATE_HZ`, in [-1, 1].
    """
    random = np.random.default_rng([seed, *style.encode()])
    melody, arpeggio, bass, pad, drums = STYLES[style]
    step_s = 60 / random.uniform(70, 170) / 4
    n_steps = int(seconds / step_s) + 1
    scale = _SCALES[random.integers(len(_SCALES))]
    root = int(random.integers(45, 62))
    harmony = _Harmony(scale, root, random.choice(len(scale), 4))
    signal = np.zeros(round(seconds * SAMPLE_RATE_HZ))
    for is_played, part in (
        (melody, _Part((1, 2, 2, 4, 8), 1)),
        (arpeggio, _Part((1,), 0)),
        (bass, _Part((2, 4), -2)),
        (pad, _Part((_STEPS_PER_BAR,), 0)),
    ):
        if is_played:
            _play(signal, part, harmony, step_s, n_steps, random)
    if drums:
        _drum(signal, step_s, n_steps, random)
    loudest = float(np.abs(signal).max())
    return (signal * (_PEAK / loudest)).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Harmony:
    """Scale in semitones, MIDI pitch of its root, and degrees of four chords that repeat."""

    scale: tuple[int, ...]
    root: int
    chords: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Part:
    """Possible lengths of its notes in steps, and its octave above the root's; 1 is the melody."""

    lengths: tuple[int, ...]
    octave: int


def _play(
    signal: Floats, part: _Part, harmony: _Harmony, step_s: float, n_steps: int, random: Any
) -> None:
    """Add a part with one waveform: notes of the chord, all at once if they last a bar."""
    waveform = _WAVEFORMS[random.integers(len(_WAVEFORMS))]
    degrees = (0, 2, 4) if part.lengths[0] in (1, _STEPS_PER_BAR) else (0,)
    scale, step = harmony.scale, 0
    while step < n_steps:
        length = int(random.choice(part.lengths))
        chord = int(harmony.chords[step // _STEPS_PER_BAR % len(harmony.chords)])
        picked = degrees if length == _STEPS_PER_BAR else (int(random.choice(degrees)),)
        for degree in picked:
            position = chord + degree + (int(random.integers(-2, 5)) if part.octave == 1 else 0)
            octave = part.octave + position // len(scale)
            pitch = harmony.root + 12 * octave + scale[position % len(scale)]
            _add(signal, waveform, step * step_s, length * step_s, pitch, random)
        step += length


def _add(
    signal: Floats, waveform: Waveform, start_s: float, length_s: float, pitch: int, random: Any
) -> None:
    """Add a note of the MIDI pitch `pitch` that fades in within 5 ms and dies away."""
    start = round(start_s * SAMPLE_RATE_HZ)
    n_samples = min(round(length_s * SAMPLE_RATE_HZ), signal.size - start)
    if n_samples <= 0 or random.uniform() < 0.1:  # a rest
        return
    times_s = np.arange(n_samples) / SAMPLE_RATE_HZ
    frequency_hz = 440 * 2 ** ((pitch - 69) / 12)
    loudness = np.minimum(times_s / 0.005, 1) * np.exp(-times_s / length_s * random.uniform(0.2, 3))
    signal[start : start + n_samples] += loudness * waveform(frequency_hz * times_s)


def _drum(signal: Floats, step_s: float, n_steps: int, random: Any) -> None:
    """Add bass drum, snare and cymbal in a pattern of one bar."""
    times_s = np.arange(round(0.2 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    noise = random.standard_normal(times_s.size)
    kick = np.sin(2 * np.pi * (50 * times_s + 5 * (1 - np.exp(-times_s * 30)))) * np.exp(
        -times_s * 15
    )
    snare, cymbal = noise * np.exp(-times_s * 20), np.diff(noise, prepend=0) * np.exp(-times_s * 60)
    pattern = np.zeros((3, _STEPS_PER_BAR), bool)
    pattern[0, ::4], pattern[1, 4::8], pattern[2, ::2] = True, True, True
    pattern ^= random.uniform(size=pattern.shape) < 0.1
    for step in range(n_steps):
        start = round(step * step_s * SAMPLE_RATE_HZ)
        for sound, level, hit in zip(
            (kick, snare, cymbal), (2.0, 1.0, 0.5), pattern[:, step % _STEPS_PER_BAR], strict=True
        ):
            if hit:
                room = max(0, min(sound.size, signal.size - start))
                signal[start : start + room] += level * sound[:room]
