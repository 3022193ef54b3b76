"""A screen that nobody sees, as large as a common one: that of Qt has 800 by 800 pixels."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

_SCREEN: Final = Path(__file__).with_name("offscreen.json")


def offscreen_platform() -> str:
    """Return the value of QT_QPA_PLATFORM for such a screen."""
    # Qt parts its options at each colon, also at that of a drive.
    path = os.path.relpath(_SCREEN) if sys.platform == "win32" else str(_SCREEN)
    return f"offscreen:configfile={path}"


def use_offscreen() -> None:
    """Draw on such a screen; to be called before there is an application."""
    os.environ["QT_QPA_PLATFORM"] = offscreen_platform()
