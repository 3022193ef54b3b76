"""What the heading of an album says."""

from __future__ import annotations

import pytest

from genretagger.core.predictions import Unsure
from genretagger.gui.tracks.album_header import summary
from tests.helpers.rows import heard


def rows(*genres):
    speech = {"unsure": Unsure.NOT_MUSIC}
    return [heard(genre=genre, **(speech if genre == "speech" else {})) for genre in genres]


@pytest.mark.parametrize(
    ("genres", "said"),
    [
        ((), "Tracks: 0"),
        (("jazz", "jazz", "rock"), "Tracks: 3 · 2 of 3 sound like Jazz"),
        (("jazz", "rock", "rock", "jazz"), "Tracks: 4 · 2 of 4 sound like each of Jazz, Rock"),
        (("jazz", "rock", "pop", "metal"), "Tracks: 4 · each sounds like a different genre"),
        (("jazz", "speech"), "Tracks: 2 · 1 of 1 sound like Jazz"),
    ],
)
def test_what_most_of_an_album_sounds_like(qtbot, genres, said):
    assert summary(rows(*genres)) == said
