"""Log-mel segments against librosa, and on input that nobody wants."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genretagger.analysis.features import cut_segments, hann, levelled, log_mel
from genretagger.core.predictions import Excerpt, FeatureSpec
from tests.helpers import librosa_answers

SPEC = FeatureSpec(
    sample_rate_hz=16_000,
    n_fft=512,
    hop_length=256,
    n_mels=96,
    n_frames=187,
    log_multiplier=10_000.0,
    max_segments=10,
    segments_per_excerpt=2,
    level_db=-17.4,
)
SIGNALS = librosa_answers.signals(16_000)


@pytest.fixture(scope="module")
def filterbank(librosa_says):
    return librosa_says["filterbank"]


@pytest.mark.parametrize("name", SIGNALS)
def test_log_mel_is_that_of_librosa(name, filterbank, librosa_says):
    heard = log_mel(SIGNALS[name], spec=SPEC, filterbank=filterbank)

    assert heard.dtype == np.float32
    # Where 10000 x is far below 1, float32 cannot tell 1 + 10000 x from 1 to more than 1e-7.
    np.testing.assert_allclose(
        heard[:: librosa_answers.EVERY], librosa_says[f"log_mel {name}"], rtol=1e-5, atol=1e-6
    )


def test_the_window_is_that_of_librosa(librosa_says):
    np.testing.assert_allclose(hann(512), librosa_says["window"], atol=1e-12)


def test_segments_are_consecutive_frames_of_the_whole_excerpt(filterbank):
    samples = SIGNALS["noise"]
    frames = log_mel(samples, spec=SPEC, filterbank=filterbank)

    cut = cut_segments(samples, spec=SPEC, filterbank=filterbank)

    assert cut.shape == (1, 187, 96)
    np.testing.assert_array_equal(cut[0], frames[:187])


def test_thirty_seconds_are_ten_segments(filterbank):
    samples = np.zeros(30 * 16_000, np.float32)
    assert cut_segments(samples, spec=SPEC, filterbank=filterbank).shape == (10, 187, 96)


def test_short_audio_is_repeated_to_fill_a_segment(filterbank):
    second = SIGNALS["chirp"][:16_000]

    short = cut_segments(second, spec=SPEC, filterbank=filterbank)
    repeated = cut_segments(np.tile(second, 3), spec=SPEC, filterbank=filterbank)

    assert short.shape == (1, 187, 96)
    # The last frame reaches past the end of what was repeated.
    np.testing.assert_allclose(short[0, :186], repeated[0, :186], atol=1e-6)


def test_no_samples_are_refused(filterbank):
    with pytest.raises(ValueError, match="without samples"):
        cut_segments(np.zeros(0, np.float32), spec=SPEC, filterbank=filterbank)


@settings(max_examples=30, deadline=None)
@given(
    n_samples=st.integers(1, 150_000),
    level=st.sampled_from([0.0, 1e-30, 1e-6, 1.0, 8.0]),
    seed=st.integers(0, 2**32 - 1),
)
def test_any_audio_gives_finite_segments(n_samples, level, seed):
    mel = np.full((96, 257), 1 / 257, np.float32)
    samples = np.random.default_rng(seed).uniform(-level, level, n_samples).astype(np.float32)

    cut = cut_segments(samples, spec=SPEC, filterbank=mel)

    assert cut.dtype == np.float32
    assert cut.shape == (max(1, (n_samples // 256 + 1) // 187), 187, 96)
    assert np.isfinite(cut).all()
    assert (cut >= 0).all()
    assert level > 1e-20 or (cut == 0).all()


def test_a_track_sounds_the_same_however_loud_it_was_made():
    noise = np.random.default_rng(0).normal(size=(2, 16000)).astype(np.float32)
    loud = [Excerpt(noise[0], 16000, 0.0), Excerpt(noise[1] / 2, 16000, 5.0)]
    soft = [replace(one, samples=one.samples / np.float32(1000)) for one in loud]
    results = [levelled(track, level_db=-20.0) for track in (loud, soft)]
    for first, second in zip(*results, strict=True):
        np.testing.assert_allclose(first.samples, second.samples, rtol=1e-5)
    joined = np.concatenate([one.samples for one in results[0]])
    assert 10 * np.log10(np.mean(np.square(joined))) == pytest.approx(-20, abs=1e-3)
    rms = [np.sqrt(np.mean(np.square(one.samples))) for one in results[0]]
    assert rms[0] / rms[1] == pytest.approx(2, rel=0.05)  # within a track nothing is evened out
    assert [one.start_s for one in results[0]] == [0.0, 5.0]
