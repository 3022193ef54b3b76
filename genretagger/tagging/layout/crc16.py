"""The checksum behind a frame of FLAC: CRC-16, x^16 + x^15 + x^2 + 1 (RFC 9639, 9.3)."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

_POLYNOMIAL: Final = 0x8005
_BITS: Final = 16
# The polynomial is (x + 1)(x^15 + x + 1), and the second factor is primitive: x^32767 leaves the
# remainder 1, so bytes at that distance count the same.
_PERIOD: Final = (1 << 15) - 1
_LEFT_TO_PYTHON: Final = 6  # bits of a number of words that are not worth an array
_ZERO: Final = np.zeros(1, np.uint16)


def is_right(data: bytes | memoryview) -> bool:
    """Return whether `data` ends with its own checksum; zeros behind that change nothing.

    The bits are the coefficients of a polynomial, whose remainder is to be 0; zeros in front count
    for nothing. Neighbours are folded into one, all at a time, until few are left: byte by byte,
    Python would take a hundred times as long.
    """
    if len(data) > 2 * _PERIOD:
        n_first = len(data) % _PERIOD
        rows = np.frombuffer(data, np.uint8, offset=n_first).reshape(-1, _PERIOD)
        folded = np.bitwise_xor.reduce(rows, axis=0)
        folded[_PERIOD - n_first :] ^= np.frombuffer(data, np.uint8, count=n_first)
        data = folded.tobytes()
    n_words = -(-len(data) // 2)
    levels = max(n_words.bit_length() - _LEFT_TO_PYTHON, 0)
    whole = bytes(-len(data) % (2 << levels)) + data
    words = np.frombuffer(whole, ">u2").astype(np.uint16)
    for level in range(levels):
        words = _moved(level)[words[::2]] ^ words[1::2]
    remainder, moved = 0, _moved(levels)
    for word in words.tolist():
        remainder = moved.item(remainder) ^ word
    return not remainder


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
