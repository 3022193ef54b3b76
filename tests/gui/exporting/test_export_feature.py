"""Exporting from the window, by its keys: what is written, and what is said."""

from __future__ import annotations

import csv
import json
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QLabel, QLineEdit

from genretagger.core.writes import Policy
from genretagger.gui.exporting.export_dialog import ExportScope
from genretagger.library.export import Form, PlaylistGenre
from genretagger.library.plan import read_plan
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track
from tests.helpers.waiting import LIMIT_S


class Exporter:
    def __init__(self, driver, qtbot):
        self.driver, self.qtbot = driver, qtbot
        driver.table.setFocus()
        qtbot.keyClick(driver.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        self.dialog = driver.window.findChild(QDialog, "exportDialog")
        assert self.dialog.isVisible()

    def ok(self):
        return self.dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)

    def wrong(self):
        return self.dialog.findChild(QLabel, "exportWrong").text()

    def ask(self, form, path, which=ExportScope.ALL):
        box = self.dialog.findChild(QComboBox, "exportFormBox")
        box.setCurrentIndex(box.findData(form))
        box = self.dialog.findChild(QComboBox, "exportTracksBox")
        box.setCurrentIndex(box.findData(which))
        edit = self.dialog.findChild(QLineEdit, "exportPlaceEdit")
        edit.selectAll()
        self.qtbot.keyClicks(edit, str(path))
        self.qtbot.keyClick(edit, Qt.Key.Key_Return)

    def done(self):
        self.qtbot.waitUntil(lambda: self.driver.status().startswith("Exported to"))
        assert self.driver.window.focusWidget() is self.driver.table


@pytest.fixture
def driver(opened, qtbot):
    tracks = [
        track("a.flac", genres=("hip hop",), title="=A"),
        track("b.flac", genres=()),
        track("c.flac", genres=("Jazz",)),
    ]
    said = {one.path: prediction("hiphop", 0.9) for one in tracks}
    driver = opened(FakeCore(tracks, said, failures=[tracks[2].path]))
    driver.window.activateWindow()
    return driver


def test_a_table_of_what_is_selected(driver, qtbot, tmp_path):
    driver.select("a.flac", "c.flac")
    exporter = Exporter(driver, qtbot)
    exporter.ask(Form.CSV, tmp_path / "t.csv", ExportScope.SELECTED)
    exporter.done()
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert first["title"] == "'=A"
    assert (first["genre_now"], first["suggested"]) == ("hip hop", "Hip-Hop")
    assert (second["state"], second["suggested"]) == ("failed", "")
    assert "broken" in second["error"]
    assert driver.status() == f"Exported to {tmp_path / 't.csv'}; tracks: 2"


