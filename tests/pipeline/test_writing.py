"""Files are written and taken back side by side only where they wait for their disk."""

from __future__ import annotations

import threading

import pytest

from genretagger import pipeline
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.core.writes import Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.pipeline import Context
from genretagger.tagging.disk import fs
from genretagger.tagging.writing import side_by_side
from tests.helpers import tagged_files

NEVER = threading.Event()
N_FILES = 12


@pytest.fixture
def context(home):
    return Context(UserFolders(home), Settings())


@pytest.fixture
def paths(tmp_path):
    return [tagged_files.mp3(tmp_path / f"{number}.mp3", version=4) for number in range(N_FILES)]


@pytest.fixture
def swappers(monkeypatch):
    """Return a list that gets the thread of each swap of a file."""
    swappers, replace = [], fs.replace

    def noted(source, target):
        swappers.append(threading.get_ident())
        replace(source, target)

    monkeypatch.setattr(fs, "replace", noted)
    return swappers


def statuses(events):
    return [event.status for event in events if isinstance(event, WriteResult)]


@pytest.mark.parametrize(("worthwhile", "n_alone"), [(1e9, N_FILES), (0, 8)], ids=["idle", "slow"])
def test_the_first_files_are_written_and_taken_back_one_by_one(
    worthwhile, n_alone, paths, context, swappers, monkeypatch
):
    monkeypatch.setattr(side_by_side, "_WORTHWHILE", worthwhile)
    requests = [WriteRequest(path, ("Blues",)) for path in paths]
    alone = [threading.get_ident()] * n_alone
    applied = pipeline.apply(requests, context=context, policy=Policy.REPLACE, cancel=NEVER)
    assert statuses(applied) == [WriteStatus.WRITTEN] * N_FILES
    assert [thread for thread in swappers if thread == threading.get_ident()] == alone
    swappers.clear()
    undone = pipeline.undo(None, context=context, cancel=NEVER)
    assert statuses(undone) == [WriteStatus.RESTORED] * N_FILES
    assert [thread for thread in swappers if thread == threading.get_ident()] == alone
