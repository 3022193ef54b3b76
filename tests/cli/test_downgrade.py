"""The command line on a home whose files a newer version wrote: one sentence, and no harm."""

from __future__ import annotations

import json

import pytest

from tests.helpers.command import run
from tests.helpers.newer_home import NEWER, snapshot
from tests.helpers.old_home import hashes, unpack

UPDATE = "update the program"
TRACK = "14 undecided.opus"
PLAN = ("apply", "--plan", "-", "--policy", "replace")
# Of each newer file: the commands that need it, and those that work beside it.
REFUSED = {
    "store": (("analyse", TRACK), ("playlists", TRACK, "--to", "lists")),
    "session": (),
    "journal": (("history",), ("undo",), PLAN),
    "settings": (("analyse", TRACK), ("history",), ("undo",), PLAN, ("personal", "list")),
    "word": (("analyse", TRACK), ("history",), ("undo",), PLAN, ("personal", "list")),
    "classifier": (("personal", "report", "My own"), ("personal", "use", "My own")),
}
WORK = {
    "store": (("history",), ("personal", "list"), ("settings",)),
    "session": (("analyse", TRACK), ("history",), ("undo",), PLAN),
    "journal": (("analyse", TRACK), ("personal", "list"), ("settings",)),
    "settings": (),
    "word": (),
    "classifier": (("history",), ("undo",), PLAN),
}
FILES = {
    "store": "store.sqlite",
    "session": "session.sqlite",
    "journal": "undo journal",
    "settings": "settings.json",
    "word": "settings.json",
    "classifier": "My own.npz",
}


@pytest.fixture(params=NEWER)
def kind(request):
    return request.param


@pytest.fixture
def old(tmp_path, monkeypatch, kind):
    """Return a home in use, with one file from a newer version; `folder` holds its music."""
    old = unpack("0.1.0", tmp_path.resolve() / "old")
    NEWER[kind](old.home)
    monkeypatch.setenv("GENRETAGGER_HOME", str(old.home))
    monkeypatch.chdir(old.music)
    return old


def plan(old):
    return json.dumps({"path": str(old.music / TRACK), "genres": ["Ska"]})


def test_what_needs_a_newer_file_says_so_and_changes_nothing(old, kind):
    before = snapshot(old.home)
    for command in REFUSED[kind]:
        done = run(*command, stdin=plan(old))
        assert (done.returncode, done.stdout) == (2, ""), command
        (sentence,) = done.stderr.splitlines()
        assert UPDATE in sentence
        assert FILES[kind] in sentence
    assert snapshot(old.home) == before
    assert hashes(old.music) == old.expected["files"]


def test_what_needs_no_newer_file_works_and_leaves_it_alone(old, kind):
    newer = {name: of for name, of in snapshot(old.home).items() if FILES[kind] in name}
    for command in WORK[kind]:
        done = run(*command, stdin=plan(old))
        assert done.returncode == 0, (command, done.stderr)
        assert UPDATE not in done.stderr
    after = snapshot(old.home)
    assert {name: after[name] for name in newer} == newer


@pytest.mark.parametrize("kind", ["classifier"])
def test_tracks_are_heard_without_a_newer_classifier(old, kind):
    done = run("analyse", TRACK, "--json")
    assert done.returncode == 1
    problem, heard = map(json.loads, done.stdout.splitlines())
    assert UPDATE in problem["error"]
    assert (heard["error"], heard["personal"]) == (None, None)


@pytest.mark.parametrize("kind", ["classifier"])
def test_a_newer_classifier_is_not_imported(old, kind, tmp_path):
    (old.home / "personal" / "My own.npz").rename(tmp_path / "Theirs.npz")
    done = run("personal", "import", tmp_path / "Theirs.npz")
    assert (done.returncode, UPDATE in done.stderr) == (2, True)
    assert not list((old.home / "personal").iterdir())


@pytest.mark.parametrize("kind", ["settings"])
def test_what_a_newer_version_has_set_stays_when_another_setting_is_changed(old, kind):
    done = run("settings", "theme", "light")
    assert UPDATE in done.stderr
    stored = json.loads((old.home / "settings.json").read_text())
    assert (stored["theme"], stored["colour"]) == ("light", "red")
    assert {one["name"]: one["value"] for one in _settings()}["theme"] == "light"


def _settings():
    done = run("settings", "--json")
    assert done.returncode == 1
    return [json.loads(line) for line in done.stdout.splitlines()]
