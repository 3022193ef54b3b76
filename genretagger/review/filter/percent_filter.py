"""Confidences as typed in a filter: 0.6, 60 %, <0.6, 0.5..0.7; a decimal comma works too."""

from __future__ import annotations

import math
import re

from genretagger.core.percent import HAIR, HUNDRED

_NUMBER = r"(\d{1,4}(?:[.,]\d{1,4})?|[.,]\d{1,4})(%?)"
_COMPARED = re.compile(rf"(<=|>=|<|>|=|≤|≥|){_NUMBER}")
_RANGE = re.compile(rf"(?:{_NUMBER})?\.\.(?:{_NUMBER})?")
_DECIMAL = re.compile(r"(?<!\d)(?<!\d\.)0,(?=\d)")  # 0,6 is one number, 60,70 are two


def split_numbers(raw: str) -> list[str]:
    """Return the parts between commas, without spaces; the comma in 0,6 is a decimal point."""
    return [typed for typed in _DECIMAL.sub("0.", "".join(raw.split())).split(",") if typed]


def parse_percents(typed: str) -> range | None:
    """Return the whole percentages that `typed` allows, None unless they are within 0 to 100 %."""
    if (match := _RANGE.fullmatch(typed)) is not None and typed != "..":
        ends = [_number(match[1], match[2], 0.0), _number(match[3], match[4], float(HUNDRED))]
        low, high = sorted(ends)
    elif (match := _COMPARED.fullmatch(typed)) is not None:
        low, high = _ends(match[1], _number(match[2], match[3], 0.0))
    else:
        return None
    allowed = range(math.ceil(low - HAIR), math.floor(high + HAIR) + 1)
    return allowed if allowed and allowed[0] >= 0 and allowed[-1] <= HUNDRED else None


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


def _number(digits: str | None, sign: str | None, default: float) -> float:
    """Return a number in per cent; without a per cent sign, up to 1 it is a share of 1."""
    if not digits:
        return default
    number = float(digits.replace(",", "."))
    return number if sign or number > 1 else number * HUNDRED
