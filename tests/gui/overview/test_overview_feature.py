"""The overview: what it says, and that every bar and cell leads to its tracks."""

from __future__ import annotations

import random
import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from genretagger.core.genres import GenreMapping
from genretagger.core.predictions import Level, Unsure
from genretagger.core.writes import Policy
from genretagger.gui.cells.cell_delegates import level_colour
from genretagger.gui.overview.heat_map import ConfusionModel, HeatMap
from genretagger.gui.overview.histogram import Histogram
from genretagger.gui.overview.overview_texts import (
    NO_GENRE_FILTER,
    bin_filter,
    disputed_filter,
    now_filter,
    pair_filter,
    tally_filter,
)
from genretagger.gui.tracks.filter_texts import filter_words
from genretagger.gui.widgets.charts import PairedBars
from genretagger.review.filter.filters import parse_filter
from genretagger.review.filter.search_text import search_texts
from genretagger.review.rows.decisions import accepted, edited, rejected
from genretagger.review.rows.row import Row
from genretagger.review.statistics.confusion import Confusion
from genretagger.review.statistics.overview import Overview, TrustLevel, summarise_library
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track

CONTROL = Qt.KeyboardModifier.ControlModifier


def core():
    """Return three tagged and heard Pop, two tagged Pop heard Rock, one Hip-Hop, one without."""
    tracks = [track(f"{'abcdefg'[n]}.flac", genres=genres) for n, genres in enumerate(
        [("Pop",), ("Pop",), ("Pop",), ("Pop",), ("Pop",), ("Hip-Hop",), ()]
    )]  # fmt: skip
    heard = ["pop", "pop", "pop", "rock", "rock", "pop", "rock"]
    verdicts = [prediction(genre, 0.9, level=Level.MEDIUM) for genre in heard]
    verdicts[-1] = prediction("rock", 0.42, Unsure.LOW_CONFIDENCE, level=Level.LOW)
    return FakeCore(tracks, dict(zip((one.path for one in tracks), verdicts, strict=True)))


def part(driver, kind, name):
    return driver.window.findChild(kind, name)


def headline(driver):
    return part(driver, QLabel, "overviewHeadline").text()


def page(driver):
    return part(driver, QStackedWidget, "overviewPage")


def to_overview(driver):
    driver.window.activateWindow()
    driver.qtbot.waitUntil(driver.window.isActiveWindow)
    QTest.keyClick(driver.window, Qt.Key.Key_2, CONTROL)
    assert page(driver).isVisible()


@pytest.fixture
def driver(opened):
    driver = opened(core())
    to_overview(driver)
    driver.qtbot.waitUntil(lambda: bool(part(driver, PairedBars, "genreBars").spoken()))
    return driver


def on_review(driver, text, n_rows):
    """Return whether so many tracks are shown, by a filter, with the keys on the table."""
    return (
        not page(driver).isVisible()
        and driver.filter_edit.text() == text
        and len(driver.rows()) == n_rows
        and driver.window.focusWidget() is driver.table
    )


def test_keys_go_there_and_back(driver):
    assert part(driver, PairedBars, "genreBars").hasFocus()
    QTest.keyClick(driver.window, Qt.Key.Key_1, CONTROL)
    assert not page(driver).isVisible()
    assert driver.table.hasFocus()


def test_the_numbers_of_the_library(driver):
    assert headline(driver).split("   ") == [
        "Tracks: 7", "analysed: 7", "agrees: 3", "differs: 3", "unsure: 1",
    ]  # fmt: skip


def test_overview_buttons_and_status_bar_count_the_same_by_the_same_words(driver):
    QTest.keyClick(driver.window, Qt.Key.Key_1, CONTROL)
    for name in ("a.flac", "g.flac"):
        driver.select(name)
        driver.trigger("acceptAction")
    driver.select("b.flac")
    driver.trigger("rejectAction")
    chips = part(driver, QWidget, "stateChips").findChildren(QToolButton)
    states = [chip.text().lower() for chip in chips if not chip.isHidden()]
    counts = part(driver, QLabel, "countsLabel").text().split("   ")
    to_overview(driver)
    numbers = headline(driver).split("   ")
    n_states = len(states) - 1  # the first button is for all of them
    assert [one.replace(":", "") for one in numbers[2 : 2 + n_states]] == states[1:]
    assert [numbers[0], *numbers[2 + n_states :]] == counts
    assert counts == ["Tracks: 7", "To write: 1", "Accepted, nothing to write: 1"]
    assert sum(int(one.split()[-1]) for one in states[1:]) == int(states[0].split()[-1]) == 7


