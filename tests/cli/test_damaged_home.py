"""Files of the home that are cut, garbage, folders or unreadable: one sentence, and no harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from genretagger.core.errors import SettingsError, StoreError
from genretagger.core.settings_file import load_settings
from genretagger.library.decision_store import DecisionStore
from genretagger.library.store import Store
from tests.helpers.command import ROOT, run
from tests.helpers.newer_home import snapshot
from tests.helpers.old_home import hashes, unpack
from tests.helpers.sentences import require_plain

TRACK = "14 undecided.opus"
NAMES = ("settings.json", "session.sqlite", "store.sqlite")
GARBAGE = {
    "nothing but zeros": bytes(5000),
    "noise": bytes(range(256)) * 40,
    "a web page": b"<!DOCTYPE html><html></html>",
    "a list": b"[]",
    "a number beyond measure": b'{"jobs": ' + b"9" * 5000 + b"}",
    "nested": b'{"a":' * 100_000,
    "not UTF-8": b'{"theme": "\xff\xfe"}',
    "a key twice": b'{"theme": "dark", "theme": 7}',
    "control characters": b'{"\\u001b[2J\\u202e": 1}',
    "a value that steers": b'{"theme": "\\u001b[2J\\u202e\\n"}',
}


@pytest.fixture
def old(tmp_path, monkeypatch):
    old = unpack("0.1.0", tmp_path.resolve() / "old")
    monkeypatch.setenv("GENRETAGGER_HOME", str(old.home))
    monkeypatch.chdir(old.music)
    return old


def only_sentence(done):
    (sentence,) = done.stderr.splitlines()
    assert sentence.isprintable()
    return sentence


def analyse():
    return run("analyse", TRACK, "--quiet")


@pytest.mark.parametrize("kind", GARBAGE)
@pytest.mark.parametrize("name", NAMES[:2])
def test_garbage_is_told_and_stays(old, name, kind):
    path = old.home / name
    path.write_bytes(GARBAGE[kind])
    before = snapshot(old.home)
    if name == "settings.json":
        done = analyse()
        assert (done.returncode, done.stdout) == (2, "")
        assert str(path) in only_sentence(done)
    else:
        with pytest.raises(StoreError) as caught:
            DecisionStore(path)
        require_plain(str(caught.value), path)
    after = snapshot(old.home)
    assert after[name] == before[name]
    assert hashes(old.music) == old.expected["files"]


def test_settings_that_are_cut_anywhere_are_told(old):
    path = old.home / "settings.json"
    whole = path.read_bytes().rstrip()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises(SettingsError, match="cannot be read") as caught:
            load_settings(path)
        assert str(path) in str(caught.value)
        assert path.read_bytes() == whole[:size]


@pytest.mark.parametrize("name", NAMES[1:])
def test_a_database_that_is_cut_anywhere_is_told_or_whole(old, name):
    path = old.home / name
    whole = path.read_bytes()
    sizes = {1, 15, 16, 17, 99, 100, 101, 1000, *range(512, len(whole), 3 * 512)}
    n_told = 0
    for size in sorted(sizes):
        path.write_bytes(whole[:size])
        try:
            if name == "store.sqlite":
                with Store.open(path) as store:
                    list(store.all_tags())
            else:
                decisions = DecisionStore(path)
                try:
                    decisions.find_all()
                finally:
                    decisions.close()
        except StoreError as error:
            n_told += 1
            sentence = str(error)
            assert str(path) in sentence
            assert "Traceback" not in sentence
        for beside in ("-wal", "-shm"):
            path.with_name(name + beside).unlink(missing_ok=True)
    assert n_told > 5


@pytest.mark.parametrize("name", [*NAMES, "journal", "personal/My own.npz"])
def test_a_folder_or_file_in_the_place_of_another_is_told(old, name):
    path = old.home / name
    path.rename(old.home / "set aside")
    if name == "journal":
        path.write_bytes(b"no folder")
    else:
        path.mkdir()
    commands = {"journal": ("history",), "personal/My own.npz": ("personal", "report", "My own")}
    if name == "session.sqlite":  # only the window needs it
        with pytest.raises(StoreError) as caught:
            DecisionStore(path)
        assert str(path) in str(caught.value)
        return
    done = run(*commands.get(name, ("analyse", TRACK, "--quiet")))
    assert (done.returncode, done.stdout) == (2, "")
    assert str(path) in only_sentence(done)
    assert path.is_file() if name == "journal" else path.is_dir()


AS_NOBODY = """
import os, sys
import genretagger.cli.commands, genretagger.pipeline
from genretagger.__main__ import main
genretagger.pipeline.load_all()  # its files may be readable by root only
os.setgroups([]); os.setgid(65534); os.setuid(65534)
sys.argv = ["genretagger", *sys.argv[1:]]
raise SystemExit(main())
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
@pytest.mark.parametrize("name", ["settings.json", "journal"])
def test_what_may_not_be_read_is_told(old, name):
    for folder in (old.home, *old.home.parents[:-1]):
        folder.chmod(folder.stat().st_mode | 0o755)
    path = old.home / name
    path.chmod(0)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, "history"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    path.chmod(0o700)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert str(path) in only_sentence(done)
    assert "Permission denied" in done.stderr


def test_a_plan_with_control_characters_writes_nothing_and_steers_nothing(old):
    before = hashes(old.music)
    evil = "\x1b[2J\u202e\x07\n"
    for record in (
        {"path": f"/{evil}.flac", "genres": ["Rock"]},
        {"path": str(old.music / TRACK), "genres": [f"Rock{evil}"]},
        {"path": str(old.music / TRACK), "genres": ["Rock"], "policy": evil},
        {"path": str(old.music / TRACK), "genres": [evil]},
        {"path": str(old.music / TRACK), "genres": ["Rock"], "audio_digest": evil},
        {"path": str(old.music / TRACK), "genres": ["Rock"], "current_genres": [evil]},
    ):
        done = run("apply", "--plan", "-", stdin=json.dumps(record))
        assert done.returncode in (1, 2), record
        for line in (*done.stdout.splitlines(), *done.stderr.splitlines()):
            assert not set(line) & set(evil[0] + "\u202e\x07"), line
    assert hashes(old.music) == before
