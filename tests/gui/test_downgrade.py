"""The window on a home whose files a newer version wrote: one sentence, and no harm."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialogButtonBox

from genretagger.gui.app import create_window
from genretagger.gui.history.history_dialog import HistoryDialog
from genretagger.gui.shell.message_bar import MessageBar
from tests.gui.conftest import Driver
from tests.helpers.newer_home import NEWER, snapshot
from tests.helpers.old_home import hashes, unpack

pytestmark = pytest.mark.slow  # most of them hear all tracks
FILES = {
    "store": "store.sqlite",
    "session": "session.sqlite",
    "journal": "undo journal",
    "settings": "settings.json",
    "word": "settings.json",
    "classifier": "My own.npz",
}


@pytest.fixture
def opened(tmp_path, monkeypatch, qtbot, look):
    """Return a function that opens the window on a home with one newer file."""
    windows = []

    def opened(kind):
        old = unpack("0.1.0", tmp_path.resolve() / "old")
        NEWER[kind](old.home)
        monkeypatch.setenv("GENRETAGGER_HOME", str(old.home))
        before = snapshot(old.home)
        window = create_window(folder=old.music)
        windows.append(window)
        window.show()
        driver = Driver(window, qtbot)
        driver.wait_idle()
        return old, before, driver

    yield opened
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", NEWER)
def test_the_window_says_so_and_leaves_the_file_alone(opened, kind):
    old, before, driver = opened(kind)
    errors = [str(row.error) for row in driver.rows() if row.error is not None]
    told = "\n".join([driver.window.findChild(MessageBar).text(), *errors])
    assert told.count("update the program") == 1
    assert FILES[kind] in told
    heard = [row for row in driver.rows() if row.prediction is not None]
    assert len(heard) == (0 if kind == "store" else len(old.expected["files"]))
    driver.window.close()
    after = snapshot(old.home)
    newer = [name for name in before if kind in name or FILES[kind] in name]
    assert newer
    assert [after[name] for name in newer] == [before[name] for name in newer]
    assert hashes(old.music) == old.expected["files"]


def test_beside_newer_decisions_tracks_are_decided_on_and_none_is_lost(opened):
    old, before, driver = opened("session")
    assert {row.decision for row in driver.rows()} == {None}
    driver.select("16 accepted.opus")
    driver.trigger("acceptAction")
    assert driver.row("16 accepted.opus").decision is not None
    driver.write()
    driver.trigger("undoAction")
    driver.wait_idle()
    assert hashes(old.music) == old.expected["files"]
    driver.window.close()
    assert snapshot(old.home)["session.sqlite"] == before["session.sqlite"]


@pytest.mark.logs_warnings
def test_beside_a_newer_journal_nothing_is_written(opened):
    old, before, driver = opened("journal")
    driver.select("16 accepted.opus")
    driver.trigger("acceptAction")
    driver.write()
    assert hashes(old.music) == old.expected["files"]
    driver.trigger("historyAction")
    dialog = driver.window.findChild(HistoryDialog, "historyDialog")
    message = dialog.findChild(object, "historyMessage")
    driver.qtbot.waitUntil(lambda: "update the program" in message.text())
    dialog.close()
    after = snapshot(old.home)
    for name in before:
        assert not name.startswith("journal") or after[name] == before[name], name


def test_a_setting_is_changed_beside_one_of_a_newer_version(opened):
    old, _before, driver = opened("settings")
    driver.trigger("settingsAction")
    driver.qtbot.waitUntil(lambda: driver.window.findChild(object, "settingsDialog") is not None)
    dialog = driver.window.findChild(object, "settingsDialog")
    driver.qtbot.waitUntil(dialog.isVisible)
    dialog.findChild(object, "keepDatesSetting").click()
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    text = (old.home / "settings.json").read_text
    driver.qtbot.waitUntil(lambda: '"keep_dates": false' in text())
    assert '"colour": "red"' in text()
