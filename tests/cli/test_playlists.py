"""Playlists from the command line: what they hold, and what is said."""

from __future__ import annotations

import os
from contextlib import closing

import pytest

from genretagger.core.resources import user_folders
from genretagger.core.writes import Action, Decision
from genretagger.library.decision_store import DecisionStore, StoredDecision
from tests.helpers.command import run, run_json
from tests.helpers.samples import encode


@pytest.fixture
def music(tmp_path):
    """Return a folder with three genres in four spellings, and one track without."""
    folder = tmp_path / "music"
    folder.mkdir()
    for seed, genre in enumerate(("Hip Hop", "Hip Hop", "hiphop", "Jazz", "")):
        path = folder / f"{seed}.flac"
        tags = {"genre": genre} if genre else {}
        encode(path, seconds=2, noise=0.2, seed=seed, metadata=tags)
    return folder


@pytest.fixture
def accept():
    """Return a function that accepts genres as the window does."""

    def decide(path, *genres):
        (heard,) = run_json("analyse", path)
        with closing(DecisionStore(user_folders().session)) as session:
            decision = Decision(Action.ACCEPT, genres)
            session.save([StoredDecision(heard["audio_digest"], path, decision)])

    return decide


def read_lists(folder):
    return {path.stem: path.read_text().splitlines()[2::2] for path in folder.iterdir()}


def test_a_playlist_holds_all_spellings_with_paths_relative_to_it(music, tmp_path):
    to = tmp_path / "lists"
    done = run("playlists", music, "--to", to)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{to}  playlists: 2, tracks: 4\n"
    beside = [os.path.join("..", "music", f"{n}.flac") for n in range(5)]  # noqa: PTH118
    assert read_lists(to) == {"Hip Hop": beside[:3], "Jazz": beside[3:4]}


def test_what_was_accepted_in_the_window_counts_as_written(music, tmp_path, accept):
    accept(music / "4.flac", "Zydeco")
    to = tmp_path / "lists"
    (done,) = run_json("playlists", music, "--to", to)
    assert done == {"path": str(to), "playlists": 3, "tracks": 5}
    assert set(read_lists(to)) == {"Hip Hop", "Jazz", "Zydeco"}
    now = tmp_path / "now"
    run("playlists", music, "--to", now, "--by", "now")
    assert set(read_lists(now)) == {"Hip Hop", "Jazz"}


def test_other_spellings_and_whole_paths_may_be_asked_for(music, tmp_path):
    to = tmp_path / "lists"
    assert run("playlists", music, "--to", to, "--each-spelling", "--absolute").returncode == 0
    found = read_lists(to)
    assert set(found) == {"Hip Hop", "hiphop", "Jazz"}
    assert found["Jazz"] == [str(music / "3.flac")]


def test_playlists_are_replaced_only_when_asked(music, tmp_path):
    to = tmp_path / "lists"
    to.mkdir()
    (to / "Jazz.m3u8").write_text("mine")
    done = run("playlists", music, "--to", to)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{to / 'Jazz.m3u8'} exists already.")
    assert "--replace" in done.stderr
    assert (to / "Jazz.m3u8").read_text() == "mine"
    assert run("playlists", music, "--to", to, "--replace").returncode == 0
    assert len(read_lists(to)["Jazz"]) == 1


def test_a_file_that_fails_is_named_and_the_rest_is_listed(music, tmp_path):
    (music / "bad.mp3").write_bytes(b"garbage")
    done = run("playlists", music, "--to", tmp_path / "lists")
    assert done.returncode == 1
    assert done.stderr.startswith("bad.mp3 ")
    assert done.stdout.endswith("playlists: 2, tracks: 4\n")


def test_without_any_genre_nothing_is_written(tmp_path):
    encode(tmp_path / "a.flac", seconds=1, noise=0.2)
    done = run("playlists", tmp_path / "a.flac", "--to", tmp_path / "lists")
    assert done.returncode == 2
    assert "none of the tracks has a genre" in done.stderr
    assert not (tmp_path / "lists").exists()
