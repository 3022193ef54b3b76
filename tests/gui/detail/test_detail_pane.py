"""The pane of details: what it says of each kind of row, when it reads, and its keys."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from genretagger.core.errors import TagReadError
from genretagger.core.predictions import GenreScore, Level, SegmentScores, Unsure
from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.settings_file import save_settings
from genretagger.core.tracks import FileFacts, TrackDetails
from genretagger.core.writes import Policy
from genretagger.gui.cells.columns import Column
from genretagger.gui.detail import detail_loader
from genretagger.gui.tracks.review_controller import ReviewController
from genretagger.gui.widgets.cover_art import decode_picture
from genretagger.review.rows.suggestion_mark import WriteRules
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.keyboard import Keys
from tests.helpers.learners import LearningCore
from tests.helpers.rows import GENRES, prediction, track
from tests.helpers.waiting import LIMIT_MS, LIMIT_S

GONE = "Select a track to see what was heard, and why."


def scores(genre, score):
    rest = (1 - score) / (len(GENRES) - 1)
    return tuple(score if one == genre else rest for one in GENRES)


def picture(colour="red", size=40):
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def details(**named):
    """Return what is found out about a track: two segments, the second decided."""
    segments = (
        SegmentScores(0.0, scores("jazz", 0.6)),
        SegmentScores(1.5, scores("blues", 0.95)),
    )
    facts = FileFacts("1998", "3/12", "", "", "Label Co", 44100, 2, 16, 900_000, **named)
    return TrackDetails(GENRES, segments, 1.0, 1, facts, 7_000_000)


class Pane:
    """Reads the pane as somebody would who looks at it."""

    def __init__(self, driver, qtbot):
        self.driver, self.qtbot = driver, qtbot
        self.widget = driver.window.findChild(QWidget, "detailPane")

    def part(self, name):
        return self.widget.findChild(QWidget, name)

    def text(self, name):
        label = self.part(name)
        return label.text() if label.isVisible() else ""

    def is_shown(self, name):
        return self.part(name).isVisible()

    @property
    def facts(self):
        return self.part("detailFacts").accessibleDescription().split("\n")

    @property
    def path(self):
        return self.widget.findChild(QPlainTextEdit, "detailPath").toPlainText()

    def wait_facts(self, text):
        self.qtbot.waitUntil(lambda: text in self.part("detailFacts").accessibleDescription())


@pytest.fixture
def shown(opened, qtbot):
    """Return a function that opens a window on a core and selects a row by its file's name."""

    def shown(core, name="a.flac"):
        driver = opened(core)
        driver.select(name)
        return driver, Pane(driver, qtbot)

    return shown


# What is said of each kind of row


def test_a_row_that_was_heard_is_shown_with_all_that_is_known(shown, qtbot):
    one = track("a.flac", title="Title", album="Album", genres=("Jazz",))
    core = FakeCore([one], {one.path: prediction("blues", 0.9, hints=("shuffle",))})
    core.found_details[one.path] = details(cover=picture())
    _driver, pane = shown(core)
    assert pane.text("detailTitle") == "Title"
    assert pane.text("detailArtist") == "Artist"
    assert pane.text("detailAlbum") == "Album"
    assert pane.text("detailState") == "Differs"
    assert pane.text("detailGenres") == "Jazz ↛ Blues", "the setting only fills"
    assert pane.text("detailReason").startswith(
        "The file has a different genre from the one heard."
    )
    assert pane.text("detailHints") == "Also sounds like: shuffle"
    assert pane.path == str(one.path)
    assert pane.text("detailLegend").startswith("► suggested    ● in the file\n")
    pane.wait_facts("Label Co")
    assert pane.facts[:3] == ["Year: 1998", "Track: 3/12", "Label: Label Co"]
    assert "Audio: FLAC, 44.1 kHz, 16 bit, 900 kbit/s, stereo" in pane.facts
    assert pane.part("coverView").has_image()
    assert pane.part("coverView").accessibleDescription() == "There is a cover."
    assert pane.text("detailMessage") == ""


