"""Choosing the threshold by what it does: the chart follows the rows, the number and the keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDoubleSpinBox, QFrame, QLabel, QToolButton

from genretagger.core.predictions import Threshold, Unsure
from genretagger.gui.deciding.threshold_chart import ThresholdChart
from genretagger.gui.deciding.threshold_panel import taken_text
from genretagger.review.rows.confidence_levels import Levels
from genretagger.review.statistics.threshold_curve import ThresholdPoint
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track


@pytest.fixture
def levels():
    return Levels(Threshold(0.95, 0.98, 0.4), Threshold(0.8, 0.95, 0.6))


CONFIDENCES = (0.96, 0.9, 0.75, 0.6)


@pytest.fixture
def driver(opened):
    tracks = [track(f"{'abcd'[n]}.flac") for n in range(4)]
    unsure = track("e.flac", artist="Nobody")
    heard = {
        one.path: prediction(confidence=confidence)
        for one, confidence in zip(tracks, CONFIDENCES, strict=True)
    }
    heard[unsure.path] = prediction(confidence=0.99, unsure=Unsure.UNFAMILIAR)
    return opened(FakeCore([*tracks, unsure], heard))


def part(driver, kind, name):
    return driver.window.findChild(kind, name)


def chart(driver):
    return part(driver, ThresholdChart, "thresholdChart")


def spin(driver):
    return part(driver, QDoubleSpinBox, "thresholdSpin")


def sentence(driver):
    return part(driver, QLabel, "thresholdSentence").text()


def opened_chart(driver):
    driver.window.activateWindow()
    driver.table.setFocus()
    QTest.keyClick(driver.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    driver.qtbot.waitUntil(lambda: chart(driver).hasFocus())
    return chart(driver)


def test_the_key_opens_the_chart_and_escape_gives_the_focus_back(driver):
    panel = part(driver, QFrame, "thresholdPanel")
    assert panel.isHidden()
    opened_chart(driver)
    assert panel.isVisible()
    QTest.keyClick(chart(driver), Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert driver.table.hasFocus()


def test_return_only_chooses(driver):
    bars = opened_chart(driver)
    QTest.keyClick(bars, Qt.Key.Key_Home)
    QTest.keyClick(bars, Qt.Key.Key_Return)
    assert part(driver, QFrame, "thresholdPanel").isHidden()
    assert driver.table.hasFocus()
    assert spin(driver).value() == 0.0
    assert all(row.decision is None for row in driver.rows())


def test_the_key_pressed_again_closes(driver):
    opened_chart(driver)
    QTest.keyClick(chart(driver), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert part(driver, QFrame, "thresholdPanel").isHidden()
    assert driver.table.hasFocus()


@pytest.mark.parametrize(
    ("key", "whole"),
    [
        (Qt.Key.Key_Left, 79),
        (Qt.Key.Key_Right, 81),
        (Qt.Key.Key_PageDown, 70),
        (Qt.Key.Key_PageUp, 90),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 100),
    ],
)
def test_keys_move_the_handle_and_the_number_with_it(driver, key, whole):
    spin(driver).setValue(0.8)
    QTest.keyClick(opened_chart(driver), key)
    assert chart(driver).value() == whole
    assert spin(driver).value() == whole / 100


def test_every_number_comes_through_unchanged(driver):
    for whole in range(101):
        spin(driver).setValue(whole / 100)
        assert chart(driver).value() == whole
        assert spin(driver).value() == whole / 100


def test_the_mouse_drags_the_handle(driver):
    bars = opened_chart(driver)
    bars.setValue(50)
    plot = bars._plot()
    y = round(plot.center().y())
    at = [QPoint(round(plot.left() + share * plot.width()), y) for share in (0.2, 0.7)]
    QTest.mousePress(bars, Qt.MouseButton.LeftButton, pos=at[0])
    assert chart(driver).value() == pytest.approx(20, abs=1)
    QTest.mouseMove(bars, at[1])
    QTest.mouseRelease(bars, Qt.MouseButton.LeftButton, pos=at[1])
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=at[1])
    assert spin(driver).value() == pytest.approx(0.7, abs=0.01)


def test_it_says_what_the_threshold_takes_and_what_was_measured(driver):
    spin(driver).setValue(0.8)
    bars = opened_chart(driver)
    assert sentence(driver) == (
        "At 80 % or above: 2 of 5 tracks (40 %), about 93 % right, so hardly any wrong."
    )
    note = part(driver, QLabel, "thresholdNote").text()
    assert "Estimated from the confidences themselves." in note
    assert "At 80 % or above, at least 95 of 100 verdicts were right" in note
    assert sentence(driver) in bars.accessibleDescription()
    assert note in bars.accessibleDescription()


def test_a_screen_reader_takes_it_for_a_slider(driver):
    spin(driver).setValue(0.8)
    found = QAccessible.queryAccessibleInterface(chart(driver))
    assert found.role() == QAccessible.Role.Slider
    assert found.valueInterface().currentValue() == 80
    assert found.text(QAccessible.Text.Name) == "Confidence threshold"


def test_it_follows_filter_and_decisions_while_it_is_open(driver):
    opened_chart(driver)
    chart(driver).setValue(0)
    assert "4 of 5 tracks" in sentence(driver)
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.qtbot.waitUntil(lambda: "3 of 4 tracks" in sentence(driver))
    driver.filter_edit.setText("nobody")
    driver.qtbot.waitUntil(lambda: "none of 1 tracks" in sentence(driver))


def test_the_panel_stays_inside_a_small_window(driver):
    driver.window.resize(900, 600)
    opened_chart(driver)
    panel = part(driver, QFrame, "thresholdPanel")
    driver.window.resize(720, 440)
    driver.qtbot.waitUntil(lambda: panel.parentWidget().rect().contains(panel.geometry()))
    button = part(driver, QToolButton, "thresholdButton")
    assert not panel.geometry().intersects(button.geometry())


def test_without_tracks_there_are_words(opened):
    driver = opened(FakeCore([]))
    opened_chart(driver)
    assert sentence(driver) == "Nothing is left to decide among the tracks shown."
    QTest.keyClick(chart(driver), Qt.Key.Key_Left)
    assert not chart(driver).grab().isNull()


def test_few_tracks_are_not_said_to_be_all_right():
    assert "about 99 % right, so hardly any wrong" in taken_text(ThresholdPoint(3, 3, 2.999), 0.9)
    assert "about 75 % right, so about 1 wrong" in taken_text(ThresholdPoint(4, 8, 3.0), 0.5)
