"""The whole way on real encoded files, through the window that the program makes."""

from __future__ import annotations

import builtins
import hashlib
import io
import os
import sqlite3
import threading
from pathlib import Path

import mutagen
import pytest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QPushButton, QTableView

from genretagger.core.settings import Settings
from genretagger.core.writes import Action, Decision
from genretagger.gui import app
from genretagger.gui.app import create_window
from genretagger.gui.cells.columns import Column
from genretagger.gui.history.history_dialog import HistoryDialog
from genretagger.gui.shell.message_bar import MessageBar
from genretagger.library.decision_store import DecisionStore, StoredDecision
from genretagger.pipeline.hearing_queue import HearingQueue
from genretagger.review.rows.row import State
from tests.gui.conftest import Driver
from tests.helpers.model_update import update_model
from tests.helpers.samples import encode, pcm_digest

GENRE_KEYS = {
    ".mp3": "TCON",
    ".flac": "genre",
    ".ogg": "genre",
    ".opus": "genre",
    ".m4a": "\xa9gen",
}


@pytest.fixture(autouse=True)
def _short_ticks():
    """Leave them as they are in the program."""


@pytest.fixture
def music(tmp_path):
    """Return a folder of one track per container that is written, none with a genre."""
    folder = tmp_path / "music"
    (folder / "album").mkdir(parents=True)
    for number, suffix in enumerate(GENRE_KEYS):
        encode(
            folder / "album" / f"{number} héllo{suffix}",
            seconds=4,
            frequencies_hz=(110.0 * (number + 1), 331.0),
            noise=0.1,
            seed=number,
            metadata={"title": f"Title {number}", "artist": "Somebody"},
        )
    return folder


@pytest.fixture
def opened(qtbot):
    """Return a function that makes the program's own window on a folder; closed at the end."""
    windows = []

    def opened(folder, *, wait=True):
        window = create_window(folder=folder)
        windows.append(window)
        window.show()
        driver = Driver(window, qtbot)
        if wait:
            driver.wait_idle()
        return driver

    yield opened
    for window in windows:
        window.close()
        window.deleteLater()


def contents(folder):
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def tags_of(path):
    """Return every tag but the genre, and the genre, by plain mutagen."""
    tags = mutagen.File(path).tags
    everything = {key: str(value) for key, value in dict(tags).items()}
    genre = everything.pop(GENRE_KEYS[path.suffix], None)
    return everything, genre


def test_a_folder_is_heard_accepted_written_and_restored_to_the_byte(opened, music):
    before = contents(music)
    others = {path: tags_of(path)[0] for path in before}
    audio = {path: pcm_digest(path) for path in before}
    driver = opened(music)
    assert [row.state for row in driver.rows() if row.error] == []
    assert len(driver.rows()) == len(GENRE_KEYS)
    assert all(row.prediction is not None for row in driver.rows())
    assert contents(music) == before, "hearing writes nothing"

    driver.table.selectAll()
    driver.trigger("takeFirstAction")  # tones are not music
    suggested = {row.path: row.suggested[0] for row in driver.rows()}
    driver.write()
    assert {row.state for row in driver.rows()} == {State.WRITTEN}
    for path in before:
        rest, genre = tags_of(path)
        assert suggested[path] in genre
        assert rest == others[path], path
        assert pcm_digest(path) == audio[path], path
    assert contents(music).keys() == before.keys(), "nothing else is left in the folder"

    driver.window.close()
    again = opened(music)
    assert {row.state for row in again.rows()} == {State.WRITTEN}
    again.undo_earlier_write()
    again.wait_idle()
    assert contents(music) == before
    assert {row.current_genres for row in again.rows()} == {()}