def test_bars_are_read_out_with_key_place_and_mark(shown):
    one = track("a.flac", genres=("Classical",))
    _driver, pane = shown(FakeCore([one], {one.path: prediction("blues", 0.92)}))
    chart = pane.part("scoreChart")
    assert chart.accessibleName() == "Scores"
    spoken = chart.accessibleDescription().split("\n")
    assert spoken == ["Blues: 92 %, suggested", "Classical: 1 %, in the file", "Country: 1 %"]
    assert [bar.key for bar in chart.bars] == ["1", "2", "3"]


def test_only_what_says_something_has_a_bar_and_the_rest_is_summed_up(shown):
    one = track("a.flac", genres=("Rock",))
    given = {"blues": 0.6, "jazz": 0.2, "pop": 0.1, "disco": 0.06, "metal": 0.02, "rock": 0.005}
    by_share = sorted(GENRES, key=lambda genre: -given.get(genre, 0.001))
    found = tuple(GenreScore(genre, given.get(genre, 0.001)) for genre in by_share)
    found = replace(prediction("blues", 0.6), scores=found)
    _driver, pane = shown(FakeCore([one], {one.path: found}))
    names = [bar.name for bar in pane.part("scoreChart").bars]
    assert names == ["Blues", "Jazz", "Pop", "Disco", "Rock"], "Rock is in the file"
    assert pane.text("detailLegend").split("\n")[1] == f"{len(GENRES) - 5} others below 3 %"


def test_the_timeline_says_what_was_heard_where_and_what_decided(shown, qtbot):
    core = FakeCore([track("a.flac")])
    core.found_details[track("a.flac").path] = details()
    _driver, pane = shown(core)
    timeline = pane.part("timeline")
    assert timeline.accessibleName() == "Timeline"
    qtbot.waitUntil(lambda: bool(timeline.blocks()))
    assert timeline.accessibleDescription() == "0:00 Jazz 60 %, 0:01 Blues 95 % (decisive)"
    assert timeline.deciding_s() == 1.5


def test_the_choice_of_the_user_is_marked_in_the_chart(shown):
    driver, pane = shown(FakeCore([track("a.flac")]))
    driver.trigger("takeSecondAction")
    driver.select("a.flac")
    assert pane.text("detailState") == "Accepted"
    assert pane.text("detailLegend").startswith("► your choice\n")
    assert [bar.name for bar in pane.part("scoreChart").bars if bar.is_chosen] == ["Classical"]
    driver.trigger("rejectAction")
    assert pane.text("detailLegend").startswith("► rejected\n")
    assert pane.text("detailGenres") == "no genre"


def test_what_writing_does_is_said_under_the_policy_of_the_decision_or_of_the_settings(shown):
    driver, pane = shown(FakeCore([track("a.flac", genres=("Jazz",))]))
    leaves = "writing leaves Jazz: the setting fills only empty genres."
    assert f"If you accept it, {leaves}" in pane.text("detailReason")
    driver.trigger("acceptAction")
    driver.select("a.flac")
    assert f"Accepted, but {leaves}" in pane.text("detailReason")
    review = driver.window.findChild(ReviewController)
    review.set_write_rules(WriteRules(Policy.ADD))
    review.changed.emit()
    assert "Ctrl+S adds Blues; keeps Jazz." in pane.text("detailReason")
    assert pane.text("detailGenres") == "Jazz → Jazz; Blues"
    review.set_write_rules(WriteRules())
    model = driver.table.model()
    model.setData(model.index(0, Column.SUGGESTED), "Comedy; Folk")
    driver.select("a.flac")
    assert "Ctrl+S replaces Jazz by Comedy; Folk." in pane.text("detailReason")
    assert pane.text("detailGenres") == "Jazz → Comedy; Folk"


@pytest.mark.parametrize(
    ("reason", "state", "sentence"),
    [
        (Unsure.LOW_CONFIDENCE, "Unsure", "Unsure: no genre stands out."),
        (
            Unsure.SEGMENTS_DISAGREE,
            "Unsure",
            "Unsure: parts of the track sound like different genres.",
        ),
        (Unsure.NOT_MUSIC, "Not music", "This does not sound like music: perhaps speech or noise."),
    ],
)
def test_why_it_is_unsure_is_said(shown, reason, state, sentence):
    one = track("a.flac")
    heard = prediction("blues", 0.4, reason, level=Level.LOW)
    _driver, pane = shown(FakeCore([one], {one.path: heard}))
    assert pane.text("detailState") == state
    assert sentence in pane.text("detailReason")
    assert pane.is_shown("scoreChart") is (reason is not Unsure.NOT_MUSIC)


