"""What the quick start of the manual tells a newcomer to press, on tracks of the sample music."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLabel

from genretagger.core.writes import Policy
from genretagger.gui.app import create_window
from genretagger.review.rows.row import State
from genretagger.sample.catalogue import TRACKS
from tests.gui.conftest import Driver
from tests.helpers.keyboard import Keys
from tests.helpers.manual_pages import MANUAL
from tests.helpers.sample_tracks import write_samples

NAMES = (
    "Downloads/Nine Lanterns - Paper Boats.m4a",
    "Iron Circuit/Forge/01 Anvil.mp3",
    "Quintet Azul/Corner Table.ogg",
)
BOATS, ANVIL, TABLE = (name.rpartition("/")[2] for name in NAMES)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def newcomer(qtbot, tmp_path):
    """Return the program's own window on these tracks."""
    write_samples(tmp_path / "music", *NAMES)
    window = create_window(folder=tmp_path / "music")
    window.show()
    driver = Driver(window, qtbot)
    driver.wait_idle()
    yield driver
    window.close()
    window.deleteLater()


def go_to(driver, name):
    position = [row.path.name for row in driver.rows()].index(name)
    driver.table.setCurrentIndex(driver.table.model().index(position, 0))


def test_the_quick_start_accepts_writes_and_undoes(newcomer, qtbot, tmp_path):
    before = {path: path.read_bytes() for path in (tmp_path / "music").rglob("*.*")}
    press = Keys(newcomer, qtbot)
    assert newcomer.row(BOATS).current_genres == newcomer.row(ANVIL).current_genres == ()
    assert newcomer.row(ANVIL).suggested == ("Electronic",)
    assert newcomer.row(TABLE).current_genres == ("Easy Listening",)
    assert newcomer.row(TABLE).suggested == ("Jazz",)
    said = newcomer.window.findChild(QLabel, "detailReason")
    for name, key in ((BOATS, Qt.Key.Key_A), (ANVIL, Qt.Key.Key_2), (TABLE, Qt.Key.Key_A)):
        go_to(newcomer, name)
        if name == TABLE:
            qtbot.waitUntil(lambda: "writing leaves Easy Listening" in said.text())
        press(key)
    assert {row.state for row in newcomer.rows()} == {State.ACCEPTED}
    assert newcomer.row(ANVIL).suggested != ("Electronic",)

    press(Qt.Key.Key_S, modifier=CONTROL)
    preview = newcomer.window.findChild(QDialog, "writePreviewDialog")
    qtbot.waitUntil(preview.isActiveWindow)
    policy = preview.findChild(QComboBox, "policyBox")
    policy.setCurrentIndex(policy.findData(Policy.REPLACE.value))
    qtbot.keyClick(preview.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: newcomer.row(TABLE).current_genres == ("Jazz",))
    newcomer.wait_idle()
    assert all(path.read_bytes() != content for path, content in before.items())

    press(Qt.Key.Key_U, modifier=CONTROL | SHIFT)
    qtbot.waitUntil(lambda: newcomer.row(TABLE).current_genres == ("Easy Listening",))
    newcomer.wait_idle()
    assert {path: path.read_bytes() for path in before} == before


def test_the_quick_start_names_these_tracks():
    text = (MANUAL / "quick-start.md").read_text(encoding="utf-8")
    for title in ("Paper Boats", "Anvil", "Corner Table", "Adagio"):
        assert title in text
        assert [track for track in TRACKS if title in track.name]
    (adagio,) = [track for track in TRACKS if "Adagio" in track.name]
    assert adagio.read_only
