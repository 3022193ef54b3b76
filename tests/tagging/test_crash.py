"""kill -9 at any moment: each file is byte for byte the old or the new one; the history agrees.

The killed process is a fork of this one, so that it gets to work at once.
"""

import itertools
import os
import random
import signal
import time

import mutagen
import mutagen.id3
import pytest

from genretagger.core.settings import Settings
from genretagger.core.writes import BatchState, Policy, WriteRequest, WriteStatus
from genretagger.tagging import digest
from genretagger.tagging.disk import fs
from genretagger.tagging.journal import report
from genretagger.tagging.writing import batch_writer, recovery
from tests.helpers import tagged_files
from tests.helpers.invariants import (
    apply,
    calls_of,
    contents,
    in_child,
    killing,
    require_whole,
    undo,
    undone_to_the_end,
    was_killed,
)
from tests.helpers.samples import pcm_digest
from tests.helpers.write_helpers import write, write_in

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    # A killed process leaves a cut record, and that is logged.
    pytest.mark.logs_warnings,
]
NAMES = ["mp3 2.3 and v1", "mp3 bare", "flac genre", "ogg genre", "opus without genre", "m4a gnre"]


@pytest.fixture
def music(tmp_path, request):
    folder = tmp_path / "music"
    folder.mkdir()
    for number, name in enumerate(getattr(request, "param", NAMES)):
        tagged_files.make(name, tmp_path).rename(folder / f"{number}{tagged_files.STATES[name][1]}")
    return folder


