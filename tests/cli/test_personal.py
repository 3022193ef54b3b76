"""`genretagger personal` as scripts and people see it."""

from __future__ import annotations

import json

import pytest

from genretagger.analysis.manifest import default_model_folder, load_manifest
from genretagger.cli.output import heard_before_sentence
from genretagger.core.events import HeardBefore
from genretagger.core.tracks import TagReading
from genretagger.library.store import Store
from tests.helpers.classifier_library import MANIFEST, fill, put
from tests.helpers.command import run, run_json
from tests.helpers.model_update import update_model
from tests.helpers.samples import encode

PERSONAL_KEYS = ["genre", "confidence", "level", "unsure"]


@pytest.fixture
def mine(home):
    """Learn the classifier "My own" from a store."""
    fill(home)
    with Store.open(home / "store.sqlite") as store:
        put(store, "Jazz 0", TagReading("flac", "T", "Nobody", "", "", ("Tiny",), 1.0), at=1)
    (report,) = run_json("personal", "learn", "My own")
    return report


def test_the_report_is_one_object_and_comes_back(mine):
    assert list(mine) == [
        *("name", "genres", "left_out", "n_left_out", "n_tracks", "n_artists"),
        *("n_without_artist", "n_folds", "accuracy", "balanced_accuracy", "baseline", "ece"),
        *("temperature", "high", "medium", "follows_sound"),
    ]
    assert list(mine["genres"][0]) == [
        *("genre", "n_tracks", "n_artists", "precision", "recall", "few")
    ]
    assert set(mine["high"]) == {"confidence", "precision", "coverage"}
    assert mine["left_out"] == [{"genre": "Tiny", "n_tracks": 1, "n_artists": 1}]
    assert run_json("personal", "report", "My own") == [mine]


def test_people_get_the_report_as_a_table(home):
    fill(home, n_artists=4)
    done = run("personal", "learn", "Mine")
    assert done.returncode == 0, done.stderr
    assert "Mine: 2 genres, 24 tracks, right" in done.stdout
    assert done.stdout.count("too few (below 10 artists)") == 2
    assert 'genretagger personal use "Mine"' in done.stderr


def test_it_is_listed_used_and_put_away(mine, home, tmp_path):
    (listed,) = run_json("personal", "list")
    assert listed == {
        "name": "My own",
        "use": None,
        "n_genres": 2,
        "n_tracks": mine["n_tracks"],
        "accuracy": round(mine["accuracy"], 6),
        "follows_sound": True,
        "error": None,
    }
    encode(tmp_path / "a.flac", seconds=4, noise=0.2)
    (alone,) = run_json("analyse", tmp_path / "a.flac")
    assert alone["personal"] is None
    assert run_json("personal", "use", "My own") == [{"action": "use", "name": "My own"}]
    (beside,) = run_json("analyse", tmp_path / "a.flac")
    assert list(beside["personal"]) == PERSONAL_KEYS
    assert beside | {"personal": None} == alone
    line = run("analyse", tmp_path / "a.flac").stdout
    assert (beside["state"], beside["personal"]["confidence"]) == ("not music", None)
    assert "%" not in line
    run_json("personal", "use", "My own", "--instead")
    (instead,) = run_json("analyse", tmp_path / "a.flac")
    assert instead["genre"] == instead["personal"]["genre"] == beside["personal"]["genre"]
    assert instead["model_id"].startswith("personal:My own:")
    assert [row["use"] for row in run_json("personal", "list")] == ["instead"]
    assert run_json("personal", "use", "--none") == [{"action": "use", "name": None}]
    assert [row["use"] for row in run_json("personal", "list")] == [None]


def test_it_is_exported_imported_and_deleted(mine, tmp_path):
    file = tmp_path / "Other.npz"
    run_json("personal", "export", "My own", file)
    assert run_json("personal", "import", file) == [{"action": "import", "name": "Other"}]
    run_json("personal", "import", file, "Third")
    assert [row["name"] for row in run_json("personal", "list")] == ["My own", "Other", "Third"]
    run_json("personal", "delete", "Other")
    assert [row["name"] for row in run_json("personal", "list")] == ["My own", "Third"]


