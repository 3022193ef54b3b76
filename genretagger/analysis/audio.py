"""Decoding: from a file to excerpts of mono float32. The only user of PyAV.

Knows nothing of features. Every excerpt is reached by seeking; a file is never decoded whole
unless it is as short as what is asked.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np

from genretagger.analysis import undecodable
from genretagger.core.errors import (
    DecodeError,
    GenreTaggerError,
    TrackSilentError,
    TrackTooShortError,
)
from genretagger.core.hearing import Excerpt
from genretagger.core.leading_tags import leading_bytes
from genretagger.core.window import size_of, window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from numpy.typing import NDArray

    from genretagger.core.hearing import FeatureSpec

_LOG = logging.getLogger(__name__)

LEAST_DURATION_S = 1.0
# Codecs with overlapping blocks need what comes before the first sample that is wanted: Opus asks
# for 80 ms (RFC 7845, 4.6), and an MP3 frame may lean on 511 earlier bytes (ISO 11172-3, 2.4.3.4).
_PREROLL_S = 0.1
# Audio containers only: FFmpeg also reads playlists and scripts, which name other files and hosts.
_FORMATS = (
    "aac,ac3,aiff,ape,asf,au,dsf,iff,eac3,flac,mov,mp3,mpc,mpc8,ogg,tak,tta,w64,wav,wv,"
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
)
_OPTIONS = {"format_whitelist": _FORMATS, "protocol_whitelist": "file"}
# Float files may pass full scale; anything beyond this is a damaged sample, and would overflow.
_SAMPLE_LIMIT = 8.0
# A steeper filter than FFmpeg's default, as steep as the one the embedding was trained behind:
# the default lets more through just below 8 kHz, which moves its outputs (docs/model.md).
_RESAMPLING = {"filter_size": "64", "cutoff": "0.95"}
_SILENT_BELOW = 1e-4  # -80 dB relative to full scale


def excerpt_plan(duration_s: float | None, *, spec: FeatureSpec) -> tuple[tuple[float, float], ...]:
    """Return where to listen: (start, length) of each excerpt, in seconds.

    A track no longer than all segments together is heard from its start, in one piece; a longer
    one in pieces of `segments_per_excerpt` segments whose middles divide it evenly.

    Parameters
    ----------
    duration_s : float > 0 or None
        Length of the track; None if its container does not say.
    spec : FeatureSpec
        How many segments, and how long.
    """
    whole_s = spec.max_segments * spec.segment_s
    if duration_s is None or duration_s < whole_s * 1.5:
        return ((0.0, whole_s),)
    n_excerpts = spec.max_segments // spec.segments_per_excerpt
    length_s = spec.segments_per_excerpt * spec.segment_s
    step_s = duration_s / n_excerpts
    return tuple(((i + 0.5) * step_s - length_s / 2, length_s) for i in range(n_excerpts))


def decode_excerpts(path: Path, *, spec: FeatureSpec) -> tuple[Excerpt, ...]:
    """Return the excerpts of `path` by which it is judged, in time order, none of them empty.

    Raises
    ------
    DecodeError
        The file holds no audio that can be decoded.
    TrackTooShortError
        There is less than `LEAST_DURATION_S` of audio.
    TrackSilentError
        There is only silence.
    """
    with _opened(path) as container:
        stream = container.streams.audio[0]
        plan = excerpt_plan(_duration_s(container, stream), spec=spec)
        excerpts = [
            Excerpt(samples, spec.sample_rate_hz, start_s)
            for start_s, length_s in plan
            if (samples := _decode(container, start_s, length_s, spec.sample_rate_hz)).size
        ]
    if not excerpts and plan[0][0] > 0:
        # The container claims to be longer than it is: hear what there is.
        sample_rate_hz = spec.sample_rate_hz
        return (decode_from_start(path, sample_rate_hz=sample_rate_hz, at_most_s=plan[0][1]),)
    _require_audible(path, excerpts)
    return tuple(excerpts)


def decode_from_start(path: Path, *, sample_rate_hz: int, at_most_s: float) -> Excerpt:
    """Return the first `at_most_s` seconds of `path`.

    Raises
    ------
    DecodeError
        The file holds no audio that can be decoded.
    TrackTooShortError
        There is less than `LEAST_DURATION_S` of audio.
    TrackSilentError
        There is only silence.
    """
    with _opened(path) as container:
        samples = _decode(container, 0.0, at_most_s, sample_rate_hz)
    excerpt = Excerpt(samples, sample_rate_hz, 0.0)
    _require_audible(path, [excerpt])
    return excerpt


def decode_whole(path: Path) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Yield all of `path` as mono samples, piece by piece, and how many are a second.

    Yields
    ------
    tuple[np.ndarray [float32, shape=(n_samples,)], int]
        Finite; a piece may be empty.

    Raises
    ------
    DecodeError
        The file holds no audio that can be decoded.
    """
    with _opened(path) as container:
        resampler: _Resampler | None = None
        sample_rate_hz = 0
        for frame in _frames(container, 0.0):
            if resampler is None:
                sample_rate_hz = frame.sample_rate
                resampler = _Resampler(sample_rate_hz)
            yield (
                np.nan_to_num(resampler.feed(frame), nan=0.0, posinf=0.0, neginf=0.0),
                (sample_rate_hz),
            )
        if resampler is not None:
            yield resampler.flush(), sample_rate_hz


