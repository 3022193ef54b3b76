"""No worker process outlives what started it, and none disturbs a Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest
from pebble import ProcessExpired, ProcessPool

from genretagger.analysis.processes import WorkerProcesses, wait_for_result
from genretagger.analysis.worker_limits import MOST_MEMORY_BYTES
from genretagger.core.errors import Cancelled, DecodeError, NotBegunError, WorkerKilledError
from genretagger.core.settings import Effort
from tests.helpers.teardown import plant_witness
from tests.helpers.waiting import LIMIT_S, opened_by_reader, running, wait_for

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes and signals")

ROOT = Path(__file__).parents[2]

READS_AN_ENVELOPE = """
import sys
from pathlib import Path
from genretagger.analysis.envelope import EnvelopeReader
EnvelopeReader().read(Path(sys.argv[1]))
"""
HEARS_A_TRACK = """
import sys
from pathlib import Path
from genretagger.analysis.manifest import default_model_folder
from genretagger.core.settings import Effort
from genretagger.pipeline.track_workers import HearingTask, TrackWorkers
workers = TrackWorkers(default_model_folder(), None, n_workers=2, effort=Effort.ALL)
workers.hear([HearingTask(Path(sys.argv[1]), "mp3", "a key")])[0].result()
"""
TRAINS = """
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from genretagger.training import robustness
from genretagger.analysis.manifest import default_model_folder
with ProcessPoolExecutor(
    1,
    mp_context=multiprocessing.get_context("spawn"),
    initializer=robustness._start_worker,
    initargs=(default_model_folder(),),
) as pool:
    pool.submit(Path.read_bytes, Path(sys.argv[1])).result()
"""
IS_INTERRUPTED_AT_THE_START = """
import os
import signal
import sys
import threading
from pathlib import Path
from genretagger.analysis.envelope import EnvelopeReader
from genretagger.core.errors import Cancelled
from tests.helpers.waiting import LIMIT_S, opened_by_reader

def read():
    try:
        reader.read(Path(sys.argv[1]))
    except Cancelled:
        print("stopped")

def interrupt():
    while not over.wait(0.02):
        os.killpg(os.getpgrp(), signal.SIGINT)  # as a terminal does

signal.signal(signal.SIGINT, lambda *_: None)
reader, over = EnvelopeReader(), threading.Event()
threads = [threading.Thread(target=read), threading.Thread(target=interrupt)]
for thread in threads:
    thread.start()
