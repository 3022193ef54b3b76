"""Genres spelled in several ways, as a table."""

from __future__ import annotations

from PySide6.QtCore import Qt

from genretagger.gui.spelling.spelling_model import SpellingColumn, SpellingModel
from genretagger.review.genres.spellings import (
    FoundSpellings,
    Spelling,
    SpellingGroup,
    SpellingKind,
)


def test_a_group_is_checked_and_given_another_name(judged):
    spellings = (Spelling("hip hop", 1, [0]), Spelling("Hip-Hop", 2, [1, 2]))
    group = SpellingGroup(SpellingKind.SPELLING, spellings, ("Hip-Hop",))
    row_ids = {"hip hop": [0], "Hip-Hop": [1, 2]}
    model = judged(SpellingModel(FoundSpellings((group,), row_ids=row_ids)))
    names, box = model.index(0, SpellingColumn.NAMES), model.index(0, SpellingColumn.FOUND)
    assert model.n_files() == 1
    model.check([0], checked=False)
    assert (model.n_files(), model.chosen()) == (0, {})
    assert model.setData(names, "Rap")
    assert not model.setData(names, " ; ")
    assert box.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
    assert model.chosen() == {"hip hop": ("Rap",), "Hip-Hop": ("Rap",)}
