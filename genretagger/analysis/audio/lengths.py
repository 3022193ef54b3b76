"""The true length of a track: the claim of its container, checked by its packets.

The number of samples in the header of a FLAC, of frames in an MP3, the size of a WAV and the times
in an Ogg are written by the program that made the file. In many files they are zero, nonsense or
those of another file.
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

_TAIL_S: Final = 1.0  # from how long before the claimed end packets are looked at
# So much may encoders' padding and the rounding of containers add to a length or take from it.
_TOLERANCE_S: Final = 0.5
# Between excerpts of a track the bit rate varies less than by this factor, as a rule: where it
# seems to vary more, all packets are looked at, which costs up to half of decoding the excerpts.
_MOST_UNEVEN: Final = 2.0
_MOST_BEHIND: Final = 1.25  # the same of what is behind the one excerpt of a short track


def measure_duration_s(source: AudioSource) -> float:
    """Return the length of `source`: as claimed if the last packets fit it, else by all packets.

    Nothing is decoded. Where a container has no index, FFmpeg reads all packets on the way to the
    last ones, and knows then where the excerpts are.
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
    """Return the length of `source` by all of its packets, None if their times do not jump."""
    duration_s = _walked_s(source)
    return duration_s if source.is_counted else None


def are_times_doubtful(
    source: AudioSource, starts_s: Sequence[float], heard: Sequence[Excerpt], duration_s: float
) -> bool:
    """Return whether the excerpts of `source` show that its times may jump, or its length be wrong.

    Either the file ends before an excerpt that was planned, or the distances between the excerpts
    in bytes do not match their distances in seconds.
    """
    places = [(start_s, source.places.get(start_s)) for start_s in starts_s]
    known = [(start_s, place) for start_s, place in places if place is not None]
    if source.is_counted or (heard and not known):  # the container does not say where
        return False
    if len(known) < len(places):
        return True
    if len(known) == 1:
        heard_s = sum(excerpt.samples.size / excerpt.sample_rate_hz for excerpt in heard)
        ((_, place),) = known
        share = (source.reached - place) / max(1, source.path.stat().st_size - place)
        return heard_s > _MOST_BEHIND * share * duration_s
    rates = [(place - at) / (start_s - at_s) for (at_s, at), (start_s, place) in pairwise(known)]
    return min(rates) <= 0 or max(rates) > _MOST_UNEVEN * min(rates)


def _walked_s(source: AudioSource) -> float:
    last = _last_packet(source, 0.0)
    return sum(last) if last is not None else 0.0


def _last_packet(source: AudioSource, start_s: float) -> tuple[float, float] | None:
    """Return begin and length of the last packet after `start_s`, None if there is none."""
    last = deque(source.packets(start_s), maxlen=1)
    return last[0] if last else None
