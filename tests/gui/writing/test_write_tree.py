"""Taking files out of a write: by keys and by the mouse, one by one and whole groups."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from genretagger.core.errors import TrackRefusedError
from genretagger.core.writes import Action, Decision, Policy, WriteResult, WriteStatus
from genretagger.gui.widgets.texts import number_text
from genretagger.gui.writing.write_dialog import WriteDialog
from genretagger.review.rows.row_events import make_row
from tests.helpers.rows import track

Key, Check = Qt.Key, Qt.CheckState
CONTROL = Qt.KeyboardModifier.ControlModifier
CHECKED = Qt.ItemDataRole.CheckStateRole


def accepted(name, genres=(), given="Rock", *, is_chosen=False):
    row = make_row(track(name, genres=genres))
    return replace(row, decision=Decision(Action.ACCEPT, (given,), chosen=is_chosen))


ROWS = [
    *(accepted(f"{n} rock.flac") for n in range(4)),
    *(accepted(f"{n} jazz.flac", given="Jazz") for n in range(3)),
    *(accepted(f"{n} pop.flac", ("Pop",)) for n in range(2)),
    accepted("same.flac", ("Rock",)),
]


class Preview:
    """Presses keys in the tree of a preview, and reads what it says."""

    def __init__(self, qtbot, rows=ROWS):
        self.qtbot = qtbot
        self.dialog = WriteDialog(rows, policy=Policy.FILL)
        qtbot.addWidget(self.dialog)
        self.tree, self.button = self.part("previewTree"), self.part("writeButton")
        self.model = self.tree.model()
        fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
        self._tester = QAbstractItemModelTester(self.model, fatal)
        self.orders = []
        self.dialog.confirmed.connect(self.orders.append)
        self.dialog.show()
        self.dialog.activateWindow()
        qtbot.waitUntil(self.tree.hasFocus)

    def part(self, name):
        return self.dialog.findChild(object, name)

    def index(self, group, file=None):
        index = self.model.index(group, 0)
        return index if file is None else self.model.index(file, 0, index)

    def go_to(self, group, file=None):
        self.tree.setCurrentIndex(self.index(group, file))

    def key(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.qtbot.keyClick(self.tree, key, modifier)

    def checks(self):
        """Return the check boxes of the outermost lines."""
        return [self.index(group).data(CHECKED) for group in range(self.model.rowCount())]

    def summary(self):
        return self.part("previewSummary").text().splitlines()[0]

    def written(self):
        """Press Return, and return the names of the files that are to be written."""
        self.key(Key.Key_Return)
        return [request.path.name for request in self.orders[-1].requests]


@pytest.fixture
def preview(qtbot):
    return Preview(qtbot)


def test_all_that_would_change_is_checked_first_and_nothing_else_can_be(preview):
    assert preview.checks() == [Check.Checked, Check.Checked, None]
    assert preview.index(0, 0).data(CHECKED) == Check.Checked
    left = preview.index(2)
    assert left.data() == "Left alone: 3 files"
    assert not preview.tree.isExpanded(left)
    reasons = [preview.index(2, place).data() for place in range(preview.model.rowCount(left))]
    assert reasons == [
        "Leaves Pop: the setting fills only empty genres. (2)",
        "Changes nothing: the file has Rock already. (1)",
    ]
    assert preview.model.index(1, 0, preview.index(2, 0)).data() == "1 pop.flac"
    assert preview.model.index(1, 0, preview.index(2, 0)).data(CHECKED) is None
    assert preview.button.text() == "&Write 7 files"
    assert len(preview.written()) == 7


def test_space_takes_a_file_out_and_puts_it_back(preview):
    preview.go_to(0, 1)
    preview.key(Key.Key_Space)
    assert preview.checks() == [Check.PartiallyChecked, Check.Checked, None]
    assert preview.index(0, 1).data(CHECKED) == Check.Unchecked
    assert preview.index(0).siblingAtColumn(1).data() == "3 of 4"
    said = preview.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "(no genre) → Rock; files: 3 of 4"
    assert preview.button.text() == "&Write 6 of 7 files"
    assert preview.summary() == "Files that will change: 6 of 7; the others stay accepted."
    preview.key(Key.Key_Space)
    assert preview.checks() == [Check.Checked, Check.Checked, None]
    assert preview.summary() == "Files that will change: 7"
    preview.key(Key.Key_Space)
    assert "1 rock.flac" not in preview.written()
    assert preview.orders[-1].n_taken_out == 1


def test_space_takes_a_whole_group_out_and_checks_one_that_is_partly_checked(preview):
    preview.go_to(0)
    preview.key(Key.Key_Space)
    assert preview.checks() == [Check.Unchecked, Check.Checked, None]
    assert {preview.index(0, n).data(CHECKED) for n in range(4)} == {Check.Unchecked}
    preview.go_to(0, 2)
    preview.key(Key.Key_Space)
    assert preview.checks()[0] == Check.PartiallyChecked
    assert preview.button.text() == "&Write 4 of 7 files"
    preview.go_to(0)
    preview.key(Key.Key_Space)
    assert preview.checks()[0] == Check.Checked


def test_nothing_checked_can_not_be_written_and_the_reason_is_said(preview):
    for group in (0, 1):
        preview.go_to(group)
        preview.key(Key.Key_Space)
    assert preview.button.text() == "&Write 0 of 7 files"
    assert not preview.button.isEnabled()
    assert preview.summary().startswith("No file is checked, so none will change; Space checks")
    preview.key(Key.Key_Return)
    assert preview.dialog.isVisible()
    assert preview.orders == []
    preview.key(Key.Key_Space)
    assert len(preview.written()) == 3
    assert preview.orders[-1].n_taken_out == 4


def test_space_on_what_has_no_check_box_changes_nothing(preview):
    preview.go_to(2)
    preview.key(Key.Key_Space)
    assert preview.button.text() == "&Write 7 files"


def test_everything_selected_is_taken_out_at_once(preview):
    preview.tree.expand(preview.index(0))
    preview.go_to(0, 0)
    preview.key(Key.Key_A, modifier=CONTROL)
    preview.key(Key.Key_Space)
    assert preview.checks() == [Check.Unchecked, Check.Unchecked, None]
    choose = QItemSelectionModel.SelectionFlag
    preview.go_to(0, 1)
    preview.tree.selectionModel().select(preview.index(0, 3), choose.Select | choose.Rows)
    preview.key(Key.Key_Space)
    assert preview.written() == ["1 rock.flac", "3 rock.flac"]


def test_a_click_on_a_check_box_takes_out_what_stands_behind_it(preview, qtbot):
    tree, index = preview.tree, preview.index(1)
    option = QStyleOptionViewItem()
    tree.itemDelegateForIndex(index).initStyleOption(option, index)
    option.rect, option.widget = tree.visualRect(index), tree
    box = tree.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, tree)
    assert isinstance(box, QRect)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.center()))
    assert preview.checks() == [Check.Checked, Check.Unchecked, None]
    assert preview.button.text() == "&Write 4 of 7 files"


def test_what_is_taken_out_stays_out_under_another_policy(preview):
    preview.go_to(0, 1)
    preview.key(Key.Key_Space)
    box = preview.part("policyBox")
    box.setCurrentIndex(list(Policy).index(Policy.REPLACE))
    assert preview.button.text() == "&Write 8 of 9 files"
    preview.tree.setFocus()
    assert "1 rock.flac" not in preview.written()


def test_what_the_check_refuses_has_no_check_box_and_is_taken_out_no_more(preview):
    preview.go_to(0, 1)
    preview.key(Key.Key_Space)
    row = ROWS[1]
    reason = TrackRefusedError(row.path, "file-write-protected")
    preview.dialog.take([WriteResult(row.path, WriteStatus.REFUSED, reason=reason)])
    preview.dialog.end_check(completed=True)
    assert preview.button.text() == "&Write 6 files"
    assert preview.checks() == [Check.Checked, Check.Checked, None, None]


def test_the_next_preview_has_all_of_it_again(qtbot, preview):
    preview.go_to(0)
    preview.key(Key.Key_Space, Key.Key_Escape)
    assert not preview.dialog.isVisible()
    assert Preview(qtbot).button.text() == "&Write 7 files"


def test_a_policy_that_belongs_to_the_decision_stands_in_the_heading(qtbot):
    chosen = accepted("a.flac", ("Rock",), "Comedy", is_chosen=True)
    preview = Preview(qtbot, [chosen, accepted("b.flac", ("Rock",), "Pop")])
    heading = preview.index(0)
    assert heading.data() == "Rock → Comedy · replaces, chosen by you"
    note = "You chose these genres yourself; what is set above is for accepted suggestions."
    assert heading.data(Qt.ItemDataRole.AccessibleDescriptionRole) == note
    assert note in heading.data(Qt.ItemDataRole.ToolTipRole)
    box = preview.part("policyBox")
    box.setCurrentIndex(list(Policy).index(Policy.REPLACE))
    assert preview.index(0).data() in ("Rock → Comedy", "Rock → Pop")


def test_of_a_large_group_only_the_first_files_are_lines_until_they_are_scrolled_to(qtbot):
    n_files, others = 3500, [accepted("jazz.flac", given="Jazz"), accepted("p.flac", ("Pop",))]
    preview = Preview(qtbot, [*(accepted(f"{n}.flac") for n in range(n_files)), *others])
    qtbot.waitUntil(lambda: preview.button.text() == f"&Write {number_text(n_files + 1)} files")
    group = preview.index(0)
    preview.tree.expand(group)
    assert preview.model.rowCount(group) < n_files
    preview.go_to(0)
    preview.key(Key.Key_Space)
    assert preview.button.text().startswith("&Write 1 of"), "all of it is taken out"
    for _ in range(n_files):
        if preview.model.rowCount(preview.index(0)) == n_files:
            break
        preview.key(Key.Key_End)
    preview.key(Key.Key_End, Key.Key_Up, Key.Key_Up)
    assert preview.tree.currentIndex().data() == f"{n_files - 1}.flac"
    assert preview.tree.currentIndex().data(CHECKED) == Check.Unchecked
