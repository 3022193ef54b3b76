"""The view of the tracks: headings, and selections that stay with their rows."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from genretagger.core.writes import Policy
from genretagger.gui.cells.cell_texts import text
from genretagger.gui.cells.columns import Column
from genretagger.gui.detail.detail_texts import facts_of
from genretagger.gui.tracks.track_model import TrackTableModel
from genretagger.gui.tracks.track_view import TrackView
from genretagger.gui.widgets.item_views import ROW_ROLE
from genretagger.review.rows.row import State
from genretagger.review.rows.suggestion_mark import WriteRules
from genretagger.review.table.row_groups import Grouping
from tests.helpers.rows import heard


def of_album(n, album, **more):
    return heard(f"{album}{n}.mp3", album=album, folder=f"/music/{album}", **more)


def entries(model):
    """Return the name of the file of each row, and `-` for a heading."""
    found = (model.index(position, 0).data(ROW_ROLE) for position in range(model.rowCount()))
    return [row.path.stem if row is not None else "-" for row in found]


def test_a_length_that_is_a_guess_is_said_to_be_one():
    row = of_album(1, "Blue")
    tags = replace(row.track.tags, duration_s=200.2, duration_estimated=True)
    guessed = replace(row, track=replace(row.track, tags=tags))
    assert text(row, Column.DURATION, {}) == "0:03"
    assert text(guessed, Column.DURATION, {}) == "about 3:20"
    assert ("Length", "about 3:20") in facts_of(guessed, None)


def test_tracks_under_headings(judged, qtbot):
    model = judged(TrackTableModel())
    view = TrackView(model, genres=list)
    qtbot.addWidget(view)
    model.group(Grouping.ALBUM)
    model.append([of_album(2, "Blue"), of_album(1, "Amber")])
    model.append([])
    model.append([of_album(1, "Blue"), of_album(3, "Amber", confidence=0.3)])
    assert entries(model) == ["-", "Amber1", "-", "Blue2", "-", "Amber3", "-", "Blue1"]
    kept = QPersistentModelIndex(model.index(3, 2))
    view.selectAll()
    model.arrange()
    assert entries(model) == ["-", "Amber1", "Amber3", "-", "Blue1", "Blue2"]
    assert model.index(kept.row(), 0).data(ROW_ROLE).path.stem == "Blue2"
    assert sorted(view.selected_row_ids()) == [0, 1, 2, 3]
    model.sort(Column.CONFIDENCE, Qt.SortOrder.AscendingOrder)
    assert entries(model)[1:3] == ["Amber3", "Amber1"]
    model.replace({3: of_album(3, "Amber", confidence=0.99)})
    model.filter("album:blue")
    assert entries(model) == ["-", "Blue2", "Blue1"]
    model.append([of_album(7, "Amber"), of_album(7, "Blue")])
    assert entries(model)[-1] == "Blue7"
    model.filter("", states=[State.MISSING])
    model.set_write_rules(WriteRules(Policy.REPLACE))
    model.filter("nothing has this")
    assert model.rowCount() == 0
    model.filter("")
    view.select_first()
    model.group(None)
    assert entries(model)[0] != "-"
    model.group(Grouping.ALBUM)
    model.sort(-1)
    model.clear()
    assert model.rowCount() == 0
    model.append([of_album(1, "Amber")])
    assert entries(model) == ["-", "Amber1"]


def test_every_index_that_is_kept_finds_a_place_of_its_own(judged):
    """Two kept indexes that become equal are one to Qt, and a crash once they are let go of."""
    model = judged(TrackTableModel())
    model.append([of_album(n, album) for album in ("Blue", "Amber") for n in (1, 2)])
    model.group(Grouping.ALBUM)
    kept = [QPersistentModelIndex(model.index(position, 1)) for position in range(model.rowCount())]
    model.group(None)
    places = [index.row() for index in kept if index.isValid()]
    assert sorted(places) == [0, 1, 2, 3]


def test_tracks_cannot_be_edited_on_a_heading(judged):
    model = judged(TrackTableModel())
    model.append([of_album(1, "Blue")])
    model.group(Grouping.ALBUM)
    heading = model.index(0, Column.SUGGESTED)
    assert not model.flags(heading) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(heading, "House")
    assert heading.data() is None


def test_a_large_selection_stays_with_its_rows_and_costs_few_indexes(judged, qtbot):
    model = judged(TrackTableModel())
    view = TrackView(model, genres=list)
    qtbot.addWidget(view)
    n_rows = 600
    model.append([of_album(n, f"A{n % 50}x") for n in range(n_rows)])
    view.select(7)
    view.selectAll()
    for change in (
        lambda: model.group(Grouping.ALBUM),
        lambda: model.sort(Column.FILE, Qt.SortOrder.DescendingOrder),
        lambda: model.group(None),
        lambda: model.sort(Column.TITLE, Qt.SortOrder.AscendingOrder),
    ):
        change()
        assert sorted(view.selected_row_ids()) == list(range(n_rows))
        assert len(view.selectionModel().selection().toList()) == 1, "headings are selected too"
        assert len(model.persistentIndexList()) < n_rows
        assert view.current_row_id() == 7
    model.filter("album:a7x")
    assert {n % 50 for n in view.selected_row_ids()} == {7}
    model.filter("")
    assert {n % 50 for n in view.selected_row_ids()} == {7}


def test_only_the_rows_selected_stay_selected_under_headings(judged, qtbot):
    model = judged(TrackTableModel())
    view = TrackView(model, genres=list)
    qtbot.addWidget(view)
    model.append([of_album(n, f"Album {n // 300}") for n in range(600)])
    command = QItemSelectionModel.SelectionFlag
    part = QItemSelection(model.index(0, 0), model.index(299 + 150, 0))
    view.selectionModel().select(part, command.ClearAndSelect | command.Rows)
    model.group(Grouping.ALBUM)
    chosen = view.selectionModel()
    headings = [
        position for position in range(model.rowCount()) if model.group_at(position) is not None
    ]
    assert [chosen.isSelected(model.index(position, 0)) for position in headings] == [True, False]
    assert sorted(view.selected_row_ids()) == list(range(450))


def test_the_table_is_painted_for_changed_rows_only_where_they_can_be_seen(qtbot):
    class Watched(TrackView):
        n_painted = 0

        def paintEvent(self, event):
            self.n_painted += 1
            super().paintEvent(event)

    model = TrackTableModel()
    view = Watched(model, genres=list)
    qtbot.addWidget(view)
    view.resize(600, 300)
    model.append([of_album(n, "Blue") for n in range(200)])
    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: view.n_painted > 0)

    def paintings(*row_ids):
        QApplication.processEvents()
        QTest.qWait(20)  # Qt paints a moment after it was asked to
        before = view.n_painted
        model.replace({row_id: of_album(row_id, "Blue", confidence=0.3) for row_id in row_ids})
        QTest.qWait(20)
        return view.n_painted - before

    assert paintings(100, 150) == 0
    assert paintings(0) == 1
    assert paintings(2, 199) == 1
    view.scrollToBottom()
    assert paintings(0, 100) == 0
    assert paintings(0, 199) == 1
    model.group(Grouping.ALBUM)
    view.scrollToTop()
    assert paintings(100) == 1, "the heading sums up all of its tracks"
