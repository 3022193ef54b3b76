"""The times of packets: what the container claims, corrected where it is impossible.

Most containers give the time of each packet, some only that of the end of a group. In an Ogg file
times may jump: a second stream behind the first begins at zero, a lost part leaves a gap, and a
damaged granule position may be any number (RFC 3533, section 6).
"""

from __future__ import annotations

from math import inf
from typing import Final

_JUMP_S: Final = 0.5  # packets may overlap a little
# Assumed if the container gives no length: the longest known packet has 294,912 samples
# (Monkey's Audio, at 44.1 kHz).
LONGEST_PACKET_S: Final = 7.0


class Clock:
    """Places packets in time one after the other, and detects where their times jump.

    Parameters
    ----------
    is_sought : bool
        Whether reading began with a seek, not with the first packet of the file. Then only a jump
        back to before the first packet read counts: FFmpeg may yield the first page of a damaged
        Ogg twice.
    """

    def __init__(self, *, is_sought: bool) -> None:
        self.has_jumped = False
        self._restart_s = None if is_sought else inf
        self._is_sought = is_sought
        self._part_s = self._end_s = 0.0
        self._most_s = 0.0  # where the next packet may begin at the latest
        self._longest_s = 0.0

    def place(self, begin_s: float | None, length_s: float) -> tuple[float, float]:
        """Return the begin and the length of a packet, in seconds.

        Parameters
        ----------
        begin_s : float or None
            The begin that the container gives; None if the packet follows the previous one.
        length_s : float
            The length that the container gives, else 0. The last packet of an Ogg ends at the
            granule position of its page, which may be wrong.
        """
        if self._longest_s and length_s > self._longest_s + _JUMP_S:
            length_s = self._longest_s
        self._longest_s = max(self._longest_s, length_s)
        begin_s = self._end_s if begin_s is None else self._part_s + begin_s
        if self._restart_s is None:
            self._restart_s = begin_s
        is_behind = begin_s < min(self._end_s - _JUMP_S, self._restart_s)
        if is_behind or (begin_s > self._most_s and not self._is_sought):
            self.has_jumped = True
            begin_s, self._part_s = self._end_s, self._part_s + self._end_s - begin_s
            self._restart_s = inf
        self._end_s = begin_s + length_s
        self._most_s = self._end_s + (_JUMP_S if length_s else LONGEST_PACKET_S)
        return begin_s, length_s
