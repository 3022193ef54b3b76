"""Agreement and accuracy after changes of the sound are counted right."""

from __future__ import annotations

import json

import pytest

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.training import robustness
from genretagger.training.data.dataset import TableError
from genretagger.training.evaluation.transforms import IDENTITY, TRANSFORMS
from tests.helpers.samples import encode
from tests.helpers.training_commands import run_command

SOFTER = next(transform for transform in TRANSFORMS if transform.name == "20dB-softer")


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory):
    """Return a folder with a clip of four seconds in two genres, and a broken one."""
    folder = tmp_path_factory.mktemp("audio")
    for number, genre in enumerate(("jazz", "metal")):
        (folder / genre).mkdir()
        encode(folder / genre / "a.flac", seconds=4, noise=number, seed=number)
    (folder / "metal" / "broken.mp3").write_bytes(b"ID3 and nothing else" * 50)
    return folder


def test_a_clip_that_only_becomes_flac_keeps_its_verdict(tiny_folder, capsys):
    model = Model.load(default_model_folder())
    rows = robustness.measure_robustness(tiny_folder, model=model, transforms=(IDENTITY, SOFTER))
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
    (row,) = robustness.summarise(clips, ["x"])
    assert (row.n, row.n_refused) == (3, 1)
    assert row.agreement == pytest.approx(1 / 3)
    assert row.accuracy == pytest.approx(2 / 3)
    assert row.accuracy_change == pytest.approx(0)
    assert row.confidence_change == pytest.approx((0 + 0.4 + 0.4) / 3)


def test_a_folder_without_audio_is_refused(tmp_path):
    (tmp_path / "rock").mkdir()
    with pytest.raises(TableError, match="one folder per genre"):
        robustness.measure_robustness(tmp_path, model=Model.load(default_model_folder()))


def test_the_command_prints_one_json_list_and_nothing_else(tiny_folder):
    done = run_command("robustness", "--audio", tiny_folder, "--json", "--workers", 1)
    assert done.returncode == 0
    rows = json.loads(done.stdout)
    assert [row["name"] for row in rows] == [transform.name for transform in TRANSFORMS]
    assert rows[0]["agreement"] == 1.0
    assert "broken.mp3" in done.stderr
    assert "Traceback" not in done.stderr
