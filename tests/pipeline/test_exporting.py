"""An export has the numbers that the table shows, and none of a genre for what is no music."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genretagger.core.predictions import Level, Unsure
from genretagger.pipeline.exporting import record, table_line
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.decisions import with_album
from tests.helpers.rows import analysed_row, prediction, track


def test_what_is_not_music_has_no_number_in_any_form():
    heard = prediction("blues", 0.9, Unsure.NOT_MUSIC)
    row = analysed_row(track(), heard, personal=replace(heard, model_id="personal:Mine:1"))
    line = table_line(row)
    assert (line.confidence, line.level, line.runner_ups) == (None, "", ())
    written = record(row)
    for part in (written, written["personal"], written["review"]):
        assert (part["confidence"], part["level"]) == (None, None)
    assert written["scores"] is None
    assert (written["state"], written["unsure"]) == ("not music", "not music")


def test_what_an_album_raised_is_one_number_everywhere():
    heard = prediction("blues", 0.6, level=Level.LOW)
    row = with_album(analysed_row(track(), heard), AlbumContext(4, 4, 0.9, Level.MEDIUM))
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
