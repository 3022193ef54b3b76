"""The commands as a researcher runs them: what stands on standard output, and how they end."""

from __future__ import annotations

import json

import numpy as np
import pytest

from genretagger.analysis.manifest import default_model_folder, load_manifest
from genretagger.analysis.statistics import STATISTICS_NAMES
from genretagger.training.data.dataset import GENRES
from tests.helpers.training_commands import run_command, run_in_process

KEYS = {
    "accuracy",
    "interval",
    "n",
    "per_genre_recall",
    "confusion",
    "ece",
    "coverage_at_precision_0.95",
    "auroc",
    "auroc_unknown",
    "auroc_not_music",
    "unsure",
}


def test_evaluate_prints_one_json_object_and_nothing_else(small_table):
    done = run_command("evaluate", "--table", small_table, "--json")
    assert done.returncode == 0
    printed = json.loads(done.stdout)
    assert set(printed) == KEYS
    assert printed["n"] == 60
    assert printed["interval"][0] <= printed["accuracy"] <= printed["interval"][1]
    assert printed["auroc"] is None or 0 <= printed["auroc"] <= 1
    assert printed["auroc_unknown"] is None
    assert printed["auroc_not_music"] is None
    assert list(printed["confusion"]) == list(GENRES)
    assert [sum(row.values()) for row in printed["confusion"].values()] == [6] * 10
    right = sum(printed["confusion"][genre][genre] for genre in GENRES)
    assert printed["accuracy"] == pytest.approx(right / 60)


def test_evaluate_can_be_limited_to_a_split_and_prints_a_report(small_table):
    done = run_in_process("evaluate", "--table", small_table, "--split", "valid")
    assert done.returncode == 0
    assert "20 tracks" in done.stdout
    assert "balanced accuracy" in done.stdout


def test_evaluate_names_the_array_that_a_table_lacks(small_table, tmp_path):
    with np.load(small_table) as stored:
        np.savez(tmp_path / "less.npz", clip=stored["clip"], genre=stored["genre"])
    done = run_in_process("evaluate", "--table", tmp_path / "less.npz", "--json")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "has no array msd_penultimate" in done.stderr
    assert "Traceback" not in done.stderr


def test_evaluate_says_when_no_row_is_left(small_table):
    done = run_in_process("evaluate", "--table", small_table, "--split", "nothing")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no row to score" in done.stderr


def test_a_table_made_from_audio_scores_as_the_audio_does(small_folder, tmp_path):
    out = tmp_path / "table.npz"
    extracted = run_command("extract", small_folder, out)
    assert extracted.returncode == 1
    assert "broken.mp3" in extracted.stderr
    assert extracted.stdout == ""
    with np.load(out, allow_pickle=False) as table:
        assert table["clip"].tolist() == ["a", "b", "c"]
        assert table["genre"].tolist() == ["jazz", "jazz", "metal"]
        assert table["artist"].tolist() == table["title"].tolist() == ["", "", ""]
        manifest = load_manifest(default_model_folder())
        assert table["msd_logits"].shape == (3, 10, len(manifest.tags))
        assert table["msd_penultimate"].shape == (3, 10, manifest.n_units)
        assert table["handcrafted"].shape == (3, len(STATISTICS_NAMES))
        assert table["handcrafted_names"].tolist() == list(STATISTICS_NAMES)

    from_table = run_command("evaluate", "--table", out, "--json")
    from_audio = run_command("evaluate", "--audio", small_folder, "--json")

    assert (from_table.returncode, from_audio.returncode) == (0, 1)
    assert "broken.mp3" in from_audio.stderr
    table, audio = json.loads(from_table.stdout), json.loads(from_audio.stdout)
    assert table["confusion"] == audio["confusion"]


@pytest.mark.parametrize("module", ["evaluate", "extract"])
def test_a_folder_without_genres_is_refused(module, tmp_path):
    arguments = ["--audio", tmp_path] if module == "evaluate" else [tmp_path, tmp_path / "x.npz"]
    done = run_in_process(module, *arguments)
    assert done.returncode == 2
    assert "one folder per genre" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_baseline_prints_both_protocols_and_the_gap(small_table):
    done = run_command("baseline", "--table", small_table, "--epochs", 2)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert [line[:20].strip() for line in lines] == [
        "protocol",
        "random rows (leaks)",
        "artists kept apart",
        "gap",
    ]


def test_training_without_a_data_folder_says_what_to_set(tmp_path, monkeypatch):
    monkeypatch.delenv("GENRETAGGER_GTZAN", raising=False)
    done = run_in_process("run_all", "--out", tmp_path / "model")
    assert done.returncode == 2
    assert "GENRETAGGER_GTZAN" in done.stderr
    assert not (tmp_path / "model").exists()
