"""What every test of writing needs."""

import pytest


@pytest.fixture
def folder(home):
    """Return the folder of the journal."""
    return home / "journal"
