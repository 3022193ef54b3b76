"""One hue per genre, the same in every chart, with enough contrast to its ground.

Colours only repeat what a label says: nobody can tell ten of them apart.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Final

from PySide6.QtGui import QColor, QPalette

from genretagger.core.vocabulary import genre_key
from genretagger.gui.look.colours import contrasting, is_dark

# By canonical id; a contrast of at least 4.5 on white (first) and on #2d2d2d (second).
_COLOURS: Final = {
    "blues": ("#1d5fbf", "#7db4f8"),
    "classical": ("#6a48c0", "#b9a5f5"),
    "country": ("#7d6000", "#d8bb52"),
    "disco": ("#a21fa0", "#e69be6"),
    "hiphop": ("#b04a00", "#f3a262"),
    "jazz": ("#00707a", "#5cc8d0"),
    "metal": ("#586068", "#adb6bf"),
    "pop": ("#c01d66", "#ff9cc0"),
    "reggae": ("#25762c", "#86d18a"),
    "rock": ("#b3261e", "#ff8a80"),
}
LEAST_CONTRAST: Final = 3.0  # of graphics, WCAG 2.2, 1.4.11
_SATURATION: Final = 150  # of hues that are not in the table
_LIGHTNESS: Final = {False: 80, True: 180}
_HUES: Final = 360


def genre_colour(genre: str, palette: QPalette) -> QColor:
    """Return the hue of a genre, given by its id or by its name in any spelling."""
    role = QPalette.ColorRole
    grounds = palette.color(role.Window).rgb(), palette.color(role.Base).rgb()
    return QColor(_colour(genre_key(genre), is_dark(palette), grounds))


@lru_cache(maxsize=1024)
def _colour(key: str, on_dark: bool, grounds: tuple[int, int]) -> QColor:
    chosen = _COLOURS.get(key)
    if chosen is not None:
        colour = QColor(chosen[1] if on_dark else chosen[0])
    else:
        hue = zlib.crc32(key.encode("utf-8", "surrogatepass")) % _HUES
        colour = QColor.fromHsl(hue, _SATURATION, _LIGHTNESS[on_dark])
    seen = [QColor(ground) for ground in grounds]
    return contrasting(colour, seen, least=LEAST_CONTRAST, on_dark=on_dark)
