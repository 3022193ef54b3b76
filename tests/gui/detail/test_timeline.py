"""The timeline: what it says and paints where, and what mouse and keys ask for."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from genretagger.core.predictions import SegmentScores
from genretagger.gui.detail.timeline import Timeline
from genretagger.gui.detail.timeline_layout import axis_step, blocks_of, clock, lanes_of
from genretagger.gui.detail.timeline_painter import wave_heights
from genretagger.gui.widgets.genre_colours import genre_colour

GENRES = ("hiphop", "rock", "Vaporwave")


def segment(start_s, genre, score):
    scores = [(1 - score) / 2] * 3
    scores[GENRES.index(genre)] = score
    return SegmentScores(start_s, tuple(scores))


SEGMENTS = (
    segment(12.0, "rock", 0.812),
    segment(60.0, "rock", 0.95),
    segment(90.0, "hiphop", 0.6),
    segment(65.5, "rock", 0.5),
)


@pytest.fixture
def timeline(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    made = Timeline()
    QVBoxLayout(window).addWidget(made)
    made.setFixedWidth(312)
    made.show_track(120.0, SEGMENTS, GENRES, 3.0, 1)
    window.show()
    made.setFocus()
    yield made
    window.close()


def asked(timeline):
    found = []
    timeline.seek_asked.connect(found.append)
    timeline.play_asked.connect(lambda seconds: found.append(("play", seconds)))
    return found


# Words and numbers


def test_times_are_those_of_a_player():
    assert [clock(s) for s in (0, 59.9, 60, 65.5, 3605)] == [
        "0:00",
        "0:59",
        "1:00",
        "1:05",
        "1:00:05",
    ]


def test_the_axis_has_round_steps_and_no_more_labels_than_fit():
    assert [axis_step(225.0, most=n) for n in (10, 5, 2, 0)] == [30, 60, 120, 300]
    assert axis_step(10.0**9, most=3) == 14400


def test_lanes_are_the_genres_the_most_frequent_first():
    lanes = lanes_of(blocks_of(SEGMENTS, GENRES, 3.0, 1))
    assert [(lane.genre, len(lane.blocks)) for lane in lanes] == [("Rock", 3), ("Hip-Hop", 1)]
    assert [block.start_s for block in lanes[0].blocks] == [12.0, 60.0, 65.5]


def test_a_description_says_all_that_is_painted(timeline):
    assert timeline.accessibleName() == "Timeline"
    assert timeline.accessibleDescription() == (
        "0:12 Rock 81 %, 1:00 Rock 95 % (decisive), 1:05 Rock 50 %, 1:30 Hip-Hop 60 %"
    )
    timeline.clear()
    assert timeline.accessibleDescription() == ""
    assert timeline.blocks() == ()


def test_bars_are_the_loudest_of_their_part():
    levels = np.zeros(1000, np.float32)
    levels[500] = 0.75
    heights = wave_heights(levels, 299.0)
    assert len(heights) == 100
    assert heights[50] == 0.75
    assert sum(heights) == 0.75
    assert wave_heights(levels[:3], 299.0)[-1] == 0.0
    assert wave_heights(levels[:0], 299.0) == []


# Places


def test_times_have_their_places(timeline):
    left, right = timeline.x_of(0.0), timeline.x_of(120.0)
    assert (left, right) == (6.0, 306.0)
    assert timeline.x_of(60.0) == 156.0
    assert timeline.x_of(500.0) == right


def test_a_track_of_unknown_length_ends_with_its_last_segment(timeline):
    timeline.show_track(None, SEGMENTS, GENRES, 3.0, 1)
    assert timeline.x_of(93.0) == 306.0


def test_what_was_heard_is_said_at_its_place(timeline):
    assert timeline.text_at(QPointF(timeline.x_of(61.0), 0)) == "1:00 Rock 95 % (decisive)"
    assert timeline.text_at(QPointF(timeline.x_of(91.0), 0)) == "1:30 Hip-Hop 60 %"
    assert timeline.text_at(QPointF(timeline.x_of(40.2), 0)) == "0:40"


def test_more_genres_need_more_room(timeline):
    two = timeline.minimumSizeHint().height()
    timeline.show_track(120.0, SEGMENTS[:2], GENRES, 3.0, 1)
    one = timeline.minimumSizeHint().height()
    assert 72 <= one < two
    timeline.show_track(120.0, (), (), 0.0, None)
    assert timeline.minimumSizeHint().height() == 72


def test_while_a_track_is_read_the_timeline_has_the_room_for_a_genre(timeline):
    timeline.show_track(120.0, SEGMENTS[:2], GENRES, 3.0, 1)
    one = timeline.minimumSizeHint().height()
    timeline.clear()
    assert timeline.minimumSizeHint().height() == one


@pytest.mark.parametrize("dark", [False, True])
def test_segments_are_painted_in_the_hues_of_their_genres(timeline, dark):
    palette = QPalette(QColor("#323232" if dark else "#efefef"))
    timeline.window().setPalette(palette)
    timeline.show_envelope(np.ones(500, np.float32))
    image = timeline.grab().toImage()
    ratio = image.devicePixelRatio()
    painted = {
        image.pixelColor(round(timeline.x_of(s) * ratio), y).name()
        for s in (13.5, 61.5, 91.5)
        for y in range(image.height())
    }
    for genre in ("rock", "hiphop"):
        assert genre_colour(genre, timeline.palette()).name() in painted


def test_the_play_head_moves(timeline):
    before = timeline.grab().toImage()
    timeline.set_position(100.0)
    assert timeline.position() == 100.0
    assert timeline.grab().toImage() != before
    timeline.show_track(120.0, SEGMENTS, GENRES, 3.0, 1)
    assert timeline.position() is None


# Mouse and keys


def test_a_click_and_a_drag_ask_for_the_time_there(timeline, qtbot):
    found = asked(timeline)
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=QPoint(156, 40))
    qtbot.mouseMove(timeline, QPoint(206, 40))
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(206, 40))
    assert found == pytest.approx([60.0, 80.0])
    qtbot.mouseClick(timeline, Qt.MouseButton.RightButton, pos=QPoint(50, 40))
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(1, 40))
    assert found[2:] == [0.0]


def test_arrows_go_five_seconds_from_where_the_player_is(timeline, qtbot):
    found = asked(timeline)
    timeline.set_position(30.0)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
        qtbot.keyClick(timeline, key)
    assert found == [25.0, 35.0, 0.0, 115.0]
    timeline.set_position(118.0)
    qtbot.keyClick(timeline, Qt.Key.Key_Right)
    timeline.set_position(2.0)
    qtbot.keyClick(timeline, Qt.Key.Key_Left)
    assert found[4:] == [118.0, 0.0]


def test_without_a_play_head_arrows_begin_at_the_deciding_segment(timeline, qtbot):
    found = asked(timeline)
    qtbot.keyClick(timeline, Qt.Key.Key_Right)
    qtbot.keyClick(timeline, Qt.Key.Key_Return)
    assert found == [65.0, ("play", 60.0)]


def test_a_timeline_that_shows_nothing_asks_for_nothing(timeline, qtbot):
    timeline.clear()
    found = asked(timeline)
    qtbot.keyClick(timeline, Qt.Key.Key_Right)
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(50, 40))
    assert found == []
    timeline.grab()


def test_other_keys_are_left_to_the_window(timeline, qtbot):
    found = asked(timeline)
    qtbot.keyClick(timeline, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(timeline, Qt.Key.Key_A)
    assert found == []
