"""One hue per genre, the same in every chart, with enough contrast to its ground.

Colours only repeat what a label says: nobody can tell ten of them apart.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Final

from PySide6.QtGui import QColor, QPalette

from genretagger.core.vocabulary import genre_key
from genretagger.gui.widgets.icons import is_dark

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
_STEP: Final = 8
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
    return _contrasting(colour, [QColor(ground) for ground in grounds], on_dark=on_dark)


def _contrasting(colour: QColor, grounds: list[QColor], *, on_dark: bool) -> QColor:
    """Return `colour`, made lighter or darker until it contrasts with all `grounds`."""
    hue, saturation, lightness = colour.hslHue(), colour.hslSaturation(), colour.lightness()
    while min(contrast(colour, ground) for ground in grounds) < LEAST_CONTRAST:
        lightness += _STEP if on_dark else -_STEP
        if not 0 <= lightness <= 255:
            break  # no lightness contrasts with such grounds
        colour = QColor.fromHsl(hue, saturation, lightness)
    return colour


def contrast(colour: QColor, other: QColor) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it, from 1 to 21."""
    lighter, darker = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = map(_linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def mixed_colour(colour: QColor, other: QColor, share: float) -> QColor:
    """Return `colour` with a share in [0, 1] of another one in it."""
    kept = 1 - share
    return QColor.fromRgbF(
        kept * colour.redF() + share * other.redF(),
        kept * colour.greenF() + share * other.greenF(),
        kept * colour.blueF() + share * other.blueF(),
    )
