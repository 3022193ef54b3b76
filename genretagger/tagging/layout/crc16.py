"""The checksum behind a frame of FLAC: CRC-16, x^16 + x^15 + x^2 + 1 (RFC 9639, 9.3)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_POLYNOMIAL: Final = 0x8005
_BITS: Final = 16
_ZERO: Final = np.zeros(1, np.uint16)


def is_right(data: bytes) -> bool:
    """Return whether `data` ends with its own checksum; zeros behind that change nothing.

    The bytes are the polynomial's coefficients, whose remainder is to be 0. Neighbours are folded
    into one, all at a time, until one is left: byte by byte, Python would take a hundred times as
    long.
    """
    words = np.frombuffer(data if len(data) % 2 == 0 else b"\0" + data, ">u2").astype(np.uint16)
    level = 0
    while words.size > 1:
        if words.size % 2:
            words = np.concatenate((_ZERO, words))
        words = _moved(level)[words[::2]] ^ words[1::2]
        level += 1
    return not words.any()


def is_right_within(data: bytes, *, least: int) -> bool:
    """Return whether a part of `data` of `least` bytes or more from its start ends so."""
    table, crc = _moved(0)[:256].tolist(), 0
    for n_bytes, byte in enumerate(data, 1):
        crc = crc << 8 & 0xFF00 ^ table[crc >> 8 ^ byte]
        if not crc and n_bytes >= least:
            return True
    return False


@cache
def _moved(level: int) -> NDArray[np.uint16]:
    """Return for each word the remainder of it with 2 ** `level` words of zeros behind."""
    if level:
        half = _moved(level - 1)
        return half[half]
    table, bit = _ZERO, _POLYNOMIAL
    for _ in range(_BITS):
        table = np.concatenate((table, table ^ np.uint16(bit)))
        bit = (bit << 1 ^ (_POLYNOMIAL if bit >> _BITS - 1 else 0)) & (1 << _BITS) - 1
    return table
