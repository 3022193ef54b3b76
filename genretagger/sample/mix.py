"""A stereo tape that takes sounds at beats, four beats to a bar."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from genretagger.sample.waves import SAMPLE_RATE_HZ, Floats, normalised, room

EIGHTHS = tuple(number / 2 for number in range(8))  # places in a bar of four beats
SIXTEENTHS = tuple(number / 4 for number in range(16))


class Mix:
    """Two channels of `seconds`, at a tempo.

    Parameters
    ----------
    swing : float
        Where the second half of a beat falls: 0.5 even, 0.67 as triplets.
    """

    def __init__(
        self, seconds: float, *, beats_per_minute: float, swing: float = 0.5, seed: int = 0
    ) -> None:
        self._channels = np.zeros((2, round(seconds * SAMPLE_RATE_HZ)))
        self._beat_s = 60 / beats_per_minute
        self._swing = swing
        self._random = np.random.default_rng(seed)
        self.n_bars = int(seconds / self._beat_s) // 4

    def seconds(self, beats: float) -> float:
        """Return the length of `beats` in seconds."""
        return beats * self._beat_s

    def play(self, sound: Floats, beat: float, *, gain: float = 1.0, pan: float = 0.0) -> None:
        """Play `sound` at `beat` with human imprecision; `pan` goes from -1 (left) to 1."""
        whole, part = divmod(beat, 1)
        swung = float(np.interp(part, (0, 0.5, 1), (0, self._swing, 1)))
        at_s = max(0.0, (whole + swung) * self._beat_s + self._random.normal(0, 0.004))
        loudness = gain * (1 + self._random.normal(0, 0.06))
        start = round(at_s * SAMPLE_RATE_HZ)
        stop = min(start + sound.size, self._channels.shape[1])
        if stop > start:
            played = loudness * sound[: stop - start]
            self._channels[0, start:stop] += played * np.sqrt((1 - pan) / 2)
            self._channels[1, start:stop] += played * np.sqrt((1 + pan) / 2)

    def beats(
        self,
        sound: Floats,
        places: Sequence[float],
        bar: int,
        *,
        gain: float = 1.0,
        pan: float = 0.0,
    ) -> None:
        """Play `sound` at each of `places`, in beats from the start of bar number `bar`."""
        for place in places:
            self.play(sound, 4 * bar + place, gain=gain, pan=pan)

    def finished(
        self, *, room_s: float = 0.4, wet: float = 0.1, drive: float = 0.0
    ) -> NDArray[np.float32]:
        """Return the tape in a room, compressed by `drive` [float32, shape=(2, n_samples)]."""
        sound = normalised(room(self._channels, seconds=room_s, wet=wet))
        if drive:
            sound = normalised(np.tanh(drive * sound))
        fade = np.minimum(1, np.arange(sound.shape[1])[::-1] / (0.5 * SAMPLE_RATE_HZ))
        return sound * fade.astype(np.float32)
