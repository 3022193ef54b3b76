"""What all charts share: reading by keys, choosing, tooltips."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from genretagger.gui.widgets.charts import PairedBars, PairOfBars
from genretagger.gui.widgets.score_chart import Bar, ScoreChart


def pair(name):
    return PairOfBars(name, 1, 2, f"{name}; 1 to 2")


@pytest.fixture
def pairs(qtbot):
    chart = PairedBars("bars", "Genres")
    qtbot.addWidget(chart)
    chart.show_pairs([pair("Jazz"), pair("Rock")], "Two genres")
    chart.resize(chart.sizeHint())
    return chart


@pytest.fixture
def scores(qtbot):
    chart = ScoreChart("scores", "Scores")
    qtbot.addWidget(chart)
    bars = tuple(Bar(name, 0.5, "50 %", f"{name}: 50 %") for name in ("Jazz", "Rock"))
    chart.show_bars(bars)
    return chart


def press(key):
    return QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)


def test_the_arrow_keys_walk_and_the_description_follows(pairs, qtbot):
    assert pairs.accessibleDescription() == "Jazz; 1 to 2\nTwo genres"
    with qtbot.waitSignal(pairs.walked):
        qtbot.keyClick(pairs, Qt.Key.Key_Down)
    assert pairs.current_item() == 1
    assert pairs.accessibleDescription() == "Rock; 1 to 2\nTwo genres"
    qtbot.keyClick(pairs, Qt.Key.Key_Down)
    assert pairs.current_item() == 1, "the last one"
    qtbot.keyClick(pairs, Qt.Key.Key_Home)
    assert pairs.current_item() == 0


def test_return_and_a_click_choose(pairs, qtbot):
    with qtbot.waitSignal(pairs.chosen) as chosen:
        qtbot.keyClick(pairs, Qt.Key.Key_Return)
    assert chosen.args == [0]
    point = pairs.item_rect(1).center().toPoint()
    with qtbot.waitSignal(pairs.chosen) as chosen:
        qtbot.mouseClick(pairs, Qt.MouseButton.LeftButton, pos=point)
    assert chosen.args == [1]
    assert pairs.text_at(QPointF(point)) == "Rock; 1 to 2"
    assert pairs.text_at(QPointF(0, 1000)) == ""


def test_a_chart_without_items_keeps_no_walking_key(pairs):
    assert pairs.claims_key(press(Qt.Key.Key_Down))
    pairs.show_pairs([], "")
    assert not pairs.claims_key(press(Qt.Key.Key_Down))


def test_scores_are_read_but_not_chosen(scores, qtbot):
    qtbot.keyClick(scores, Qt.Key.Key_Down)
    assert scores.current_bar().name == "Rock"
    assert scores.accessibleDescription() == "Jazz: 50 %\nRock: 50 %"
    assert scores.claims_key(press(Qt.Key.Key_End))
    assert not scores.claims_key(press(Qt.Key.Key_Return))
