"""One call serves all threads that asked before it began."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from genretagger.tagging.disk.shared_call import SharedCall
from tests.helpers.waiting import wait_for


class Gated:
    """A call that tells when it began, waits for leave to end, and may then fail."""

    def __init__(self):
        self.n_calls = 0
        self.leave = threading.Semaphore(0)
        self.errors = []

    def __call__(self):
        self.n_calls += 1
        self.leave.acquire()
        if self.errors:
            raise self.errors.pop()


@pytest.fixture
def gated():
    return Gated()


@pytest.fixture
def shared(gated):
    return SharedCall(gated)


@pytest.fixture
def begun(shared, gated):
    """Return four threads that asked: the call of the first is being made, three wait for it."""
    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(shared.run)
        wait_for(lambda: gated.n_calls == 1)
        others = [threads.submit(shared.run) for _ in range(3)]
        wait_for(lambda: shared._n_asked == 4)
        yield first, *others
        for _ in range(8):
            gated.leave.release()


def test_one_call_after_the_other_is_made_for_one_thread(shared, gated):
    for n_calls in (1, 2, 3):
        gated.leave.release()
        shared.run()
        assert gated.n_calls == n_calls


def test_those_who_ask_during_a_call_are_served_by_one_more(begun, gated):
    first, *others = begun
    gated.leave.release()
    first.result()
    assert not any(other.done() for other in others)  # that call began before they asked
    gated.leave.release()
    for other in others:
        other.result()
    assert gated.n_calls == 2


def test_an_error_is_told_to_one_and_the_others_try_again(begun, gated):
    first, *others = begun
    gated.leave.release()
    first.result()
    gated.errors.append(OSError("no luck"))
    for _ in range(2):
        gated.leave.release()
    failures = [other.exception() for other in others]
    assert [str(failure) for failure in failures if failure] == ["no luck"]
    assert gated.n_calls == 3
