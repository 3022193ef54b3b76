"""Transforms change what they should and keep the rest."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.training.data.audio_files import read_audio
from genretagger.training.evaluation.transforms import IDENTITY, TRANSFORMS

RATE_HZ = 22_050
SECONDS = 3
THIRDS = ("first-third", "middle-third", "last-third")
BY_NAME = {transform.name: transform for transform in TRANSFORMS}


@pytest.fixture(scope="module")
def tone():
    """Return a tone of 440 Hz and noise, peaks at 0.8."""
    times_s = np.arange(SECONDS * RATE_HZ) / RATE_HZ
    noise = 0.1 * np.random.default_rng(0).standard_normal(times_s.size)
    return np.clip(0.5 * np.sin(2 * np.pi * 440 * times_s) + noise, -0.8, 0.8).astype(np.float32)


def written(name, tone, folder):
    path = BY_NAME[name].write(tone, folder / "clip", sample_rate_hz=RATE_HZ)
    return read_audio(path, sample_rate_hz=RATE_HZ)


def loudest_hz(samples):
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(samples.size)))
    return np.argmax(spectrum) * RATE_HZ / samples.size


def level(samples):
    return np.sqrt(np.mean(np.square(samples, dtype=np.float64)))


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_length_and_pitch_stay(name, tone, tmp_path):
    samples = written(name, tone, tmp_path)
    expected = tone.size / 3 if name in THIRDS else tone.size
    # Coders pad both ends: MP3 up to 1105 + 1152 samples, AAC 1024, all within 0.15 s.
    assert samples.size == pytest.approx(expected, abs=0.15 * RATE_HZ)
    assert loudest_hz(samples) == pytest.approx(440, abs=2)


# Two equal channels are one to the application: that is what "stereo-same" is to show.
UNCHANGED = {IDENTITY.name, "stereo-same", *THIRDS}


@pytest.mark.parametrize("name", sorted(set(BY_NAME) - UNCHANGED))
def test_the_samples_really_change(name, tone, tmp_path):
    samples = written(name, tone, tmp_path)
    shared = min(samples.size, tone.size)
    assert np.abs(samples[:shared] - tone[:shared]).max() > 0.01


def test_the_identity_keeps_every_sample_but_for_16_bit(tone, tmp_path):
    np.testing.assert_allclose(written(IDENTITY.name, tone, tmp_path), tone, atol=2**-15)


def test_levels_low_passes_and_clipping_do_what_they_are_called(tone, tmp_path):
    assert level(written("20dB-softer", tone, tmp_path)) == pytest.approx(
        level(tone) / 10, rel=0.01
    )
    assert np.abs(written("clipped-12dB", tone, tmp_path)).max() == pytest.approx(0.251, abs=1e-3)
    spectrum = np.abs(np.fft.rfft(written("low-pass-4kHz", tone, tmp_path)))
    hz = np.fft.rfftfreq(tone.size, 1 / RATE_HZ)
    assert spectrum[hz > 4100].mean() < 0.02 * spectrum[(hz > 3000) & (hz < 3900)].mean()


def test_the_thirds_are_parts_of_the_clip(tone, tmp_path):
    parts = [written(name, tone, tmp_path) for name in THIRDS]
    np.testing.assert_allclose(np.concatenate(parts), tone, atol=2**-15)


def test_wide_stereo_stays_different_when_mixed_down(tone, tmp_path):
    mixed = written("stereo-wide", tone, tmp_path)
    assert np.corrcoef(mixed, tone)[0, 1] > 0.9
