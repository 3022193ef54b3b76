"""The palettes of the window: light, dark, and that of a system with high contrast.

A selection is a tint of the accent below the text that was there before, so that states and bars
keep their colours on it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor, QPalette

from genretagger.gui.look.colours import contrast, contrasting, is_dark, mixed_colour

TINT: Final = 0.16  # of the accent in the ground of what is selected
TEXT_CONTRAST: Final = 4.5  # WCAG 2.2, 1.4.3
_GRAPHIC_CONTRAST: Final = 3.0  # WCAG 2.2, 1.4.11
_OWN_ACCENT: Final = {False: "#1f6f78", True: "#5cc0c9"}  # by whether the ground is dark
# Window, ground of lists and fields, text, faint text, button.
_LIGHT: Final = ("#f4f5f6", "#ffffff", "#1b1f23", "#59616a", "#ffffff")
_DARK: Final = ("#222529", "#1b1d20", "#e6e9ec", "#a3abb3", "#2d3136")
_ALTERNATE: Final = 0.02  # of the text in every other line
_DISABLED: Final = 0.55  # of the ground in the text of what cannot be used
_Role, _Group = QPalette.ColorRole, QPalette.ColorGroup


def make_palette(*, dark: bool, accent: QColor | None = None) -> QPalette:
    """Return the palette of a light or dark window.

    Parameters
    ----------
    accent : QColor, optional
        That of the system; made lighter or darker where it would not be seen. None for our own.
    """
    window, base, text, faint, button = map(QColor, _DARK if dark else _LIGHT)
    chosen = QColor(_OWN_ACCENT[dark]) if accent is None else accent
    palette = QPalette(button, window)  # also the edges and shadows of the window
    for role, colour in (
        (_Role.WindowText, text), (_Role.Text, text), (_Role.ButtonText, text),
        (_Role.Base, base), (_Role.Window, window), (_Role.Button, button),
        (_Role.PlaceholderText, faint), (_Role.BrightText, text),
        (_Role.ToolTipBase, base), (_Role.ToolTipText, text),
        (_Role.AlternateBase, mixed_colour(base, text, _ALTERNATE)),
    ):  # fmt: skip
        palette.setColor(role, colour)
    _set_accent(palette, chosen)
    disabled = mixed_colour(text, window, _DISABLED)
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText):
        palette.setColor(_Group.Disabled, role, disabled)
    return palette


def contrast_palette(system: QPalette) -> QPalette:
    """Return the system's palette of high contrast, with what is selected as a tint in it."""
    palette = QPalette(system)
    palette.setColor(_Role.PlaceholderText, palette.color(_Role.Text))
    _set_accent(palette, system.color(_Role.Highlight))
    return palette


def _set_accent(palette: QPalette, accent: QColor) -> None:
    """Set the accent, and what follows from it."""
    base, text = palette.color(_Role.Base), palette.color(_Role.Text)
    grounds = base, palette.color(_Role.Window)
    seen = contrasting(accent, grounds, least=TEXT_CONTRAST, on_dark=is_dark(palette))
    if min(contrast(seen, ground) for ground in grounds) < _GRAPHIC_CONTRAST:
        seen = text
    palette.setColor(_Role.Accent, seen)
    palette.setColor(_Role.Highlight, mixed_colour(base, seen, TINT))
    palette.setColor(_Role.HighlightedText, text)
    palette.setColor(_Role.Link, seen)
    palette.setColor(_Role.LinkVisited, seen)


def text_on(ground: QColor) -> QColor:
    """Return black or white, whichever is better read on `ground`."""
    white, black = QColor("white"), QColor("#101214")
    return max((white, black), key=lambda ink: contrast(ink, ground))
