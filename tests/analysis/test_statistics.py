"""The handcrafted statistics against librosa and against the public table of GTZAN."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genretagger.analysis.audio import decode_from_start
from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.statistics import SAMPLE_RATE_HZ, STATISTICS_NAMES, statistics
from tests.helpers import librosa_answers

SIGNALS = librosa_answers.signals(SAMPLE_RATE_HZ)


@pytest.fixture(scope="module")
def filterbanks():
    return Model.load(default_model_folder()).filterbanks


@pytest.mark.parametrize("name", SIGNALS)
def test_statistics_are_those_of_librosa(name, filterbanks, librosa_says):
    heard = statistics(SIGNALS[name], filterbanks=filterbanks)
    np.testing.assert_allclose(heard, librosa_says[f"statistics {name}"], rtol=1e-3, atol=1e-4)


@pytest.mark.gtzan
def test_statistics_are_those_of_the_public_table(gtzan, filterbanks, torture):
    with np.load(gtzan / "gtzan_dev.npz") as stored:
        columns = [stored["handcrafted_names"].tolist().index(name) for name in STATISTICS_NAMES]
        expected = dict(
            zip(stored["clip"].tolist(), stored["handcrafted"][:, columns], strict=True)
        )
    paths = sorted(gtzan.glob("clips/*/*.flac"))
    assert len(paths) == 100

    for path in paths if torture else paths[::4]:
        excerpt = decode_from_start(path, sample_rate_hz=SAMPLE_RATE_HZ, at_most_s=40)
        heard = statistics(excerpt.samples, filterbanks=filterbanks)
        np.testing.assert_allclose(
            heard, expected[path.stem], rtol=1e-3, atol=1e-6, err_msg=path.stem
        )


def test_too_short_audio_is_refused(filterbanks):
    with pytest.raises(ValueError, match="more than 2048"):
        statistics(np.zeros(2048, np.float32), filterbanks=filterbanks)


@settings(max_examples=15, deadline=None)
@given(
    n_samples=st.integers(2049, 40_000),
    level=st.sampled_from([0.0, 1e-30, 1e-6, 1.0, 8.0]),
    seed=st.integers(0, 2**32 - 1),
)
def test_any_audio_gives_finite_statistics(n_samples, level, seed):
    banks = Model.load(default_model_folder()).filterbanks
    samples = np.random.default_rng(seed).uniform(-level, level, n_samples).astype(np.float32)

    heard = statistics(samples, filterbanks=banks)

    assert heard.shape == (len(STATISTICS_NAMES),)
    assert np.isfinite(heard).all()
