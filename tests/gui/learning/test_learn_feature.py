"""Learning the user's own genres, in the window on a fake core."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableView,
)

from genretagger.core.errors import PersonalError
from genretagger.core.resources import user_folders
from genretagger.core.settings_file import load_settings
from genretagger.gui.app import create_window
from genretagger.gui.cells.columns import Column
from genretagger.review.rows.row import State
from tests.gui.conftest import Driver
from tests.helpers.classifier_library import fill
from tests.helpers.learners import LearningCore, report
from tests.helpers.rows import track


@pytest.fixture
def core():
    return LearningCore([track("a.flac"), track("b.flac", genres=("post-punk",))])


class Learner:
    """Uses the dialog as a test or a user would."""

    def __init__(self, driver, qtbot):
        self.driver, self.qtbot = driver, qtbot
        driver.window.activateWindow()
        driver.trigger("learnAction")
        self.dialog = driver.window.findChild(QDialog, "learnDialog")
        qtbot.waitUntil(self.dialog.isVisible)
        self.find("learnButton")

    def find(self, name, kind=object):
        return self.dialog.findChild(kind, name)

    def text(self, name):
        label = self.find(name, QLabel)
        return label.text() if label.isVisible() else ""

    def click(self, name):
        button = self.find(name, QPushButton)
        assert button.isEnabled(), name
        assert button.isVisible(), name
        button.click()

    def names(self):
        model = self.find("classifierTable", QTableView).model()
        return [model.index(position, 0).data() for position in range(model.rowCount())]

    def wait_for(self, name):
        self.qtbot.waitUntil(lambda: self.find(name).isVisible())

    def wait_for_names(self, *names):
        self.qtbot.waitUntil(lambda: self.names() == list(names))

    def learn(self, name="Mine"):
        self.click("learnButton")
        self.find("learnName", QLineEdit).setText(name)
        self.click("startLearnButton")
        self.wait_for("reportTable")

    def use(self, name):
        action = self.find(name)
        assert action.isEnabled(), name
        action.trigger()

    def confirm(self, name):
        box = self.find(name, QMessageBox)
        box.findChild(QPushButton, "confirmButton").click()


@pytest.fixture
def learner(opened, core, qtbot):
    made = []

    def learner(driver=None):
        one = Learner(driver or opened(core), qtbot)
        made.append(one)
        return one

    yield learner
    QApplication.processEvents()


def has_own_column(driver):
    return not driver.table.isColumnHidden(Column.PERSONAL)


# Without a mouse


def test_the_whole_way_by_keys_alone(opened, core, qtbot):
    driver = opened(core)
    driver.window.activateWindow()
    driver.table.setFocus()
    assert driver.action("learnAction").shortcut() == QKeySequence("Ctrl+L")
    qtbot.keyClick(driver.table, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    dialog = driver.window.findChild(QDialog, "learnDialog")
    qtbot.waitUntil(dialog.isVisible)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)

    def key(code):
        qtbot.keyClick(dialog.focusWidget(), code)

    assert dialog.focusWidget().objectName() == "learnButton"
    key(Qt.Key.Key_Return)
    assert dialog.focusWidget().objectName() == "learnName"
    qtbot.keyClicks(dialog.focusWidget(), "Mine")
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.findChild(object, "reportTable").isVisible())
    assert "Mine" in core.shelf
    assert not has_own_column(driver), "the report is shown before anything is used"
    key(Qt.Key.Key_Tab)
    while dialog.focusWidget().objectName() != "useBesideButton":
        key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: has_own_column(driver))
    key(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    driver.wait_idle()
    driver.window.activateWindow()
    qtbot.waitUntil(driver.window.isActiveWindow)
    driver.table.setFocus()
    driver.table.selectRow(0)
    qtbot.keyClick(driver.table, Qt.Key.Key_P)
    assert driver.row("a.flac").suggested == ("Post-Punk",)
    assert driver.row("a.flac").state is State.ACCEPTED


def test_escape_goes_one_step_back_and_never_loses_the_window(learner, qtbot):
    one = learner()
    one.click("learnButton")
    qtbot.keyClick(one.dialog, Qt.Key.Key_Escape)
    assert one.find("learnButton").isVisible()
    qtbot.keyClick(one.dialog, Qt.Key.Key_Escape)
    assert not one.dialog.isVisible()


# Learning


def test_without_a_classifier_three_sentences_say_what_it_is(learner):
    one = learner()
    assert len(one.text("learnEmpty").split("\n\n")) == 3
    for name in ("reportButton", "useButton", "exportButton", "deleteButton"):
        assert not one.find(name).isEnabled(), name
    one.dialog.close()


def test_the_report_says_how_it_went_before_it_is_used(learner, core):
    one = learner()
    one.learn()
    assert one.text("reportHeadline") == (
        "Of 100 tracks by artists it did not learn from, 71 were named correctly; always naming"
        " the most frequent genre would have been right for 46."
    )
    assert "off by 4.3 percentage points" in one.text("reportDetails")
    assert "The high level begins at 85 %, where 95 of 100 were right" in one.text("reportDetails")
    unheard = "Tracks with a genre that were left out because they have not been analysed yet: 3."
    assert unheard in one.text("reportCaution")
    assert "artists (2): Klezmer (4), …" in one.text("reportLeftOut")
    table = one.find("reportTable", QTableView).model()
    rows = [[table.index(r, c).data() for c in range(table.columnCount())] for r in range(2)]
    assert rows == [
        ["Post-Punk", "212", "41", "81 %", "77 %", ""],
        ["Chanson", "12", "4", "-", "0 %", "too few artists"],
    ]
    assert core.n_analysed == 1
    one.click("reportBackButton")
    one.wait_for_names("Mine")
    one.dialog.close()


def test_what_is_learned_from_can_be_the_open_folder_only(learner, core, tmp_path):
    one = learner()
    one.click("learnButton")
    box = one.find("learnFrom", QComboBox)
    assert box.currentText() == "All music heard so far"
    box.setCurrentIndex(1)
    assert str(tmp_path) in box.currentText()
    one.click("startLearnButton")
    one.wait_for("reportTable")
    assert core.learned_from == (tmp_path,)
    one.dialog.close()


def test_a_name_that_cannot_be_one_or_is_taken_is_told(learner, core):
    core.shelf["Mine"] = report()
    one = learner()
    one.wait_for_names("Mine")
    one.click("learnButton")
    name = one.find("learnName", QLineEdit)
    name.setText("a/b")
    assert "cannot be the name" in one.text("learnHint")
    assert not one.find("startLearnButton").isEnabled()
    name.setText("Mine")
    assert "will replace it" in one.text("learnHint")
    name.setText("Other")
    assert one.text("learnHint") == ""
    one.dialog.close()


@pytest.mark.logs_warnings
def test_why_nothing_can_be_learned_is_one_sentence(learner, core):
    core.learning_error = PersonalError("personal-nothing")
    one = learner()
    one.click("learnButton")
    one.click("startLearnButton")
    one.qtbot.waitUntil(lambda: one.text("learnProblem") != "")
    assert one.text("learnProblem") == str(core.learning_error)
    assert one.find("learnButton").isVisible()
    notices = one.driver.window.findChild(QLabel, "noticeText")
    assert not notices.isVisible(), "it is said once"
    one.driver.wait_idle()
    one.dialog.close()


@pytest.mark.logs_warnings
def test_a_bug_while_learning_has_its_dialog_and_ends_the_wait(learner, core):
    core.learning_error = ZeroDivisionError("oops")
    one = learner()
    one.click("learnButton")
    one.click("startLearnButton")
    one.qtbot.waitUntil(lambda: one.driver.window.findChild(QMessageBox, "errorDialog") is not None)
    assert one.find("learnButton").isVisible()
    one.driver.window.findChild(QMessageBox, "errorDialog").close()
    one.dialog.close()


def test_learning_can_be_stopped_and_the_rows_stay(learner, core, qtbot):
    core.learning_gate = threading.Event()
    one = learner()
    before = one.driver.rows()
    one.click("learnButton")
    one.click("startLearnButton")
    one.qtbot.waitUntil(lambda: one.text("learnStage") == "Learning…")
    qtbot.keyClick(one.dialog, Qt.Key.Key_Escape)
    assert one.dialog.isVisible()
    one.wait_for("learnButton")
    assert core.shelf == {}
    assert one.driver.rows() == before
    one.dialog.close()
    one.driver.wait_idle()


def test_closing_the_dialog_stops_learning(learner, core):
    core.learning_gate = threading.Event()
    one = learner()
    one.click("learnButton")
    one.click("startLearnButton")
    one.dialog.close()
    one.driver.wait_idle()
    assert core.shelf == {}


def test_learning_waits_for_an_analysis(opened, learner, core, qtbot):
    core.gate = threading.Event()
    driver = opened(core, wait=False)
    qtbot.waitUntil(lambda: len(driver.rows()) == 2)
    one = learner(driver)
    assert not one.find("learnButton").isEnabled()
    assert "once the current work has finished" in one.text("learnNote")
    core.gate.set()
    qtbot.waitUntil(one.find("learnButton").isEnabled)
    assert one.text("learnNote") == ""
    one.dialog.close()


# Use


def test_used_instead_everything_shows_the_own_genres(learner, core):
    core.shelf["Mine"] = report()
    one = learner()
    one.wait_for_names("Mine")
    one.use("useInsteadAction")
    one.qtbot.waitUntil(lambda: core.n_analysed == 2)
    one.dialog.close()
    one.driver.wait_idle()
    row = one.driver.row("a.flac")
    assert row.suggested == ("Post-Punk",)
    assert row.personal is None
    assert one.driver.row("b.flac").state is State.AGREES
    assert not has_own_column(one.driver)
    cell = one.driver.table.model().index(0, Column.CONFIDENCE)
    assert "95 of 100 such verdicts were right on artists it did not learn from" in cell.data(
        Qt.ItemDataRole.AccessibleDescriptionRole
    )
    assert one.driver.window.findChild(object, "thresholdSpin").value() == 0.95


def test_used_beside_there_is_a_column_more_until_it_is_not_used(learner, core):
    core.shelf["Mine"] = report()
    one = learner()
    one.wait_for_names("Mine")
    one.driver.select("b.flac")
    one.driver.trigger("rejectAction")
    assert not one.driver.action("acceptOwnAction").isEnabled()
    one.use("useBesideAction")
    one.qtbot.waitUntil(lambda: has_own_column(one.driver))
    one.driver.wait_idle()
    cell = one.driver.table.model().index(0, Column.PERSONAL)
    assert cell.data() == "Post-Punk"
    assert "Your genre: Post-Punk, 90 %" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert one.driver.row("a.flac").suggested == ("Blues",)
    assert one.driver.row("b.flac").state is State.REJECTED, "decisions stay"
    one.driver.filter_edit.setText("post-punk")
    assert len(one.driver.rows()) == 2
    one.driver.filter_edit.clear()
    one.use("useNotAction")
    one.qtbot.waitUntil(lambda: not has_own_column(one.driver))
    one.driver.wait_idle()
    assert one.driver.row("a.flac").personal is None
    one.dialog.close()


def test_what_does_not_follow_the_sound_is_used_only_if_one_insists(learner, core):
    core.follows_sound = False
    one = learner()
    one.learn()
    assert "hardly better than guessing" in one.text("reportCaution")
    assert core.shelf == {}
    one.click("useBesideButton")
    one.find("useAnywayDialog", QMessageBox).reject()
    assert core.shelf == {}
    assert not has_own_column(one.driver)
    QApplication.processEvents()
    one.click("useBesideButton")
    one.confirm("useAnywayDialog")
    one.wait_for_names("Mine")
    one.qtbot.waitUntil(lambda: has_own_column(one.driver))
    one.dialog.close()
    one.driver.wait_idle()


def test_one_of_the_list_that_does_not_follow_the_sound_asks_too(learner, core):
    core.shelf["Mine"] = report(follows_sound=False)
    one = learner()
    one.wait_for_names("Mine")
    one.use("useInsteadAction")
    one.qtbot.waitUntil(lambda: one.find("useAnywayDialog") is not None)
    assert core.n_analysed == 1
    one.confirm("useAnywayDialog")
    one.qtbot.waitUntil(lambda: core.n_analysed == 2)
    one.dialog.close()
    one.driver.wait_idle()


def test_learning_what_is_in_use_anew_judges_again(learner, core):
    core.shelf["Mine"] = report()
    one = learner()
    one.wait_for_names("Mine")
    one.use("useBesideAction")
    one.qtbot.waitUntil(lambda: core.n_analysed == 2)
    one.driver.wait_idle()
    one.learn("Mine")
    one.qtbot.waitUntil(lambda: core.n_analysed == 3)
    one.dialog.close()
    one.driver.wait_idle()


# The list


def test_the_list_shows_each_classifier_and_what_is_wrong_with_it(learner, core):
    broken = PersonalError("personal-damaged", path="/x.npz", reason="cut off")
    core.shelf = {"Bad": broken, "Mine": report()}
    one = learner()
    one.wait_for_names("Bad", "Mine")
    table = one.find("classifierTable", QTableView)
    texts = [table.model().index(1, column).data() for column in range(5)]
    assert texts == ["Mine", "2", "224", "71 %", ""]
    assert table.model().index(0, 3).data() == "damaged"
    table.selectRow(0)
    assert one.text("learnNote") == str(broken)
    assert not one.find("reportButton").isEnabled()
    assert one.find("deleteButton").isEnabled()
    table.selectRow(1)
    one.click("reportButton")
    one.wait_for("reportTable")
    assert one.text("reportTitle") == "Mine"
    one.dialog.close()


def test_deleting_asks_and_what_was_in_use_is_used_no_more(learner, core):
    core.shelf["Mine"] = report()
    one = learner()
    one.wait_for_names("Mine")
    one.use("useBesideAction")
    one.qtbot.waitUntil(lambda: has_own_column(one.driver))
    one.driver.wait_idle()
    one.click("deleteButton")
    one.find("deleteDialog", QMessageBox).reject()
    assert "Mine" in core.shelf
    QApplication.processEvents()
    one.click("deleteButton")
    one.confirm("deleteDialog")
    one.wait_for_names()
    one.qtbot.waitUntil(lambda: not has_own_column(one.driver))
    one.dialog.close()
    one.driver.wait_idle()


@pytest.mark.logs_warnings
def test_export_and_import_ask_for_a_file_and_say_why_not(learner, core, tmp_path):
    core.shelf["Mine"] = report()
    one = learner()
    one.wait_for_names("Mine")
    one.click("exportButton")
    dialog = one.find("exportDialog", QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "new.npz"))
    dialog.reject()
    one.qtbot.waitUntil(lambda: core.exported == [("Mine", tmp_path / "new.npz")])
    one.click("importButton")
    dialog = one.find("importDialog", QFileDialog)
    dialog.fileSelected.emit("/elsewhere/Theirs.npz")
    dialog.reject()
    one.wait_for_names("Mine", "Theirs")
    one.click("importButton")
    QApplication.processEvents()
    dialogs = one.dialog.findChildren(QFileDialog, "importDialog")
    dialog = next(one for one in dialogs if one.isVisible())
    dialog.fileSelected.emit("/elsewhere/Theirs.npz")
    dialog.reject()
    one.qtbot.waitUntil(lambda: "already" in one.text("learnProblem"))
    one.dialog.close()


def test_the_core_is_never_asked_on_the_gui_thread(learner, core):
    one = learner()
    one.learn()
    one.click("useBesideButton")
    one.qtbot.waitUntil(lambda: has_own_column(one.driver))
    one.dialog.close()
    one.driver.wait_idle()
    assert threading.get_ident() not in core.threads


def test_a_classifier_used_beside_is_there_after_a_new_start(opened, core, learner):
    core.shelf["Mine"] = report()
    one = learner()
    one.wait_for_names("Mine")
    one.use("useBesideAction")
    one.qtbot.waitUntil(lambda: has_own_column(one.driver))
    one.dialog.close()
    one.driver.wait_idle()
    one.driver.window.close()
    assert has_own_column(opened(core))


def test_the_window_can_be_closed_while_it_learns(learner, core):
    core.learning_gate = threading.Event()
    one = learner()
    one.click("learnButton")
    one.click("startLearnButton")
    one.driver.window.close()
    assert not one.dialog.isVisible()
    assert core.shelf == {}


def test_return_on_a_row_of_the_list_shows_its_report(learner, core, qtbot):
    core.shelf["Mine"] = report()
    one = learner()
    one.wait_for_names("Mine")
    table = one.find("classifierTable", QTableView)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    one.wait_for("reportTable")
    assert not table.isVisible()
    one.dialog.close()


# The core that the program has


def test_the_real_core_learns_exports_and_deletes(qtbot, home, tmp_path):
    fill(home)
    window = create_window()
    window.show()
    driver = Driver(window, qtbot)
    qtbot.waitUntil(driver.action("learnAction").isEnabled)
    one = Learner(driver, qtbot)
    qtbot.waitUntil(one.find("learnButton").isEnabled)
    one.click("learnButton")
    one.find("learnName", QLineEdit).setText("Mine")
    one.click("startLearnButton")
    qtbot.waitUntil(one.find("reportTable").isVisible)
    assert "were named correctly" in one.text("reportHeadline")
    one.click("useBesideButton")
    qtbot.waitUntil(lambda: has_own_column(driver))
    assert one.names() == ["Mine"]
    assert load_settings(user_folders().settings).personal_classifier == "Mine"
    one.click("exportButton")
    dialog = one.find("exportDialog", QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "out.npz"))
    dialog.reject()
    qtbot.waitUntil((tmp_path / "out.npz").exists)
    one.click("deleteButton")
    one.confirm("deleteDialog")
    qtbot.waitUntil(lambda: not has_own_column(driver))
    one.click("importButton")
    dialog = one.find("importDialog", QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "out.npz"))
    dialog.reject()
    one.wait_for_names("out")
    one.dialog.close()
    window.close()
    window.deleteLater()
