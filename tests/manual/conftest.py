"""The site of the manual, made once for the tests that look at it."""

from __future__ import annotations

import pytest

from tests.helpers.manual_pages import build_site


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Return the folder of the site."""
    folder = tmp_path_factory.mktemp("site") / "manual"
    done = build_site(folder)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return folder
