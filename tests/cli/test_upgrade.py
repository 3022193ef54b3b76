"""The command line on a home that an earlier version left."""

from __future__ import annotations

import json

import pytest

from genretagger import __version__
from tests.helpers.command import run, run_json
from tests.helpers.old_home import decisions, hashes, unpack

OLD = "0.1.0"


@pytest.fixture
def old(tmp_path, monkeypatch):
    """Return the home that the old version left, which is the one in use."""
    old = unpack(OLD, tmp_path.resolve() / "old")
    monkeypatch.setenv("GENRETAGGER_HOME", str(old.home))
    return old


def test_the_home_was_made_by_the_old_version(old):
    assert old.expected["version"] == OLD
    for batch in (old.home / "journal").glob("*.jsonl"):
        header = json.loads(batch.read_bytes().splitlines()[0][18:])
        assert header["program"] == OLD
    assert hashes(old.music) == old.expected["files"]
    assert decisions(old.home / "session.sqlite") == old.expected["decisions"]
    kinds = {(action, bits) for _, action, _, bits in old.expected["decisions"]}
    assert kinds == {("reject", 0), *(("accept", bits) for bits in (0, 1, 2, 4, 5))}
    states = [batch["state"] for batch in old.expected["batches"]]
    assert states == ["written", "written", "partly undone", "undone"]


def test_settings_writes_and_the_classifier_are_what_they_were(old):
    settings = {one["name"]: one["value"] for one in run_json("settings")}
    for name, value in old.expected["settings"].items():
        if name != "accept_exactly":  # how the file says in which version it was written
            assert settings[name] == value, name
    assert run_json("history") == old.expected["batches"]
    for batch, writes in old.expected["writes"].items():
        assert run_json("history", batch) == writes
    assert run_json("personal", "report", "My own") == [old.expected["report"]]


def test_what_was_decided_is_there_after_all_is_heard(old):
    rows = run_json("analyse", old.music)
    assert len(rows) == len(old.expected["files"])
    assert [row["path"] for row in rows if row["error"]] == []
    assert decisions(old.home / "session.sqlite") == old.expected["decisions"]
    assert hashes(old.music) == old.expected["files"]


def test_every_batch_is_undone_to_the_byte_and_the_date(old):
    for batch in old.expected["batches"]:
        results = run_json("undo", batch["batch"])
        assert len(results) == batch["written"] - batch["undone"]
    assert hashes(old.music) == old.expected["originals"]
    assert {batch["state"] for batch in run_json("history")} == {"undone"}
    assert "Nothing to undo" in run("undo").stderr


def test_new_writes_go_into_the_same_journal(old):
    track = old.music / "14 undecided.opus"
    before = track.read_bytes()
    plan = json.dumps({"path": str(track), "genres": ["Ska"]})
    (result,) = run_json("apply", "--plan", "-", "--policy", "replace", stdin=plan)
    assert result["status"] == "written"
    newest, *older = run_json("history")
    assert older == old.expected["batches"]
    assert newest["written"] == 1
    batch = (old.home / "journal" / f"{newest['batch']}.jsonl").read_bytes()
    assert json.loads(batch.splitlines()[0][18:])["program"] == __version__
    run_json("undo")
    assert track.read_bytes() == before
