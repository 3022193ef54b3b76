"""A track is heard in segments that are spread over it."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.workers import hear
from genretagger.core.errors import TrackTooShortError
from tests.helpers.samples import encode
from tests.helpers.threads import count_threads


@pytest.fixture
def model():
    return Model.load(default_model_folder())


def test_a_track_is_heard_in_segments_of_equal_length(model, tmp_path):
    outputs = hear(encode(tmp_path / "a.flac", seconds=31, noise=0.3), model=model)
    assert outputs.logits.shape == (10, len(model.manifest.tags))
    assert np.allclose(np.diff(outputs.starts_s), model.manifest.feature_spec.segment_s)


def test_a_long_track_is_heard_in_ten_segments_spread_over_it(model, tmp_path):
    path = encode(tmp_path / "a.mp3", seconds=120, noise=0.3, sample_rate_hz=16000, channels=1)
    outputs = hear(path, model=model)
    assert len(outputs.starts_s) == len(outputs.logits) == 10
    assert outputs.starts_s[0] == pytest.approx(9.0, abs=0.1)
    assert outputs.starts_s[-1] == pytest.approx(108.0, abs=0.1)


def test_a_track_that_is_too_short_is_an_error(model, tmp_path):
    with pytest.raises(TrackTooShortError, match=r"short\.wav"):
        hear(encode(tmp_path / "short.wav", seconds=0.5), model=model)


def test_the_process_that_judges_multiplies_matrices_on_one_thread():
    with threadpool_limits(2):
        Model.load(default_model_folder())
        assert count_threads() == {1}
