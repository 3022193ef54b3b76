"""The tools stand in three lines with the menus, are never cut, and are there where they act."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QToolBar, QToolButton

from genretagger.core.predictions import Threshold
from genretagger.gui.widgets.translation import install_language
from genretagger.review.rows.confidence_levels import Levels
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track
from tools.window_tour import Tour

SIZES = [(1180, 720), (900, 600), (720, 440)]


@pytest.fixture
def core():
    tracks = [track("a.flac"), track("b.flac", genres=("Pop",))]
    return FakeCore(tracks, {one.path: prediction("disco", 0.9) for one in tracks})


@pytest.fixture
def levels():
    return Levels(Threshold(0.95, 0.97, 0.4), Threshold(0.81, 0.9, 0.6))


@pytest.fixture(params=["en", "es"])
def tour(qapp, tmp_path, request):
    before = QLocale()
    install_language(qapp, request.param)
    tour = Tour(tmp_path)
    tour.write()
    tour.decide()
    yield tour
    tour.close()
    install_language(qapp, "en")
    QLocale.setDefault(before)


def tools(driver):
    bar = driver.window.findChild(QToolBar, "toolBar")
    return [action.objectName() for action in bar.actions() if not action.isSeparator()]


def test_a_tool_of_jobs_is_there_while_it_can_act(driver, qtbot):
    always = ["openFolderAction", "acceptAction", "rejectAction", "editAction", "genreSetAction"]
    assert tools(driver) == ["analyseAction", *always]
    driver.select("a.flac")
    driver.trigger("acceptAction")
    with_write = ["analyseAction", "writeAction", *always]
    assert tools(driver) == with_write
    driver.write()
    qtbot.waitUntil(lambda: "undoAction" in tools(driver))
    assert "writeAction" not in tools(driver)
    driver.trigger("analyseAction")
    assert {"stopAction", "pauseAction"} <= set(tools(driver))
    assert "analyseAction" not in tools(driver)
    driver.wait_idle()
    assert "stopAction" not in tools(driver)


def area(widget, window):
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("size", SIZES)
def test_the_tools_stand_in_two_lines_below_the_menus_and_nothing_is_cut(tour, qtbot, size):
    window = tour.window
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    names = ("filterEdit", "savedFiltersButton", "stateChips")
    search = [area(tour.part(name), window) for name in names]
    line = ("thresholdSpin", "thresholdButton", "thresholdLabel", "acceptAllButton")
    decide = [area(tour.part(name), window) for name in line]
    for one, other in combinations((*search, *decide), 2):
        assert not one.intersects(other)
    assert all(window.rect().contains(one) for one in (*search, *decide))
    assert len({one.center().y() // 4 for one in search}) == 1
    assert max(one.bottom() for one in search) < min(one.top() for one in decide)
    buttons = list(tour.part("stateChips").findChildren(QAbstractButton))
    for button in (*buttons, tour.part("acceptAllButton"), tour.part("savedFiltersButton")):
        assert button.isHidden() or button.width() >= button.sizeHint().width(), button.text()
    label = tour.part("thresholdLabel")
    assert isinstance(label, QLabel)
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
    assert "97" in label.text()
    if size[0] >= 900:
        assert tour.table.mapTo(window, QPoint(0, 0)).y() <= 112


@pytest.mark.parametrize("size", SIZES)
def test_the_tools_lie_beside_the_menus_and_all_are_seen(tour, qtbot, size):
    window = tour.window
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    bar, menus = tour.part("toolBar"), window.menuBar()
    assert isinstance(bar, QToolBar)
    last = max(menus.actionGeometry(one).right() for one in menus.actions())
    assert area(bar, window).left() > last
    assert menus.rect().contains(bar.geometry())
    buttons = [bar.widgetForAction(one) for one in bar.actions() if not one.isSeparator()]
    for button in buttons:
        assert isinstance(button, QToolButton)
        assert button.isVisible()
        assert bar.rect().contains(button.geometry())
    with_words = bar.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert with_words or size[0] < 1180


def test_larger_texts_leave_nothing_cut(tour, look, qtbot):
    window, chips = tour.window, tour.part("stateChips")
    window.resize(1180, 720)
    look.set_text_scale(1.5)
    buttons = [one for one in chips.findChildren(QAbstractButton) if not one.isHidden()]
    qtbot.waitUntil(
        lambda: all(
            one.width() >= one.sizeHint().width() and chips.rect().contains(one.geometry())
            for one in buttons
        )
    )
    label = tour.part("thresholdLabel")
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
    bar = tour.part("toolBar")
    qtbot.waitUntil(lambda: bar.sizeHint().width() <= bar.width())


def test_a_state_without_room_for_its_word_still_says_it(tour, qtbot):
    chip = tour.part("chipDiffers")
    assert isinstance(chip, QAbstractButton)
    tour.window.resize(900, 600)
    qtbot.waitUntil(lambda: tour.window.width() == 900)
    assert chip.text().isdigit()
    word = chip.accessibleName().split(";")[0]
    assert word in chip.toolTip()
    chip.click()
    assert chip.text().casefold().startswith(word), "what is chosen is said"
    chip.click()


def test_a_tip_says_what_a_tool_does_and_not_its_name_again(driver):
    for name in ("openFolderAction", "acceptAction", "rejectAction", "editAction", "writeAction"):
        action = driver.action(name)
        tip, keys = action.toolTip(), action.shortcut().toString()
        assert tip.endswith(f"({keys})")
        assert not tip.startswith(action.text().replace("&", "").rstrip("…"))


def test_what_comes_and_goes_moves_no_tool_that_is_always_there(driver, qtbot):
    bar = driver.window.findChild(QToolBar, "toolBar")

    def places():
        names = ("openFolderAction", "acceptAction", "rejectAction", "editAction")
        buttons = [bar.widgetForAction(driver.action(name)) for name in names]
        return [area(button, driver.window) for button in buttons]

    for size in SIZES:
        driver.window.resize(*size)
        qtbot.waitUntil(lambda size=size: driver.window.width() == size[0])
        driver.select("a.flac")
        qtbot.wait(50)
        before = places()
        driver.trigger("acceptAction")
        qtbot.waitUntil(lambda: "writeAction" in tools(driver))
        qtbot.wait(50)
        assert places() == before
        driver.trigger("undoDecisionAction")