def test_one_file_is_taken_back_from_the_history_and_all_is_exported(
    opened, music, tmp_path, qtbot
):
    before = contents(music)
    driver = opened(music)
    driver.table.selectAll()
    driver.trigger("takeFirstAction")  # tones are not music
    driver.write()
    driver.trigger("historyAction")
    dialog = driver.window.findChild(HistoryDialog, "historyDialog")
    writes = dialog.findChild(QTableView, "writesTable")
    qtbot.waitUntil(lambda: writes.model().rowCount() == len(before))
    writes.selectRow(1)
    chosen = sorted(before)[1]
    assert writes.currentIndex().data() == chosen.name
    dialog.findChild(QPushButton, "undoFilesButton").click()
    qtbot.waitUntil(lambda: writes.model().index(1, 4).data() == "undone")
    after = contents(music)
    assert [path for path in before if before[path] == after[path]] == [chosen]
    assert driver.row(chosen.name).current_genres == ()
    dialog.findChild(QPushButton, "exportHistoryButton").click()
    asked = dialog.findChild(QFileDialog, "exportHistoryDialog")
    path = tmp_path / "history.csv"
    asked.fileSelected.emit(str(path))
    asked.reject()
    qtbot.waitUntil(path.exists)
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1 + len(before) + 1
    dialog.close()


def test_only_what_was_accepted_is_written(opened, music):
    before = contents(music)
    driver = opened(music)
    chosen, turned_down, *_ = sorted(before)
    driver.select(chosen.name)
    driver.trigger("takeFirstAction")  # tones are not music
    driver.select(turned_down.name)
    driver.trigger("rejectAction")
    driver.write()
    after = contents(music)
    assert [path for path in before if before[path] != after[path]] == [chosen]


def test_a_broken_file_is_one_failed_row_and_the_others_are_heard(opened, music):
    (music / "broken.flac").write_bytes(b"fLaC" + b"\x00" * 500)
    driver = opened(music)
    failed = [row for row in driver.rows() if row.state is State.FAILED]
    assert [row.path.name for row in failed] == ["broken.flac"]
    assert "broken.flac" in str(failed[0].error)
    assert sum(row.prediction is not None for row in driver.rows()) == len(GENRE_KEYS)


def test_nothing_slow_runs_on_the_gui_thread(opened, music, monkeypatch):
    """Record who opens, locks, hashes, decodes and asks databases while the whole flow runs."""
    on_gui, elsewhere = [], set()
    gui = threading.get_ident()

    def watch(owner, name):
        plain = getattr(owner, name)

        def watched(*arguments, **keywords):
            if threading.get_ident() != gui:
                elsewhere.add(name)
            elif watching[0]:
                on_gui.append((name, arguments[:1]))
            return plain(*arguments, **keywords)

        monkeypatch.setattr(owner, name, watched)

    watching = [False]
    import av

    from genretagger import pipeline
    from genretagger.library.decision_store import DecisionStore

    for owner, name in (
        (builtins, "open"),
        (io, "open"),
        (os, "open"),
        (os, "stat"),
        (os, "lstat"),
        (os, "scandir"),
        (os, "replace"),
        (os, "fsync"),
        (sqlite3, "connect"),
        (DecisionStore, "find_all"),
        (DecisionStore, "save"),
        (mutagen._util, "_openfile"),  # every load and save of tags
        (av, "open"),
        (hashlib, "sha256"),
        (pipeline, "start"),
        (pipeline, "analyse_for_review"),
        (pipeline, "apply"),
        (pipeline, "undo"),
        (pipeline, "history"),
    ):
        watch(owner, name)
    # One small file, read before there is a window: in which language and look to make it.
    monkeypatch.setattr(app, "load_usable", lambda _path: Settings())
    watching[0] = True
    driver = opened(music)
    driver.filter_edit.setText("hé")
    driver.table.sortByColumn(4, driver.table.horizontalHeader().sortIndicatorOrder())
    driver.table.selectAll()
    driver.trigger("takeFirstAction")  # tones are not music
    driver.write()
    driver.trigger("undoAction")
    driver.wait_idle()
    driver.window.close()
    assert on_gui == []
    assert {"open", "stat", "connect", "find_all", "save", "_openfile"} <= elsewhere
    assert {"start", "analyse_for_review", "apply", "undo", "history"} <= elsewhere
    (music / "album").stat()
    watching[0] = False
    assert [name for name, _ in on_gui] == ["stat"], "the watch itself works"