opened_by_reader(sys.argv[1])
over.set()
reader.stop()
"""


@pytest.fixture
def never(tmp_path):
    """Return a file whose reading never ends."""
    path = tmp_path / "never.mp3"
    os.mkfifo(path)
    return path


@pytest.fixture
def processes():
    processes = WorkerProcesses(1, prepare=signal.strsignal, args=(signal.SIGINT,))
    yield processes
    processes.stop()


def start(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def said(process):
    """Return what all processes of the program have said, once every one of them has ended.

    Each has inherited its outputs, which end with the last one.
    """
    try:
        return process.communicate(timeout=LIMIT_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise


@pytest.mark.parametrize("code", [READS_AN_ENVELOPE, HEARS_A_TRACK, TRAINS])
def test_workers_end_when_the_program_is_killed(code, never):
    process = start(code, never)
    writer = opened_by_reader(never)
    process.kill()
    said(process)
    os.close(writer)


def test_a_ctrl_c_while_a_worker_starts_reaches_the_program_only(never):
    process = start(IS_INTERRUPTED_AT_THE_START, never)
    out, err = said(process)
    assert (process.returncode, out, err) == (0, "stopped\n", "")


def test_no_process_is_started_before_the_first_task(processes):
    assert processes.pids() == ()
    assert processes.submit(os.getpid, give_up_after_s=LIMIT_S).result() in processes.pids()


@pytest.mark.parametrize("is_at_it", [False, True])
def test_stopping_ends_what_waits_and_what_runs(processes, never, is_at_it):
    futures = [processes.submit(Path.read_bytes, never, give_up_after_s=LIMIT_S) for _ in range(3)]
    if is_at_it:
        wait_for(futures[0].running)
    pids = processes.pids()
    processes.stop()
    assert pids
    assert not running(pids)
    for future in futures:
        assert future.done()
        with pytest.raises((Cancelled, DecodeError)):
            wait_for_result(never, future)


def test_a_process_that_pebble_has_lost_is_ended_too(processes):
    pid = processes.submit(os.getpid, give_up_after_s=LIMIT_S).result()
    processes._pool._pool_manager.worker_manager.workers.clear()
    pids = processes.pids()
    assert pid in pids
    processes.stop()
    assert not running(pids)


def test_a_process_that_ends_by_itself_does_not_tear_its_interpreter_down(processes, tmp_path):
    """A SIGTERM of pebble in the midst of that would make Python print a traceback."""
    witness = tmp_path / "witness"
    processes.submit(plant_witness, witness, give_up_after_s=LIMIT_S).result()
    pids = processes.pids()
    channels = processes._pool._pool_manager.worker_manager
    channels.close_channels()  # as at a stop, but no signal follows
    wait_for(lambda: not running(pids))
    assert witness.read_bytes() == b""


def test_processes_that_died_leave_nothing_open(processes, never):
    for _ in range(3):
        future = processes.submit(Path.read_bytes, never, give_up_after_s=LIMIT_S)
        writer = opened_by_reader(never)
        wait_for(future.running)
        (pid,) = processes.pids()
        os.kill(pid, signal.SIGKILL)
        assert isinstance(future.exception(), ProcessExpired)
        os.close(writer)
    assert processes.submit(os.getpid, give_up_after_s=LIMIT_S).result() in processes.pids()
    assert len(processes._context.started()) == 1


def test_after_a_stop_a_task_starts_anew(processes):
    first = processes.submit(os.getpid, give_up_after_s=LIMIT_S).result()
    processes.stop()
    processes.stop()
    assert processes.submit(os.getpid, give_up_after_s=LIMIT_S).result() != first


def test_a_task_that_a_broken_pool_has_lost_is_told_of(processes):
    pid = processes.submit(os.getpid, give_up_after_s=LIMIT_S).result()
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not processes._pool.active)
    lost = Future()
    processes._futures.add(lost)
    assert processes.submit(os.getpid, give_up_after_s=LIMIT_S).result() != pid
    with pytest.raises(NotBegunError, match=r"a\.mp3"):
        wait_for_result(Path("a.mp3"), lost)


def test_what_no_process_had_begun_when_one_was_killed_is_told_as_that(never):
    processes = WorkerProcesses(1, prepare=Path.read_bytes, args=(never,))
    try:
        futures = [processes.submit(os.getpid, give_up_after_s=LIMIT_S) for _ in range(2)]
        writer = opened_by_reader(never)
        (pid,) = processes.pids()
        os.kill(pid, signal.SIGKILL)
        for future in futures:
            with pytest.raises(NotBegunError, match=r"a\.mp3"):
                wait_for_result(Path("a.mp3"), future)
        os.close(writer)
    finally:
        processes.stop()


def result(processes, task, *args):
    future = processes.submit(task, *args, give_up_after_s=LIMIT_S)
    return wait_for_result(Path("a.mp3"), future)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGFPE])
def test_a_process_that_crashes_blames_its_file(processes, number):
    with pytest.raises(DecodeError, match=r"a\.mp3 made the decoder crash"):
        result(processes, signal.raise_signal, number)


def test_a_crash_on_windows_blames_its_file_too():
    crashed = Future()
    crashed.set_exception(ProcessExpired("access violation", code=0xC0000005))
    with pytest.raises(DecodeError, match=r"a\.mp3 made the decoder crash"):
        wait_for_result(Path("a.mp3"), crashed)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_is_killed_blames_the_system(processes, number):
    with pytest.raises(WorkerKilledError, match="the system ended the process"):
        result(processes, signal.raise_signal, number)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of Linux")
def test_a_task_that_takes_too_much_memory_fails_alone(processes):
    pid = result(processes, os.getpid)
    with pytest.raises(DecodeError, match=r"a\.mp3 needs more than 1024 MB of memory"):
        result(processes, bytearray, MOST_MEMORY_BYTES)
    assert len(result(processes, bytearray, MOST_MEMORY_BYTES // 8)) == MOST_MEMORY_BYTES // 8
    assert result(processes, os.getpid) == pid


@pytest.mark.parametrize(("effort", "limit_s"), [("gentle", 3000), ("normal", 300), ("all", 300)])
def test_a_process_that_waits_for_other_programs_is_not_taken_for_hung(
    effort, limit_s, monkeypatch
):
    limits = []

    def schedule(pool, task, *, args, timeout):
        limits.append(timeout)
        return Future()

    monkeypatch.setattr(ProcessPool, "schedule", schedule)
    processes = WorkerProcesses(1, prepare=signal.strsignal, args=(), effort=Effort(effort))
    processes.submit(os.getpid, give_up_after_s=300)
    processes.stop()
    assert limits == [limit_s]


@pytest.mark.parametrize(("effort", "said_s"), [("gentle", 1), ("all", 0)])
def test_what_hangs_is_told_with_the_time_that_it_had(never, effort, said_s):
    processes = WorkerProcesses(
        1, prepare=signal.strsignal, args=(signal.SIGINT,), effort=Effort(effort)
    )
    try:
        future = processes.submit(Path.read_bytes, never, give_up_after_s=0.1)
        with pytest.raises(DecodeError, match=f"could not be decoded within {said_s} s"):
            wait_for_result(never, future)
    finally:
        processes.stop()


@pytest.mark.parametrize(("effort", "nicer"), [("gentle", 19), ("normal", 10), ("all", 0)])
def test_processes_let_other_programs_go_first(effort, nicer):
    here = os.getpriority(os.PRIO_PROCESS, 0)
    processes = WorkerProcesses(
        1, prepare=signal.strsignal, args=(signal.SIGINT,), effort=Effort(effort)
    )
    try:
        assert result(processes, os.getpriority, os.PRIO_PROCESS, 0) == min(19, here + nicer)
        if sys.platform == "linux":
            is_idle = result(processes, os.sched_getscheduler, 0) == os.SCHED_IDLE
            assert is_idle == (effort == "gentle")
    finally:
        processes.stop()
