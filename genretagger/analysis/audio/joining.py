"""Joins decoded frames: FFmpeg and NumPy handle few long frames faster than many short ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import av

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

Shape = tuple[str, str, int]


def shape_of(frame: AudioFrame) -> Shape:
    """Return the sample format, channel layout and sample rate of a frame."""
    return frame.format.name, frame.layout.name, frame.sample_rate


def first_frames(frames: Iterable[AudioFrame], *, at_least_s: float) -> Iterator[AudioFrame]:
    """Yield the first frames, until they are `at_least_s` long together or there are no more."""
    length_s = 0.0
    for frame in frames:
        length_s += frame.samples / frame.sample_rate
        yield frame
        if length_s >= at_least_s:
            return


def join_frames(frames: Iterable[AudioFrame], *, at_least_s: float) -> Iterator[AudioFrame]:
    """Yield the samples of `frames` in frames without times, each of one shape.

    They are `at_least_s` long, and shorter before a change of the shape and at the end. The frames
    that go in lose their times.
    """
    shape, time_base, held = None, Fraction(1), av.AudioFifo()
    for frame in frames:
        if shape_of(frame) != shape:
            yield from _drained(held)
            shape, held = shape_of(frame), av.AudioFifo()
            time_base = Fraction(1, frame.sample_rate)
        # The FIFO refuses times that are not those of its samples, and these may have gaps.
        frame.pts, frame.time_base = None, time_base
        held.write(frame)
        if held.samples >= at_least_s * frame.sample_rate:
            yield from _drained(held)
    yield from _drained(held)


def _drained(held: av.AudioFifo) -> list[AudioFrame]:
    frame = held.read()
    return [] if frame is None else [frame]
