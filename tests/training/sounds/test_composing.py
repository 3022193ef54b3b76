"""Composed music is reproducible."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.training.sounds.composing import STYLES, compose
from genretagger.training.sounds.tones import SAMPLE_RATE_HZ


@pytest.mark.parametrize("style", sorted(STYLES))
def test_a_composed_piece_is_finite_as_long_as_asked_and_the_same_again(style):
    made = compose(style, seconds=8, seed=3)
    assert made.dtype == np.float32
    assert made.shape == (8 * SAMPLE_RATE_HZ,)
    assert np.isfinite(made).all()
    assert np.abs(made).max() == pytest.approx(0.9)
    np.testing.assert_array_equal(made, compose(style, seconds=8, seed=3))
    assert not np.array_equal(made, compose(style, seconds=8, seed=4))
