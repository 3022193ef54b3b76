"""The base of small tables."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from genretagger.gui.widgets.record_table import RecordTableModel


class Cities(RecordTableModel):
    right_aligned = frozenset({1})

    def headings(self):
        return "City", "People"

    def heading_explanation(self, column):
        return "Millions" if column == 1 else ""

    def text(self, city, column):
        return city[column]

    def explanation(self, city, column):
        return f"<{city[0]}>" if column == 0 else ""


@pytest.fixture
def model(judged):
    model = judged(Cities())
    model.show([("Lima", "10"), ("Oslo", "1")])
    return model


def test_there_is_a_row_for_each_record(model):
    assert (model.rowCount(), model.columnCount()) == (2, 2)
    assert model.records == (("Lima", "10"), ("Oslo", "1"))
    assert [model.index(1, column).data() for column in (0, 1)] == ["Oslo", "1"]
    assert model.index(0, 0).data(Qt.ItemDataRole.EditRole) == "Lima"
    model.show([])
    assert (model.rowCount(), model.columnCount()) == (0, 2)


def test_a_cell_has_neither_rows_nor_columns_of_its_own(model):
    cell = model.index(0, 0)
    assert (model.rowCount(cell), model.columnCount(cell)) == (0, 0)


def test_columns_have_headings_and_rows_have_none(model):
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert [model.headerData(n, across) for n in range(3)] == ["City", "People", None]
    assert model.headerData(0, down) is None


def test_tooltips_show_markup_as_it_is_and_an_empty_one_is_none(model):
    role, across = Qt.ItemDataRole.ToolTipRole, Qt.Orientation.Horizontal
    assert model.index(0, 0).data(role) == "<qt>&lt;Lima&gt;</qt>"
    assert model.index(0, 1).data(role) is None
    assert model.headerData(1, across, role) == "<qt>Millions</qt>"
    assert model.headerData(0, across, role) is None


def test_numbers_stand_on_the_right_below_their_heading(model):
    role, right = Qt.ItemDataRole.TextAlignmentRole, Qt.AlignmentFlag.AlignRight
    for column, is_right in ((0, False), (1, True)):
        heading = model.headerData(column, Qt.Orientation.Horizontal, role)
        cell = model.index(0, column).data(role)
        assert heading == cell
        assert bool(cell & right) is is_right
