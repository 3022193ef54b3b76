"""The last look before a write, with the check of the files that goes on beside it."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from genretagger.core.errors import TrackRefusedError
from genretagger.core.writes import Action, Decision, Policy, WriteResult, WriteStatus
from genretagger.gui.widgets.item_views import ROOT
from genretagger.gui.writing.write_dialog import WriteDialog
from genretagger.review.rows.row import State
from genretagger.review.rows.row_events import make_row
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track
from tests.helpers.slices import cut_into

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
NAMES = ("a.flac", "b.flac", "c.flac", "d.flac")


def path(name):
    return Path("/music") / name


@pytest.fixture
def core():
    tracks = [track(name, genres=("Pop",) if name == "d.flac" else ()) for name in NAMES]
    return FakeCore(tracks, {found.path: prediction("rock") for found in tracks})


@pytest.fixture
def driver(opened, core):
    driver = opened(core)
    driver.table.selectAll()
    driver.trigger("acceptAction")
    return driver


def preview(driver, qtbot):
    """Return the dialog, once it has the keys."""
    dialog = driver.window.findChild(WriteDialog, "writePreviewDialog")
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    return dialog


def part(dialog, name):
    return dialog.findChild(object, name)


def headings(dialog, parent=ROOT):
    model = part(dialog, "previewTree").model()
    return [model.index(place, 0, parent).data() for place in range(model.rowCount(parent))]


def button_text(dialog):
    return part(dialog, "writeButton").text()


def test_return_writes_and_nobody_waits_for_the_check(driver, press, qtbot, core):
    core.check_gate = threading.Event()  # never set: the check hangs
    press(Key.Key_S, modifier=CONTROL)
    dialog = preview(driver, qtbot)
    assert part(dialog, "previewTree").hasFocus(), "Space must not press the button"
    assert "Files checked: 0 of 3" in part(dialog, "previewChecked").text()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    driver.wait_idle()
    assert [driver.row(name).state for name in NAMES[:3]] == [State.WRITTEN] * 3
    assert core.checked == []
    qtbot.waitUntil(driver.table.hasFocus)


def test_files_that_will_be_refused_move_to_their_reason_and_are_left_out(
    driver, press, qtbot, core
):
    core.refuse = {path("b.flac")}
    core.check_gate = threading.Event()
    press(Key.Key_S, modifier=CONTROL)
    dialog = preview(driver, qtbot)
    assert button_text(dialog) == "&Write 3 files"
    core.check_gate.set()
    qtbot.waitUntil(lambda: button_text(dialog) == "&Write 2 files")
    assert part(dialog, "previewChecked").text() == "Files checked: all 3."
    assert "Cannot be written: 1" in part(dialog, "previewSummary").text()
    assert headings(dialog) == [
        "(no genre) → Rock",
        "This file cannot be read (locked).",
        "Left alone: 1 file",
    ]
    assert headings(dialog, part(dialog, "previewTree").model().index(2, 0)) == [
        "Leaves Pop: the setting fills only empty genres. (1)"
    ]
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    driver.wait_idle()
    assert [request.path.name for request in core.requests] == ["a.flac", "c.flac"]
    assert driver.row("b.flac").state is State.ACCEPTED


def test_files_with_several_names_are_told_before_the_write_and_after(driver, press, qtbot, core):
    core.linked = {path("a.flac"): (1, 1), path("b.flac"): (1, 1), path("c.flac"): (1, 2)}
    press(Key.Key_S, modifier=CONTROL)
    dialog = preview(driver, qtbot)
    summary = part(dialog, "previewSummary")
    told = "Files with several names (hard links), all of which change: 2"
    qtbot.waitUntil(lambda: told in summary.text().splitlines())
    part(dialog, "writeButton").click()
    driver.wait_idle()
    assert "Files with several names (hard links), all of which changed: 2" in driver.status()


def test_where_all_are_refused_nothing_can_be_written_and_the_focus_stays(
    driver, press, qtbot, core
):
    core.refuse = {path(name) for name in NAMES}
    press(Key.Key_S, modifier=CONTROL)
    dialog = preview(driver, qtbot)
    qtbot.waitUntil(lambda: not part(dialog, "writeButton").isEnabled())
    assert dialog.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert core.requests == []


def test_escape_leaves_all_as_it_is_and_ends_the_check(driver, press, qtbot, core):
    core.check_gate = threading.Event()
    press(Key.Key_S, modifier=CONTROL)
    preview(driver, qtbot)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    qtbot.waitUntil(driver.table.hasFocus)
    assert core.requests == []
    core.check_gate = None
    press(Key.Key_S, modifier=CONTROL)  # the check begins again
    dialog = preview(driver, qtbot)
    qtbot.waitUntil(lambda: "all 3" in part(dialog, "previewChecked").text())
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)


def test_a_write_waits_until_the_check_has_let_go_of_its_file(driver, press, qtbot, core):
    opened, may_close, order = threading.Event(), threading.Event(), []
    plain = core.apply

    def apply(requests, *, dry_run=False, **others):
        if dry_run:
            opened.set()
            may_close.wait()  # as a large file that is read, which nothing can stop
            order.append("closed")
            yield WriteResult(requests[0].path, WriteStatus.WRITTEN)
        else:
            order.append("written")
            yield from plain(requests, **others)

    core.apply = apply
    press(Key.Key_S, modifier=CONTROL)
    preview(driver, qtbot)
    qtbot.waitUntil(opened.is_set)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert not driver.action("analyseAction").isEnabled(), "the write has begun"
    driver.wait_pauses()
    assert order == []
    may_close.set()
    driver.wait_idle()
    assert order == ["closed", "written"]


def test_another_policy_is_checked_anew(driver, press, qtbot, core):
    core.check_gate = threading.Event()
    press(Key.Key_S, modifier=CONTROL)
    dialog = preview(driver, qtbot)
    core.check_gate = None
    core.refuse = {path("d.flac")}
    box = part(dialog, "policyBox")
    box.setCurrentIndex(list(Policy).index(Policy.REPLACE))
    assert button_text(dialog) == "&Write 4 files"
    qtbot.waitUntil(lambda: button_text(dialog) == "&Write 3 files")
    assert path("d.flac") in core.checked
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)


def test_the_tree_is_reached_by_tab_and_walked_by_keys(driver, press, qtbot, core):
    core.refuse = {path("b.flac")}
    core.check_gate = threading.Event()
    press(Key.Key_S, modifier=CONTROL)
    dialog = preview(driver, qtbot)
    tree = part(dialog, "previewTree")
    qtbot.keyClick(tree, Key.Key_Tab)
    for _ in range(6):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        if tree.hasFocus():
            break
    assert tree.hasFocus()
    for key in (Key.Key_Home, Key.Key_Right, Key.Key_Down, Key.Key_Down):
        qtbot.keyClick(tree, key)
    assert tree.currentIndex().data() == "b.flac"
    qtbot.keyClick(tree, Key.Key_Down)
    assert tree.currentIndex().data() == "c.flac"
    core.check_gate.set()
    qtbot.waitUntil(lambda: len(headings(dialog)) == 3)
    assert tree.isExpanded(tree.model().index(0, 0)), "what was open is open"
    assert tree.currentIndex().parent() == tree.model().index(0, 0)
    qtbot.keyClick(tree, Key.Key_Return)
    driver.wait_idle()
    assert driver.row("c.flac").state is State.WRITTEN


def test_a_window_that_closes_ends_the_check(opened, core):
    core.check_gate = threading.Event()
    driver = opened(core)
    driver.table.selectAll()
    driver.trigger("acceptAction")
    driver.trigger("writeAction")
    dialog = driver.window.findChild(WriteDialog, "writePreviewDialog")
    driver.window.close()
    assert core.checked == []
    dialog.close()


@pytest.mark.logs_warnings
def test_a_check_that_fails_keeps_nobody_from_writing(driver, press, qtbot, core, caplog):
    plain = core.apply

    def apply(requests, *, dry_run=False, **others):
        if dry_run:
            raise OSError("gone")
        yield from plain(requests, **others)

    core.apply = apply
    press(Key.Key_S, modifier=CONTROL)
    dialog = preview(driver, qtbot)
    qtbot.waitUntil(
        lambda: "Not all files could be checked" in part(dialog, "previewChecked").text()
    )
    assert "could not be checked" in caplog.text
    caplog.clear()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    driver.wait_idle()
    assert driver.row("a.flac").state is State.WRITTEN


def accepted(name, genres=()):
    row = make_row(track(name, genres=genres))
    return replace(row, decision=Decision(Action.ACCEPT, ("Rock",)))


def test_protected_genres_are_told_where_they_stay(qtbot):
    rows = [accepted("a.flac", ("Soundtrack",)), accepted("b.flac", ("Pop",))]
    dialog = WriteDialog(rows, policy=Policy.FILL, protected=("Soundtrack",))
    qtbot.addWidget(dialog)
    summary = part(dialog, "previewSummary")
    assert "protected" not in summary.text()
    part(dialog, "policyBox").setCurrentIndex(list(Policy).index(Policy.REPLACE))
    assert "Files that keep protected genres: 1 (Soundtrack)" in summary.text()


def test_thousands_of_refusals_become_a_few_changes_of_the_tree(qtbot):
    rows = [accepted(f"{n}.flac") for n in range(3000)]
    dialog = WriteDialog(rows, policy=Policy.FILL)
    qtbot.addWidget(dialog)
    model = part(dialog, "previewTree").model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog)
    resets = []
    qtbot.waitUntil(part(dialog, "writeButton").isEnabled)
    model.modelReset.connect(lambda: resets.append(model.rowCount()))
    dialog.begin_check()
    for row in rows:
        reason = TrackRefusedError(row.path, "file-write-protected")
        dialog.take([WriteResult(row.path, WriteStatus.REFUSED, reason=reason)])
    dialog.end_check(completed=True)
    assert headings(dialog) == [
        "Each of these 3000 files is write-protected; allow writing to it first."
    ]
    assert resets[-1] == 1
    assert len(resets) < len(rows) / 100
    group = model.index(0, 0)
    while model.load_more(group):
        pass
    assert model.index(2999, 0, group).data() == "2999.flac"


def watched(dialog):
    """Return what the dialog asks to be checked, from now on."""
    asked = []
    dialog.check_wanted.connect(lambda requests, policy: asked.append((requests, policy)))
    return asked


MIXED = [
    *(accepted(f"{n}.flac") for n in range(9)),
    *(accepted(f"{n}.mp3", ("Soundtrack",)) for n in range(5)),
    make_row(track("undecided.flac")),
    *(accepted(f"{n}.ogg", ("Rock",)) for n in range(3)),
]


@pytest.mark.parametrize("policy", Policy)
def test_slices_foretell_the_same_as_all_at_once(qtbot, monkeypatch, policy):
    def foretell(n_turns):
        dialog = WriteDialog(MIXED, policy=Policy.FILL, protected=("Soundtrack",))
        qtbot.addWidget(dialog)
        asked, said = watched(dialog), []
        dialog._slices.progressed.connect(
            lambda: said.append(part(dialog, "previewSummary").text())
        )
        dialog.begin_check()
        part(dialog, "policyBox").setCurrentIndex(list(Policy).index(policy))
        assert part(dialog, "writeButton").isEnabled() == (n_turns == 0)
        qtbot.waitUntil(lambda: bool(asked) and asked[-1][1] is policy)
        assert all("Looking through the tracks" in text for text in said)
        assert len(said) >= n_turns
        return asked[-1], headings(dialog), part(dialog, "previewSummary").text()

    at_once = foretell(0)
    cut_into(monkeypatch, 4)
    assert foretell(3) == at_once
    assert len(at_once[0][0]) >= 9


def test_return_writes_once_it_is_known_what_to_write(driver, press, qtbot, monkeypatch):
    cut_into(monkeypatch, 2)
    press(Key.Key_S, modifier=CONTROL)
    dialog = driver.window.findChild(WriteDialog, "writePreviewDialog")
    assert not part(dialog, "writeButton").isEnabled()
    assert button_text(dialog) == "&Write"
    qtbot.keyClick(dialog.focusWidget(), Key.Key_Return)
    assert dialog.isVisible(), "the keys do not cancel meanwhile"
    qtbot.waitUntil(part(dialog, "writeButton").isEnabled)
    qtbot.waitUntil(part(dialog, "previewTree").hasFocus)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    driver.wait_idle()
    assert driver.row("a.flac").state is State.WRITTEN


def test_a_dialog_that_is_left_works_nothing_out_any_more(qtbot, monkeypatch):
    cut_into(monkeypatch, 4)
    dialog = WriteDialog(MIXED, policy=Policy.FILL)
    qtbot.addWidget(dialog)
    asked = watched(dialog)
    dialog.begin_check()
    assert dialog._slices.is_busy()
    dialog.reject()
    assert not dialog._slices.is_busy()
    assert asked == []


def test_what_an_earlier_check_found_is_ignored_once_the_policy_changes(qtbot, monkeypatch):
    dialog = WriteDialog(MIXED, policy=Policy.FILL)
    qtbot.addWidget(dialog)
    dialog.begin_check()
    cut_into(monkeypatch, 4)
    part(dialog, "policyBox").setCurrentIndex(list(Policy).index(Policy.REPLACE))
    reason = TrackRefusedError(MIXED[0].path, "file-write-protected")
    dialog.take([WriteResult(MIXED[0].path, WriteStatus.REFUSED, reason=reason)])
    dialog.end_check(completed=True)
    qtbot.waitUntil(part(dialog, "writeButton").isEnabled)
    assert "Cannot be written" not in part(dialog, "previewSummary").text()
    assert part(dialog, "previewChecked").text().startswith("Files checked: 0 of 14")
