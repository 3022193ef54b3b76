"""Watching folders without a window: what comes is heard, and nothing is written."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import closing

import pytest

from genretagger import pipeline
from genretagger.core.errors import Cancelled
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp
from genretagger.library.store import Store
from tests.helpers.samples import encode


@pytest.fixture
def context(home):
    return pipeline.Context(UserFolders(home), Settings(jobs=1))


@pytest.fixture
def music(tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    encode(folder / "a.flac", seconds=4, noise=0.2)
    os.utime(folder / "a.flac", (0, 0))
    return folder


def verdicts(events):
    return (event for event in events if isinstance(event, TrackAnalysed | Failure))


def watching(music, context, cancel, *, quiet_s=0.0):
    return pipeline.watch([music], context=context, cancel=cancel, rescan_s=0.01, quiet_s=quiet_s)


def test_what_is_there_is_heard_then_what_comes(music, context):
    before = (music / "a.flac").read_bytes()
    cancel = threading.Event()
    with closing(watching(music, context, cancel)) as events:
        heard = verdicts(events)
        assert next(heard).track.path == music / "a.flac"
        album = music / "album"
        album.mkdir()
        encode(album / "b.ogg", seconds=4, noise=0.2)
        event = next(heard)
        assert event.track.path == album / "b.ogg"
        cancel.set()
        with pytest.raises(Cancelled):
            next(heard)
    assert (music / "a.flac").read_bytes() == before


def test_a_failure_is_told_once_until_it_is_over(music, context, tmp_path):
    cancel = threading.Event()
    away = tmp_path / "away"
    with closing(watching(music, context, cancel)) as events:
        heard = verdicts(events)
        next(heard)
        music.rename(away)
        failure = next(heard)
        assert (failure.path, failure.error.key) == (music, "root-missing")
        away.rename(music)
        shutil.copyfile(music / "a.flac", music / "b.flac")
        assert next(heard).track.path == music / "b.flac"  # no further failure, nothing again
        music.rename(away)
        assert next(heard).error.key == "root-missing"


def test_a_file_that_was_just_written_is_not_heard_at_the_start(music, context, monkeypatch):
    shutil.copyfile(music / "a.flac", music / "new.flac")
    cancel, asked, paused_s = threading.Event(), [], []

    def analyse(paths, **_options):
        asked.append(paths)
        yield from ()

    def rest(pause_s, cancel):
        paused_s.append(pause_s)
        cancel.set()

    monkeypatch.setattr("genretagger.pipeline.watching.analyse", analyse)
    monkeypatch.setattr("genretagger.pipeline.watching._rest", rest)
    day_s = 24 * 3600.0
    with pytest.raises(Cancelled):
        list(watching(music, context, cancel, quiet_s=day_s))
    assert asked == [[music / "a.flac"]]
    assert paused_s == [day_s / 2]


def test_a_watch_leaves_a_file_in_quarantine_alone(music, context):
    """It names each file itself, which elsewhere says to hear it all the same."""
    with Store.open(context.folders.store) as store:
        status = (music / "a.flac").stat()
        store.quarantine(FileStamp.of(status), "decoder-hung")
    cancel = threading.Event()
    with closing(watching(music, context, cancel)) as events:
        failure = next(verdicts(events))
    assert failure.error.key == "decoder-hung-before"


def test_a_rest_ends_with_the_watch(music, context):
    cancel = threading.Event()
    with closing(pipeline.watch([music], context=context, cancel=cancel, rescan_s=1e6)) as events:
        for event in events:
            if isinstance(event, TrackAnalysed):
                threading.Timer(0.01, cancel.set).start()
                break
        with pytest.raises(Cancelled):
            list(events)
