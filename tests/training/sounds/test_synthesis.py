"""Sounds that are not music are reproducible, and as loud and coloured as asked."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.training.sounds.noises import NOISES
from genretagger.training.sounds.synthesis import make_sound
from genretagger.training.sounds.tones import SAMPLE_RATE_HZ, TONES

GENERATORS = sorted(TONES | NOISES)


def level_db(samples):
    return 20 * np.log10(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))


@pytest.mark.parametrize("name", GENERATORS)
def test_a_sound_is_finite_as_long_as_asked_and_the_same_again(name):
    made = make_sound(name, seconds=2, seed=3)
    assert made.dtype == np.float32
    assert made.shape == (2 * SAMPLE_RATE_HZ,)
    assert np.isfinite(made).all()
    assert 1e-4 < np.abs(made).max() <= 1  # never silence to the application
    np.testing.assert_array_equal(made, make_sound(name, seconds=2, seed=3))
    assert not np.array_equal(made, make_sound(name, seconds=2, seed=4))


@pytest.mark.parametrize("name", [name for name in GENERATORS if name not in ("dither", "crackle")])
def test_a_sound_has_the_level_asked(name):
    made = make_sound(name, seconds=4, seed=1, level_db=-30)
    assert level_db(made) == pytest.approx(-30, abs=0.1)


@pytest.mark.parametrize(("name", "slope_db"), [("white", 0), ("pink", -3), ("brown", -6)])
def test_noise_loses_what_its_colour_says_per_octave(name, slope_db):
    power = np.abs(np.fft.rfft(make_sound(name, seconds=20, seed=0))) ** 2
    hz = np.fft.rfftfreq(20 * SAMPLE_RATE_HZ, 1 / SAMPLE_RATE_HZ)
    octaves = [power[(hz > low) & (hz <= 2 * low)].mean() for low in (500, 1000, 2000)]
    steps_db = np.diff(10 * np.log10(octaves))
    np.testing.assert_allclose(steps_db, slope_db, atol=0.3)
