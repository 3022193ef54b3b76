"""Several real processes on the same files: each file is whole, and somebody is told who writes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from genretagger.core.writes import WriteStatus
from genretagger.tagging.disk import fs, lock, retry
from genretagger.tagging.journal import report
from genretagger.tagging.writing import recovery
from tests.helpers import tagged_files
from tests.helpers.invariants import apply, in_child, undo
from tests.helpers.samples import pcm_digest
from tests.helpers.waiting import LIMIT_S

fcntl = pytest.importorskip("fcntl")
ROOT = Path(__file__).parents[2]


def started(plan, *, home):
    """Return a running command line that writes `plan`."""
    return subprocess.Popen(
        [sys.executable, "-m", "genretagger", "apply", "--plan", plan, "--policy", "replace"],
        cwd=ROOT,
        env={**os.environ, "GENRETAGGER_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def music(tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    for number, name in enumerate(["mp3 2.3 without padding", "flac genre", "ogg genre"] * 4):
        path = tagged_files.make(name, folder)
        path.rename(folder / f"{number}{path.suffix}")
    (tmp_path / "links").mkdir()
    for path in sorted(folder.iterdir())[::2]:
        (tmp_path / "links" / path.name).hardlink_to(path)
    return folder


def plan_of(music, genre, tmp_path):
    plan = tmp_path / f"{genre}.jsonl"
    lines = [json.dumps({"path": str(path), "genres": [genre]}) for path in sorted(music.iterdir())]
    plan.write_text("\n".join(lines))
    return plan


def genres_of(path):
    genres = tagged_files.plain_genres(path)
    return genres if isinstance(genres, tuple) else tuple(genres)


@pytest.mark.parametrize("homes", ["one", "two"])
def test_two_programs_that_write_the_same_files_leave_each_whole(homes, music, tmp_path, runs):
    sound = {path.name: pcm_digest(path) for path in music.iterdir()}
    first = {genres_of(path) for path in music.iterdir()}
    plans = [plan_of(music, genre, tmp_path) for genre in ("Blues", "Polka")]
    folders = [tmp_path / "home", tmp_path / ("home" if homes == "one" else "another")]
    for _ in range(runs(1, 20)):
        jobs = [started(plan, home=home) for plan, home in zip(plans, folders, strict=True)]
        said = [job.communicate(timeout=LIMIT_S) for job in jobs]
        for job, (out, err) in zip(jobs, said, strict=True):
            assert "Traceback" not in out + err
            assert job.returncode == 0 or "process" in err + out or "changed" in err + out
        assert 0 in [job.returncode for job in jobs] or homes == "two"
        assert {path.name: pcm_digest(path) for path in music.iterdir()} == sound
        # Where each has waited in vain for the other, on a slow machine, some are as they were.
        did_all = 0 in [job.returncode for job in jobs]
        for path in music.iterdir():
            assert genres_of(path) in {("Blues",), ("Polka",)} | (set() if did_all else first)
        for name in (tmp_path / "links").iterdir():
            assert name.samefile(music / name.name)
        for home in folders:
            assert recovery.recover(home / "journal") == ()
        written = sum(
            s.written for home in set(folders) for s in report.summarise_batches(home / "journal")
        )
        assert written >= len(sound) or not did_all


def test_a_second_program_says_which_process_writes(music, tmp_path):
    home = tmp_path / "home"
    with lock.lock_journal(home / "journal"):
        job = started(plan_of(music, "Blues", tmp_path), home=home)
        out, err = job.communicate(timeout=LIMIT_S)
    assert job.returncode != 0
    assert f"process {os.getpid()}" in out + err
    assert "Traceback" not in out + err


@pytest.fixture
def track(tmp_path):
    folder = tmp_path / "one"
    folder.mkdir()
    return tagged_files.make("mp3 2.3 text", folder)


def test_a_folder_in_which_another_process_writes_is_waited_for(track, home, monkeypatch):
    holder = os.open(track.parent, os.O_RDONLY)
    fcntl.flock(holder, fcntl.LOCK_EX)
    waits = []

    def done_meanwhile(wait_s):
        waits.append(wait_s)
        if len(waits) == 2:
            os.close(holder)

    monkeypatch.setattr(retry, "sleep", done_meanwhile)
    (result,) = apply(track.parent, home / "journal")
    assert result.status is WriteStatus.WRITTEN
    assert len(waits) == 2


def test_a_folder_in_which_another_process_writes_on_and_on_is_one_sentence(
    track, home, monkeypatch
):
    before = track.read_bytes()
    reading, writing = os.pipe()
    held, holding = os.pipe()

    def hold():
        os.close(writing)
        descriptor = os.open(track.parent, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.write(holding, b"x")
        os.read(reading, 1)

    number = in_child(hold)
    os.close(reading)
    os.read(held, 1)
    monkeypatch.setattr(retry, "sleep", lambda _: None)
    (result,) = apply(track.parent, home / "journal")
    os.close(writing)
    os.waitpid(number, 0)
    assert result.status is WriteStatus.FAILED
    assert f"process {number}" in str(result.reason) or "process ?" in str(result.reason)
    assert track.read_bytes() == before
    assert list(track.parent.iterdir()) == [track]
    assert [r.status for r in apply(track.parent, home / "journal")] == [WriteStatus.WRITTEN]


@pytest.mark.parametrize("call", ["open", "flock"])
def test_a_folder_that_cannot_be_locked_is_written_to(call, track, home, monkeypatch):
    before = track.read_bytes()
    original = os.open

    def fail(target, *more, **options):
        if call == "flock" or target == track.parent:
            raise OSError(38, "not here")
        return original(target, *more, **options)

    monkeypatch.setattr(*((os, "open") if call == "open" else (fcntl, "flock")), fail)
    with lock.lock_folder(track, path=track):
        pass
    monkeypatch.undo()
    assert [r.status for r in apply(track.parent, home / "journal")] == [WriteStatus.WRITTEN]
    undo(home / "journal")
    assert track.read_bytes() == before


@pytest.mark.parametrize("moment", ["copy_attributes", "replace"])
def test_two_journals_writing_the_same_file_at_once_do_it_one_after_the_other(
    moment, track, home, tmp_path, monkeypatch
):
    """The second one begins in the middle of the first, and waits for its end in vain."""
    original, inner = getattr(fs, moment), []
    monkeypatch.setattr(retry, "sleep", lambda _: None)

    def meanwhile(*arguments):
        monkeypatch.setattr(fs, moment, original)
        inner.extend(apply(track.parent, tmp_path / "other", genres=("Polka",)))
        return original(*arguments)

    monkeypatch.setattr(fs, moment, meanwhile)
    (result,) = apply(track.parent, home / "journal")
    assert result.status is WriteStatus.WRITTEN
    (second, *_) = inner
    assert second.status is WriteStatus.FAILED
    assert f"process {os.getpid()}" in str(second.reason) or "process ?" in str(second.reason)
    assert tagged_files.plain_genres(track) != ("Polka",)
    assert list(track.parent.iterdir()) == [track]
