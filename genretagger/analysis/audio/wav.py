"""Corrects values in WAV headers that FFmpeg would trust: bytes per second, and number of bytes.

Source: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0" (RIFF, the
chunks `fmt ` and `data`, PCM), Microsoft, "New Multimedia Data Types and Data Techniques" (ADPCM),
Microsoft, `WAVEFORMATEXTENSIBLE`; RF64 and BW64: EBU Tech 3306, ITU-R BS.2088.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

import numpy as np

from genretagger.core.files.window import covered, size_of

_FORMS: Final = (b"RIFF", b"RF64", b"BW64")
_MOST_CHUNKS: Final = 1000  # in front of the sound
_CHUNK_HEAD_BYTES: Final = 8
_FORMAT: Final = struct.Struct("<HHIIHH")  # coding, channels, rate, bytes a second, block, bits
_BYTE_RATE_AT: Final = 8
_PCM, _MS_ADPCM, _FLOAT, _ALAW, _MULAW, _IMA_ADPCM, _EXTENSIBLE = 1, 2, 3, 6, 7, 0x11, 0xFFFE
_CODING_AT: Final = 24  # the first bytes of the GUID in an extensible format
_SAME: Final = 0.01  # tolerated error, as a share of the rate
_UNTIL_THE_END: Final = bytes(4)  # size 0: FFmpeg then reads to the end of the file
_LOOKED_AT_BYTES: Final = 1 << 16
# Correlation of neighbouring samples: 0.8 and more in music, near 0 in compressed data.
_LEAST_ALIKE: Final = 0.5


def mend_header(stream: BinaryIO) -> BinaryIO | None:
    """Return a view of the WAV in `stream` with a correct header, None if it is correct already."""
    corrections = dict(_mends(stream))
    return covered(stream, corrections) if corrections else None


def _mends(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the offset of each wrong value, and the correct bytes."""
    fmt = b""
    for name, at, size in _chunks(stream):
        if name == b"fmt ":
            fmt = _read(stream, at, min(size, _CODING_AT + 2))
            claimed = _FORMAT.unpack_from(fmt)[3] if len(fmt) >= _FORMAT.size else 0
            byte_rate = _byte_rate(fmt)
            if byte_rate and abs(claimed - byte_rate) > _SAME * byte_rate:
                yield at + _BYTE_RATE_AT, struct.pack("<I", min(round(byte_rate), 0xFFFFFFFF))
        elif name == b"data":
            if size and _goes_on(stream, at, size, fmt):
                yield at - 4, _UNTIL_THE_END
            return


def _chunks(stream: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Yield the name of each chunk, and the offset and size of its content."""
    head = _read(stream, 0, 12)
    if head[:4] not in _FORMS or head[8:] != b"WAVE":
        return
    at = len(head)
    for _ in range(_MOST_CHUNKS):
        head = _read(stream, at, _CHUNK_HEAD_BYTES)
        if len(head) < _CHUNK_HEAD_BYTES:
            return
        size = int.from_bytes(head[4:], "little")
        yield head[:4], at + _CHUNK_HEAD_BYTES, size
        at += _CHUNK_HEAD_BYTES + size + size % 2


def _coding(fmt: bytes) -> int:
    coding = int.from_bytes(fmt[:2], "little")
    return int.from_bytes(fmt[_CODING_AT:], "little") if coding == _EXTENSIBLE else coding


def _byte_rate(fmt: bytes) -> float | None:
    """Return the bytes per second of sound, None if the coding does not determine them."""
    if len(fmt) < _FORMAT.size:
        return None
    n_channels, rate_hz, block, bits = (int(_FORMAT.unpack_from(fmt)[n]) for n in (1, 2, 4, 5))
    coding = _coding(fmt)
    if coding in (_PCM, _FLOAT, _ALAW, _MULAW):
        return rate_hz * block if block == n_channels * -(-bits // 8) else None
    # The head of a block holds two samples per channel, or one; each further byte holds two.
    n_head, n_in_head = {_MS_ADPCM: (7, 2), _IMA_ADPCM: (4, 1)}.get(coding, (0, 0))
    n_further = block - n_head * n_channels
    if not n_head or not n_channels or bits != 4 or n_further <= 0:
        return None
    return rate_hz * block / (n_in_head + 2 * n_further // n_channels)


def _goes_on(stream: BinaryIO, at: int, size: int, fmt: bytes) -> bool:
    """Return whether the sound goes on behind the `size` bytes at `at`, for more than these bytes.

    This happens in files of more than 4 GiB, and if a recorder updates the size while recording and
    then breaks off. The bytes behind must be neither a chunk nor a tag, and must look like sound.
    """
    end = at + size
    if size_of(stream) - end <= size or len(fmt) < _FORMAT.size or _coding(fmt) != _PCM:
        return False
    _, _, _, _, block, bits = _FORMAT.unpack_from(fmt)
    width = bits // 8
    if bits not in (16, 24, 32) or block < width:
        return False
    head = _read(stream, end, _CHUNK_HEAD_BYTES)
    if head.startswith(b"ID3") or all(0x20 <= byte < 0x7F for byte in head[:4]):
        return False
    data = _read(stream, end + -size % block, _LOOKED_AT_BYTES // block * block)
    rows = np.frombuffer(data[: len(data) // block * block], np.uint8).reshape(-1, block)
    samples = np.ascontiguousarray(rows[:, width - 2 : width]).view("<i2")[:, 0].astype(float)
    return bool(samples[1:] @ samples[:-1] > _LEAST_ALIKE * (samples @ samples))


def _read(stream: BinaryIO, at: int, size: int) -> bytes:
    stream.seek(at)
    return stream.read(size)