def test_no_genre_is_suggested_for_what_is_not_music(shown, qtbot):
    tracks = [track("a.flac", genres=("Podcast",)), track("b.flac")]
    heard = prediction("reggae", 0.34, Unsure.NOT_MUSIC, level=Level.LOW)
    driver, pane = shown(FakeCore(tracks, {tracks[0].path: heard}))
    assert pane.text("detailGenres") == "Podcast"
    assert pane.part("scoreChart").bars == ()
    assert pane.text("detailLegend") == ""
    driver.table.selectAll()
    qtbot.waitUntil(lambda: pane.text("detailCaption") == "What they sound like")
    assert [bar.spoken for bar in pane.part("scoreChart").bars] == ["Blues: 1"]


def test_a_file_of_another_kind_than_its_name_says_so(shown):
    one = track("a.flac", container="mp3")
    core = FakeCore([one], {one.path: prediction("blues", 0.9)})
    core.found_details[one.path] = details(is_film=True)
    _driver, pane = shown(core)
    pane.wait_facts("Audio: MP3, named .flac, the sound of a video, 44.1 kHz")


def test_a_cut_file_says_how_much_of_it_is_there(shown):
    for share, said in ((0.336, "Condition: cut off, 33 % is there"), (None, "Condition: cut off")):
        one = track("a.flac")
        one = replace(one, tags=replace(one.tags, read_only="cut-off", share=share))
        core = FakeCore([one], {one.path: prediction("blues", 0.9)})
        _driver, pane = shown(core)
        pane.wait_facts(said)


def test_a_file_that_cannot_be_written_says_so(shown):
    one = track("a.flac")
    one = replace(one, tags=replace(one.tags, read_only="cut-off", share=0.5))
    core = FakeCore([one], {one.path: prediction("blues", 0.9)})
    core.found_details[one.path] = replace(details(), is_protected=True)
    _driver, pane = shown(core)
    pane.wait_facts("Condition: cut off, 50 % is there; write-protected")


def test_why_a_file_is_not_written_is_said_without_its_path(shown):
    _driver, pane = shown(FakeCore([track("a.wav", container="wav")]), "a.wav")
    assert "This file" in pane.text("detailReason")
    assert "/music" not in pane.text("detailReason")


def test_a_file_that_failed_says_why_and_has_no_chart(shown):
    one = track("a.flac")
    core = FakeCore([one], failures=[one.path])
    _driver, pane = shown(core)
    assert pane.text("detailState") == "Failed"
    assert "broken" in pane.text("detailReason")
    assert not pane.is_shown("scoreChart")
    assert not pane.is_shown("timeline")
    assert pane.path == str(one.path)


def test_a_file_that_cannot_be_read_any_more_says_so_among_the_facts(shown):
    one = track("a.flac")
    core = FakeCore([one])
    error = TagReadError(one.path, "file-unreadable", reason="gone mad")
    core.found_details[one.path] = TrackDetails(error=error)
    _driver, pane = shown(core)
    pane.wait_facts("gone mad")
    assert pane.facts[-1].startswith("Problem: ")


def test_an_album_that_agrees_or_sounds_different_is_told_of(opened, qtbot):
    names = "abcdefg"
    tracks = [track(f"{name}.flac", album="Album") for name in names]
    verdicts = {one.path: prediction("blues", 0.9) for one in tracks}
    verdicts[tracks[0].path] = prediction("jazz", 0.6, level=Level.LOW)
    driver = opened(FakeCore(tracks, verdicts))
    pane = Pane(driver, qtbot)
    driver.select("a.flac")
    dissent = "\n".join((pane.text("detailReason"), pane.text("detailAgreement")))
    assert "other tracks on this album" in dissent
    assert "Blues" in dissent
    driver.select("b.flac")
    agreeing = "\n".join((pane.text("detailReason"), pane.text("detailAgreement")))
    assert "5 of 6 other tracks on this album sound like Blues." in agreeing