def test_wrong_tags_are_not_saved_unless_anyway(home):
    digests = fill(home, n_artists=12)
    with Store.open(home / "store.sqlite") as store:
        for number, digest in enumerate(digests):
            genre = ("Jazz", "Polka")[number // 3 % 2]
            artist = f"artist {number // 3}"
            put(store, digest, TagReading("flac", "T", artist, "", "", (genre,), 1.0), at=1)
    done = run("personal", "learn", "Mine")
    assert done.returncode == 1
    assert "The tags do not follow the sound" in done.stdout
    assert "--anyway" in done.stderr
    assert run_json("personal", "list") == []
    assert run("personal", "learn", "Mine", "--anyway").returncode == 0
    refused = run("personal", "use", "Mine")
    assert (refused.returncode, "--anyway" in refused.stderr) == (2, True)
    assert run("personal", "use", "Mine", "--anyway").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["learn", "Mine"], "no track that was analysed has a genre"),
        (["learn", "../Mine"], "../Mine cannot be the name of a personal classifier"),
        (["learn", "Mine", "/nowhere"], "/nowhere does not exist"),
        (["report", "Mine"], "There is no personal classifier Mine"),
        (["use"], "Give either the NAME"),
        (["use", "Mine", "--none"], "Give either the NAME"),
        (["import", "/nowhere.npz"], "/nowhere.npz cannot be read"),
        (["export", "Mine", "/nowhere/a"], "There is no personal classifier Mine"),
        (["delete", "Mine"], "There is no personal classifier Mine"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments, said):
    done = run("personal", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    (sentence,) = done.stderr.splitlines()
    assert said in sentence


def test_a_damaged_one_does_not_hide_the_others(mine, home):
    (home / "personal" / "Bad.npz").write_bytes(b"bad")
    bad, good = run_json_with_errors("personal", "list")
    assert "is damaged" in bad["error"]
    assert good["name"] == "My own"


def run_json_with_errors(*arguments):
    done = run(*arguments, "--json")
    assert done.returncode == 1
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_nothing_is_written_by_the_ten_where_the_users_own_were_asked_for(mine, home, tmp_path):
    path = encode(tmp_path / "a.flac", seconds=4, noise=0.2)
    before = path.read_bytes()
    run_json("personal", "use", "My own", "--instead")
    (home / "personal" / "My own.npz").unlink()
    failure, verdict = run_json_with_errors("analyse", path)
    assert "There is no personal classifier My own" in failure["error"]
    assert (verdict["personal"], verdict["error"]) == (None, None)
    done = run("apply", "--min-confidence", "0", path)
    assert done.returncode == 2
    assert "There is no personal classifier My own" in done.stderr
    assert path.read_bytes() == before


@pytest.fixture
def updated(mine, tmp_path, monkeypatch):
    """Put "My own" into use, and update the program to another embedding."""
    run("personal", "use", "My own")
    update_model(tmp_path, monkeypatch, embedding_id="new-ear")
    return mine


AGAIN = 'genretagger personal learn "My own" --again'


def test_after_an_update_the_sentence_names_the_command_that_learns_it_again(
    updated, home, tmp_path
):
    encode(tmp_path / "a.flac", seconds=4, noise=0.2)
    done = run("analyse", tmp_path / "a.flac", "--json")
    assert done.returncode == 0, done.stderr
    (heard,) = map(json.loads, done.stdout.splitlines())
    assert (heard["error"], heard["personal"], heard["model_id"]) == (None, None, "new-model")
    assert done.stderr.count(AGAIN) == 1
    listed = run("personal", "list", "--json")
    assert listed.returncode == 0
    record = json.loads(listed.stdout)
    assert AGAIN in record["error"]
    assert record["n_tracks"] == updated["n_tracks"]
    assert run("personal", "learn", "My own", "--again").returncode == 2, "nothing is heard yet"
    fill(home)
    with_new_ear = load_manifest(default_model_folder())
    with Store.open(home / "store.sqlite") as store:
        for key in list(store.heard_keys(with_new_ear)):
            heard_once = store.outputs(key, MANIFEST)
            if heard_once is not None:
                store.put_outputs(key, with_new_ear, heard_once)
    again = run("personal", "learn", "My own", "--again")
    assert again.returncode == 0, again.stderr
    assert AGAIN not in run("analyse", tmp_path / "a.flac").stderr


def test_an_update_that_hears_again_is_one_line_on_standard_error(tmp_path, monkeypatch):
    for name in ("a.flac", "b.flac"):
        encode(tmp_path / name, seconds=4, noise=0.2, seed=len(name))
    assert "heard again" not in run("analyse", tmp_path).stderr
    update_model(tmp_path, monkeypatch, embedding_id="new-ear")
    line = "This version hears better: 2 tracks are heard again; your decisions stay."
    assert run("analyse", tmp_path).stderr.splitlines().count(line) == 1
    assert "heard again" not in run("analyse", tmp_path).stderr


@pytest.mark.parametrize(
    ("before", "tracks"),
    [
        (HeardBefore(1, True, ""), "1 track is heard again"),
        (HeardBefore(5, True, ""), "5 tracks are heard again"),
        (HeardBefore(1, False, ""), "1 or more tracks are heard again"),
    ],
)
def test_what_is_heard_again_is_counted_in_words(before, tracks):
    assert f": {tracks};" in heard_before_sentence(before)
