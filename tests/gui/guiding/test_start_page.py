"""The start page: a folder of one's own, or sample music."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton

from genretagger.core.errors import SampleError
from genretagger.core.resources import user_folders
from genretagger.gui.guiding.start_page import StartPage
from genretagger.gui.main_window import MainWindow
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track
from tests.helpers.waiting import LIMIT_S


class SampleCore(FakeCore):
    def __init__(self):
        super().__init__([track("a.flac")])
        self.asked = []
        self.made_gate = None  # where set, waited for while sample music is made

    def make_samples(self, folder, *, cancel, complete=False):
        for event in super().make_samples(folder, cancel=cancel, complete=complete):
            yield event
            if self.made_gate is not None:
                self.made_gate.wait(LIMIT_S)

    def analyse(self, paths, *, context, cancel, use_cache=True):
        self.asked.append(tuple(paths))
        yield from super().analyse(paths, context=context, cancel=cancel, use_cache=use_cache)


@pytest.fixture
def core():
    return SampleCore()


@pytest.fixture
def window(qtbot, core):
    """Return a window on its start page, ready."""
    window = MainWindow(load=lambda: core)
    window.show()
    qtbot.waitUntil(window.findChild(object, "learnAction").isEnabled)
    yield window
    window.close()
    window.deleteLater()


def analysed(window, qtbot):
    qtbot.waitUntil(window.findChild(object, "analyseAction").isEnabled)
    return window.statusBar().currentMessage()


def button(window):
    return window.findChild(QPushButton, "sampleMusicButton")


def test_it_says_that_trying_costs_nothing(window):
    page = window.findChild(object, "startPage")
    texts = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "Trying it is safe" in texts
    assert "everything can be undone" in texts
    assert "which you can delete" in button(window).toolTip()


@pytest.mark.parametrize("points", [8, 9, 10, 11, 12, 14])
def test_its_text_is_whole_in_a_font_of_any_size(qapp, qtbot, points):
    before = qapp.font()
    font = qapp.font()
    font.setPointSize(points)
    qapp.setFont(font)
    try:
        page = StartPage(QAction("Open"), QAction("Samples"))
        qtbot.addWidget(page)
        page.resize(720, 400)
        page.show()
        labels = page.findChildren(QLabel)
        (text,) = [label for label in labels if "Trying it is safe" in label.text()]
        assert text.height() >= text.heightForWidth(text.width())
        page.close()
    finally:
        qapp.setFont(before)


def test_the_empty_table_says_that_sample_music_is_made(window, qtbot, core):
    core.made_gate = threading.Event()
    button(window).click()
    label = window.findChild(QLabel, "emptyLabel")
    qtbot.waitUntil(lambda: label.text() == "Making sample music…")
    assert window.statusBar().currentMessage() == "Making sample music…"
    core.made_gate.set()
    analysed(window, qtbot)


def test_sample_music_is_made_by_keys_off_the_gui_thread_and_opened(window, qtbot, core):
    folder = user_folders().samples
    window.activateWindow()
    own = window.findChild(QPushButton, "startButton")
    own.setFocus()
    qtbot.keyClick(own, Qt.Key.Key_Tab)
    assert window.focusWidget() is button(window)
    qtbot.keyClick(button(window), Qt.Key.Key_Space)
    said = analysed(window, qtbot)
    assert core.made == [folder]
    assert core.asked == [(folder,)]
    assert threading.get_ident() not in core.threads
    assert said.startswith("Analysed 1 track.")
    assert f"The sample music is in {folder}" in said
    assert window.findChild(object, "trackTable").isVisible()


def test_sample_music_can_be_opened_again_and_again_from_the_menu(window, qtbot, core):
    menu = window.findChild(object, "fileMenu")
    (action,) = [one for one in menu.actions() if one.objectName() == "sampleMusicAction"]
    for n_made in (1, 2):
        action.trigger()
        qtbot.waitUntil(lambda n_made=n_made: len(core.asked) == n_made)
        analysed(window, qtbot)
    assert core.made == [user_folders().samples] * 2


def test_another_folder_is_opened_without_making_anything(window, qtbot, core, tmp_path):
    button(window).click()
    analysed(window, qtbot)
    window.open_paths([tmp_path])
    said = analysed(window, qtbot)
    assert len(core.made) == 1
    assert core.asked[-1] == (tmp_path,)
    assert "sample music" not in said


@pytest.mark.logs_warnings
def test_sample_music_that_cannot_be_made_is_one_sentence(window, qtbot, core):
    core.sample_error = SampleError("sample-unwritable", path="/full", reason="No space left")
    button(window).click()
    said = analysed(window, qtbot)
    sentence = str(core.sample_error)
    assert window.findChild(QLabel, "noticeText").text() == sentence
    assert said == sentence
    assert core.asked == []