def test_bars_say_what_is_there_now_and_when_written(driver):
    bars = part(driver, PairedBars, "genreBars")
    assert bars.spoken() == (
        "Pop; tracks: 5, unchanged",
        "Hip-Hop; tracks: 1, unchanged",
        "no genre; tracks: 1, unchanged",
    )
    assert bars.accessibleDescription().startswith("Pop; tracks: 5")
    QTest.keyClick(driver.window, Qt.Key.Key_1, CONTROL)
    driver.select("g.flac")
    driver.trigger("acceptAction")
    to_overview(driver)
    driver.qtbot.waitUntil(lambda: "Rock; tracks now: 0, after writing: 1" in bars.spoken())
    assert "no genre; tracks now: 1, after writing: 0" in bars.spoken()
    assert "To write: 1" in headline(driver)


def test_what_is_accepted_and_stays_as_it_is_is_not_to_be_written(driver):
    QTest.keyClick(driver.window, Qt.Key.Key_1, CONTROL)
    driver.select("a.flac", "d.flac")  # one agrees, the other has another genre
    driver.trigger("acceptAction")
    to_overview(driver)
    assert "To write" not in headline(driver)


def test_the_bar_of_a_genre_to_come_leads_to_the_tracks_that_get_it(driver):
    QTest.keyClick(driver.window, Qt.Key.Key_1, CONTROL)
    driver.select("g.flac")
    driver.trigger("acceptAction")
    to_overview(driver)
    bars = part(driver, PairedBars, "genreBars")
    driver.qtbot.waitUntil(lambda: "Rock; tracks now: 0, after writing: 1" in bars.spoken())
    while not bars.accessibleDescription().startswith("Rock"):
        QTest.keyClick(bars, Qt.Key.Key_Down)
    QTest.keyClick(bars, Qt.Key.Key_Return)
    assert on_review(driver, 'suggested:="Rock" state:accepted', 1)
    assert [row.path.name for row in driver.rows()] == ["g.flac"]


def test_a_bar_leads_to_its_tracks_by_key(driver):
    bars = part(driver, PairedBars, "genreBars")
    QTest.keyClick(bars, Qt.Key.Key_Down)
    assert bars.accessibleDescription().startswith("Hip-Hop")
    QTest.keyClick(bars, Qt.Key.Key_Return)
    assert on_review(driver, 'now:="Hip-Hop"', 1)


def test_a_bar_leads_to_its_tracks_by_click(driver):
    bars = part(driver, PairedBars, "genreBars")
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=bars.item_rect(0).center().toPoint())
    assert on_review(driver, 'now:="Pop"', 5)


def test_a_bin_leads_to_its_confidences(driver):
    chart = part(driver, Histogram, "confidenceHistogram")
    chart.setFocus()
    assert chart.spoken()[18] == "90 % to 95 %; tracks: 6 (medium 6)"
    assert chart.spoken()[8] == "40 % to 45 %; tracks: 1 (unsure 1)"
    QTest.keyClick(chart, Qt.Key.Key_End)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert on_review(driver, "conf:90%..94%", 6)


def test_the_histogram_has_the_threshold(driver):
    chart = part(driver, Histogram, "confidenceHistogram")
    driver.window.findChild(object, "thresholdSpin").setValue(0.65)
    assert "the threshold, 65 %" in chart.accessibleDescription()


def test_a_single_track_is_seen_in_the_histogram_beside_ten_thousand(qapp, qtbot):
    chart = Histogram("histogram", "Histogram")
    qtbot.addWidget(chart)
    nothing = dict.fromkeys(TrustLevel, 0)
    few, many = {**nothing, TrustLevel.LOW: 1}, {**nothing, TrustLevel.HIGH: 10_000}
    bins = [nothing] * 12 + [few] + [nothing] * 6 + [many]
    chart.show_bins(bins, [""] * len(bins), {})
    chart.resize(chart.sizeHint())
    picture = chart.grab().toImage()
    bottom = chart.item_rect(12).bottomLeft().toPoint() + QPoint(3, -2)
    assert picture.pixelColor(bottom) == level_colour(Level.LOW, chart.palette())


