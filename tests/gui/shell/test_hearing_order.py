"""The tracks on screen are heard before all others."""

from __future__ import annotations

import threading

from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track

N_TRACKS = 300


def test_what_is_scrolled_to_is_heard_next(opened, qtbot):
    core = FakeCore([track(f"{number:03}.flac") for number in range(N_TRACKS)])
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
