"""Numbers that mutagen's view of a file states about its stream; None if not plausible."""

from __future__ import annotations

import math
from typing import Any, Final

from mutagen.mp3 import BitrateMode

from genretagger.tagging.containers.table import Container

_PLAUSIBLE: Final = 1 << 31  # numbers from here on in a header are wrong


def measured_length_s(file: Any) -> float | None:
    """Return the length of mutagen's view of a file, None if it knows none."""
    try:
        length_s = float(getattr(file.info, "length", 0) or 0)
    except ZeroDivisionError:  # a DSF that says 0 Hz; mutagen divides when it is asked
        return None
    return length_s if math.isfinite(length_s) and length_s > 0 else None


def is_guess(row: Container, file: Any) -> bool:
    """Return whether mutagen took the length from the bit rate of the first frames."""
    if row.name == "mp3":
        return bool(getattr(file.info, "bitrate_mode", None) == BitrateMode.UNKNOWN)
    return row.name == "aac"


def stated_number(file: Any, name: str) -> int | None:
    """Return a positive number from the stream's header, None if it has no plausible one."""
    try:
        value = getattr(file.info, name, 0) or 0
        return int(value) if math.isfinite(value) and 0 < value < _PLAUSIBLE else None
    except (ZeroDivisionError, TypeError):  # mutagen divides when the attribute is read
        return None
