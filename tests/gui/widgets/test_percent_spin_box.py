"""The field for a share in per cent."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QValidator

from genretagger.gui.widgets.percent_spin_box import PercentSpinBox


@pytest.fixture
def box(qtbot):
    box = PercentSpinBox()
    qtbot.addWidget(box)
    return box


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("80", QValidator.State.Acceptable),
        ("80 %", QValidator.State.Acceptable),
        (" %", QValidator.State.Intermediate),
        ("101", QValidator.State.Invalid),
        ("0.8", QValidator.State.Invalid),
    ],
)
def test_whole_per_cent_up_to_a_hundred_can_be_typed(box, text, state):
    assert box.validate(text, 0)[0] is state


def test_a_share_is_shown_in_per_cent(box):
    box.setValue(0.85)
    assert box.text() == "85 %"
    assert box.valueFromText("90 %") == 0.9
