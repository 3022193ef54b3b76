"""What is told of a whole process is its own, not that of the process that started it."""

from __future__ import annotations

import sys

import numpy as np

from benchmarks import processes
from benchmarks.memory import memory_mb, peak_mb


def python(code, **named):
    command = (sys.executable, "-c", code)
    return processes.run(command, env=processes.environment(), **named)


def test_the_peak_is_that_of_the_process_alone():
    ballast = np.ones(300 << 20, np.uint8)  # a child has this in its `ru_maxrss`
    ended = python("import time; time.sleep(0.3)")
    assert memory_mb() > 300
    assert 1 < ended.peak_mb < 150
    del ballast


def test_a_peak_that_is_over_is_told():
    ended = python("import time; x = bytearray(200 << 20); del x; time.sleep(0.3)")
    assert ended.peak_mb > 200


def test_the_memory_of_its_workers_counts():
    worker = "x = bytearray(200 << 20); import time; time.sleep(0.3)"
    ended = python(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {worker!r}])")
    assert ended.peak_mb < 150
    assert ended.tree_mb > 200


def test_status_time_and_output_are_told(tmp_path):
    ended = python("print('ok'); sum(range(10**6)); raise SystemExit(3)", output=tmp_path / "out")
    assert (ended.status, ended.output) == (3, "ok\n")
    assert ended.cpu_s > 0
    assert ended.wall_s > 0


def test_nothing_is_told_of_a_process_that_is_not_there():
    assert peak_mb(2**22 + 1) is None  # above the largest id there can be (proc(5), pid_max)
