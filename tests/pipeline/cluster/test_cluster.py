"""Hearing on a cluster: each track once, whatever happens to workers, scheduler and program."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from genretagger import pipeline
from genretagger.core.errors import ClusterError
from genretagger.core.events import Failure, Problem, TrackAnalysed
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from tests.helpers.command import ROOT, run
from tests.helpers.samples import encode
from tests.helpers.waiting import LIMIT_S, wait_for

distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")

from tests.helpers.dask_processes import DaskProcesses, kill_group  # noqa: E402

pytestmark = [pytest.mark.slow, pytest.mark.logs_warnings]  # Dask logs each lost worker
N_TRACKS = 24


@pytest.fixture
def context(home):
    return pipeline.Context(UserFolders(home), Settings(jobs=2))


@pytest.fixture(scope="module")
def music(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cluster") / "music"
    folder.mkdir()
    for number in range(N_TRACKS):
        path = folder / f"{number:02}.wav"
        encode(path, seconds=31, noise=0.2, seed=number, frequencies_hz=(), sample_rate_hz=16000)
    (folder / "broken.mp3").write_bytes(b"\xff\xfb\x90\x00" + bytes(4000))
    return folder


@pytest.fixture
def cluster(tmp_path):
    """Return a scheduler with two workers, a and b, that run beside the music."""
    with DaskProcesses(tmp_path) as processes:
        processes.start_scheduler()
        processes.start_worker("a")
        processes.start_worker("b")
        wait_for(lambda: len(worker_pids(processes.address)) == 2)
        yield processes


def analyse(music, context, scheduler):
    cancel = threading.Event()
    return pipeline.analyse([music], context=context, cancel=cancel, scheduler=scheduler)


def verdicts(events):
    """Return how often each file got a verdict or a failure."""
    paths = (
        event.track.path if isinstance(event, TrackAnalysed) else event.path
        for event in events
        if isinstance(event, TrackAnalysed | Failure)
    )
    return Counter(path.name for path in paths)


def each_once(music):
    return Counter(path.name for path in music.iterdir())


def until_first_verdict(job):
    events = []
    for event in job:
        events.append(event)
        if isinstance(event, TrackAnalysed):
            return events
    raise AssertionError("nothing was heard")


def worker_pids(address):
    with distributed.Client(address, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def test_two_local_workers_hear_what_the_own_processes_hear(music, context, tmp_path):
    own = pipeline.Context(UserFolders(tmp_path / "own"), context.settings)
    here = list(analyse(music, own, None))
    there = list(analyse(music, context, "local"))
    assert verdicts(there) == verdicts(here) == each_once(music)

    def heard(events):
        heard_events = (event for event in events if isinstance(event, TrackAnalysed))
        return {event.track.path: (event.hearing_key, event.prediction) for event in heard_events}

    def failed(events):
        failures = (event for event in events if isinstance(event, Failure))
        return {event.path: (str(event.error), event.hearing_key) for event in failures}

    assert heard(there) == heard(here)
    assert failed(there) == failed(here)
    again = [e for e in analyse(music, context, "local") if isinstance(e, TrackAnalysed)]
    assert all(event.cached for event in again)
    assert len(again) == N_TRACKS


def test_local_workers_listen_on_this_machine_only_and_end(music, context):
    import psutil

    with closing(analyse(music, context, "local")) as job:
        until_first_verdict(job)
        children = psutil.Process().children(recursive=True)
        listening = {
            connection.laddr.ip
            for process in (psutil.Process(), *children)
            for connection in process.net_connections()
            if connection.status == psutil.CONN_LISTEN
        }
        assert listening == {"127.0.0.1"}
    dask = [child for child in children if "resource_tracker" not in " ".join(_line(child))]
    wait_for(lambda: not any(map(_lives, dask)))


def _line(process):
    import psutil

    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _lives(process):
    import psutil

    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_a_worker_that_is_killed_costs_no_track(music, context, cluster):
    with closing(analyse(music, context, cluster.address)) as job:
        events = until_first_verdict(job)
        os.kill(worker_pids(cluster.address)[0], signal.SIGKILL)
        events += job
    assert verdicts(events) == each_once(music)
    assert [e.path.name for e in events if isinstance(e, Failure)] == ["broken.mp3"]


def test_a_process_that_is_killed_costs_no_track(music, context, cluster):
    import psutil

    with closing(analyse(music, context, cluster.address)) as job:
        events = until_first_verdict(job)
        workers = map(psutil.Process, worker_pids(cluster.address))
        hearing = [
            child
            for worker in workers
            for child in worker.children()
            if "spawn_main" in " ".join(_line(child))
        ]
        hearing[0].kill()
        events += job
    assert verdicts(events) == each_once(music)
    assert [e.path.name for e in events if isinstance(e, Failure)] == ["broken.mp3"]


def test_when_the_scheduler_is_killed_what_was_heard_is_kept(music, context, cluster):
    job = analyse(music, context, cluster.address)
    first = until_first_verdict(job)
    kill_group(cluster.scheduler)
    with pytest.raises(ClusterError, match=r"is gone; what was analysed is kept"):
        first += job
    cluster.start_scheduler()
    cluster.start_worker("c")
    second = list(analyse(music, context, cluster.address))
    assert verdicts(second) == each_once(music)
    kept = {e.track.path for e in second if isinstance(e, TrackAnalysed) and e.cached}
    assert kept == {e.track.path for e in first if isinstance(e, TrackAnalysed)}


@pytest.mark.parametrize("is_local", [True, False])
def test_ctrl_c_stops_and_the_next_run_hears_the_rest(music, cluster, is_local):
    where = (
        ("--scheduler", "local", "--jobs", "2") if is_local else ("--scheduler", cluster.address)
    )
    command = [sys.executable, "-m", "genretagger", "analyse", "--json", *where, os.fspath(music)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    heard = [process.stdout.readline()]
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all of its processes
    out, err = process.communicate(timeout=LIMIT_S)
    heard += out.splitlines()
    assert process.returncode == 130
    assert err == "Stopped; what was done so far is kept.\n"
    done = run("analyse", "--json", *where, music)
    assert done.returncode == 1
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert Counter(Path(r["path"]).name for r in records) == each_once(music)
    assert len(heard) < N_TRACKS


def test_a_worker_without_the_music_is_named_and_nothing_begins(music, cluster, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    cluster.start_worker("far", folder=elsewhere)
    there = Path("/proc/self/cwd/music")  # each process has its own: a mount that some lack
    (tmp_path / "music").symlink_to(music)
    wait_for(lambda: len(worker_pids(cluster.address)) == 3)
    done = subprocess.run(
        [sys.executable, "-m", "genretagger", "analyse", "--scheduler", cluster.address, there],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.fspath(ROOT)},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("The worker far (tcp://127.0.0.1:")
    assert "does not see /proc/self/cwd/music/" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_worker_that_joins_without_the_music_is_named_and_sent_away(
    music, context, cluster, tmp_path, monkeypatch
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "music").symlink_to(music)
    monkeypatch.chdir(tmp_path)
    with closing(analyse(Path("/proc/self/cwd/music"), context, cluster.address)) as job:
        events = until_first_verdict(job)
        cluster.start_worker("far", folder=elsewhere)
        wait_for(lambda: len(worker_pids(cluster.address)) == 3)
        events += job
    assert verdicts(events) == each_once(music)
    problems = [str(event.error) for event in events if isinstance(event, Problem)]
    assert [p for p in problems if p.startswith("The worker far ") and "does not see" in p]
    wait_for(lambda: len(worker_pids(cluster.address)) == 2)


def test_a_worker_of_another_version_is_named(music, context, cluster, tmp_path):
    other = tmp_path / "other" / "genretagger"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text('__version__ = "0.0.1"\n', encoding="utf-8")
    cluster.start_worker("old", python_path=other.parent)
    wait_for(lambda: len(worker_pids(cluster.address)) == 3)
    with pytest.raises(ClusterError, match=r"^old \(tcp.*has Genretagger 0\.0\.1, but this is"):
        list(analyse(music, context, cluster.address))


def test_a_worker_without_the_model_is_named(music, context, cluster, tmp_path):
    shutil.copytree(ROOT / "genretagger", tmp_path / "bare" / "genretagger")
    (tmp_path / "bare" / "resources").symlink_to(ROOT / "resources")
    cluster.start_worker("bare", python_path=tmp_path / "bare")
    wait_for(lambda: len(worker_pids(cluster.address)) == 3)
    with pytest.raises(
        ClusterError, match=r"^The worker bare \(tcp.*\) has no model, or a damaged one;"
    ):
        list(analyse(music, context, cluster.address))


def test_without_workers_it_says_so_and_begins_when_one_joins(music, context, tmp_path):
    with DaskProcesses(tmp_path) as processes:
        processes.start_scheduler()
        with closing(analyse(music, context, processes.address)) as job:
            problem = next(event for event in job if isinstance(event, Problem))
            assert "has no worker" in str(problem.error)
            processes.start_worker("a")
            assert verdicts(job) == each_once(music)


def test_no_scheduler_is_one_sentence(music):
    done = run("analyse", "--scheduler", "tcp://127.0.0.1:1", music)
    assert done.returncode == 2
    assert done.stderr.startswith("No scheduler answers at tcp://127.0.0.1:1;")
    assert len(done.stderr.splitlines()) == 1
