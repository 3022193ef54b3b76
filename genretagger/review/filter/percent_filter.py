"""Confidences as a filter names them: 0.6, 60 %, <0.6, 0.5..0.7; also with a decimal comma."""

from __future__ import annotations

import math
import re

from genretagger.core.percent import HAIR, HUNDRED

_NUMBER = r"(\d{1,4}(?:[.,]\d{1,4})?|[.,]\d{1,4})(%?)"
_COMPARED = re.compile(rf"(<=|>=|<|>|=|≤|≥|){_NUMBER}")
_RANGE = re.compile(rf"(?:{_NUMBER})?\.\.(?:{_NUMBER})?")
_DECIMAL = re.compile(r"(?<!\d)(?<!\d\.)0,(?=\d)")  # 0,6 is one number, 60,70 are two


def numbers(raw: str) -> list[str]:
    """Return what stands between commas; spaces do not count, nor does the comma of a decimal."""
    return [typed for typed in _DECIMAL.sub("0.", "".join(raw.split())).split(",") if typed]


def percents(typed: str) -> range | None:
    """Return the whole percentages that `typed` takes, None if it is no number from 0 to 100 %."""
    if (found := _RANGE.fullmatch(typed)) is not None and typed != "..":
        ends = [_number(found[1], found[2], 0.0), _number(found[3], found[4], float(HUNDRED))]
        low, high = sorted(ends)
    elif (found := _COMPARED.fullmatch(typed)) is not None:
        low, high = _ends(found[1], _number(found[2], found[3], 0.0))
    else:
        return None
    taken = range(math.ceil(low - HAIR), math.floor(high + HAIR) + 1)
    return taken if taken and taken[0] >= 0 and taken[-1] <= HUNDRED else None


def _ends(sign: str, number: float) -> tuple[float, float]:
    match sign:
        case "<":
            return 0.0, math.ceil(number - HAIR) - 1
        case "<=" | "≤":
            return 0.0, number
        case ">":
            return math.floor(number + HAIR) + 1, HUNDRED
        case ">=" | "≥":
            return number, HUNDRED
        case _:
            whole = math.floor(number + HAIR)
            return whole, whole


def _number(digits: str | None, sign: str | None, otherwise: float) -> float:
    """Return a number in per cent; without the sign, what is not above one is a share."""
    if not digits:
        return otherwise
    number = float(digits.replace(",", "."))
    return number if sign or number > 1 else number * HUNDRED
