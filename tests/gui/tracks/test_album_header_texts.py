"""What the heading of an album says."""

from __future__ import annotations

import pytest

from genretagger.core.events import TrackAnalysed
from genretagger.core.predictions import Unsure
from genretagger.gui.tracks.album_header_texts import summary
from genretagger.review.rows.row_events import apply_analysis, make_row
from tests.helpers.fake_pipeline import prediction, track


def rows(*genres):
    made = []
    for number, genre in enumerate(genres):
        found = track(f"{number}.flac")
        unsure = Unsure.NOT_MUSIC if genre == "speech" else None
        verdict = prediction("pop" if unsure else genre, unsure=unsure)
        made.append(apply_analysis(make_row(found), TrackAnalysed(found, f"{number}", verdict)))
    return made


@pytest.mark.parametrize(
    ("genres", "said"),
    [
        ((), "Tracks: 0"),
        (("jazz", "jazz", "rock"), "Tracks: 3 · 2 of 3 sound like Jazz"),
        (("jazz", "rock", "rock", "jazz"), "Tracks: 4 · of 4, 2 each sound like Jazz, Rock"),
        (("jazz", "rock", "pop", "metal"), "Tracks: 4 · each sounds like another genre"),
        (("jazz", "speech"), "Tracks: 2 · 1 of 1 sound like Jazz"),
    ],
)
def test_what_most_of_an_album_sounds_like(qtbot, genres, said):
    assert summary(rows(*genres)) == said