def test_a_cell_leads_to_its_tracks_by_key(driver):
    cells = part(driver, HeatMap, "heatMap")
    cells.setFocus()
    assert cells.currentIndex().data() == "3"
    QTest.keyClick(cells, Qt.Key.Key_Right)
    index = cells.currentIndex()
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Tagged Pop, heard Rock; tracks: 2"
    assert said in index.data(Qt.ItemDataRole.ToolTipRole)
    QTest.keyClick(cells, Qt.Key.Key_Return)
    assert on_review(driver, 'now:="Pop" heard:="Rock"', 2)


def test_a_cell_leads_to_its_tracks_by_click(driver):
    cells = part(driver, HeatMap, "heatMap")
    point = cells.visualRect(cells.model().index(0, 0)).center()
    QTest.mouseClick(cells.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert on_review(driver, 'now:="Pop" heard:="Pop"', 3)


def test_a_cell_without_tracks_leads_nowhere(driver):
    cells = part(driver, HeatMap, "heatMap")
    empty = cells.model().index(1, 1)
    assert cells.model().n_at(empty) == 0
    cells.setCurrentIndex(empty)
    QTest.keyClick(cells, Qt.Key.Key_Return)
    assert page(driver).isVisible()


def test_what_is_disputed_most_leads_to_its_tracks(driver):
    pairs = part(driver, QListWidget, "disputedList")
    texts = [pairs.item(n).text() for n in range(pairs.count())]
    assert texts == ["Tagged Pop, heard Rock; tracks: 2", "Tagged Hip-Hop, heard Pop; tracks: 1"]
    pairs.setFocus()
    QTest.keyClick(pairs, Qt.Key.Key_Down)
    QTest.keyClick(pairs, Qt.Key.Key_Return)
    assert on_review(driver, 'now:="Hip-Hop" heard:="Pop" -now:="Pop"', 1)


def test_deciding_keys_do_nothing_here(driver):
    driver.select("a.flac")
    QTest.keyClick(part(driver, PairedBars, "genreBars"), Qt.Key.Key_A)
    assert not driver.action("acceptAction").isEnabled()
    assert all(row.decision is None for row in driver.rows())
    QTest.keyClick(driver.window, Qt.Key.Key_1, CONTROL)
    assert driver.action("acceptAction").isEnabled()


def test_rows_are_not_counted_on_the_gui_thread(driver, monkeypatch):
    threads = set()

    def noted(rows, **settings):
        threads.add(threading.get_ident())
        return original(rows, **settings)

    from genretagger.gui.overview import overview_feature as module

    original = module.summarise_library
    monkeypatch.setattr(module, "summarise_library", noted)
    driver.trigger("overviewAction")
    driver.qtbot.waitUntil(lambda: bool(threads))
    assert threading.get_ident() not in threads


def test_it_follows_while_it_is_seen(opened):
    gate = threading.Event()
    made = core()
    made.gate = gate
    driver = opened(made, wait=False)
    driver.qtbot.waitUntil(lambda: len(driver.rows()) == 7)
    to_overview(driver)
    driver.qtbot.waitUntil(lambda: headline(driver).startswith("Tracks: 7"))
    assert "heard" not in headline(driver)
    gate.set()
    driver.qtbot.waitUntil(lambda: "analysed: 7" in headline(driver))
    driver.wait_idle()


def test_without_tracks_it_says_what_there_would_be(opened):
    driver = opened(FakeCore([]))
    to_overview(driver)
    button = part(driver, QPushButton, "overviewOpenButton")
    assert button.isVisible()
    assert button.hasFocus()


def test_everything_that_takes_keys_has_a_name(driver):
    for kind, name in (
        (PairedBars, "genreBars"), (Histogram, "confidenceHistogram"), (HeatMap, "heatMap"),
        (QListWidget, "disputedList"),
    ):  # fmt: skip
        assert part(driver, kind, name).accessibleName(), name
    table = QAccessible.queryAccessibleInterface(part(driver, HeatMap, "heatMap"))
    assert table.role() == QAccessible.Role.Table


def test_the_page_fits_a_small_window(driver):
    driver.window.resize(900, 600)
    driver.qtbot.waitUntil(lambda: driver.window.width() == 900)
    cells = part(driver, HeatMap, "heatMap")
    assert cells.width() <= page(driver).width()
    last = cells.visualRect(cells.model().index(1, 1))
    assert cells.viewport().rect().contains(last)
    assert page(driver).mapFromGlobal(cells.mapToGlobal(QPoint(0, 0))).x() >= 0


def test_the_model_of_the_heat_map_is_a_good_one(qtbot):
    model = ConfusionModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_confusion(Confusion(("Pop",), ("Pop", "Rock"), ((3, 1), (0, 2)), ((0,),)))
    assert model.headerData(1, Qt.Orientation.Vertical) == "other"
    other = model.index(1, 1)
    assert model.pair(other) == (None, "Rock")
    assert model.sentence(other) == "Tagged other genres, heard Rock; tracks: 2"
    model.show_confusion(Confusion())
    assert model.rowCount() == model.columnCount() == 0
    del tester


def test_a_quotation_mark_cannot_end_the_filter_early():
    found = Overview(written_as={'12" Mix': ('12" Mix',)})
    assert now_filter(found, '12" Mix') == 'now:="12"" Mix"'


STYLES = (("Techno",), ("Deep House", "Live"), ("deep house",), ("Trance",), ("Punk", "Techno"),
          ("Electronica/Dance",), ("Indie Rock",), ("Pop Rock",), ("Grunge",), ("Dub",), ("Ska",),
          ("Swing",), ("Opera",), ("Shanty",), ("Zydeco", "Pop"), ("Country Rock",))  # fmt: skip


def some_rows(rng, n, *, more=()):
    """Return rows of all kinds: spelled otherwise, joined, mapped, decided on, not music."""
    tags = ((), ("Pop",), ("pop",), ("Britpop",), ("Hip-Hop",), ("Hip Hop", "Pop"), ("Rock; Pop",),
            ("Rock;Hip-Hop",), ("Hard Rock",), ("Jazz", "rock"), *more)  # fmt: skip
    mapping = GenreMapping((("hiphop", ("Rap", "Hip-Hop")),))
    deeds = (accepted, rejected, lambda row: edited(row, ("Pop",)), *[lambda row: row] * 5)
    for number in range(n):
        now, reason = rng.choice(tags), rng.choice((None, None, *Unsure))
        verdict = prediction(
            rng.choice(("pop", "rock", "hiphop", "jazz", "house")), rng.random(), reason,
            level=rng.choice(tuple(Level)),
        )  # fmt: skip
        row = Row(
            track(f"{number}.flac").path, track(f"{number}.flac"), now, prediction=verdict,
            hearing_key=f"{number}", joined_by=";", mapping=mapping,
        )  # fmt: skip
        yield rng.choice(deeds)(row)


@pytest.mark.parametrize("more", [(), STYLES], ids=["few genres", "many genres"])
def test_every_chart_leads_to_exactly_as_many_tracks_as_it_says(qtbot, more):
    rows = list(some_rows(random.Random(11), 2000, more=more))
    found = summarise_library(rows, policy=Policy.FILL)
    texts = search_texts(rows)

    def n_passed(text):
        wanted = parse_filter(text, filter_words())
        assert not wanted.misread
        return len(wanted.passed(rows, texts))

    assert n_passed(NO_GENRE_FILTER) == found.genres.without.before
    for tally in found.genres.listed:
        if tally.before:
            assert n_passed(tally_filter(found, tally)) == tally.before, tally
    assert any(tally.with_styles for tally in found.genres.listed) == bool(more)
    for number, counts in enumerate(found.histogram):
        assert n_passed(bin_filter(number)) == sum(counts.values()), number
    cells = found.confusion
    for tagged, line in zip(cells.tagged, cells.counts, strict=False):
        for heard, n in zip(cells.heard, line, strict=False):
            assert n_passed(pair_filter(found, tagged, heard)) == n, (tagged, heard)
    for pair in found.disputed:
        assert n_passed(disputed_filter(found, pair)) == pair.n


def test_a_chart_shows_its_tracks_whatever_states_were_chosen(driver):
    QTest.keyClick(driver.window, Qt.Key.Key_1, CONTROL)
    driver.window.findChild(object, "chipUnsure").click()
    assert len(driver.rows()) == 1
    to_overview(driver)
    bars = part(driver, PairedBars, "genreBars")
    QTest.keyClick(bars, Qt.Key.Key_Return)
    assert on_review(driver, 'now:="Pop"', 5)


def test_that_nothing_is_disputed_leads_nowhere(opened, qtbot):
    driver = opened(FakeCore([track("a.flac")]))
    driver.trigger("overviewAction")
    listed = part(driver, QListWidget, "disputedList")
    qtbot.waitUntil(lambda: listed.count() == 1 and listed.item(0).text().startswith("Nowhere"))
    point = listed.visualItemRect(listed.item(0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert page(driver).isVisible()
