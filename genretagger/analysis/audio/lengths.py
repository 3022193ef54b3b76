"""How long a track really is: what its container claims, checked by the last packets.

The number of samples in the header of a FLAC, of frames in that of an MP3, the size of a WAV are
written by who made the file, and are zero, nonsense or those of another file in many.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from genretagger.analysis.audio.source import Source

_TAIL_S: Final = 1.0  # from how long before the claimed end packets are looked at
# So much may encoders' padding and the rounding of containers add to a length or take from it.
_TOLERANCE_S: Final = 0.5
# For a packet whose length the container does not say: the longest known is one of
# Monkey's Audio at 44.1 kHz, 294,912 samples.
_LONGEST_PACKET_S: Final = 7.0


def true_duration_s(source: Source) -> float:
    """Return the length of `source`: as claimed if the last packets fit it, else by all packets.

    Nothing is decoded. Where a container has no index, FFmpeg reads all packets on the way to the
    last ones, and knows then where the excerpts are.
    """
    claimed_s = source.claimed_s
    if claimed_s:
        last = _last_packet(source, max(0.0, claimed_s - _TAIL_S))
        if last is not None:
            begin_s, length_s = last
            least_s, most_s = begin_s - _TOLERANCE_S, begin_s + (length_s or _LONGEST_PACKET_S)
            if least_s <= claimed_s <= most_s + _TOLERANCE_S:
                return claimed_s
            return begin_s + length_s
    last = _last_packet(source, 0.0)
    return sum(last) if last is not None else 0.0


def _last_packet(source: Source, start_s: float) -> tuple[float, float] | None:
    """Return begin and length of the last packet after `start_s`, None if there is none."""
    last = deque(source.packets(start_s), maxlen=1)
    return last[0] if last else None
