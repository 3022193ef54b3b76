"""Deciding by keys: what was heard second, several tracks, whole albums, undo and redo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from genretagger.core.predictions import Unsure
from genretagger.review.rows.row import State
from genretagger.review.table.row_groups import Grouping
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.keyboard import Keys
from tests.helpers.rows import prediction, track

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def core():
    """Return a core with an album of three and speech, one by itself, and one that is broken."""
    tracks = [
        track("1.flac", album="Blue", folder="/blue"),
        track("2.flac", album="Blue", folder="/blue"),
        track("3.flac", album="Blue", folder="/blue"),
        track("4.flac", album="Blue", folder="/blue"),
        track("5.flac", album="Red", folder="/red"),
        track("6.flac", album="Red", folder="/red"),
    ]
    said = (
        prediction("rock", 0.9),
        prediction("rock", 0.7, Unsure.LOW_CONFIDENCE),
        prediction("jazz", 0.8),
        prediction("classical", 0.9, Unsure.NOT_MUSIC),
        prediction("pop", 0.9),
    )
    heard = {found.path: one for found, one in zip(tracks, said, strict=False)}
    return FakeCore(tracks, heard, failures=[tracks[-1].path])


def genres(driver):
    """Return what was accepted, by name of the file without its ending."""
    return {
        row.path.stem: "; ".join(row.decision.genres)
        for row in driver.rows()
        if row is not None and row.decision is not None and row.decision.genres
    }


# First, second, third


def test_numbers_take_what_was_heard_first_second_and_third_and_go_on(driver, press):
    press(Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)
    assert genres(driver) == {"1": "Rock", "2": "Blues", "3": "Classical"}
    press(Qt.Key.Key_1)  # not music: a deliberate choice
    assert genres(driver)["4"] == "Classical"
    assert driver.table.current_row_id() == 4


def test_with_shift_they_are_added_and_the_track_stays(driver, press):
    press(Qt.Key.Key_2, modifier=SHIFT)
    assert genres(driver) == {"1": "Rock; Blues"}, "beside what was suggested"
    assert driver.table.current_row_id() == 0
    press(Qt.Key.Key_3, modifier=SHIFT)
    assert genres(driver)["1"] == "Rock; Blues; Classical"
    press(Qt.Key.Key_Z, modifier=CONTROL)
    assert genres(driver)["1"] == "Rock; Blues"


def test_after_a_genre_was_typed_the_next_track_is_current(driver, press):
    press.type("Trip Hop")
    assert genres(driver) == {"1": "Trip Hop"}
    assert driver.table.current_row_id() == 1


def test_the_numeric_keypad_takes_them_too(driver, press):
    press(Qt.Key.Key_2, modifier=KEYPAD)
    assert genres(driver) == {"1": "Blues"}


def test_each_of_several_gets_its_own_second_genre(driver, press):
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    press(Qt.Key.Key_Down, modifier=SHIFT)
    press(Qt.Key.Key_2)
    assert genres(driver) == {"3": "Blues", "4": "Blues"}
    assert driver.status() == "Genre set for tracks: 2"
    press(Qt.Key.Key_A, modifier=CONTROL)
    press(Qt.Key.Key_3)
    assert genres(driver)["5"] == "Classical"
    said = "Genre set for tracks: 5   Left out: not heard (1)   Decided otherwise before: 2"
    assert driver.status() == said


def test_the_menu_names_the_genres_of_the_row_that_is_selected(driver, press):
    action = driver.action("takeFirstAction")
    assert action.text() == "&1  Rock 90 %"
    assert driver.action("takeSecondAction").text() == "&2  Blues 1 %"
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert action.text() == "&1  Jazz 80 %"
    press(Qt.Key.Key_Down, modifier=SHIFT)
    assert action.text() == "Use &first genre offered"


def test_a_key_on_the_last_row_stays_there(driver, press):
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Up, Qt.Key.Key_A, Qt.Key.Key_A)
    assert genres(driver) == {"5": "Pop"}
    assert driver.table.current_row_id() == 5
    assert driver.status().startswith("This track was not heard, so nothing is suggested")


# Typing


def test_an_editor_for_several_tracks_says_so(driver, press):
    press(Qt.Key.Key_Down, modifier=SHIFT)
    press(Qt.Key.Key_F2)
    assert driver.status() == "All 2 selected tracks get what you type (Esc: none)."


def test_tracks_without_an_album_in_a_folder_of_several_artists_are_no_album(opened):
    tracks = [track(f"{name}.flac", artist=name) for name in ("Nina", "Otto", "Pia")]
    driver = opened(FakeCore(tracks, {one.path: prediction("rock") for one in tracks}))
    for name in ("acceptAlbumAction", "uniformAlbumAction"):
        driver.trigger(name)
        assert genres(driver) == {}
        assert driver.status() == "This track names no album, and several artists share its folder."
    driver.select("Nina.flac")
    driver.trigger("acceptAction")
    driver.select("Nina.flac")
    driver.trigger("copyToAlbumAction")
    assert list(genres(driver)) == ["Nina"]


def test_what_is_typed_is_given_to_all_selected_rows_as_one_step(driver, press):
    press(Qt.Key.Key_Down, modifier=SHIFT)
    press(Qt.Key.Key_Down, modifier=SHIFT)
    press.type("acid Jazz; Live")
    assert genres(driver) == dict.fromkeys("123", "acid Jazz; Live")
    assert driver.status() == "Genre set for tracks: 3"
    assert len(driver.table.selected_row_ids()) == 3
    press(Qt.Key.Key_Z, modifier=CONTROL)
    assert genres(driver) == {}


def test_what_one_row_says_already_can_be_given_to_others(driver, press):
    press(Qt.Key.Key_Down, modifier=SHIFT)
    press(Qt.Key.Key_Down, modifier=SHIFT)
    press.type("Jazz")  # what the current row, the last one, suggests
    assert genres(driver) == dict.fromkeys("123", "Jazz")


def test_the_least_unlike_genre_can_be_typed_for_what_is_not_music(driver, press):
    driver.table.select(3)
    press(Qt.Key.Key_A)
    assert genres(driver) == {}
    press.type("Classical")
    assert genres(driver) == {"4": "Classical"}


def test_a_broken_track_can_be_given_a_genre_and_is_written(driver, press, core):
    driver.table.select(5)
    assert driver.row("6.flac").state is State.FAILED
    press(Qt.Key.Key_1, Qt.Key.Key_R)
    assert genres(driver) == {}
    press.type("Pop")
    assert driver.row("6.flac").state is State.ACCEPTED
    driver.write()
    assert [(r.path.name, r.genres, r.audio_digest) for r in core.requests] == [
        ("6.flac", ("Pop",), "digest-6.flac")
    ]
    assert driver.row("6.flac").state is State.WRITTEN


def test_a_genre_given_to_a_broken_track_is_there_after_reopening(opened, core, driver, press):
    driver.table.select(5)
    press.type("Pop")
    driver.window.close()
    again = opened(core)
    assert again.row("6.flac").state is State.ACCEPTED
    again.select("6.flac")
    again.trigger("clearAction")
    assert again.row("6.flac").state is State.FAILED
    again.window.close()
    assert opened(core).row("6.flac").state is State.FAILED


def test_editing_what_takes_no_genre_says_so(opened, qtbot):
    wav = track("a.wav", container="wav")
    driver = opened(FakeCore([wav], failures=[wav.path]))
    Keys(driver, qtbot)(Qt.Key.Key_F2)
    assert driver.table.state() is not driver.table.State.EditingState
    assert "it cannot be given a genre" in driver.status()


# Albums


def test_an_album_is_accepted_without_what_is_doubtful(driver, press):
    press(Qt.Key.Key_B)
    assert genres(driver) == {"1": "Rock", "3": "Jazz"}
    assert driver.status() == "Accepted in the album: 2   Left out: not music (1), unsure (1)"
    press(Qt.Key.Key_Z, modifier=CONTROL)
    assert genres(driver) == {}


def test_a_decision_is_copied_to_its_album_also_when_the_next_row_is_current(driver, press):
    press(Qt.Key.Key_2, Qt.Key.Key_C)
    assert genres(driver) == dict.fromkeys("1234", "Blues")
    assert driver.status() == "Copied to other tracks of the album: 3"
    assert driver.action("undoDecisionAction").text() == "&Undo: copy to album (tracks: 3)"
    press(Qt.Key.Key_Z, modifier=CONTROL)
    assert genres(driver) == {"1": "Blues"}


def test_a_rejection_is_copied_too(driver, press):
    press(Qt.Key.Key_R, Qt.Key.Key_Up, Qt.Key.Key_C)
    assert [row.state for row in driver.rows()][:4] == [State.REJECTED] * 4
    assert driver.row("5.flac").decision is None


def test_a_genre_that_is_added_to_a_decision_overrules_nothing(driver, press):
    press(Qt.Key.Key_1, Qt.Key.Key_Up)
    press(Qt.Key.Key_Down, modifier=SHIFT)
    press(Qt.Key.Key_2, modifier=SHIFT)
    assert genres(driver)["1"] == "Rock; Blues"
    assert "Decided otherwise" not in driver.status()


def test_it_is_said_how_many_decisions_give_way_to_a_copy(driver, press):
    press(Qt.Key.Key_2, Qt.Key.Key_2, Qt.Key.Key_R, Qt.Key.Key_Up, Qt.Key.Key_C)
    assert [row.state for row in driver.rows()][:4] == [State.REJECTED] * 4
    said = "Copied to other tracks of the album: 3   Decided otherwise before: 2"
    assert driver.status() == said
    press(Qt.Key.Key_C)
    assert driver.status() == "Copied to other tracks of the album: 3", "they have it already"


def test_nothing_is_copied_from_another_album_or_from_no_decision(driver, press):
    press(Qt.Key.Key_C)
    assert driver.status().startswith("Nothing to copy")
    press(Qt.Key.Key_1)
    driver.table.select(4)
    press(Qt.Key.Key_C)
    assert genres(driver) == {"1": "Rock"}
    assert driver.status().startswith("Nothing to copy")


def test_an_album_is_made_uniform_by_what_most_of_it_sounds_like(driver, press):
    press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_U)
    assert genres(driver) == dict.fromkeys("1234", "Rock")
    assert driver.status() == "Album made uniform, tracks: 4"
    press(Qt.Key.Key_Z, modifier=CONTROL)
    assert genres(driver) == {}


def test_what_was_decided_on_the_current_row_goes_before_what_most_sound_like(driver, press):
    press.type("Trip Hop")
    press(Qt.Key.Key_Up, Qt.Key.Key_U)
    assert genres(driver) == dict.fromkeys("1234", "Trip Hop")


def test_several_albums_are_each_made_uniform_in_one_step(driver, press):
    press(Qt.Key.Key_A, modifier=CONTROL)
    press(Qt.Key.Key_U)
    assert genres(driver) == {**dict.fromkeys("1234", "Rock"), **dict.fromkeys("56", "Pop")}
    press(Qt.Key.Key_Z, modifier=CONTROL)
    assert genres(driver) == {}


def test_an_album_without_music_cannot_be_made_uniform(opened, qtbot):
    found = track("a.flac")
    driver = opened(FakeCore([found], {found.path: prediction("pop", 0.9, Unsure.NOT_MUSIC)}))
    Keys(driver, qtbot)(Qt.Key.Key_U)
    assert genres(driver) == {}
    assert driver.status().startswith("No track on this album")


def test_tracks_that_the_filter_hides_are_of_their_album_too(driver, press):
    driver.filter_edit.setText("1.flac")
    driver.table.setFocus()
    driver.table.select_first()
    press(Qt.Key.Key_U)
    assert driver.status() == "Album made uniform, tracks: 4   Hidden by the filter: 3"
    driver.filter_edit.clear()
    assert genres(driver) == dict.fromkeys("1234", "Rock")


def test_the_heading_of_an_album_stands_for_its_tracks(driver, press):
    driver.table.model().group(Grouping.ALBUM)
    heading = driver.table.model().index(0, 0)
    command = QItemSelectionModel.SelectionFlag
    driver.table.selectionModel().setCurrentIndex(heading, command.ClearAndSelect | command.Rows)
    press.type("Dub")
    assert genres(driver) == dict.fromkeys("1234", "Dub")
    driver.table.select(3)
    press(Qt.Key.Key_1)
    assert driver.table.current_row_id() == 4, "the heading of the next album is passed over"


# Undo and redo


def test_decisions_are_undone_and_made_again_and_said(driver, press):
    undo, redo = driver.action("undoDecisionAction"), driver.action("redoDecisionAction")
    assert not undo.isEnabled()
    press(Qt.Key.Key_A, Qt.Key.Key_2)
    press(Qt.Key.Key_A, modifier=CONTROL)
    press(Qt.Key.Key_R)
    assert undo.text() == "&Undo: reject (tracks: 5)"
    press(Qt.Key.Key_Z, modifier=CONTROL)
    assert driver.status() == "Undone: reject (tracks: 5)"
    assert genres(driver) == {"1": "Rock", "2": "Blues"}
    press(Qt.Key.Key_Z, modifier=CONTROL)
    assert driver.table.current_row_id() == 1, "where it was decided"
    assert redo.text() == "Re&do: set genre (tracks: 1)"
    press(Qt.Key.Key_Z, modifier=CONTROL | SHIFT)
    assert genres(driver) == {"1": "Rock", "2": "Blues"}
    press(Qt.Key.Key_Y, modifier=CONTROL)
    assert driver.status() == "Redone: reject (tracks: 5)"
    assert {row.state for row in driver.rows()} == {State.REJECTED, State.FAILED}
    assert not redo.isEnabled()


def test_a_new_decision_leaves_nothing_to_be_made_again(driver, press):
    press(Qt.Key.Key_A)
    press(Qt.Key.Key_Z, modifier=CONTROL)
    press(Qt.Key.Key_R)
    assert not driver.action("redoDecisionAction").isEnabled()


def test_after_a_write_nothing_is_undone_or_redone_as_a_decision(driver, press):
    press(Qt.Key.Key_A, Qt.Key.Key_A)
    press(Qt.Key.Key_Z, modifier=CONTROL)
    driver.write()
    assert not driver.action("undoDecisionAction").isEnabled()
    assert not driver.action("redoDecisionAction").isEnabled()


def test_what_is_undone_and_redone_is_saved(opened, core, driver, press):
    press(Qt.Key.Key_A, Qt.Key.Key_2)
    press(Qt.Key.Key_Z, Qt.Key.Key_Z, modifier=CONTROL)
    press(Qt.Key.Key_Y, modifier=CONTROL)
    driver.window.close()
    assert genres(opened(core)) == {"1": "Rock"}


def test_all_that_are_sure_enough_says_what_is_left_out(driver, press):
    driver.action("thresholdSpin").setValue(0.85)
    press(Qt.Key.Key_A, modifier=SHIFT)
    assert genres(driver) == {"1": "Rock", "5": "Pop"}
    said = "not heard (1), not music (1), unsure (1), below the threshold (1)"
    assert driver.status() == f"Accepted: 2   Left out: {said}"


def test_what_is_unsure_is_not_accepted_among_others_but_alone(driver, press):
    press(Qt.Key.Key_A, modifier=CONTROL)
    press(Qt.Key.Key_A)
    assert set(genres(driver)) == {"1", "3", "5"}
    assert "unsure (1)" in driver.status()
    driver.select("2.flac")
    press(Qt.Key.Key_A)
    assert genres(driver)["2"] == "Rock"
