"""The personal classifiers and the genres of a report, as tables."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from genretagger.core.errors import PersonalError
from genretagger.core.settings import PersonalUse
from genretagger.gui.learning.learn_models import ClassifierColumn, ClassifierModel, GenreModel
from genretagger.pipeline import Personal
from tests.gui.learning.test_learn_feature import report


def test_classifiers_have_a_row_each_and_a_damaged_one_says_why(judged):
    model = judged(ClassifierModel())
    broken = PersonalError("personal-damaged", path=Path("/x"), reason="cut off")
    model.show(
        [Personal("a", report(), None, PersonalUse.BESIDE), Personal("b", None, broken, None)]
    )
    assert (model.row_of("b"), model.row_of("c")) == (1, None)
    assert model.index(0, ClassifierColumn.USE).data() == "alongside"
    assert model.index(1, ClassifierColumn.ACCURACY).data() == "damaged"
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
        assert "cut off" in model.index(1, ClassifierColumn.NAME).data(role)
        assert model.index(0, ClassifierColumn.NAME).data(role) is None
    model.show([])
    assert model.rowCount() == 0


def test_genres_have_a_row_each(judged):
    model = judged(GenreModel())
    model.show(report().genres)
    assert model.rowCount() == 2
    model.show(())
    assert model.rowCount() == 0