def test_what_is_there_is_replaced_only_when_asked_again(driver, qtbot, tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text("mine")
    exporter = Exporter(driver, qtbot)
    exporter.ask(Form.JSON, path)
    qtbot.waitUntil(lambda: exporter.wrong() == f"{path} exists already.")
    assert path.read_text() == "mine"
    assert exporter.ok().text() == "&Replace"
    exporter.ok().click()
    exporter.done()
    records = [json.loads(line) for line in path.read_text().splitlines()]
    assert [record["review"]["state"] for record in records] == [
        row.state.value for row in driver.rows()
    ]


def test_the_plan_asks_for_what_the_window_would_write(driver, qtbot, tmp_path):
    driver.window._review.decider.respell({"hip hop": ("Hip-Hop",)})
    driver.select("b.flac")
    driver.trigger("acceptAction")
    exporter = Exporter(driver, qtbot)
    exporter.ask(Form.PLAN, tmp_path / "p.jsonl", ExportScope.ACCEPTED)
    exporter.done()
    with (tmp_path / "p.jsonl").open(encoding="utf-8") as lines:
        asked = {one.path.name: one for one in read_plan(lines)}
    assert asked["a.flac"].genres == ("Hip-Hop",)
    assert asked["a.flac"].policy is Policy.REPLACE  # a respelling, under whatever --policy
    assert asked["b.flac"].policy is Policy.FILL
    assert asked["a.flac"].current_genres == ("hip hop",)


def read_lists(folder):
    return {path.stem: path.read_text().splitlines()[2::2] for path in folder.iterdir()}


def test_playlists_are_by_the_genre_after_writing(driver, qtbot, tmp_path):
    driver.select("b.flac")
    driver.trigger("acceptAction")
    exporter = Exporter(driver, qtbot)
    exporter.ask(Form.PLAYLISTS, tmp_path / "lists")
    exporter.done()
    found = read_lists(tmp_path / "lists")
    assert {name: len(paths) for name, paths in found.items()} == {"hip hop": 2, "Jazz": 1}
    assert all(path.startswith("..") for paths in found.values() for path in paths)


def test_what_a_user_chose_for_playlists_is_proposed_again(driver, qtbot, tmp_path):
    exporter = Exporter(driver, qtbot)
    box = exporter.dialog.findChild(QComboBox, "exportGenreBox")
    assert box.currentData() is PlaylistGenre.AFTER
    box.setCurrentIndex(box.findData(PlaylistGenre.NOW))
    for name in ("exportMergeCheck", "exportRelativeCheck"):
        check = exporter.dialog.findChild(QCheckBox, name)
        assert check.isChecked()
        check.setChecked(False)
    exporter.ask(Form.PLAYLISTS, tmp_path / "lists")
    exporter.done()
    found = read_lists(tmp_path / "lists")
    assert set(found) == {"hip hop", "Jazz"}
    assert found["Jazz"] == [str(driver.rows()[2].path)]
    closed(driver, qtbot)
    again = Exporter(driver, qtbot).dialog
    assert again.findChild(QComboBox, "exportGenreBox").currentData() is PlaylistGenre.NOW
    for name in ("exportMergeCheck", "exportRelativeCheck"):
        assert not again.findChild(QCheckBox, name).isChecked()
    again.reject()


@pytest.mark.parametrize("value", [None, 7, [], ["later", True, True], ["now", 1, True]])
def test_of_what_was_remembered_in_another_form_nothing_is_used(driver, qtbot, value):
    driver.window._window_state.set_value("exportPlaylists", value)
    dialog = Exporter(driver, qtbot).dialog
    assert dialog.findChild(QComboBox, "exportGenreBox").currentData() is PlaylistGenre.AFTER
    assert dialog.findChild(QCheckBox, "exportMergeCheck").isChecked()
    dialog.reject()


def test_a_mistake_is_said_in_the_dialog_which_stays(driver, qtbot, tmp_path):
    exporter = Exporter(driver, qtbot)
    exporter.ask(Form.CSV, tmp_path / "a.mp3")
    qtbot.waitUntil(lambda: "name of an audio file" in exporter.wrong())
    assert exporter.dialog.isVisible()
    exporter.dialog.reject()
    assert driver.window.focusWidget() is driver.table


def test_every_field_is_reached_by_a_key(driver, qtbot):
    exporter = Exporter(driver, qtbot)
    fields = {label.buddy() for label in exporter.dialog.findChildren(QLabel) if label.buddy()}
    names = {field.objectName() for field in fields}
    assert names == {"exportFormBox", "exportTracksBox", "exportGenreBox", "exportPlaceEdit"}
    exporter.dialog.reject()


@pytest.mark.parametrize("path", ["~nobody-of-this-name/t.csv", "x" * 300 + ".csv"])
def test_a_place_that_cannot_be_is_a_mistake_too(driver, qtbot, tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    exporter = Exporter(driver, qtbot)
    exporter.ask(Form.CSV, path)
    qtbot.waitUntil(lambda: path in exporter.wrong() or "does not exist" in exporter.wrong())
    assert exporter.dialog.isVisible()
    assert not list(tmp_path.glob("*.csv"))
    exporter.dialog.reject()


class Held(FakeCore):
    """Exports when it is told to."""

    go_on = None

    def export(self, rows, order, *, context):
        self.go_on.wait(LIMIT_S)
        return super().export(rows, order, context=context)


@pytest.fixture
def held(opened):
    core = Held([track("a.flac")])
    core.go_on = threading.Event()
    driver = opened(core)
    driver.window.activateWindow()
    yield driver
    core.go_on.set()


def answered(driver, qtbot):
    """Let the export end, and wait until all answers are told."""
    told = []
    driver.window._controller.opened[0].go_on.set()
    driver.window._controller.ask(lambda _pipeline, _started: 1, then=told.append)
    qtbot.waitUntil(lambda: told == [1])


def test_a_late_answer_does_not_offer_to_replace_another_file(held, qtbot, tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("mine")
    exporter = Exporter(held, qtbot)
    exporter.ask(Form.CSV, tmp_path / "a.csv")
    edit = exporter.dialog.findChild(QLineEdit, "exportPlaceEdit")
    edit.selectAll()
    qtbot.keyClicks(edit, str(tmp_path / "b.csv"))
    answered(held, qtbot)
    exporter.ok().click()
    qtbot.waitUntil(lambda: "b.csv exists already" in exporter.wrong())
    assert (tmp_path / "b.csv").read_text() == "mine"
    exporter.dialog.reject()


def closed(driver, qtbot):
    """Wait until the dialog that was closed is gone, and the window has the keys again."""
    qtbot.waitUntil(lambda: driver.window.findChild(QDialog, "exportDialog") is None)
    driver.window.activateWindow()
    qtbot.waitUntil(driver.window.isActiveWindow)


def test_a_late_answer_does_not_close_a_dialog_that_was_opened_since(held, qtbot, tmp_path):
    first = Exporter(held, qtbot)
    first.ask(Form.CSV, tmp_path / "a.csv")
    first.dialog.reject()
    closed(held, qtbot)
    second = Exporter(held, qtbot)
    answered(held, qtbot)
    assert (tmp_path / "a.csv").exists()
    assert second.dialog.isVisible()
    second.dialog.reject()
