"""Synthetic speech: different voices, the same for the same seed."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from genretagger.training.sounds import speech_synthesis
from genretagger.training.sounds.tones import SAMPLE_RATE_HZ


def test_speech_is_spoken_by_different_voices_and_repeated_to_its_length(tmp_path):
    if shutil.which(speech_synthesis.PROGRAM) is None:
        pytest.skip("espeak-ng is not installed")
    first, second = speech_synthesis.draw_voices(per_language=2, seed=0)[:2]
    assert first != second
    made = speech_synthesis.speak(first, seconds=12, folder=tmp_path)
    assert made.shape == (12 * SAMPLE_RATE_HZ,)
    assert np.sqrt(np.mean(np.square(made, dtype=np.float64))) > 0.01
    assert not np.array_equal(made, speech_synthesis.speak(second, seconds=12, folder=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_voices_are_the_same_for_a_seed_and_none_is_twice():
    voices = speech_synthesis.draw_voices(per_language=8, seed=0)
    assert voices == speech_synthesis.draw_voices(per_language=8, seed=0)
    assert len({(voice.language, voice.variant) for voice in voices}) == len(voices) == 8 * 13
