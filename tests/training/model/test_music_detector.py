"""What is music is learned of segments and judged on sources that were not learned of."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.scoring import average_segments
from genretagger.analysis.workers import hear
from genretagger.core.predictions import Unsure
from genretagger.training.data.audio_files import read_audio
from genretagger.training.data.dataset import LOGITS, PENULTIMATE, load_table
from genretagger.training.evaluation.transforms import LOW_BIT_RATES
from genretagger.training.model.gaussian import Recipe, fit_table
from genretagger.training.model.music_detector import (
    CODED,
    Sounds,
    as_music,
    choose_music_threshold,
    compute_music_odds,
    count_called_not_music,
    fit_music,
    load_sounds,
    measure_music_auroc,
    pooled,
)

RATE_HZ = 22_050
MODEL = default_model_folder()


@pytest.fixture(scope="module")
def table(small_table):
    return load_table(small_table, needs=(LOGITS, PENULTIMATE))


@pytest.fixture(scope="module")
def gaussians(table):
    return fit_table(table, recipe=Recipe())


@pytest.fixture(scope="module")
def sounds(table):
    """Return the clips of the table, and noise and tones far from them, from six sources."""
    random = np.random.default_rng(3)
    others = random.normal(0, 1, (60, 10, table.arrays[PENULTIMATE].shape[2])).astype(np.float32)
    others[:30, :, :20] += 4
    others[30:, :, 20:40] -= 4
    kinds = np.repeat(["noise", "tones"], 30)
    groups = np.array([f"source {number % 6}" for number in range(60)])
    return pooled(as_music(table, name="clips"), Sounds(kinds, groups, kinds, others))


def test_what_is_not_music_is_told_from_music(gaussians, sounds):
    odds = compute_music_odds(gaussians, sounds)
    separated = measure_music_auroc(odds, sounds)
    assert {kind: n for kind, (_, n) in separated.items()} == {"noise": 30, "tones": 30}
    assert all(value > 0.95 for value, _ in separated.values())


def test_the_threshold_calls_noise_so_and_is_counted_by_set(gaussians, sounds):
    odds = compute_music_odds(gaussians, sounds)
    threshold = choose_music_threshold(odds, sounds)
    assert np.mean(odds[sounds.kinds == "noise"] < threshold) >= 0.99
    called = count_called_not_music(odds, sounds, threshold=threshold)
    assert list(called) == ["clips", "noise", "tones"]
    assert called["noise"] == (30, 30)
    assert called["clips"][1] == 60


def test_no_row_is_judged_by_what_learned_of_its_source(gaussians, sounds, monkeypatch):
    learned = []

    def spy(_gaussians, part):
        learned.append(set(part.groups.tolist()))
        return np.zeros(part.segments.shape[2]), float(len(learned))

    monkeypatch.setattr("genretagger.training.model.music_detector.fit_music", spy)
    monkeypatch.setattr("genretagger.training.model.music_detector._SEEDS", (0,))
    judged_by = compute_music_odds(gaussians, sounds)
    for group, fold in zip(sounds.groups.tolist(), judged_by, strict=True):
        assert group not in learned[int(fold) - 1]


def test_what_is_only_judged_changes_nothing_that_is_learned(table, gaussians, sounds):
    coded = as_music(table, name="clips, narrow", kind=CODED)
    plain, more = fit_music(gaussians, sounds), fit_music(gaussians, pooled(sounds, coded))
    np.testing.assert_array_equal(plain[0], more[0])
    odds = compute_music_odds(gaussians, pooled(sounds, coded))
    np.testing.assert_allclose(odds[:60], odds[-60:])


def test_two_fits_are_the_same(gaussians, sounds):
    first, second = fit_music(gaussians, sounds), fit_music(gaussians, sounds)
    np.testing.assert_array_equal(first[0], second[0])
    assert first[1] == second[1]


def test_the_shipped_detector_is_that_of_the_table_for_speech_and_noise():
    model = Model.load(MODEL)
    sounds = load_sounds()
    for kind in ("speech", "noise", "recorded-speech"):
        rows = average_segments(sounds.segments[sounds.kinds == kind][::5])
        odds = [float(model._classifier(row[np.newaxis])["music"][0, 0]) for row in rows]
        assert np.mean(np.array(odds) < model.manifest.music_above) >= 0.95, kind


@pytest.mark.gtzan
def test_old_and_narrow_music_is_music(gtzan, tmp_path):
    model = Model.load(MODEL)
    paths = [sorted(folder.glob("*.flac"))[0] for folder in sorted(gtzan.glob("clips/*"))]
    assert len(paths) == 10
    for path in paths:
        samples = read_audio(path, sample_rate_hz=RATE_HZ)
        written = LOW_BIT_RATES[0].write(samples, tmp_path / path.stem, sample_rate_hz=RATE_HZ)
        assert model.classify(hear(written, model=model)).unsure is not Unsure.NOT_MUSIC, path.name
