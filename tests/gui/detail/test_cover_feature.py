"""Covers come to the headings that can be seen, from the first track of each album."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from genretagger.core.tracks import FileFacts, TrackDetails
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track

RED = "#ff0000"


def picture():
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor(RED))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def core():
    tracks = [
        track(f"{album}{n}.flac", album=album, artist="Nina", folder=f"/music/{album}")
        for album in ("Amber", "Blue")
        for n in (1, 2)
    ]
    core = FakeCore(tracks)
    core.found_details = {tracks[0].path: TrackDetails(facts=FileFacts(cover=picture()))}
    return core


def is_red(driver, position):
    """Return whether the middle of the cover of a heading is red."""
    table = driver.table
    y = table.rowViewportPosition(position) + table.rowHeight(position) // 2
    image = table.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor(round(36 * ratio), round(y * ratio)).name() == RED


def test_a_heading_has_the_cover_of_its_first_track(driver, core):
    driver.action("detailsAction").setChecked(False)
    driver.rest()
    core.asked_details.clear()
    driver.trigger("groupAction")
    driver.qtbot.waitUntil(lambda: is_red(driver, 0))
    driver.rest()
    assert not is_red(driver, 3)
    assert sorted(path.stem for path in core.asked_details) == ["Amber1", "Blue1"]
    is_red(driver, 0)
    driver.rest()
    assert len(core.asked_details) == 2, "each is read once"


def test_other_headings_ask_for_no_cover(driver, core):
    driver.action("detailsAction").setChecked(False)
    driver.rest()
    core.asked_details.clear()
    driver.trigger("groupByArtistAction")
    driver.table.viewport().grab()
    driver.rest()
    assert core.asked_details == []


def test_covers_are_read_anew_after_an_analysis(driver, core):
    driver.action("detailsAction").setChecked(False)
    driver.trigger("groupAction")
    driver.qtbot.waitUntil(lambda: is_red(driver, 0))
    core.found_details.clear()
    driver.trigger("analyseAction")
    driver.wait_idle()
    driver.qtbot.waitUntil(lambda: not is_red(driver, 0))