def test_a_track_alone_in_what_it_sounds_like_is_told_so(opened, qtbot):
    tracks = [track(f"{name}.flac", album="Album") for name in "abcdef"]
    verdicts = {
        one.path: prediction(genre, 0.9) for one, genre in zip(tracks, GENRES, strict=False)
    }
    driver = opened(FakeCore(tracks, verdicts))
    driver.select("a.flac")
    said = Pane(driver, qtbot).text("detailAgreement")
    assert said == "No other track on this album sounds like Blues."


def test_genres_of_the_user_have_a_chart_of_their_own(shown, home):
    settings = Settings(personal_classifier="Mine")
    save_settings(user_folders().settings, settings, unusable={})
    _driver, pane = shown(LearningCore([track("a.flac")]))
    assert pane.is_shown("personalChart")
    assert pane.part("personalChart").accessibleName() == "Scores of my genres"
    assert pane.part("personalChart").bars[0].name == "Post-Punk"
    assert pane.part("personalChart").bars[0].key == ""
    assert "Post-Punk" in pane.text("detailPersonal")


def test_a_title_as_long_as_a_page_leaves_room_for_what_was_heard(shown):
    one = track("a.flac", title="very long title " * 40, album="Short")
    _driver, pane = shown(FakeCore([one]))
    title = pane.part("detailTitle")
    assert len(title.text()) <= 150
    assert title.text().endswith("…")
    assert title.accessibleName() == one.tags.title
    assert one.tags.title in title.toolTip()
    assert pane.part("detailAlbum").toolTip() == ""


def test_names_that_look_like_html_are_shown_as_they_are(shown):
    one = track("a.flac", title="<b>Loud</b> & <img src=x>")
    _driver, pane = shown(FakeCore([one]))
    assert pane.part("detailTitle").textFormat() == Qt.TextFormat.PlainText
    assert pane.text("detailTitle") == "<b>Loud</b> & <img src=x>"


def test_several_rows_are_summed_up(opened, qtbot):
    tracks = [track(f"{name}.flac") for name in "abcd"]
    verdicts = {tracks[3].path: prediction("jazz", 0.9)}
    driver = opened(FakeCore(tracks, verdicts))
    pane = Pane(driver, qtbot)
    driver.table.selectAll()
    qtbot.waitUntil(lambda: pane.text("detailCaption") == "What they sound like")
    assert pane.text("detailMessage") == "Selected tracks: 4\nmissing genre: 4"
    assert [bar.spoken for bar in pane.part("scoreChart").bars] == ["Blues: 3", "Jazz: 1"]
    for name in ("detailTitle", "detailState", "detailReason", "detailLegend", "timeline"):
        assert not pane.is_shown(name), name
    driver.select("a.flac")
    assert pane.text("detailCaption") == ""
    assert pane.text("detailTitle") == "a"
    assert len(pane.part("scoreChart").bars) == 3


def test_nothing_selected_says_what_to_do(opened, qtbot):
    driver = opened(FakeCore([]))
    pane = Pane(driver, qtbot)
    assert pane.text("detailMessage") == GONE
    assert not pane.is_shown("scoreChart")
    assert not pane.is_shown("coverView")


# Covers


def test_the_cover_goes_with_its_track_and_stays_within_an_album(opened, qtbot):
    first, second = (track(f"{name}.flac", album="Album") for name in "ab")
    other = track("c.flac", album="Other")
    core = FakeCore([first, second, other])
    core.found_details = {first.path: details(cover=picture()), second.path: details()}
    driver = opened(core)
    pane = Pane(driver, qtbot)
    cover = pane.part("coverView")
    driver.select("a.flac")
    qtbot.waitUntil(cover.has_image)
    driver.select("b.flac")
    assert cover.has_image()  # until it is known that it has none
    qtbot.waitUntil(lambda: not cover.has_image())
    driver.select("a.flac")
    driver.select("c.flac")
    assert not cover.has_image()
    assert cover.accessibleDescription() == "There is no cover."


def test_a_picture_that_is_none_or_too_large_is_left_out():
    assert decode_picture(b"not a picture", size_px=88).isNull()
    assert decode_picture(picture(size=3)[:40], size_px=88).isNull()
    small = decode_picture(picture(size=300), size_px=88)
    assert (small.width(), small.height()) == (88, 88)
    huge = b"GIF89a" + (60000).to_bytes(2, "little") * 2 + b"\0\0\0"
    assert decode_picture(huge, size_px=88).isNull()


