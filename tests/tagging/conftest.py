"""What every test of writing needs, and which of them prove something of a disk."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
# A write of every kind, refusals and attributes of the file system, other processes, other disks.
ON_DISK = {"test_writing", "test_failures", "test_in_place", "test_processes", "test_undoing_moved"}


def pytest_collection_modifyitems(items):
    """Mark tests of this folder `on_disk`; the hook is shown those of all."""
    for item in items:
        if item.path.parent == HERE and item.path.stem in ON_DISK:
            item.add_marker(pytest.mark.on_disk)


@pytest.fixture
def folder(home):
    """Return the folder of the journal."""
    return home / "journal"
