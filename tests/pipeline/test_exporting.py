"""An export has the numbers that the table shows, and none of a genre for what is no music."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genretagger.core.predictions import Level, Unsure
from genretagger.pipeline.exporting import record, table_line
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.decisions import edited, with_album
from tests.helpers.rows import analysed_row, heard, prediction, track


def test_what_is_not_music_has_no_number_in_any_form():
    said = prediction("blues", 0.9, Unsure.NOT_MUSIC)
    row = analysed_row(track(), said, personal=replace(said, model_id="personal:Mine:1"))
    line = table_line(row)
    assert (line.confidence, line.level, line.runner_ups) == (None, "", ())
    written = record(row)
    for part in (written, written["personal"], written["review"]):
        assert (part["confidence"], part["level"]) == (None, None)
    assert written["scores"] is None
    assert (written["state"], written["unsure"]) == ("not music", "not music")


def test_what_an_album_raised_is_one_number_everywhere():
    said = prediction("blues", 0.6, level=Level.LOW)
    row = with_album(analysed_row(track(), said), AlbumContext(4, 4, 0.9, Level.MEDIUM))
    line, written = table_line(row), record(row)
    numbers = {
        row.shown_confidence,
        line.confidence,
        written["confidence"],
        written["scores"]["blues"],
        written["review"]["confidence"],
    }
    assert numbers == {0.9}
    assert (line.level, written["level"], written["review"]["level"]) == ("medium",) * 3
    assert sum(written["scores"].values()) == pytest.approx(1, abs=1e-4)


# Styles

LOW = Unsure.LOW_CONFIDENCE


def styled(unsure=LOW, genre="country"):
    return heard("a.flac", genre, 0.4, unsure, styles=(("folk", 0.86), ("house", 0.5, False)))


def test_a_line_of_the_table_has_the_styles_and_the_genres_that_come_next():
    line = table_line(styled())
    assert (line.suggested, line.confidence, line.level) == (("Folk",), 0.86, "medium")
    assert line.styles == (("Folk", 0.86), ("House", 0.5))
    assert [name for name, _ in line.runner_ups] == ["Country", "Blues"]


def test_a_finer_style_is_no_runner_up_among_the_genres():
    line = table_line(heard("a.flac", "rock", 0.9, styles=(("punk", 0.7),)))
    assert (line.suggested, line.styles) == (("Rock",), (("Punk", 0.7),))
    assert [name for name, _ in line.runner_ups] == ["Blues", "Classical"]


def test_a_record_keeps_the_genre_and_says_which_style_is_suggested():
    row = styled()
    said = record(row)
    folk = {"style": "folk", "confidence": 0.86, "proven": True}
    house = {"style": "house", "confidence": 0.5, "proven": False}
    assert (said["genre"], said["confidence"], said["state"]) == ("country", 0.4, "unsure")
    assert (said["styles"], said["style"], said["suggested"]) == ([folk, house], folk, ["Folk"])
    assert (said["review"]["state"], said["review"]["confidence"]) == ("missing genre", 0.86)
    assert record(edited(row, ("Celtic",)))["style"] == folk, "what was heard"


def test_of_what_is_no_music_no_style_is_told():
    said = record(styled(Unsure.NOT_MUSIC))
    assert (said["styles"], said["style"], said["suggested"]) == ([], None, [])
    assert table_line(styled(Unsure.NOT_MUSIC)).styles == ()


def test_nothing_is_said_of_styles_where_a_genre_fits():
    said = record(styled(None))
    assert (said["style"], said["suggested"]) == (None, ["Country"])
    assert len(said["styles"]) == 2
