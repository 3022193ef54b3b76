"""Genres have hues that stay, and that can be told from the ground."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from genretagger.core.vocabulary import vocabulary
from genretagger.gui.look.colours import contrast, mixed_colour
from genretagger.gui.widgets.genre_colours import LEAST_CONTRAST, genre_colour


def palette(window, base, text):
    made = QPalette()
    made.setColor(QPalette.ColorRole.Window, QColor(window))
    made.setColor(QPalette.ColorRole.Base, QColor(base))
    made.setColor(QPalette.ColorRole.WindowText, QColor(text))
    return made


GROUNDS = [
    ("#efefef", "#ffffff", "black"),
    ("#323232", "#2d2d2d", "white"),
    ("#000000", "#000000", "yellow"),
    ("#8a8a8a", "#b0b0b0", "black"),
]


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("genre", [*vocabulary().genres, "Vaporwave", "Tango", "", "\udce9"])
def test_a_hue_can_be_told_from_any_ground(ground, genre):
    made = palette(*ground)
    colour = genre_colour(genre, made)
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        assert contrast(colour, made.color(role)) >= LEAST_CONTRAST


def test_a_genre_has_one_hue_however_it_is_spelled():
    made = palette(*GROUNDS[0])
    spellings = ("hiphop", "Hip-Hop", "hip hop", "Rap")
    assert len({genre_colour(spelling, made).name() for spelling in spellings}) == 1
    assert genre_colour("Tango", made) == genre_colour("tango", made)


def test_the_ten_genres_have_ten_hues():
    for ground in GROUNDS[:2]:
        made = palette(*ground)
        hues = {genre_colour(genre, made).name() for genre in vocabulary().genres}
        assert len(hues) == len(vocabulary().genres)


def test_a_share_of_another_colour_is_mixed_in():
    black, white = QColor("black"), QColor("white")
    assert mixed_colour(black, white, 0.0) == black
    assert mixed_colour(black, white, 1.0) == white
    assert mixed_colour(black, white, 0.5).lightness() in (127, 128)
