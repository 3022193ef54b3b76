"""Headings fold by keys and by the mouse, and stand for their rows all the same."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from genretagger.gui.tracks.track_model import TrackTableModel
from genretagger.gui.tracks.track_view import TrackView
from genretagger.gui.widgets.item_views import ROW_ROLE
from genretagger.review.table.row_groups import Grouping
from tests.helpers.rows import heard

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def model(judged):
    model = judged(TrackTableModel())
    model.group(Grouping.ALBUM)
    model.append([of_album(n, album) for album in ("Amber", "Blue", "Cyan") for n in (1, 2)])
    return model


@pytest.fixture
def view(model, qtbot):
    view = TrackView(model, genres=lambda _row: [])
    qtbot.addWidget(view)
    view.resize(800, 400)
    view.show()
    view.selectRow(0)
    return view


def of_album(n, album, **more):
    return heard(f"{album}{n}.mp3", album=album, folder=f"/music/{album}", **more)


def entries(view):
    """Return the name of the file of each row; of a heading `-`, or `+` if it is folded."""
    model = view.model()
    shown = []
    for position in range(model.rowCount()):
        row = model.index(position, 0).data(ROW_ROLE)
        heading = "+" if model.is_folded(position) else "-"
        shown.append(row.path.stem if row is not None else heading)
    return " ".join(shown)


ALL = "- Amber1 Amber2 - Blue1 Blue2 - Cyan1 Cyan2"


def press(view, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(view, key, modifier)


def test_left_folds_a_heading_and_right_unfolds_it_and_goes_on(view):
    press(view, Key.Key_Left)
    assert entries(view) == "+ - Blue1 Blue2 - Cyan1 Cyan2"
    press(view, Key.Key_Left)
    assert view.currentIndex().row() == 0
    press(view, Key.Key_Right)
    assert entries(view) == ALL
    assert view.currentIndex().row() == 0
    press(view, Key.Key_Right)
    assert view.currentIndex().row() == 1


def test_ctrl_folds_all_and_the_heading_above_becomes_current(view):
    view.select(3)
    press(view, Key.Key_Left, CONTROL)
    assert entries(view) == "+ + +"
    assert view.currentIndex().row() == 1
    assert view.selected_row_ids() == [2, 3]
    press(view, Key.Key_Right, CONTROL)
    assert entries(view) == ALL
    assert view.currentIndex().row() == 3


def test_a_click_on_the_sign_folds_and_a_second_one_unfolds(view, qtbot):
    view.select(2)
    place = QPoint(12, view.rowViewportPosition(3) + 5)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert entries(view) == "- Amber1 Amber2 + - Cyan1 Cyan2"
    assert view.currentIndex().row() == 3
    played = []
    view.play_asked.connect(lambda: played.append(True))
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert entries(view) == ALL
    assert not played
    beside = QPoint(200, place.y())
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert entries(view) == ALL


def test_keys_on_a_row_and_without_headings_stay_those_of_a_table(view, model):
    view.select(0)
    press(view, Key.Key_Left)
    assert entries(view) == ALL
    model.group(None)
    press(view, Key.Key_Left, CONTROL)
    assert model.rowCount() == 6


def test_a_folded_heading_stands_for_its_rows_and_says_so(view, model):
    press(view, Key.Key_Left)
    assert view.selected_row_ids() == [0, 1]
    assert list(model.shown()) == [0, 1, 2, 3, 4, 5]
    assert not model.is_hidden(0)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 0).data(role).endswith(", folded")
    assert not model.index(1, 0).data(role).endswith(", folded")
    assert "2 of 2 sound like Blues" in model.heading_at(0)[1]
    model.replace({0: of_album(1, "Amber", genre="rock")})
    assert "1 of 2 sound like each of" in model.heading_at(0)[1]


def test_it_stays_folded_when_rows_are_sorted_filtered_and_found(view, model):
    press(view, Key.Key_Left)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert entries(view) == "+ - Blue2 Blue1 - Cyan2 Cyan1"
    model.filter("amber")
    assert entries(view) == "+"
    model.filter("")
    model.append([of_album(3, "Amber")])
    model.arrange()
    assert entries(view) == "+ - Blue2 Blue1 - Cyan2 Cyan1"
    model.group(None)
    model.group(Grouping.ALBUM)
    assert entries(view).startswith("+ -")


def test_rows_found_for_the_last_heading_go_into_it_while_it_is_folded(view, model):
    view.headings.fold(6, folded=True)
    model.append([of_album(3, "Cyan")])
    assert entries(view) == "- Amber1 Amber2 - Blue1 Blue2 +"
    assert model.heading_at(6)[1].startswith("Tracks: 3")


def test_going_to_a_folded_row_unfolds_it(view, model):
    view.headings.fold(3, folded=True)
    view.select(2)
    assert entries(view) == ALL
    assert view.current_row_id() == 2
    view.headings.fold(3, folded=True)
    view.edit_row(3)
    assert entries(view) == ALL


def test_the_next_of_a_row_is_a_folded_heading_as_a_whole(view):
    view.headings.fold(3, folded=True)
    view.select_next(1)
    assert view.currentIndex().row() == 3
    assert view.selected_row_ids() == [2, 3]
    assert entries(view).count("+") == 1


def test_a_row_below_a_heading_that_folds_hands_the_keys_to_it(view):
    view.select(3)
    view.headings.fold(3, folded=True)
    assert view.currentIndex().row() == 3
    assert view.selected_row_ids() == [2, 3]
