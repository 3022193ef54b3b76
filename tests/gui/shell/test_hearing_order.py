"""The tracks on screen are heard before all others."""

from __future__ import annotations

import threading

from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track

N_TRACKS = 300


class ControlledCore(FakeCore):
    """A core that keeps what the window asks of the analysis."""

    control = None

    def analyse_for_review(self, paths, *, control, **named):
        self.control = control
        return super().analyse_for_review(paths, **named)


def test_what_is_scrolled_to_is_heard_next(opened, qtbot):
    core = ControlledCore([track(f"{number:03}.flac") for number in range(N_TRACKS)])
    core.gate = threading.Event()
    driver = opened(core, wait=False)

    def preferred():
        return [path.name for path in core.control.preferred()] if core.control else []

    qtbot.waitUntil(lambda: driver.table.model().rowCount() == N_TRACKS)
    qtbot.waitUntil(lambda: preferred()[:2] == ["000.flac", "001.flac"])
    assert len(preferred()) < N_TRACKS / 2
    driver.table.scrollToBottom()
    qtbot.waitUntil(lambda: preferred()[-1:] == ["299.flac"])
    assert "000.flac" not in preferred()
    core.gate.set()
    driver.wait_idle()
