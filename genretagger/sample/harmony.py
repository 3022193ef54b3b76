"""Chords, a scale and a form, in semitones above their root."""

from __future__ import annotations

from typing import Final

MAJOR: Final = (0, 4, 7)
MINOR: Final = (0, 3, 7)
MAJOR_7: Final = (0, 4, 7, 11)
MINOR_7: Final = (0, 3, 7, 10)
DOMINANT: Final = (0, 4, 7, 10)
BLUES_SCALE: Final = (0, 3, 5, 6, 7, 10, 12)
TWELVE_BARS: Final = (0, 0, 0, 0, 5, 5, 0, 0, 7, 5, 0, 7)