# When it reads, and when not


def test_a_fast_walk_through_rows_reads_the_last_one_only(opened, qtbot, monkeypatch):
    tracks = [track(f"{number:02}.flac") for number in range(40)]
    core = FakeCore(tracks)
    monkeypatch.setattr(detail_loader, "_PAUSE_MS", LIMIT_MS)  # no walk is as slow as that
    driver = opened(core)
    driver.end_pauses()
    driver.rest()
    assert core.asked_details == [tracks[0].path]
    driver.table.setFocus()
    for _ in range(30):
        qtbot.keyClick(driver.table, Qt.Key.Key_Down)
    driver.end_pauses()
    driver.rest()
    assert core.asked_details == core.asked_envelopes == [tracks[0].path, tracks[30].path]


def test_what_was_found_is_not_asked_for_again(opened, qtbot):
    tracks = [track("a.flac"), track("b.flac")]
    core = FakeCore(tracks)
    core.found_details = {tracks[0].path: details()}
    driver = opened(core)
    pane = Pane(driver, qtbot)
    driver.select("a.flac")
    pane.wait_facts("Label Co")
    driver.select("b.flac")
    qtbot.waitUntil(lambda: tracks[1].path in core.asked_details)
    driver.select("a.flac")
    assert "Year: 1998" in pane.facts
    assert core.asked_details.count(tracks[0].path) == 1


def test_facts_are_read_anew_after_every_write_and_undo(opened, qtbot):
    core = FakeCore([track("a.flac")])
    path = next(iter(core.tracks))
    driver = opened(core)
    pane = Pane(driver, qtbot)
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.write()
    driver.select("a.flac")
    core.found_details = {path: replace(details(), facts=FileFacts("1998"))}
    driver.trigger("undoAction")
    driver.wait_idle()
    pane.wait_facts("1998")
    core.found_details = {path: replace(details(), facts=FileFacts("2020"))}
    driver.trigger("acceptAction")
    driver.write()
    pane.wait_facts("2020")
    assert "1998" not in pane.facts


def test_what_could_not_be_read_is_tried_again_after_looking_again(opened, qtbot):
    core = FakeCore([track("a.flac")])
    path = next(iter(core.tracks))
    error = TagReadError(path, "file-unreadable", reason="gone mad")
    core.found_details = {path: TrackDetails(error=error)}
    driver = opened(core)
    pane = Pane(driver, qtbot)
    driver.select("a.flac")
    pane.wait_facts("gone mad")
    core.found_details = {path: details()}
    driver.trigger("analyseAction")
    driver.wait_idle()
    pane.wait_facts("Label Co")
    assert "gone mad" not in pane.facts


def test_nothing_is_read_while_the_pane_is_closed(opened, qtbot):
    tracks = [track("a.flac"), track("b.flac")]
    core = FakeCore(tracks)
    driver = opened(core)
    qtbot.waitUntil(lambda: tracks[0].path in core.asked_envelopes)
    driver.trigger("detailsAction")
    driver.select("b.flac")
    driver.rest()
    assert tracks[1].path not in core.asked_details
    driver.trigger("detailsAction")
    qtbot.waitUntil(lambda: tracks[1].path in core.asked_details)


class SlowCore(FakeCore):
    """Answers about `slow` only once `go_on` is set."""

    def __init__(self, tracks, slow):
        super().__init__(tracks)
        self.slow, self.go_on, self.waits = slow, threading.Event(), threading.Event()

    def details(self, path, *rest, **named):
        if path == self.slow:
            self.waits.set()
            self.go_on.wait(LIMIT_S)
        return super().details(path, *rest, **named)


def test_a_late_answer_is_not_shown_for_another_row(opened, qtbot):
    tracks = [track("a.flac"), track("b.flac")]
    core = SlowCore(tracks, tracks[0].path)
    core.found_details = {
        tracks[0].path: details(),
        tracks[1].path: replace(details(), facts=FileFacts("2020")),
    }
    driver = opened(core)
    pane = Pane(driver, qtbot)
    driver.select("a.flac")
    qtbot.waitUntil(core.waits.is_set)
    driver.select("b.flac")
    core.go_on.set()
    pane.wait_facts("2020")
    assert "Year: 1998" not in pane.facts
    driver.select("a.flac")  # but it is kept
    assert "Year: 1998" in pane.facts


