"""Augmented excerpts: as the seed says, of one length and level, finite."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.training.model.feature_spec import FEATURE_SPEC
from genretagger.training.student.augmentation import (
    N_SAMPLES,
    coded,
    coloured,
    filled,
    joined,
    levelled,
    mixed,
    pitched,
    take_augmented,
    take_plain,
)
from genretagger.training.student.teachers import RATE_HZ

SEEDS = range(12)  # among them one of each change


@pytest.fixture(scope="module")
def augmented(recordings):
    rows = [seed % 6 for seed in SEEDS]
    return [
        take_augmented(recordings, row, random=np.random.default_rng(seed))
        for seed, row in zip(SEEDS, rows, strict=True)
    ]


@pytest.fixture(scope="module")
def tone():
    return np.sin(2 * np.pi * 1000 * np.arange(N_SAMPLES) / RATE_HZ).astype(np.float32)


def level_db(samples):
    return 10 * np.log10(np.mean(np.square(samples, dtype=np.float64)))


def strongest_hz(samples):
    power = np.abs(np.fft.rfft(samples))
    return np.fft.rfftfreq(samples.size, 1 / RATE_HZ)[power.argmax()]


def test_every_excerpt_has_the_length_and_the_level_of_the_application(augmented):
    for samples in augmented:
        assert samples.dtype == np.float32
        assert samples.shape == (N_SAMPLES,)
        assert np.isfinite(samples).all()
        assert level_db(samples) == pytest.approx(FEATURE_SPEC.level_db, abs=0.01)


def test_the_seed_decides_everything(recordings, augmented):
    for seed in range(4):
        again = take_augmented(recordings, seed % 6, random=np.random.default_rng(seed))
        np.testing.assert_array_equal(again, augmented[seed])
    # The same pieces by another seed; two that nothing happened to are alike.
    differences = [np.abs(augmented[seed] - augmented[seed + 6]).max() for seed in range(6)]
    assert np.count_nonzero(np.array(differences) > 0.01) >= 4


def test_a_plain_excerpt_is_the_piece_repeated_at_one_level(recordings):
    samples = take_plain(recordings, 0, random=np.random.default_rng(0))
    assert samples.shape == (N_SAMPLES,)
    np.testing.assert_array_equal(samples[: 3 * RATE_HZ], samples[3 * RATE_HZ : 6 * RATE_HZ])
    assert level_db(samples) == pytest.approx(FEATURE_SPEC.level_db, abs=0.01)


def test_silence_stays_silent_and_finite():
    silence = np.zeros(N_SAMPLES, np.float32)
    random = np.random.default_rng(0)
    for changed in (levelled(silence), coloured(silence, random), coded(silence, random)):
        assert np.isfinite(changed).all()
        assert np.abs(changed).max() < 1e-3


def test_what_is_played_faster_is_higher_and_shorter(tone):
    changed = pitched(tone, semitones=12)
    assert changed.size == pytest.approx(N_SAMPLES / 2, abs=2)
    assert strongest_hz(changed) == pytest.approx(2000, abs=1)
    assert filled(changed).size == N_SAMPLES


def test_a_mix_holds_both_and_the_second_is_softer(tone):
    other = pitched(tone, semitones=-12)[:N_SAMPLES]
    for seed in range(5):
        mix = mixed(tone, other, np.random.default_rng(seed))
        power = np.abs(np.fft.rfft(mix))
        first, second = power[1000 * 30], power[500 * 30]
        assert 10 ** (-14.1 / 20) < second / first < 1.01


def test_a_join_is_the_first_and_then_the_second(tone):
    made = joined(tone, -tone, np.random.default_rng(0))
    differs = np.flatnonzero(made != tone)
    assert N_SAMPLES * 0.25 <= differs[0] <= N_SAMPLES * 0.75 + 32
    np.testing.assert_array_equal(made[differs[0] :], -tone[differs[0] :])


def test_colours_change_the_balance_of_frequencies():
    noise = np.random.default_rng(0).normal(0, 0.1, N_SAMPLES).astype(np.float32)
    highs = []
    for seed in SEEDS:
        power = np.abs(np.fft.rfft(coloured(noise, np.random.default_rng(seed)))) ** 2
        highs.append(10 * np.log10(power[12_000 * 30 :].mean() / power[: 1000 * 30].mean()))
    assert max(highs) > 1  # an equaliser that lifts what is high
    assert min(highs) < -30  # a band limit


def test_every_coding_gives_back_the_sound(tone):
    made = [coded(tone * 0.3, np.random.default_rng(seed)) for seed in range(8)]
    for decoded in made:
        assert decoded.shape == tone.shape
        assert strongest_hz(decoded) == pytest.approx(1000, abs=1)
    assert len({decoded.tobytes() for decoded in made}) >= 3  # by several codings
