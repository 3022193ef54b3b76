"""Colours as WCAG measures and mixes them; whatever paints takes its hues from here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QColor, QPalette

_STEP: Final = 8  # of lightness, from 0 to 255


def is_dark(palette: QPalette) -> bool:
    """Return whether the palette has light text on a dark ground."""
    return palette.color(QPalette.ColorRole.Base).lightness() < 128


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


def contrasting(
    colour: QColor, grounds: Sequence[QColor], *, least: float, on_dark: bool
) -> QColor:
    """Return `colour`, made lighter or darker until its contrast to all `grounds` is `least`."""
    hue, saturation, lightness = colour.hslHue(), colour.hslSaturation(), colour.lightness()
    while min(contrast(colour, ground) for ground in grounds) < least:
        lightness += _STEP if on_dark else -_STEP
        if not 0 <= lightness <= 255:
            break  # no lightness contrasts with such grounds
        colour = QColor.fromHsl(hue, saturation, lightness)
    return colour