def test_the_preview_can_be_declined(opened, music):
    before = contents(music)
    driver = opened(music)
    driver.table.selectAll()
    driver.trigger("takeFirstAction")  # tones are not music
    driver.trigger("writeAction")
    dialog = driver.window.findChild(object, "writePreviewDialog")
    box = dialog.findChild(QDialogButtonBox)
    box.button(QDialogButtonBox.StandardButton.Cancel).click()
    assert not dialog.isVisible()
    assert driver.action("analyseAction").isEnabled()
    assert contents(music) == before


def test_a_folder_that_does_not_exist_is_one_sentence(opened, tmp_path):
    driver = opened(tmp_path / "nowhere")
    told = driver.window.findChild(object, "noticeText").text()
    rows = [str(row.error) for row in driver.rows()]
    assert any("nowhere" in text for text in [told, *rows])


def test_a_window_that_closes_while_tracks_are_heard_leaves_nothing(qtbot, music):
    window = create_window(folder=Path(music))
    driver = Driver(window, qtbot)
    qtbot.waitUntil(lambda: len(driver.rows()) == len(GENRE_KEYS))
    window.close()
    window.deleteLater()


def test_two_genres_in_an_id3v23_tag_are_written_once_and_for_all(opened, tmp_path, qtbot):
    folder = tmp_path / "joined"
    folder.mkdir()
    path = folder / "a.mp3"
    encode(path, seconds=4, frequencies_hz=(220.0,), noise=0.1, metadata={"title": "A"})
    tags = mutagen.File(path).tags
    tags.update_to_v23()
    tags.save(path, v2_version=3)
    driver = opened(folder)
    driver.table.model().setData(driver.table.model().index(0, Column.SUGGESTED), "Rock; Blues")
    driver.write()
    assert driver.row("a.mp3").state is State.WRITTEN
    assert str(mutagen.File(path).tags["TCON"]) == "Rock/Blues"
    driver.window.close()
    again = opened(folder)
    assert again.row("a.mp3").state is State.WRITTEN
    assert not again.action("writeAction").isEnabled()


def test_an_update_that_hears_anew_keeps_every_decision(opened, music, tmp_path, monkeypatch, home):
    driver = opened(music)
    written, accepted, rejected, typed, undecided = sorted(row.path for row in driver.rows())
    driver.select(written.name)
    driver.trigger("takeFirstAction")
    driver.write()
    driver.select(accepted.name)
    driver.trigger("takeFirstAction")
    driver.select(rejected.name)
    driver.trigger("rejectAction")
    own = Decision(Action.ACCEPT, ("Zydeco",))
    digest = driver.row(typed.name).audio_digest
    driver.window.close()
    store = DecisionStore(home / "session.sqlite")
    store.save([StoredDecision(digest, typed, own)])
    store.close()
    before = opened(music)
    decisions = {row.path: row.decision for row in before.rows()}
    files = contents(music)
    before.window.close()

    update_model(tmp_path, monkeypatch, embedding_id="new-ear")
    may_hear, give = threading.Event(), HearingQueue.give
    monkeypatch.setattr(
        HearingQueue, "give", lambda *args, **named: may_hear.is_set() and give(*args, **named)
    )
    again = opened(music, wait=False)
    again.qtbot.waitUntil(lambda: len(again.rows()) == len(decisions))
    again.qtbot.waitUntil(lambda: "heard again: 5." in notice(again))
    assert {row.path: row.decision for row in again.rows()} == decisions
    assert {row.path: row.state for row in again.rows()} == {
        written: State.WRITTEN,
        accepted: State.ACCEPTED,
        rejected: State.REJECTED,
        typed: State.ACCEPTED,
        undecided: State.PENDING,
    }
    assert {row.prediction for row in again.rows()} == {None}
    may_hear.set()
    again.wait_idle()
    assert {row.path: row.decision for row in again.rows()} == decisions
    assert {row.prediction.model_id for row in again.rows()} == {"new-model"}
    assert again.row(written.name).state is State.WRITTEN
    assert contents(music) == files
    again.window.close()
    last = opened(music)
    assert {row.path: row.decision for row in last.rows()} == decisions
    assert "heard again" not in notice(last)


def notice(driver):
    return driver.window.findChild(MessageBar).text()