def killed_after(delay_s, work):
    """Kill a process that does `work` after a while; return whether it was still at it."""
    child = in_child(work)
    time.sleep(delay_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.fixture
def old_and_new(music, tmp_path, folder):
    """Return the bytes before and after, from a run that nobody kills; the new ones sound alike."""
    old = contents(music)
    sound = {path.name: pcm_digest(path) for path in music.iterdir()}
    elsewhere = folder.parent / "elsewhere"
    started = time.perf_counter()
    assert {r.status for r in apply(music, elsewhere)} == {WriteStatus.WRITTEN}
    duration_s = time.perf_counter() - started
    new = contents(music)
    assert all(old[name] != new[name] for name in old)
    assert {path.name: pcm_digest(path) for path in music.iterdir()} == sound
    undo(elsewhere)
    assert contents(music) == old
    return old, new, duration_s


@pytest.fixture
def links(music, tmp_path):
    """Give every other file a second name, so that it is written in place; return the names."""
    folder = tmp_path / "links"
    folder.mkdir()
    paths = sorted(music.iterdir())[::2]
    for path in paths:
        (folder / path.name).hardlink_to(path)
    return folder


def require_linked(links, music):
    assert all(name.samefile(music / name.name) for name in links.iterdir())


def test_killing_apply_at_random_moments_damages_nothing(music, folder, old_and_new, links, runs):
    old, new, duration_s = old_and_new
    moments = random.Random(20261123)
    n_least, n_runs, is_written = runs(50, 700), 0, set()
    while n_runs < n_least or len(is_written) < 2:  # some were written, some were not
        was_at_it = killed_after(moments.uniform(0, 1.2 * duration_s), lambda: apply(music, folder))
        require_whole(music, folder, old, new)
        now = contents(music)
        outcomes = {now[name] == new[name] for name in now}
        n_runs, is_written = n_runs + 1, is_written | outcomes
        if not was_at_it:  # the machine has become faster, or slower
            duration_s *= 0.95
        elif True not in outcomes:
            duration_s *= 1.05
        undone_to_the_end(folder)
        assert contents(music) == old
    require_linked(links, music)


def test_killing_undo_at_random_moments_damages_nothing(music, folder, old_and_new, links, runs):
    old, new, duration_s = old_and_new
    moments = random.Random(20261124)
    for _ in range(runs(10, 200)):
        apply(music, folder)
        killed_after(moments.uniform(0, duration_s), lambda: undo(folder))
        require_whole(music, folder, old, new)
        undone_to_the_end(folder)
        assert contents(music) == old
    require_linked(links, music)


@pytest.mark.parametrize("music", [["mp3 2.3 without padding"]], indirect=True, ids=["one"])
def test_killing_recovery_at_random_moments_damages_nothing(
    music, folder, old_and_new, tmp_path, runs
):
    old, new, _ = old_and_new
    (tmp_path / "second name").hardlink_to(music / "0.mp3")
    calls = calls_of(lambda: apply(music, folder.parent / "elsewhere"))
    undo(folder.parent / "elsewhere")
    first = calls.index("_write_all") + 1
    moments = random.Random(20261125)
    for _ in range(runs(5, 200)):
        nth = moments.randrange(first, first + calls.count("_write_all") + 1)
        assert was_killed(killing(nth, "before", lambda: apply(music, folder)))
        killed_after(moments.uniform(0, 0.03), lambda: recovery.recover(folder))
        require_whole(music, folder, old, new)
        undone_to_the_end(folder)
        assert contents(music) == old


@pytest.mark.parametrize("linked", [False, True], ids=["swapped", "in place"])
@pytest.mark.parametrize("work", ["apply", "undo", "recovery"])
@pytest.mark.parametrize("music", [["mp3 2.3 without padding"]], indirect=True, ids=["one"])
def test_killing_at_each_step_damages_nothing(
    work, linked, music, tmp_path, folder, old_and_new, torture
):
    old, new, _ = old_and_new
    if linked:
        (tmp_path / "second name").hardlink_to(music / "0.mp3")
    elsewhere = folder.parent / "elsewhere"
    calls = calls_of(lambda: apply(music, elsewhere), looking=torture)
    undo(elsewhere)

    def half_written():
        nth = calls.index("_write_all" if linked else "replace") + 2
        assert was_killed(killing(nth, "before", lambda: apply(music, folder), looking=torture))
        assert not linked or contents(music)["0.mp3"] not in (old["0.mp3"], new["0.mp3"])

    begin, do = {
        "apply": (lambda: None, lambda: apply(music, folder)),
        "undo": (lambda: apply(music, folder), lambda: undo(folder)),
        "recovery": (half_written, lambda: recovery.recover(folder)),
    }[work]
    for moment in ("before", "after"):
        for nth in itertools.count(1):
            begin()
            is_killed = was_killed(killing(nth, moment, do, looking=torture))
            require_whole(music, folder, old, new)
            undone_to_the_end(folder)
            assert contents(music) == old
            if not is_killed:
                break
        assert nth > 5
    assert len(list(music.iterdir())) == 1
    assert not linked or (tmp_path / "second name").samefile(music / "0.mp3")


def test_a_file_that_is_neither_old_nor_new_is_reported_once_and_nothing_deleted(music, folder):
    def killed_before_the_swap():
        fs.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        apply(music, folder)

    os.waitpid(in_child(killed_before_the_swap), 0)
    (copy,) = music.glob(".gt-*.tmp")
    path = min(p for p in music.iterdir() if not p.name.startswith("."))
    path.write_bytes(b"something else")
    (result,) = recovery.recover(folder)
    assert result.path == path
    assert result.status is WriteStatus.FAILED
    assert "left alone" in str(result.reason)
    assert copy.exists()
    assert path.read_bytes() == b"something else"
    assert recovery.recover(folder) == ()


def test_a_file_that_is_away_is_reported_once_and_settled_when_it_is_back(music, folder, tmp_path):
    def killed_before_the_swap():
        fs.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        apply(music, folder)

    old = contents(music)
    os.waitpid(in_child(killed_before_the_swap), 0)
    away = music.rename(tmp_path / "away")
    (result,) = recovery.recover(folder)
    assert "is not there" in str(result.reason)
    journals = [path.read_bytes() for path in folder.glob("*.jsonl")]
    assert recovery.recover(folder) == ()
    assert [path.read_bytes() for path in folder.glob("*.jsonl")] == journals
    assert [s.state for s in report.summarise_batches(folder)] == [BatchState.NOTHING_WRITTEN]
    away.rename(music)
    (result,) = recovery.recover(folder)
    assert "interrupted" in str(result.reason)
    assert contents(music) == old
    assert recovery.recover(folder) == ()


def killed_at_swap(moment, work):
    """Run `work` in a process that is killed just before or just after its first swap."""

    def killed():
        original = fs.replace

        def replacement(*arguments):
            if moment == "after":
                original(*arguments)
            os.kill(os.getpid(), signal.SIGKILL)

        fs.replace = replacement
        work()

    os.waitpid(in_child(killed), 0)


@pytest.fixture
def jazz(tmp_path):
    folder = tmp_path / "jazz"
    folder.mkdir()
    return tagged_files.mp3(folder / "a.mp3", version=3, genre="Jazz")


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_write_after_an_interrupted_one_keeps_the_way_to_the_original(moment, jazz, folder):
    original = jazz.read_bytes()
    killed_at_swap(moment, lambda: write(jazz, "Blues", folder=folder))
    assert write(jazz, "Rock", folder=folder).status is WriteStatus.WRITTEN  # an open window
    assert list(jazz.parent.iterdir()) == [jazz]
    assert recovery.recover(folder) == ()
    assert undone_to_the_end(folder) == (1 if moment == "before" else 2)
    assert jazz.read_bytes() == original


def test_an_undo_after_an_interrupted_one_settles_it_first(jazz, folder):
    original = jazz.read_bytes()
    write(jazz, "Blues", folder=folder)
    write(jazz, "Rock", folder=folder)
    killed_at_swap("after", lambda: undo(folder))
    assert [r.status for r in undo(folder)] == [WriteStatus.RESTORED]
    assert jazz.read_bytes() == original
    assert undo(folder) == []


def retitle(path):
    file = mutagen.File(path)
    file.tags.add(mutagen.id3.TIT2(encoding=3, text="Another title"))
    file.save(v2_version=3)


@pytest.mark.parametrize("work", ["write", "undo"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_interrupted_work_is_known_by_its_genre_when_the_file_changed(
    work, moment, jazz, folder
):
    if work == "write":
        killed_at_swap(moment, lambda: write(jazz, "Blues", folder=folder))
    else:
        write(jazz, "Blues", folder=folder)
        killed_at_swap(moment, lambda: undo(folder))
    retitle(jazz)
    (result,) = recovery.recover(folder)
    happened = WriteStatus.WRITTEN if work == "write" else WriteStatus.RESTORED
    assert result.status is (happened if moment == "after" else WriteStatus.FAILED)
    assert list(jazz.parent.iterdir()) == [jazz]
    (summary,) = report.summarise_batches(folder)
    is_ours = (work == "write") is (moment == "after")
    assert summary.written - summary.undone == is_ours
    assert tagged_files.plain_genres(jazz) == (("Blues",) if is_ours else ("Jazz",))
    assert [r.status for r in undo(folder)] == [WriteStatus.RESTORED] * is_ours
    assert tagged_files.plain_genres(jazz) == ("Jazz",)
    assert mutagen.File(jazz).tags["TIT2"].text == ["Another title"]


def test_an_interrupted_write_that_nobody_can_judge_shows_in_the_history(jazz, folder):
    killed_at_swap("after", lambda: write(jazz, "Blues", folder=folder))
    jazz.write_bytes(b"something else")
    (result,) = recovery.recover(folder)
    assert "left alone" in str(result.reason)
    assert jazz.read_bytes() == b"something else"
    (summary,) = report.summarise_batches(folder)
    assert (summary.state, summary.written) == (BatchState.UNCLEAR, 0)


def test_a_file_that_comes_back_during_a_batch_is_settled_before_it_is_written(
    jazz, folder, tmp_path
):
    original = jazz.read_bytes()
    killed_at_swap("after", lambda: write(jazz, "Blues", folder=folder))
    away = jazz.rename(tmp_path / "away.mp3")
    with batch_writer.open_batch(folder, policy=Policy.REPLACE, settings=Settings()) as batch:
        assert [r.status for r in batch.settled] == [WriteStatus.FAILED]
        away.rename(jazz)
        (result,) = write_in(batch, WriteRequest(jazz, ("Rock",)))
        assert result.status is WriteStatus.FAILED
        assert "try again" in str(result.reason)
    assert write(jazz, "Rock", folder=folder).status is WriteStatus.WRITTEN
    assert undone_to_the_end(folder) == 2
    assert jazz.read_bytes() == original


def test_a_copy_beside_the_old_file_is_removed_though_its_audio_is_read_in_another_way(
    jazz, folder, monkeypatch
):
    killed_at_swap("before", lambda: write(jazz, "Blues", folder=folder))
    monkeypatch.setattr(digest, "stream_digest", lambda *_, **__: "of a later program")
    recovery.recover(folder)
    assert list(jazz.parent.iterdir()) == [jazz]
