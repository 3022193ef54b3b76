"""Make a sound that is not music, a tone or a noise, at a level. Knows no files."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.training.sounds.noises import NOISES
from genretagger.training.sounds.tones import SAMPLE_RATE_HZ, TONES

_LEVELS_DB: Final = (-40.0, -6.0)
_PEAK: Final = 0.99


def make_sound(
    name: str, *, seconds: float, seed: int, level_db: float | None = None
) -> NDArray[np.float32]:
    """Return the sound that the generator `name` makes from `seed`.

    Parameters
    ----------
    name : str
        A key of `TONES` or `NOISES`.
    seconds : float
        Length.
    seed : int
        Two seeds differ in parameters, noise and, unless `level_db` is given, level.
    level_db : float, optional
        Root mean square relative to full scale; drawn from -40 to -6 dB if None. A sound is softer
        if its peaks would exceed full scale. "dither" has its own level.

    Returns
    -------
    np.ndarray [float32, shape=(n_samples,)]
        Mono at `SAMPLE_RATE_HZ`, in [-1, 1].
    """
    # With the name in the seed, two generators do not share their noise.
    random = np.random.default_rng([seed, *name.encode()])
    drawn_db = random.uniform(*_LEVELS_DB) if level_db is None else level_db
    times_s = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    signal = (TONES | NOISES)[name](times_s, random)
    if name != "dither":
        signal = signal * (10 ** (drawn_db / 20) / np.sqrt(np.mean(signal**2)))
        signal = signal * min(1.0, _PEAK / float(np.abs(signal).max()))
    return signal.astype(np.float32)
