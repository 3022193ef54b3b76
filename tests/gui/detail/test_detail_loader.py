"""What becomes of the details of other tracks when reading one fails as it never should."""

from __future__ import annotations

import pytest

from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track


class FailingCore(FakeCore):
    """A core with a bug that one file brings out."""

    def __init__(self, tracks):
        super().__init__(tracks)
        self.bad = tracks[0].path

    def details(self, path, *rest, **named):
        if path == self.bad:
            raise ValueError("a bug")
        return super().details(path, *rest, **named)

    def read(self, path):
        if path == self.bad:
            raise ValueError("another bug")
        return super().read(path)


@pytest.mark.logs_warnings
def test_one_bug_does_not_keep_other_tracks_from_being_read(opened, qtbot, monkeypatch):
    tracks = [track("a.flac"), track("b.flac")]
    core = FailingCore(tracks)
    told = []
    monkeypatch.setattr(
        "genretagger.gui.shell.status_feature.show_bug", lambda *given: told.append(given)
    )
    driver = opened(core)
    driver.select("a.flac")
    qtbot.waitUntil(lambda: len(told) == 2)
    driver.select("b.flac")
    qtbot.waitUntil(lambda: core.asked_details[-1:] == [tracks[1].path])
    qtbot.waitUntil(lambda: core.asked_envelopes == [tracks[1].path])
    driver.select("a.flac")
    driver.rest()
    assert len(told) == 2, "once for each"