def _require_audible(path: Path, excerpts: list[Excerpt]) -> None:
    heard_s = sum(excerpt.samples.size / excerpt.sample_rate_hz for excerpt in excerpts)
    if heard_s == 0:
        raise DecodeError(path, "no-audio")
    if round(heard_s, 2) < LEAST_DURATION_S:
        raise TrackTooShortError(
            path, "track-too-short", seconds=round(heard_s, 2), least=LEAST_DURATION_S
        )
    if max(float(np.abs(excerpt.samples).max()) for excerpt in excerpts) < _SILENT_BELOW:
        raise TrackSilentError(path, "track-silent")


@contextmanager
def _opened(path: Path) -> Iterator[InputContainer]:
    """Open `path`; whatever PyAV raises inside becomes a DecodeError that names it."""
    try:
        with _container(path) as container:
            if not container.streams.audio:
                raise DecodeError(path, "video-silent" if _has_film(container) else "no-audio")
            _open_codec(path, container.streams.audio[0])
            yield container
    except GenreTaggerError:
        raise
    # The decoder's door: damaged files make PyAV raise anything from ValueError to its own errors.
    except Exception as error:
        _LOG.debug("decoding %s failed", path, exc_info=True)
        raise undecodable.failed(path, error) from error


@contextmanager
def _container(path: Path) -> Iterator[InputContainer]:
    """Open `path`, if need be behind tags that FFmpeg does not look for in front of its kind."""
    with ExitStack() as stack:
        try:
            container = av.open(
                path.absolute(), mode="r", metadata_errors="replace", options=_OPTIONS
            )
        except av.error.InvalidDataError:
            stream = stack.enter_context(path.open("rb"))
            start = leading_bytes(stream)
            if not start:
                raise
            rest = window(stream, start, size_of(stream))
            container = av.open(rest, mode="r", metadata_errors="replace", options=_OPTIONS)
        yield stack.enter_context(container)


def _has_film(container: InputContainer) -> bool:
    """Return whether there is a stream of pictures that is not a cover."""
    cover = av.stream.Disposition.attached_pic
    return any(cover not in stream.disposition for stream in container.streams.video)


def _open_codec(path: Path, stream: AudioStream) -> None:
    """Make ready to decode `stream`.

    Raises
    ------
    DecodeError
        FFmpeg does not know its coding, or not this variety of it.
    """
    codec = stream.codec_context
    if codec is None:
        raise DecodeError(path, "coding-unknown")
    codec.thread_count = 1
    try:
        codec.open(strict=False)
    except (av.error.ArgumentError, av.error.PatchWelcomeError, av.error.DecoderNotFoundError) as e:
        raise DecodeError(path, "coding-unknown") from e