def test_files_are_let_go_of_before_they_are_written(opened, qtbot):
    one = track("a.flac")

    class Reading(FakeCore):
        """Is asked for an envelope that takes until it is dropped."""

        def __init__(self, tracks):
            super().__init__(tracks)
            self.reads, self.let_go, self.read_while_writing = 0, threading.Event(), False

        def read(self, path):
            self.reads += 1
            if self.reads == 1:
                self.let_go.wait(LIMIT_S)
            return super().read(path)

        def drop(self):
            super().drop()
            self.let_go.set()

        def apply(self, *given, **named):
            if not named.get("dry_run"):
                self.read_while_writing = not self.let_go.is_set()
            yield from super().apply(*given, **named)

    core = Reading([one])
    driver = opened(core)
    driver.select("a.flac")
    qtbot.waitUntil(lambda: core.reads == 1)
    driver.trigger("acceptAction")
    driver.write()
    assert not core.read_while_writing
    assert core.n_dropped


def test_nothing_is_read_during_an_undo(opened, qtbot):
    tracks = [track(f"{name}.flac") for name in "abc"]
    gate = threading.Event()

    class Undoing(FakeCore):
        def undo(self, batch, **named):
            gate.wait(LIMIT_S)
            yield from super().undo(batch, **named)

    core = Undoing(tracks)
    driver = opened(core)
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.write()
    driver.select("a.flac")
    qtbot.waitUntil(lambda: tracks[0].path in core.asked_details)
    driver.trigger("undoAction")
    driver.select("c.flac")
    driver.wait_pauses()
    during = list(core.asked_details)
    gate.set()
    driver.wait_idle()
    assert tracks[2].path not in during
    qtbot.waitUntil(lambda: tracks[2].path in core.asked_details)


def test_the_decoder_is_ended_with_the_window(opened, qtbot):
    core = FakeCore([track("a.flac")])
    driver = opened(core)
    qtbot.waitUntil(lambda: bool(core.asked_envelopes))
    driver.window.close()
    assert core.n_stopped == 1
    driver.table.clearSelection()
    driver.table.selectRow(0)  # a window that is going away may still be told of rows
    driver.rest()
    assert len(core.asked_envelopes) == 1


# The pane as a whole


def test_f4_closes_and_opens_it_and_that_is_remembered(opened, qtbot):
    core = FakeCore([track("a.flac")])
    driver = opened(core)
    keys, pane = Keys(driver, qtbot), Pane(driver, qtbot)
    label = driver.window.findChild(QLabel, "rowLabel")
    assert pane.widget.isVisible()
    assert not label.isVisible()  # the pane says the same
    keys(Qt.Key.Key_F4)
    assert not pane.widget.isVisible()
    assert label.isVisible()
    assert "a.flac" in label.text()
    driver.window.close()
    again = opened(core)
    assert not Pane(again, qtbot).widget.isVisible()
    assert not again.action("detailsAction").isChecked()
    assert again.window.findChild(QLabel, "rowLabel").isVisible()
    Keys(again, qtbot)(Qt.Key.Key_F4)
    assert Pane(again, qtbot).widget.isVisible()


def test_the_focus_goes_back_to_the_table_when_the_pane_closes(opened, qtbot):
    driver = opened(FakeCore([track("a.flac")]))
    keys, pane = Keys(driver, qtbot), Pane(driver, qtbot)
    pane.part("scoreChart").setFocus()
    qtbot.waitUntil(pane.part("scoreChart").hasFocus)
    keys(Qt.Key.Key_F4)
    assert driver.table.hasFocus()


def test_tab_reaches_every_part_and_comes_back_to_the_table(opened, qtbot):
    core = FakeCore([track("a.flac")])
    driver = opened(core)
    keys = Keys(driver, qtbot)
    reached = []
    for _ in range(30):
        keys(Qt.Key.Key_Tab)
        focus = driver.window.focusWidget()
        assert focus is not None
        assert focus.objectName(), focus
        reached.append(focus.objectName())
        if focus is driver.table:
            break
    assert reached[-1] == "trackTable"
    assert [name for name in reached if name in ("scoreChart", "timeline", "detailPath")] == [
        "scoreChart",
        "timeline",
        "detailPath",
    ]


