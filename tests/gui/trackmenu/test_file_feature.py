"""The files of tracks in other programs and in the clipboard, and heard again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication

from genretagger.gui.shell import other_programs
from genretagger.gui.shell.other_programs import FileManager, show_command, url_of
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ODD = Path("/music/AC, DC/50% & 'more' #1 ñ.flac")


@pytest.fixture
def core():
    return FakeCore([track(f"{name}.flac") for name in "abc"])


@pytest.fixture
def opened_urls(monkeypatch):
    """Return the URLs that the desktop is asked to open, and whether it does."""
    urls, answers = [], [True]
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: urls.append(url) or answers[0])
    )
    return urls, answers


# Copying


def test_the_path_is_copied_by_its_key(driver, press):
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_C, modifier=CONTROL | SHIFT)
    assert QGuiApplication.clipboard().text() == str(Path("/music/b.flac"))
    assert driver.status() == f"Path copied: {Path('/music/b.flac')}"


def test_several_paths_are_copied_one_per_line(driver):
    driver.select("a.flac", "c.flac")
    driver.trigger("copyPathAction")
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied == [str(Path("/music/a.flac")), str(Path("/music/c.flac"))]
    assert driver.status() == "Paths copied: 2"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is text")
def test_a_name_that_is_no_text_is_copied_as_far_as_it_is(opened):
    driver = opened(FakeCore([track(os.fsdecode(b"a\xff.flac"))]))
    driver.trigger("copyPathAction")
    assert QGuiApplication.clipboard().text() == "/music/a?.flac"


# Opening


def test_the_player_gets_the_file(driver, opened_urls):
    urls, _ = opened_urls
    driver.trigger("openWithPlayerAction")
    assert [url.toLocalFile() for url in urls] == ["/music/a.flac"]


def test_without_a_player_a_sentence_says_what_to_do(driver, opened_urls):
    opened_urls[1][0] = False
    driver.trigger("openWithPlayerAction")
    assert driver.status().startswith("/music/a.flac was not opened: choose a program")


def test_a_url_names_the_file_whatever_is_in_its_name():
    assert url_of(ODD).toLocalFile() == str(ODD)
    assert b"a%FF" in bytes(url_of(Path(os.fsdecode(b"/a\xff"))).toEncoded().data())


# Showing


def test_no_shell_reads_the_name():
    assert show_command(ODD, "win32") == ("explorer", "/select,", str(ODD))
    assert show_command(ODD, "darwin") == ("open", "-R", str(ODD))
    *_, uri, startup = show_command(ODD, "linux")
    assert (
        uri == "array:string:file:///music/AC%2C%20DC/50%25%20%26%20%27more%27%20%231%20%C3%B1.flac"
    )
    assert startup == "string:"


def _answering(monkeypatch, tmp_path, status):
    """Let a script with this exit status be the program that shows files."""
    asked = tmp_path / "asked"
    script = f"import sys; open({str(asked)!r}, 'w').write(sys.argv[1]); sys.exit({status})"
    command = (sys.executable, "-c", script)
    monkeypatch.setattr(other_programs, "show_command", lambda path, _p: (*command, str(path)))
    return asked


def test_a_file_manager_that_answers_is_all_that_is_asked(
    driver, opened_urls, monkeypatch, tmp_path, qtbot
):
    asked = _answering(monkeypatch, tmp_path, 0)
    driver.trigger("showInFolderAction")
    manager = driver.window.findChild(FileManager)
    with qtbot.waitSignal(manager.answered):
        pass
    assert asked.read_text() == "/music/a.flac"
    assert opened_urls[0] == []


def test_without_one_the_folder_is_opened(driver, opened_urls, monkeypatch, tmp_path, qtbot):
    _answering(monkeypatch, tmp_path, 1)
    driver.trigger("showInFolderAction")
    qtbot.waitUntil(lambda: opened_urls[0] != [])
    assert [url.toLocalFile() for url in opened_urls[0]] == ["/music"]


def test_where_not_even_the_program_is_there_and_no_folder_opens_a_sentence_says_so(
    driver, opened_urls, monkeypatch, qtbot
):
    monkeypatch.setattr(other_programs, "show_command", lambda *_: ("no-such-program", "x"))
    opened_urls[1][0] = False
    driver.trigger("showInFolderAction")
    qtbot.waitUntil(lambda: "No file manager opens /music" in driver.status())


def test_the_window_closes_while_a_file_manager_still_thinks(driver, monkeypatch):
    sleeps = (sys.executable, "-c", "import time; time.sleep(60)")
    monkeypatch.setattr(other_programs, "show_command", lambda *_: sleeps)
    driver.trigger("showInFolderAction")
    driver.trigger("showInFolderAction")  # asks once more, and waits for the first no longer
    asking = driver.window.findChildren(QProcess)
    assert [one.state() for one in asking].count(QProcess.ProcessState.NotRunning) < len(asking)
    driver.window.close()
    left = driver.window.findChildren(QProcess)
    assert all(one.state() == QProcess.ProcessState.NotRunning for one in left)


# Hearing again


def test_selected_tracks_are_heard_again_whatever_is_stored(driver, core):
    assert core.last_asked[1] is True
    driver.select("a.flac", "c.flac")
    driver.trigger("rejectAction")
    driver.trigger("hearAnewAction")
    driver.wait_idle()
    assert core.last_asked == ((Path("/music/a.flac"), Path("/music/c.flac")), False)
    assert driver.status() == "Analysed again: 2"
    assert driver.row("a.flac").decision is not None
    driver.trigger("analyseAction")
    driver.wait_idle()
    assert core.last_asked[1] is True