def _duration_s(container: InputContainer, stream: AudioStream) -> float | None:
    """Return the length that the stream or else the container claims, None if neither does."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None


def _decode(
    container: InputContainer, start_s: float, length_s: float, sample_rate_hz: int
) -> NDArray[np.float32]:
    """Return mono samples from `start_s` on; fewer than `length_s` where the audio ends early.

    Returns
    -------
    np.ndarray [float32, shape=(n_samples,)]
        In [-8, 8], finite.
    """
    n_wanted = round(length_s * sample_rate_hz)
    pieces: list[NDArray[np.float32]] = []
    n_have = 0
    n_skip: int | None = None
    resampler = _Resampler(sample_rate_hz)
    for frame in _frames(container, start_s):
        if n_skip is None:
            # A seek lands on a packet before the wanted sample: cut by the frame's own time.
            n_skip = max(0, round((start_s - _time_s(frame, start_s)) * sample_rate_hz))
        pieces.append(resampler.feed(frame))
        n_have += pieces[-1].size
        if n_have >= n_wanted + n_skip:
            break
    else:
        pieces.append(resampler.flush())
    samples = np.concatenate(pieces)[n_skip or 0 :][:n_wanted]
    samples = np.nan_to_num(samples, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
    return np.clip(samples, -_SAMPLE_LIMIT, _SAMPLE_LIMIT, out=samples)


def _time_s(frame: AudioFrame, default_s: float) -> float:
    """Return when `frame` starts, relative to the start of its stream."""
    return default_s if frame.time is None else frame.time


def _frames(container: InputContainer, start_s: float) -> Iterator[AudioFrame]:
    """Yield decoded frames from just before `start_s` on; damaged packets are left out.

    Times are relative to the start of the stream, which some containers set after zero. For the
    start of the track, the container must be freshly opened: FFmpeg cannot seek in some short files
    at all.
    """
    stream = container.streams.audio[0]
    time_base = stream.time_base or Fraction(1, av.time_base)
    origin = stream.start_time or 0
    if start_s > 0:
        target = origin + int(max(0.0, start_s - _PREROLL_S) / time_base)
        try:
            container.seek(target, stream=stream, backward=True)
        except av.error.PermissionError:  # so FFmpeg says that it does not find the place
            return
    for packet in _packets(container, stream):
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            _LOG.debug("left out a damaged packet of %s", container.name)
            continue
        for frame in frames:
            if frame.pts is not None:
                frame.pts -= origin
            if start_s > 0 and frame.time is not None:
                end_s = frame.time + frame.samples / frame.sample_rate
                if end_s < start_s - _PREROLL_S:
                    continue
            yield frame


def _packets(container: InputContainer, stream: AudioStream) -> Iterator[Packet[AudioStream]]:
    """Yield the packets up to the end, or to where FFmpeg finds no more: damage, a tag behind."""
    try:
        yield from container.demux(stream)
    except av.error.InvalidDataError:
        _LOG.debug("no packet of %s beyond here", container.name)


class _Resampler:
    """FFmpeg's resampler to mono float32, made anew where the stream changes its parameters."""

    def __init__(self, sample_rate_hz: int) -> None:
        self._sample_rate_hz = sample_rate_hz
        self._resampler: av.AudioResampler | None = None
        self._shape: tuple[object, ...] = ()

    def feed(self, frame: AudioFrame) -> NDArray[np.float32]:
        """Return what is ready after `frame`."""
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        done = np.empty(0, np.float32)
        if shape != self._shape:
            done = self.flush()
            self._shape = shape
            self._resampler = av.AudioResampler(
                "fltp", "mono", self._sample_rate_hz, options=_RESAMPLING
            )
        return np.concatenate([done, self._run(frame)])

    def flush(self) -> NDArray[np.float32]:
        """Return what is still inside."""
        return self._run(None)

    def _run(self, frame: AudioFrame | None) -> NDArray[np.float32]:
        if self._resampler is None:
            return np.empty(0, np.float32)
        pieces = [out.to_ndarray()[0] for out in self._resampler.resample(frame)]
        return np.concatenate([np.empty(0, np.float32), *pieces])
