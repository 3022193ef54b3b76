"""Joined frames hold the samples of what was joined, and what is cut off is not missed."""

from __future__ import annotations

import av
import numpy as np
import pytest

from genretagger.analysis.audio import decode_from_start
from genretagger.analysis.audio.joining import first_frames, join_frames
from tests.helpers.samples import encode


def make_frame(samples, *, sample_rate_hz=1000, pts=None):
    frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout=LAYOUTS[len(samples)])
    frame.sample_rate = sample_rate_hz
    frame.pts = pts
    return frame


LAYOUTS = {1: "mono", 2: "stereo"}
NOISE = np.random.default_rng(0).normal(size=(2, 1000)).astype(np.float32)


def test_frames_are_joined_to_longer_ones_of_the_same_samples():
    joined = list(join_frames(map(make_frame, np.split(NOISE, 10, axis=1)), at_least_s=0.35))
    assert [frame.samples for frame in joined] == [400, 400, 200]
    np.testing.assert_array_equal(np.hstack([frame.to_ndarray() for frame in joined]), NOISE)


def test_times_with_gaps_do_not_matter():
    parts, times = np.split(NOISE, 4, axis=1), (7, 9, 3, 3)
    frames = [make_frame(part, pts=pts) for part, pts in zip(parts, times, strict=True)]
    (joined,) = join_frames(frames, at_least_s=5)
    np.testing.assert_array_equal(joined.to_ndarray(), NOISE)


def test_a_change_of_channels_or_rate_begins_a_new_frame():
    frames = [
        make_frame(NOISE),
        make_frame(NOISE[:1]),
        make_frame(NOISE[:1], sample_rate_hz=500),
        make_frame(NOISE[:1], sample_rate_hz=500),
    ]
    joined = list(join_frames(frames, at_least_s=9))
    assert [(frame.layout.name, frame.sample_rate, frame.samples) for frame in joined] == [
        ("stereo", 1000, 1000),
        ("mono", 1000, 1000),
        ("mono", 500, 2000),
    ]


def test_nothing_is_joined_to_nothing():
    assert list(join_frames([], at_least_s=1)) == []


def test_no_more_frames_are_decoded_than_needed():
    frames = iter([make_frame(NOISE) for _ in range(5)])
    assert len(list(first_frames(frames, at_least_s=2.0))) == 2
    assert len(list(frames)) == 3


@pytest.mark.parametrize("sample_rate_hz", [8000, 16000, 44100, 96000])
def test_an_excerpt_ends_as_if_there_were_more(tmp_path, sample_rate_hz):
    path = encode(tmp_path / "a.flac", seconds=3, sample_rate_hz=sample_rate_hz, noise=0.3)
    with av.open(str(path)) as container:
        lengths = [frame.samples for frame in container.decode(audio=0)]
    # The next frame seems superfluous, but the filter reaches into it.
    end_s = sum(lengths[: len(lengths) // 2]) / sample_rate_hz - 0.001
    short, long = (
        decode_from_start(path, sample_rate_hz=16000, at_most_s=seconds).samples
        for seconds in (end_s, end_s + 0.5)
    )
    assert short.size == round(end_s * 16000)
    np.testing.assert_array_equal(short, long[: short.size])
