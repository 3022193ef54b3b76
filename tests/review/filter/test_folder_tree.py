"""The folders of rows as a tree, with counts."""

from __future__ import annotations

from genretagger.review.filter.folder_tree import FolderTree, check_folder
from tests.helpers.rows import heard


def tree(*paths):
    made = FolderTree()
    for path in paths:
        made.add(path)
    return made


def names(folder):
    return [(child.name, child.n_rows) for child in folder.sorted_children()]


def test_the_root_is_the_deepest_folder_that_has_all():
    made = tree("/home/ana/Music/CD 10/a", "/home/ana/Music/CD 9/a", "/home/ana/Music/CD 9/x/b")
    assert (made.root.path, made.root.n_rows) == ("/home/ana/Music", 3)
    assert names(made.root) == [("CD 9", 2), ("CD 10", 1)]
    (nine, _ten) = made.root.sorted_children()
    assert (nine.n_own, nine.n_rows, nine.path) == (1, 2, "/home/ana/Music/CD 9")
    assert names(nine) == [("x", 1)]


def test_a_folder_with_tracks_of_its_own_is_not_skipped():
    assert tree("/m/a", "/m/x/b").root.path == "/m"
    assert tree("/m/x/a", "/m/x/b").root.path == "/m/x"
    assert tree("/m/a", "/n/b").root.path == ""
    assert tree().root.n_rows == 0


def test_a_row_is_in_a_folder_or_below_but_not_in_one_that_begins_alike():
    check = check_folder("/m/CD")
    rows = [heard(name, folder="/") for name in ("m/CD/a", "m/CD/x/b", "m/CD 2/c", "m/d")]
    assert [check(row, "") for row in rows] == [True, True, False, False]
    everything = check_folder("")
    assert all(everything(row, "") for row in rows)
