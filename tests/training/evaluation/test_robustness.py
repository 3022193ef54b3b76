"""Transforms change what they should and keep the rest; agreement is counted right."""

from __future__ import annotations

import json

import numpy as np
import pytest

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.training import robustness
from genretagger.training.data.audio_files import read_audio
from genretagger.training.data.dataset import TableError
from genretagger.training.evaluation.transforms import IDENTITY, TRANSFORMS
from tests.helpers.samples import encode
from tests.training.test_commands import run

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


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory):
    """Return a folder with a clip of four seconds in two genres, and a broken one."""
    folder = tmp_path_factory.mktemp("audio")
    for number, genre in enumerate(("jazz", "metal")):
        (folder / genre).mkdir()
        encode(folder / genre / "a.flac", seconds=4, noise=number, seed=number)
    (folder / "metal" / "broken.mp3").write_bytes(b"ID3 and nothing else" * 50)
    return folder


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
    wanted = tone.size / 3 if name in THIRDS else tone.size
    # Coders pad both ends: MP3 up to 1105 + 1152 samples, AAC 1024, all within 0.15 s.
    assert samples.size == pytest.approx(wanted, abs=0.15 * RATE_HZ)
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


def test_a_clip_that_only_becomes_flac_keeps_its_verdict(tiny_folder, capsys):
    model = Model.load(default_model_folder())
    rows = robustness.robustness(
        tiny_folder, model=model, transforms=(IDENTITY, BY_NAME["20dB-softer"])
    )
    identity, softer = rows
    assert (identity.name, identity.n, identity.n_refused) == ("flac-mono", 2, 0)
    assert identity.agreement == 1.0
    assert identity.accuracy_change == 0.0
    assert identity.confidence_change < 1e-3
    assert softer.agreement == 1.0  # brought to one level before it is heard
    assert "broken.mp3" in capsys.readouterr().err


def test_agreement_accuracy_and_refusals_are_counted():
    rock, pop = {"rock": 0.8, "pop": 0.2}, {"rock": 0.4, "pop": 0.6}
    clips = [
        robustness.ChangedVerdicts("rock", rock, {"x": rock}),
        robustness.ChangedVerdicts("rock", rock, {"x": pop}),
        robustness.ChangedVerdicts("pop", rock, {"x": pop}),
        robustness.ChangedVerdicts("pop", pop, {"x": None}),
    ]
    (row,) = robustness.rows(clips, ["x"])
    assert (row.n, row.n_refused) == (3, 1)
    assert row.agreement == pytest.approx(1 / 3)
    assert row.accuracy == pytest.approx(2 / 3)
    assert row.accuracy_change == pytest.approx(0)
    assert row.confidence_change == pytest.approx((0 + 0.4 + 0.4) / 3)


def test_a_folder_without_audio_is_refused(tmp_path):
    (tmp_path / "rock").mkdir()
    with pytest.raises(TableError, match="one folder per genre"):
        robustness.robustness(tmp_path, model=Model.load(default_model_folder()))


def test_the_command_prints_one_json_list_and_nothing_else(tiny_folder):
    done = run("robustness", "--audio", tiny_folder, "--json", "--workers", 1)
    assert done.returncode == 0
    rows = json.loads(done.stdout)
    assert [row["name"] for row in rows] == [transform.name for transform in TRANSFORMS]
    assert rows[0]["agreement"] == 1.0
    assert "broken.mp3" in done.stderr
    assert "Traceback" not in done.stderr
