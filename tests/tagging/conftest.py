"""What every test of writing needs, and which of them prove something of a disk."""

from pathlib import Path

import pytest

from genretagger.tagging.writing import side_by_side

HERE = Path(__file__).parent
# A write of every kind, refusals and attributes of the file system, other processes, other disks.
ON_DISK = {
    "test_batch_writer",
    "test_failures",
    "test_in_place_write",
    "test_processes",
    "test_moved_files",
}


def pytest_collection_modifyitems(items):
    """Mark tests of this folder `on_disk`; the hook is shown those of all."""
    for item in items:
        if HERE in item.path.parents and item.path.stem in ON_DISK:
            item.add_marker(pytest.mark.on_disk)


@pytest.fixture
def folder(home):
    """Return the folder of the journal."""
    return home / "journal"


@pytest.fixture
def none_tried(monkeypatch):
    """Let files be worked on side by side from the first on, whatever the disk."""
    monkeypatch.setattr(side_by_side, "_FILES_TRIED", 0)
