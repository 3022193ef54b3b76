"""Files are written side by side only where a file waits for its disk."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from genretagger.pipeline import writing


class NotedBatch:
    """A batch that writes nothing, and notes how it was asked to."""

    def __init__(self):
        self.asked = []

    def write_all(self, requests, *, n_at_once, cancel):
        assert not cancel.is_set()
        self.asked.append((len(requests), n_at_once))
        yield from requests


@pytest.mark.parametrize(("waited_s", "n_at_once"), [(0.5, 1), (3.0, 4)])
def test_the_first_files_say_whether_others_are_written_side_by_side(
    monkeypatch, waited_s, n_at_once
):
    """Each look at the clock is a second of work later, and the clock also counts the waiting."""
    work_s = iter((0.0, 1.0))
    clock_s = iter((0.0, 1.0 + waited_s))
    clocks = SimpleNamespace(perf_counter=lambda: next(clock_s), thread_time=lambda: next(work_s))
    monkeypatch.setattr(writing, "time", clocks)
    batch, requests = NotedBatch(), list(range(20))
    results = list(writing._written(batch, requests, cancel=threading.Event()))
    assert results == requests
    assert batch.asked == [(8, 1), (12, n_at_once)]
