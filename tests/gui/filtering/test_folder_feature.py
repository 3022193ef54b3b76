"""The folders of the tracks at the left: counted in slices, chosen by keys, left by Escape."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QTreeView

from genretagger.gui.filtering.folder_model import FolderModel
from genretagger.review.filter.folder_tree import FolderTree
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track
from tests.helpers.slices import cut_into

Key = Qt.Key


@pytest.fixture(autouse=True)
def _small_slices(monkeypatch):
    cut_into(monkeypatch, 2)


@pytest.fixture
def core():
    places = ("/music/CD 10", "/music/CD 9", "/music/CD 9/extra", "/music/CD 9", "/music/CD 90")
    tracks = [track(f"{n}.flac", folder=folder) for n, folder in enumerate(places)]
    return FakeCore(tracks, {one.path: prediction("rock") for one in tracks})


@pytest.fixture
def tree(driver):
    """Show the folders, and wait until they are counted."""
    driver.trigger("foldersAction")
    tree = driver.window.findChild(QTreeView, "folderTree")
    driver.rest()
    return tree


def lines(tree, parent=QModelIndex()):  # noqa: B008 - the root never changes
    """Return the texts of the lines that are open, indented."""
    model, shown = tree.model(), []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        shown.append(index.data())
        if tree.isExpanded(index):
            shown += [f"  {line}" for line in lines(tree, index)]
    return shown


def names(driver):
    return [row.path.stem for row in driver.rows()]


def test_f9_shows_the_folders_with_their_counts_and_hides_them(driver, press):
    tree = driver.window.findChild(QTreeView, "folderTree")
    assert not tree.isVisible()
    press(Key.Key_F9)
    driver.rest()
    assert tree.isVisible()
    assert tree.hasFocus()
    folders = ["  CD 9 (3)", "  CD 10 (1)", "  CD 90 (1)"]
    assert lines(tree) == ["All folders (5)", "/music (5)", *folders]
    driver.trigger("foldersAction")
    assert not tree.isVisible()
    assert driver.table.hasFocus()


def test_walking_the_folders_limits_the_table_and_escape_shows_all(driver, tree):
    for _ in range(2):
        QTest.keyClick(tree, Key.Key_Down)
    assert names(driver) == ["1", "2", "3"]
    QTest.keyClick(tree, Key.Key_Right)
    QTest.keyClick(tree, Key.Key_Right)
    assert names(driver) == ["2"]
    QTest.keyClick(tree, Key.Key_Left)
    assert names(driver) == ["1", "2", "3"]
    driver.rest()
    assert tree.currentIndex().data() == "CD 9 (3)", "what is chosen stays, however often counted"
    assert "    extra (1)" in lines(tree), "and what is open"
    QTest.keyClick(tree, Key.Key_Return)
    assert driver.table.hasFocus()
    assert names(driver) == ["1", "2", "3"]
    QTest.keyClick(tree, Key.Key_Escape)
    assert len(names(driver)) == 5
    assert tree.currentIndex().data() == "All folders (5)"
    assert driver.table.hasFocus()


def test_the_folder_and_the_filter_hold_together(driver, tree):
    for _ in range(2):
        QTest.keyClick(tree, Key.Key_Down)
    driver.filter_edit.setText("file:3")
    assert names(driver) == ["3"]
    driver.rest()
    assert lines(tree)[:2] == ["All folders (1)", "/music/CD 9 (1)"]
    driver.filter_edit.setText("file:0")
    assert names(driver) == []
    driver.rest()
    assert tree.currentIndex().data() == "All folders (1)" or names(driver) == []
    driver.trigger("clearFilterAction")
    assert len(names(driver)) == 5


def test_ctrl_0_leaves_the_folder_too(driver, tree):
    QTest.keyClick(tree, Key.Key_Down)
    QTest.keyClick(tree, Key.Key_Down)
    assert len(names(driver)) == 3
    driver.trigger("clearFilterAction")
    assert len(names(driver)) == 5
    driver.rest()
    assert tree.currentIndex().data() == "All folders (5)"


def test_hidden_folders_limit_nothing(driver, tree):
    QTest.keyClick(tree, Key.Key_Down)
    QTest.keyClick(tree, Key.Key_Down)
    driver.trigger("foldersAction")
    assert len(names(driver)) == 5


def test_they_are_there_again_after_a_restart(opened, core):
    first = opened(core)
    first.trigger("foldersAction")
    first.rest()
    first.window.close()
    second = opened(core)
    tree = second.window.findChild(QTreeView, "folderTree")
    assert tree.isVisible()
    second.qtbot.waitUntil(lambda: lines(tree)[:1] == ["All folders (5)"])
    assert len(names(second)) == 5


def test_an_empty_table_has_one_line(opened):
    driver = opened(FakeCore([]))
    driver.trigger("foldersAction")
    driver.rest()
    assert lines(driver.window.findChild(QTreeView, "folderTree")) == ["All folders (0)"]


def test_the_model_keeps_the_contract_of_qt(qapp):
    model = FolderModel()
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, fatal)
    tree = FolderTree()
    for path in ("/m/a/x/1", "/m/a/y/2", "/m/b/3", "/n/4"):
        tree.add(path)
    model.show_tree(tree)
    assert model.index_of("/m/a/y").data() == "y (1)"
    assert model.index_of("/m/a/y").parent().data() == "a (2)"
    assert model.index_of("/gone").data() == "All folders (4)"
    model.show_tree(FolderTree())
    assert model.rowCount() == 1
    assert tester.model() is model
