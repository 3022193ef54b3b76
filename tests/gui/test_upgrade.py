"""The window on a home that an earlier version left."""

from __future__ import annotations

import json

import pytest
from PySide6.QtWidgets import QPushButton, QTableView

from genretagger.core.writes import Action
from genretagger.gui.app import create_window
from genretagger.gui.history.history_dialog import HistoryDialog
from genretagger.review.rows.row import State
from tests.gui.conftest import Driver
from tests.helpers.old_home import decisions, hashes, unpack

OLD = "0.1.0"


@pytest.fixture
def old(tmp_path, monkeypatch):
    """Return the home that the old version left, which is the one in use."""
    old = unpack(OLD, tmp_path.resolve() / "old")
    monkeypatch.setenv("GENRETAGGER_HOME", str(old.home))
    return old


@pytest.fixture
def driver(old, qtbot, look):
    """Return the window as it opens by itself, on the folder that was open last."""
    window = create_window()
    window.show()
    driver = Driver(window, qtbot)
    qtbot.waitUntil(lambda: len(driver.rows()) == len(old.expected["files"]))
    driver.wait_idle()
    yield driver
    window.close()
    window.deleteLater()


def test_decisions_settings_and_filters_are_what_they_were(old, driver, qtbot):
    assert driver.window._controller.started.problems == ()
    decided = {row.path.name: row for row in driver.rows() if row.decision is not None}
    for name, action, genres, bits in old.expected["decisions"]:
        decision = decided.pop(name).decision
        assert decision.action is Action(action), name
        assert decision.genres == tuple(json.loads(genres)), name
        found = decision.written, decision.respells, decision.chosen
        assert found == tuple(bool(bits & bit) for bit in (1, 2, 4)), name
    assert decided == {}
    states = {row.path.name[:2]: row.state for row in driver.rows()}
    assert {states[number] for number in ("01", "02", "08", "16", "18")} == {State.ACCEPTED}
    assert {states[number] for number in ("06", "07", "17")} == {State.WRITTEN}
    assert states["03"] is State.REJECTED
    menu = driver.window.findChild(object, "savedFiltersMenu")
    menu.aboutToShow.emit()
    menu.findChild(object, "savedFilter0Action").trigger()
    assert driver.filter_edit.text() == old.expected["filters"][0]["text"]
    assert driver.window._controller.started.context.settings.theme == "dark"
    driver.window.close()
    assert decisions(old.home / "session.sqlite") == old.expected["decisions"]
    assert hashes(old.music) == old.expected["files"]


def test_every_batch_of_the_history_is_undone_to_the_byte_and_the_date(old, driver, qtbot):
    driver.trigger("historyAction")
    dialog = driver.window.findChild(HistoryDialog, "historyDialog")
    table = dialog.findChild(QTableView, "batchTable")
    undo = dialog.findChild(QPushButton, "undoBatchButton")

    def state(position):
        return table.model().index(position, 3).data()

    qtbot.waitUntil(lambda: table.model().rowCount() == len(old.expected["batches"]))
    for position, batch in enumerate(old.expected["batches"]):
        assert state(position) == batch["state"]
        if batch["state"] != "undone":
            table.selectRow(position)
            qtbot.waitUntil(undo.isEnabled)
            undo.click()
            qtbot.waitUntil(lambda position=position: state(position) == "undone")
            driver.wait_idle()
    assert hashes(old.music) == old.expected["originals"]
    dialog.close()
    assert State.WRITTEN not in {row.state for row in driver.rows()}