def test_the_focus_is_not_lost_when_its_part_is_hidden(opened, qtbot):
    tracks = [track("a.flac"), track("b.flac")]
    core = FakeCore(tracks, failures=[tracks[1].path])
    driver = opened(core)
    Keys(driver, qtbot)
    pane = Pane(driver, qtbot)
    driver.select("a.flac")
    pane.part("timeline").setFocus()
    qtbot.waitUntil(pane.part("timeline").hasFocus)
    driver.select("b.flac")
    focus = driver.window.focusWidget()
    assert focus is not None
    assert focus.isVisible()
    assert focus.objectName()


def test_arrow_keys_read_bar_by_bar(opened, qtbot):
    driver = opened(FakeCore([track("a.flac")]))
    keys, pane = Keys(driver, qtbot), Pane(driver, qtbot)
    chart = pane.part("scoreChart")
    chart.setFocus()
    qtbot.waitUntil(chart.hasFocus)
    keys(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert chart.current_bar().name == "Country"
    keys(Qt.Key.Key_End)
    assert chart.current_bar().name == "Country"
    keys(Qt.Key.Key_Home, Qt.Key.Key_Up)
    assert chart.current_bar().name == "Blues"
    assert driver.table.currentIndex().row() == 0


def test_it_has_its_share_of_the_width_until_the_user_chooses(opened, qtbot):
    driver = opened(FakeCore([track("a.flac")]))
    pane, window = Pane(driver, qtbot).widget, driver.window
    window.resize(1300, 700)
    qtbot.waitUntil(lambda: pane.width() == 340)
    window.resize(900, 600)
    qtbot.waitUntil(lambda: 255 <= pane.width() <= 275)
    splitter = window.findChild(QWidget, "reviewSplitter")
    splitter.moveSplitter(splitter.width() - 320, 1)
    chosen, narrow = pane.width(), splitter.width()
    window.resize(1000, 600)
    qtbot.waitUntil(lambda: splitter.width() > narrow)
    assert pane.width() == chosen


@pytest.mark.parametrize("width", [900, 1180])
def test_no_text_is_wider_than_the_pane(opened, qtbot, width):
    one = track("a.flac", title="Donaudampfschifffahrtsgesellschaft" * 3, album="A" * 90)
    core = FakeCore([one])
    core.found_details[one.path] = details()
    driver = opened(core)
    driver.window.resize(width, 600)
    pane = Pane(driver, qtbot)
    pane.wait_facts("Label Co")
    assert pane.part("detailTitle").accessibleName() == one.tags.title
    pane.widget.show_position(3599.0)
    assert pane.text("playTimes") == "59:59 of 0:03"
    content = pane.part("detailContent")
    qtbot.waitUntil(lambda: too_wide(content) == [])  # once it is laid out
    assert content.width() <= pane.widget.viewport().width()


def too_wide(content):
    """Return the texts that are cut off, or reach beyond the pane."""
    found = []
    for label in content.findChildren(QLabel):
        if label.isVisible() and label.text():
            words = label.text().replace("\u200b", " ").split()
            widest = max(label.fontMetrics().horizontalAdvance(word) for word in words)
            right = label.mapTo(content, label.rect().topRight()).x()
            if widest > label.width() or right > content.width():
                found.append(label.text())
    return found


def test_it_is_painted_anew_in_other_colours(opened, qtbot):
    driver = opened(FakeCore([track("a.flac")]))
    pane = Pane(driver, qtbot)
    icon = pane.part("detailIcon")
    before = icon.pixmap().toImage()
    palette = pane.widget.palette()
    palette.setColor(palette.ColorRole.WindowText, QColor("white"))
    palette.setColor(palette.ColorRole.Window, QColor("black"))
    palette.setColor(palette.ColorRole.Base, QColor("black"))
    palette.setColor(palette.ColorRole.Text, QColor("white"))
    pane.widget.setPalette(palette)
    qtbot.waitUntil(lambda: icon.pixmap().toImage() != before)
