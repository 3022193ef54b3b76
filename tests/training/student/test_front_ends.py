"""The inputs of the teachers, against their definitions written out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from genretagger.training.student.front_ends import (
    compute_fcn_log_mel,
    compute_mn_log_mel,
    make_kaldi_filters,
)


@pytest.fixture
def noise():
    return np.random.default_rng(0).normal(0, 0.1, 4000).astype(np.float32)


def power_of(frame):
    """Return the power spectrum by the sum that defines it."""
    n = len(frame)
    angles = -2j * np.pi * np.outer(np.arange(n // 2 + 1), np.arange(n)) / n
    return np.abs(np.exp(angles) @ frame) ** 2


def htk_filter(bins_hz, index, *, n_mels=96, highest_hz=8000):
    """Return a triangle between points evenly spaced in 2595 log10(1 + f / 700)."""
    top = 2595 * math.log10(1 + highest_hz / 700)
    low, centre, high = (
        700 * (10 ** (top * (index + shift) / (n_mels + 1) / 2595) - 1) for shift in (0, 1, 2)
    )
    return np.maximum(
        0, np.minimum((bins_hz - low) / (centre - low), (high - bins_hz) / (high - centre))
    )


def test_an_fcn_hears_decibels_of_htk_mel(noise):
    heard = compute_fcn_log_mel(noise)
    assert heard.shape == (96, 4000 // 256 + 1)
    frame, band = 3, 40
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(512) / 512)
    power = power_of(noise[frame * 256 - 256 : frame * 256 + 256] * window)
    mel = power @ htk_filter(np.arange(257) * 16_000 / 512, band)
    assert heard[band, frame] == pytest.approx(10 * math.log10(mel), abs=1e-3)


def test_an_fcn_hears_the_ends_reflected(noise):
    mirrored = np.concatenate([noise[256:0:-1], noise])
    np.testing.assert_allclose(
        compute_fcn_log_mel(noise)[:, 0], compute_fcn_log_mel(mirrored)[:, 1], atol=1e-4
    )


def test_silence_is_at_the_floor():
    silence = np.zeros(2000, np.float32)
    np.testing.assert_allclose(compute_fcn_log_mel(silence), -100, rtol=1e-6)
    np.testing.assert_allclose(compute_mn_log_mel(silence), (math.log(1e-5) + 4.5) / 5, rtol=1e-6)


def test_mn04_hears_the_logarithm_of_kaldi_mel_of_what_is_emphasised(noise):
    heard = compute_mn_log_mel(noise)
    assert heard.shape == (128, 3999 // 320 + 1)
    frame, band = 5, 60
    emphasised = noise[1:] - 0.97 * noise[:-1]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(800) / 799)
    start = frame * 320 - 400  # the middle of 1024 samples around the frame
    padded = np.zeros(1024)
    padded[112:912] = emphasised[start : start + 800] * window
    filters = make_kaldi_filters(sample_rate_hz=32_000, n_fft=1024, n_mels=128, highest_hz=15_000)
    mel = power_of(padded) @ filters[:, band]
    assert heard[band, frame] == pytest.approx((math.log(mel + 1e-5) + 4.5) / 5, abs=1e-4)


def test_filters_of_kaldi_are_triangles_in_its_mel():
    filters = make_kaldi_filters(sample_rate_hz=8000, n_fft=16, n_mels=3, highest_hz=4000)
    assert filters.shape == (9, 3)
    top = 1127 * math.log(1 + 4000 / 700)
    edges = [top * index / 4 for index in range(5)]
    at_1000_hz = 1127 * math.log(1 + 1000 / 700)  # bin 2, above the centre of the second band
    assert edges[1] < edges[2]
    assert edges[1] < at_1000_hz < edges[2]
    rising = (at_1000_hz - edges[1]) / (edges[2] - edges[1])
    np.testing.assert_allclose(filters[2], [1 - rising, rising, 0], atol=1e-6)
    assert filters[0].tolist() == [0, 0, 0]
    np.testing.assert_allclose(filters[8], 0, atol=1e-6)


@pytest.mark.gtzan
def test_the_mel_bands_of_an_fcn_are_those_that_come_with_it(teachers_folder):
    published = np.load(teachers_folder / "jam_fb.npy")
    bins_hz = np.arange(257) * 16_000 / 512
    ours = np.stack([htk_filter(bins_hz, index) for index in range(96)], axis=1)
    np.testing.assert_allclose(published, ours, atol=1e-4)
