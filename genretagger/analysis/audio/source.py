"""Files as PyAV sees them: opening, seeking, decoding to frames."""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING

import av

from genretagger.analysis import undecodable
from genretagger.core.errors import DecodeError, GenreTaggerError
from genretagger.core.leading_tags import leading_bytes
from genretagger.core.window import size_of, window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet

_LOG = logging.getLogger(__name__)

# Codecs with overlapping blocks need what comes before the first sample that is wanted: Opus asks
# for 80 ms (RFC 7845, 4.6), and an MP3 frame may lean on 511 earlier bytes (ISO 11172-3, 2.4.3.4).
_PREROLL_S = 0.1
# Audio containers only: FFmpeg also reads playlists and scripts, which name other files and hosts.
_FORMATS = (
    "aac,ac3,aiff,ape,asf,au,dsf,iff,eac3,flac,mov,mp3,mpc,mpc8,ogg,tak,tta,w64,wav,wv,"
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
)
_OPTIONS = {"format_whitelist": _FORMATS, "protocol_whitelist": "file"}


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
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


def claimed_duration_s(container: InputContainer, stream: AudioStream) -> float | None:
    """Return the length that the stream or else the container claims, None if neither does."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None


def frames(container: InputContainer, start_s: float) -> Iterator[AudioFrame]:
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
            decoded = packet.decode()
        except av.error.FFmpegError:
            _LOG.debug("left out a damaged packet of %s", container.name)
            continue
        for frame in decoded:
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
