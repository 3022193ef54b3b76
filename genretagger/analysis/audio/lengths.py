"""The true length of a track: the claim of its container, checked by its packets.

The header of a FLAC claims a number of samples, that of an MP3 a number of frames, a WAV a size, an
Ogg times. In many files these are zero, nonsense or copied from another file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from genretagger.analysis.audio.timing import LONGEST_PACKET_S
from genretagger.core.predictions import Excerpt

if TYPE_CHECKING:
    from genretagger.analysis.audio.source import AudioSource

_TAIL_S: Final = 1.0  # packets are read from this long before the claimed end
# Padding by encoders and rounding by containers change a length by up to this.
_TOLERANCE_S: Final = 0.5
# The bit rate usually varies by less than this factor between the excerpts of a track. If it seems
# to vary more, all packets are read, which costs up to half of decoding the excerpts.
_MOST_UNEVEN: Final = 2.0
_MOST_BEHIND: Final = 1.25  # the same factor for the part behind the only excerpt of a short track


def measure_duration_s(source: AudioSource) -> float:
    """Return the length of `source`: the claim if the last packets fit it, else from all packets.

    Nothing is decoded. If a container has no index, FFmpeg reads all packets on the way to the last
    ones, and then knows where the excerpts are.
    """
    claimed_s = source.claimed_s
    if claimed_s:
        last = _last_packet(source, max(0.0, claimed_s - _TAIL_S))
        if last is not None:
            begin_s, length_s = last
            if claimed_s <= begin_s and length_s > _TOLERANCE_S:
                return begin_s + length_s  # FFmpeg leaves out a Musepack file's last packet
            least_s, most_s = begin_s - _TOLERANCE_S, begin_s + (length_s or LONGEST_PACKET_S)
            if least_s <= claimed_s <= most_s + _TOLERANCE_S:
                return claimed_s
            return begin_s + length_s
    return _walked_s(source)


def count_duration_s(source: AudioSource) -> float | None:
    """Return the length of `source` from all of its packets, None if their times do not jump."""
    duration_s = _walked_s(source)
    return duration_s if source.is_counted else None


def are_times_doubtful(
    source: AudioSource, starts_s: Sequence[float], heard: Sequence[Excerpt], duration_s: float
) -> bool:
    """Return whether the excerpts of `source` suggest jumping times or a wrong length.

    Either the file ends before a planned excerpt, or the distances between the excerpts in bytes do
    not match their distances in seconds.
    """
    offsets = [(start_s, source.offsets.get(start_s)) for start_s in starts_s]
    known = [(start_s, offset) for start_s, offset in offsets if offset is not None]
    if source.is_counted or (heard and not known):  # the container gives no offsets
        return False
    if len(known) < len(offsets):
        return True
    if len(known) == 1:
        heard_s = sum(excerpt.samples.size / excerpt.sample_rate_hz for excerpt in heard)
        ((_, offset),) = known
        share = (source.reached - offset) / max(1, source.path.stat().st_size - offset)
        return heard_s > _MOST_BEHIND * share * duration_s
    rates = [(next_at - at) / (next_s - at_s) for (at_s, at), (next_s, next_at) in pairwise(known)]
    return min(rates) <= 0 or max(rates) > _MOST_UNEVEN * min(rates)


def _walked_s(source: AudioSource) -> float:
    last = _last_packet(source, 0.0)
    return sum(last) if last is not None else 0.0


def _last_packet(source: AudioSource, start_s: float) -> tuple[float, float] | None:
    """Return the begin and length of the last packet after `start_s`, None if there is none."""
    last = deque(source.packets(start_s), maxlen=1)
    return last[0] if last else None
