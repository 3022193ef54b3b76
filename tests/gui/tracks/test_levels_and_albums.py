"""What the window says of levels, albums, styles and of what is no music."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QDoubleSpinBox,
    QLabel,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from genretagger.core.errors import TrackSilentError, TrackTooShortError
from genretagger.core.events import Failure, TrackFound
from genretagger.core.predictions import Level, Threshold, Unsure
from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.settings_file import save_settings
from genretagger.gui.cells.cell_delegates import ConfidenceDelegate, level_colour
from genretagger.gui.cells.columns import Column
from genretagger.gui.look.colours import contrast
from genretagger.gui.widgets.icons import state_icon
from genretagger.review.rows.confidence_levels import Levels
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track


@pytest.fixture
def levels():
    return Levels(Threshold(0.95, 0.98, 0.4), Threshold(0.81, 0.95, 0.6))


def core_of(*verdicts, **named):
    """Return a core of tracks of one album, a.flac and so on, with these verdicts."""
    album = named.get("album", "Album")
    tracks = [track(f"{'abcdefghij'[n]}.flac", album=album) for n in range(len(verdicts))]
    return FakeCore(tracks, dict(zip((one.path for one in tracks), verdicts, strict=True)))


def cell(driver, name, column):
    position = [row.path.name for row in driver.rows()].index(name)
    return driver.table.model().index(position, column)


def tip(driver, name, column=Column.CONFIDENCE):
    return cell(driver, name, column).data(Qt.ItemDataRole.AccessibleDescriptionRole)


def spoken(driver, name):
    return cell(driver, name, Column.CONFIDENCE).data(Qt.ItemDataRole.AccessibleTextRole)


# Levels


def test_a_level_is_explained_by_what_was_measured(opened):
    driver = opened(
        core_of(
            prediction(confidence=0.97, level=Level.HIGH),
            prediction(confidence=0.9, level=Level.MEDIUM),
            prediction(confidence=0.6, level=Level.LOW),
            album="",
        )
    )
    high, medium, low = (tip(driver, name) for name in ("a.flac", "b.flac", "c.flac"))
    assert high == (
        "Heard: Blues, 97 %\n"
        "High: 98 of 100 such verdicts were right on music the model had not heard."
    )
    assert "Medium: 89 of 100 such verdicts were right" in medium
    assert "Low: below 81 %, verdicts are wrong more often; better listen yourself." in low
    assert [spoken(driver, name) for name in ("a.flac", "b.flac", "c.flac")] == [
        "97 %, high",
        "90 %, medium",
        "60 %, low",
    ]
    driver.table.selectRow(0)
    assert (
        "98 of 100 such verdicts were right" in driver.window.findChild(QLabel, "rowLabel").text()
    )


def test_the_threshold_begins_at_high_and_says_what_was_measured(opened):
    driver = opened(core_of(prediction()))
    spin = driver.window.findChild(QDoubleSpinBox, "thresholdSpin")
    label = driver.window.findChild(QLabel, "thresholdLabel")
    assert spin.text() == "95 %"
    assert label.text() == (
        "At 95 % or above, at least 98 of 100 verdicts were right on new music of these genres; "
        "on other music fewer."
    )
    assert label.text() in spin.accessibleDescription()
    assert "never unsure ones or what is not music" in spin.accessibleDescription()
    spin.setValue(0.9)
    assert label.text().startswith("At 90 % or above, at least 95 of 100")
    spin.setValue(0.5)
    assert label.text() == "Below 81 %, verdicts are wrong more often; check them yourself."


def test_a_threshold_that_was_set_is_kept(opened, home):
    save_settings(user_folders().settings, Settings(accept_threshold=0.7), unusable={})
    driver = opened(core_of(prediction()))
    assert driver.window.findChild(QDoubleSpinBox, "thresholdSpin").value() == 0.7


def painted(driver, name, *, palette, width=160):
    """Return a picture of the confidence of a row."""
    picture = QImage(width, 26, QImage.Format.Format_RGB32)
    picture.fill(palette.color(QPalette.ColorRole.Base))
    option = QStyleOptionViewItem()
    option.initFrom(driver.table)
    option.palette = palette
    option.rect = picture.rect()
    option.widget = driver.table
    painter = QPainter(picture)
    ConfidenceDelegate().paint(painter, option, cell(driver, name, Column.CONFIDENCE))
    painter.end()
    return picture


def dark():
    palette = QPalette(QColor("#323232"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#242424"))
    palette.setColor(QPalette.ColorRole.Text, QColor("white"))
    return palette


def test_levels_differ_in_shape_where_no_colour_is_seen(opened, qapp):
    driver = opened(
        core_of(
            prediction(confidence=0.9, level=Level.HIGH),
            prediction(confidence=0.9, level=Level.MEDIUM),
            prediction(confidence=0.9, level=Level.LOW),
            prediction(confidence=0.9, level=Level.LOW, unsure=Unsure.UNFAMILIAR),
            album="",
        )
    )
    for palette in (qapp.palette(), dark()):
        ground = palette.color(QPalette.ColorRole.Base).lightness()
        pictures = [painted(driver, f"{name}.flac", palette=palette) for name in "abcd"]
        # A bar is as thick as what stands out by much, apart from the frame of the focus.
        thick = [
            sum(abs(picture.pixelColor(30, y).lightness() - ground) > 60 for y in range(2, 24))
            for picture in pictures
        ]
        assert thick[:3] == [9, 5, 3]
        hollow = pictures[3]
        assert abs(hollow.pixelColor(30, 10).lightness() - ground) < 60
        assert thick[3] > 0, "its edge"
        assert painted(driver, "a.flac", palette=palette, width=90) != pictures[0]


def colours_of(driver, name, column):
    """Return the colours of a cell of the table as it is painted."""
    table = driver.table
    rect = table.visualRect(cell(driver, name, column))
    image = table.viewport().grab(rect).toImage()
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_what_is_selected_keeps_the_colours_of_states_and_bars(opened, qtbot):
    verdicts = [prediction(confidence=0.9, level=level) for level in Level]
    driver = opened(core_of(*verdicts, prediction(unsure=Unsure.UNFAMILIAR), album=""))
    palette = driver.table.palette()
    tint = palette.color(QPalette.ColorRole.Highlight)
    driver.table.clearSelection()
    driver.table.selectAll()
    for name, level in zip("abc", Level, strict=True):
        hue = level_colour(level, palette)
        assert hue.name() in colours_of(driver, f"{name}.flac", Column.CONFIDENCE)
        assert contrast(hue, tint) >= 4.5
    unsure = colours_of(driver, "d.flac", Column.STATE)
    assert {tint.name(), palette.color(QPalette.ColorRole.Accent).name()} <= unsure
    amber = QColor("#8a5a00").hslHue()
    hues = {QColor(name).hslHue() for name in unsure if QColor(name).hslSaturation() > 150}
    assert any(abs(hue - amber) < 5 for hue in hues)


# Albums


def test_what_the_album_agrees_on_is_raised_and_said(opened):
    driver = opened(core_of(prediction(confidence=0.6, level=Level.LOW), *[prediction()] * 4))
    row = driver.row("a.flac")
    assert row.is_raised
    number = int(row.effective_confidence * 100)
    assert cell(driver, "a.flac", Column.CONFIDENCE).data() == f"{number} % ↑"
    assert "60 % on its own; 4 of 4 other tracks on this album sound like Blues." in tip(
        driver, "a.flac"
    )
    assert spoken(driver, "a.flac").endswith("raised by its album")


def test_an_unsure_row_whose_album_agrees_is_unsure_no_more_and_says_why(opened):
    doubtful = prediction(confidence=0.45, unsure=Unsure.LOW_CONFIDENCE, level=Level.LOW)
    driver = opened(core_of(doubtful, *[prediction(confidence=0.99)] * 4))
    assert driver.row("a.flac").state is State.MISSING
    assert "but its album agrees" in tip(driver, "a.flac", Column.STATE)
    driver.window.findChild(QDoubleSpinBox, "thresholdSpin").setValue(0.81)
    driver.trigger("acceptAllAction")
    assert driver.row("a.flac").state is State.ACCEPTED


def test_an_album_that_sounds_different_is_marked(opened):
    driver = opened(
        core_of(prediction("jazz", 0.6, level=Level.LOW), *[prediction(confidence=0.97)] * 4)
    )
    assert cell(driver, "a.flac", Column.CONFIDENCE).data() == "60 % ≠"
    assert "Most other tracks on this album sound like Blues." in tip(driver, "a.flac")
    assert "sound like Blues" in tip(driver, "a.flac", Column.STATE)
    assert spoken(driver, "a.flac") == "60 %, low, its album sounds different"


def test_a_decision_taken_back_keeps_what_the_album_has_said_since(opened):
    core = core_of(*[prediction(confidence=0.6, level=Level.LOW)] * 4)
    driver = opened(core)
    raised = driver.row("a.flac").album
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.trigger("undoDecisionAction")
    assert driver.row("a.flac").album == raised


# What is no music


@pytest.fixture
def mixed():
    """Return a core with a row of music, one of none, a silent and a short one."""
    core = core_of(
        prediction(confidence=0.99),
        prediction("classical", 0.99, Unsure.NOT_MUSIC, level=Level.LOW),
        prediction("classical", 0.99, Unsure.UNFAMILIAR, level=Level.LOW),
        album="",
    )
    silent, short = track("x.flac"), track("y.flac")
    plain = core.analyse

    def analyse(paths, *, context, cancel, use_cache=True):
        yield from plain(paths, context=context, cancel=cancel)
        for one in (silent, short):
            yield TrackFound(one)
        yield Failure(silent.path, TrackSilentError(silent.path, "track-silent"), silent)
        error = TrackTooShortError(short.path, "track-too-short", seconds=1, least=3)
        yield Failure(short.path, error, short)

    core.analyse = analyse
    return core


def test_what_has_no_genre_to_hear_is_counted_by_name_and_has_not_failed(opened, mixed):
    driver = opened(mixed)
    chips = driver.window.findChild(QWidget, "stateChips").findChildren(QAbstractButton)
    counts = [chip.text() for chip in chips if not chip.isHidden()]
    assert counts == [
        "All 5",
        "Missing genre 1",
        "Unsure 1",
        "Not music 1",
        "Silent 1",
        "Too short 1",
    ]
    assert driver.window.findChild(QLabel, "countsLabel").text() == "Tracks: 5"
    assert driver.status() == "Analysed 3 tracks."


def test_of_what_has_no_genre_to_hear_none_is_shown_with_any_confidence(opened, mixed):
    driver = opened(mixed)
    model = driver.table.model()
    shown = {
        row.path.name: [
            model.index(position, column).data() for column in (Column.SUGGESTED, Column.CONFIDENCE)
        ]
        for position, row in enumerate(driver.rows())
    }
    assert shown == {
        "a.flac": ["Blues", "99 %"],
        "b.flac": ["—", ""],
        "c.flac": ["Classical", "99 %"],
        "x.flac": ["—", ""],
        "y.flac": ["—", ""],
    }
    # In one line below each other: no room is kept for a sign.
    icons = [
        model.index(n, Column.SUGGESTED).data(Qt.ItemDataRole.DecorationRole) for n in range(5)
    ]
    assert [icon is None for icon in icons] == [False, True, False, True, True]
    assert tip(driver, "b.flac", Column.CONFIDENCE) == ""


def test_no_bulk_action_takes_what_is_not_music_or_unsure(opened, mixed):
    driver = opened(mixed)
    driver.window.findChild(QDoubleSpinBox, "thresholdSpin").setValue(0.0)
    driver.trigger("acceptAllAction")
    states = [row.state for row in driver.rows()]
    assert states == [
        State.ACCEPTED,
        State.NOT_MUSIC,
        State.UNSURE,
        State.SILENT,
        State.TOO_SHORT,
    ]
    driver.table.selectAll()
    driver.trigger("acceptAction")
    assert driver.row("b.flac").state is State.NOT_MUSIC
    assert driver.row("c.flac").state is State.UNSURE
    assert driver.status() == "Accepted: 1   Left out: not heard (2), not music (1), unsure (1)"
    driver.trigger("takeFirstAction")  # a deliberate choice for all that are selected
    assert driver.row("c.flac").state is State.ACCEPTED


def test_one_row_that_is_unsure_can_be_accepted(opened, mixed):
    driver = opened(mixed)
    driver.select("c.flac")
    driver.trigger("acceptAction")
    assert driver.row("c.flac").state is State.ACCEPTED
    assert driver.row("c.flac").suggested == ("Classical",)


def test_what_is_not_music_gets_a_genre_only_if_that_is_chosen(opened, mixed):
    driver = opened(mixed)
    driver.select("b.flac")
    driver.trigger("acceptAction")
    assert driver.row("b.flac").state is State.NOT_MUSIC
    assert driver.status().startswith(
        "This does not sound like music: type a genre (F2), or press 1"
    )
    driver.trigger("rejectAction")
    driver.select("b.flac")
    driver.trigger("acceptAction")
    assert driver.row("b.flac").state is State.REJECTED
    driver.trigger("takeFirstAction")
    assert driver.row("b.flac").state is State.ACCEPTED
    assert driver.row("b.flac").suggested == ("Classical",)


def test_nothing_can_be_decided_of_what_could_not_be_heard(opened, mixed):
    driver = opened(mixed)
    driver.select("x.flac", "y.flac")
    driver.trigger("acceptAction")
    assert driver.row("x.flac").state is State.SILENT
    assert driver.row("y.flac").state is State.TOO_SHORT
    assert "silent" in tip(driver, "x.flac", Column.STATE)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("not music", ["b.flac"]),
        ("silent", ["x.flac"]),
        ("too short", ["y.flac"]),
        ("unsure", ["c.flac"]),
    ],
)
def test_states_can_be_filtered_by_their_word(opened, mixed, text, names):
    driver = opened(mixed)
    driver.filter_edit.setText(text)
    assert [row.path.name for row in driver.rows()] == names


def test_states_sort_together(opened, mixed):
    driver = opened(mixed)
    driver.table.sortByColumn(Column.STATE, Qt.SortOrder.DescendingOrder)
    order = [row.state for row in driver.rows()]
    assert order == [
        State.TOO_SHORT,
        State.SILENT,
        State.NOT_MUSIC,
        State.UNSURE,
        State.MISSING,
    ]


def test_every_reason_has_a_sentence_of_its_own(opened):
    reasons = [prediction(confidence=0.4, unsure=reason, level=Level.LOW) for reason in Unsure]
    driver = opened(core_of(*reasons, album=""))
    said = [tip(driver, f"{'abcde'[n]}.flac", Column.STATE) for n in range(len(Unsure))]
    assert len(set(said)) == len(Unsure)
    assert any("unlike any music" in text for text in said)


def test_icons_of_states_are_seen_in_light_and_in_dark(qapp):
    for palette in (qapp.palette(), dark()):
        ground = palette.color(QPalette.ColorRole.Base).lightness()
        for state in State:
            image = state_icon(state, palette).pixmap(24).toImage()
            pixels = [
                image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())
            ]
            most = max(pixels, key=QColor.alpha)
            assert most.alpha() > 150, state
            assert abs(most.lightness() - ground) > 80, state


# Styles


def test_the_editor_offers_first_what_the_track_sounds_like_too(opened, qtbot):
    driver = opened(core_of(prediction(hints=("soul", "funk"))))
    assert "Also sounds like: Soul, Funk" in tip(driver, "a.flac", Column.SUGGESTED)
    driver.table.selectRow(0)
    driver.trigger("editAction")
    editor = driver.table.findChild(object, "genreEdit")
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    popup = editor.completer().popup()
    assert popup.isVisible()
    model = editor.completer().completionModel()
    assert [model.index(row, 0).data() for row in range(5)] == [
        "1  Blues",
        "2  Classical",
        "3  Country",
        "Soul (also sounds like this)",
        "Funk (also sounds like this)",
    ]
    for _ in range(5):
        qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: driver.row("a.flac").decision is not None)
    assert driver.row("a.flac").suggested == ("Funk",)
    assert spoken(driver, "a.flac") == "", "the confidence belongs to another genre"


def test_the_arrow_in_the_editor_opens_the_list_for_the_mouse(opened, qtbot):
    driver = opened(core_of(prediction()))
    driver.table.selectRow(0)
    driver.trigger("editAction")
    editor = driver.table.findChild(object, "genreEdit")
    (arrow,) = [one for one in editor.findChildren(QToolButton) if one.isVisible()]
    assert editor.rect().contains(arrow.geometry())
    assert "(Down)" in arrow.toolTip()
    qtbot.mouseClick(arrow, Qt.MouseButton.LeftButton)
    popup = editor.completer().popup()
    assert popup.isVisible()
    second = popup.visualRect(editor.completer().completionModel().index(1, 0))
    qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=second.center())
    assert editor.text() == "Classical"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert driver.row("a.flac").suggested == ("Classical",)


def test_a_style_can_be_added_behind_what_is_suggested(opened, qtbot):
    driver = opened(core_of(prediction(hints=("soul",))))
    driver.table.selectRow(0)
    driver.trigger("editAction")
    editor = driver.table.findChild(object, "genreEdit")
    editor.setText("Blues; ")
    qtbot.keyClicks(editor, "sou")
    popup = editor.completer().popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: driver.row("a.flac").decision is not None)
    assert driver.row("a.flac").suggested == ("Blues", "Soul")
