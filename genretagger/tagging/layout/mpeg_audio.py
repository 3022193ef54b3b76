"""MPEG audio: the heads of frames, how long each frame is, and where the first one stands.

Source: ISO/IEC 11172-3 and 13818-3, 2.4.1.3 and 2.4.2.3; MPEG 2.5 is an extension of them.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

from genretagger.tagging.layout import peek

_HEAD_BYTES: Final = 4
_SYNC: Final = re.compile(rb"\xff[\xe2-\xff]")
_V1, _V2, _V25 = 3, 2, 0  # two bits: the version
_LAYER1, _LAYER2, _LAYER3 = 3, 2, 1  # two bits: the layer
# In kbit/s, for the four bits 1 to 14; 0 is "free format", 15 is forbidden.
_V2_LAYERS_2_AND_3: Final = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_KBPS: Final = {
    (_V1, _LAYER1): tuple(range(32, 449, 32)),
    (_V1, _LAYER2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (_V1, _LAYER3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (_V2, _LAYER1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (_V2, _LAYER2): _V2_LAYERS_2_AND_3,
    (_V2, _LAYER3): _V2_LAYERS_2_AND_3,
}
_HZ: Final = {
    _V1: (44100, 48000, 32000),
    _V2: (22050, 24000, 16000),
    _V25: (11025, 12000, 8000),
}
_SAME: Final = 0xFFFE0C00  # sync, version, layer and sampling rate: the same in all frames
_LEAST_FRAMES: Final = 4  # in a row: what is no MPEG audio hardly ever looks like that
_SEARCHED_BYTES: Final = 1 << 20  # as mutagen does
_LONGEST_CHAIN_BYTES: Final = 4 * 1730
# The frame that LAME and others put in front: a mark, flags, and what these say is there.
# Source: "Xing VBR header" (Gabriel Bouvigne, "MP3 Info Tag rev 1 specification").
_XING: Final = re.compile(rb"Xing|Info")
_FIRST_FRAME_BYTES: Final = 200  # the mark follows 4 bytes, up to 32 of side information, a CRC
_FRAMES, _BYTES = 1, 2


def measure_frame(head: int) -> int:
    """Return the length of the frame with the first 32 bits `head`, 0 if they begin no frame."""
    version, layer = head >> 19 & 3, head >> 17 & 3
    rate, index = head >> 10 & 3, head >> 12 & 15
    if head >> 21 != 0x7FF or version == 1 or layer == 0 or rate == 3 or not 0 < index < 15:
        return 0
    kbps = _KBPS[max(version, _V2), layer][index - 1]
    hz, padding = _HZ[version][rate], head >> 9 & 1
    if layer == _LAYER1:
        return (12000 * kbps // hz + padding) * 4
    is_half = layer == _LAYER3 and version != _V1
    return (72000 if is_half else 144000) * kbps // hz + padding


def find_first_frame(stream: BinaryIO, start: int, *, end: int) -> int | None:
    """Return the offset of the first of four frames in a row, None if 1 MiB holds none.

    Fewer than four must reach `end`, the end of the audio; a single one must stand at `start`.
    """
    # Nearly all files: the first frame stands where it should.
    for n_bytes in (_LONGEST_CHAIN_BYTES, _SEARCHED_BYTES + _LONGEST_CHAIN_BYTES):
        data = peek(stream, start, size=max(min(n_bytes, end - start), 0))
        for at in _starts(data):
            if _is_chain(data, at, ends=start + len(data) == end):
                return start + at
    return None


def _starts(data: bytes) -> Iterator[int]:
    return (match.start() for match in _SYNC.finditer(data, 0, _SEARCHED_BYTES))


def _is_chain(data: bytes, at: int, *, ends: bool) -> bool:
    """Return whether frames of one kind follow one another from `at`; `ends`: as the audio does."""
    head, start = _head(data, at), at
    for n_before in range(_LEAST_FRAMES):
        frame_head = _head(data, at)
        size = measure_frame(frame_head)
        if not size or frame_head & _SAME != head & _SAME:
            return False
        at += size
        if at >= len(data):
            return ends and (n_before > 0 or start == 0)
    return True


def _head(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + _HEAD_BYTES], "big") if at + 4 <= len(data) else 0


def read_claimed_size(stream: BinaryIO, first: int) -> int | None:
    """Return the size of the audio that the frame at `first` claims, None if it claims none."""
    data = peek(stream, first, size=_FIRST_FRAME_BYTES)
    mark = _XING.search(data)
    if mark is None or len(data) < mark.end() + 12:
        return None
    flags, *numbers = struct.unpack_from(">III", data, mark.end())
    if not flags & _BYTES:
        return None
    return int(numbers[1 if flags & _FRAMES else 0])
