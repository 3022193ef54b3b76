"""Shares in whole per cent, as every list, sentence and filter shows them.

Confidences are rounded down, because a model is never certain: 0.996 shows as 99 %. Thresholds are
rounded up, so that the number shown never admits more than the threshold itself. A rounding error
of binary fractions does not count: 0.29 * 100 = 28.999999999999996 shows as 29 %.
"""

from __future__ import annotations

import math
from typing import Final

HUNDRED: Final = 100
HAIR: Final = 1e-9  # in per cent; far above the error of a double, far below what is shown


def floor_percent(share: float) -> int:
    """Return `share` in whole per cent, rounded down: 100 only if it is 1."""
    return int(share * HUNDRED + HAIR)


def ceil_to_percent(share: float) -> float:
    """Return the smallest share in whole per cent that is not below `share`."""
    return math.ceil(share * HUNDRED - HAIR) / HUNDRED
