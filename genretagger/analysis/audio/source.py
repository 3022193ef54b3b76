"""Opens audio files with PyAV: picks the stream to hear, seeks, yields frames and packets."""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import av
from av.stream import Disposition

from genretagger.analysis import undecodable
from genretagger.analysis.audio.timing import Clock
from genretagger.analysis.audio.wav import mend_header
from genretagger.core.errors import DecodeError, GenreTaggerError
from genretagger.core.files.leading_tags import leading_bytes
from genretagger.core.files.musepack import find_table, hide_table
from genretagger.core.files.window import size_of, window

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet

_LOG = logging.getLogger(__name__)

# Codecs with overlapping blocks need audio before the first requested sample: Opus needs 80 ms
# (RFC 7845, 4.6), and an MP3 frame may use 511 earlier bytes (ISO 11172-3, 2.4.3.4).
_PREROLL_S = 0.1
# Audio containers only: FFmpeg also reads playlists and scripts, which open other files and hosts.
_FORMATS = (
    "aac,ac3,aiff,amr,ape,asf,au,caf,dsf,iff,eac3,flac,mp3,mpc,mpc8,ogg,tak,tta,w64,wav,wv,"
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
)
_OPTIONS = {"format_whitelist": _FORMATS, "protocol_whitelist": "file"}
_DISK_FAILED = frozenset({errno.EIO, errno.ESTALE})
_MOST_DAMAGES = 1000  # after this many errors, the rest of a damaged file is given up


@contextmanager
def open_source(path: Path) -> Iterator[AudioSource]:
    """Open `path`; any error that PyAV raises inside becomes a DecodeError for `path`."""
    try:
        source = AudioSource(path)
        try:
            yield source
        finally:
            source.close()
    except GenreTaggerError:
        raise
    # Damaged files make PyAV raise all kinds of exceptions, from ValueError to its own errors.
    except Exception as error:
        _LOG.debug("decoding %s failed", path, exc_info=True)
        raise undecodable.decode_error_for(path, error) from error


class AudioSource:
    """The audio stream of a file that players play: its default one, else its first.

    Times are in seconds from the start of the stream, which is not zero in some containers. Made by
    `open_source`.

    Attributes
    ----------
    is_counted : bool
        Whether times are counted from packet lengths, because those of the file jump.
    offsets : dict of float to int
        For each start time requested of `frames`, the offset in the file of its first packet.
    reached : int
        The offset in the file of the last decoded packet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_counted = False
        self.offsets: dict[float, int] = {}
        self.reached = 0
        self._open()

    def _open(self) -> None:
        self._is_fresh = True
        with ExitStack() as stack:
            container = _container(self.path, stack)
            streams = container.streams.audio
            if not streams:
                key = "video-silent" if _has_film(container) else "no-audio"
                raise DecodeError(self.path, key)
            defaults = (audio for audio in streams if Disposition.default in audio.disposition)
            stream = next(defaults, streams[0])
            _open_codec(self.path, stream)
            self._stack = stack.pop_all()
        self._container, self._stream = container, stream
        self._time_base = stream.time_base or Fraction(1, av.time_base)
        self._origin = stream.start_time or 0

    def close(self) -> None:
        """Close the file."""
        self._stack.close()

    @property
    def claimed_s(self) -> float | None:
        """The length that the stream claims, else the container; None if neither does."""
        if self._stream.duration:
            return float(self._stream.duration * self._time_base)
        return self._container.duration / av.time_base if self._container.duration else None

    def frames(self, start_s: float) -> Iterator[AudioFrame]:
        """Yield decoded frames from just before `start_s` on; damaged packets are skipped."""
        end_s = 0.0
        # If times jump, seeking fails, and each part needs its own headers: read from the start.
        for packet in self._packets(0.0 if self.is_counted else max(0.0, start_s - _PREROLL_S)):
            self.reached = packet.pos or self.reached
            for frame in self._decoded(packet):
                # In a Musepack packet only the first frame has a time.
                if self.is_counted or (frame.pts is None and end_s > 0):
                    frame.time_base = Fraction(1, frame.sample_rate)
                    frame.pts = round(end_s * frame.sample_rate)
                elif frame.pts is not None:
                    frame.pts -= self._origin
                if frame.time is not None:
                    end_s = frame.time + frame.samples / frame.sample_rate
                    if start_s > 0 and end_s < start_s - _PREROLL_S:
                        continue
                if packet.pos is not None:
                    self.offsets.setdefault(start_s, packet.pos)
                yield frame

    def _decoded(self, packet: Packet[AudioStream]) -> list[AudioFrame]:
        try:
            return packet.decode()
        except av.error.FFmpegError:
            _LOG.debug("left out a damaged packet of %s", self.path, exc_info=True)
            return []

    def packets(self, start_s: float) -> Iterator[tuple[float, float]]:
        """Yield the begin and length of each packet from just before `start_s` on.

        A length is 0 if the container does not give it. A packet without a time follows the
        previous one, and so does a packet whose time jumps: from then on, times are counted from
        the first packet, here and when decoding. Nothing is decoded.
        """
        clock = Clock(is_sought=start_s > 0)
        for packet in self._packets(start_s):
            if packet.size:
                pts, length = packet.pts, packet.duration or 0
                begin_s = None if pts is None else float((pts - self._origin) * self._time_base)
                span = clock.place(begin_s, float(length * self._time_base))
                self.is_counted |= clock.has_jumped
                yield span

    def _packets(self, start_s: float) -> Iterator[Packet[AudioStream]]:
        """Yield packets from before `start_s` on, as far as the container can be read."""
        if start_s > 0:
            self._is_fresh = False
            target = self._origin + int(start_s / self._time_base)
            try:
                self._container.seek(target, stream=self._stream, backward=True)
            except av.error.PermissionError:  # FFmpeg's error for a position that it cannot find
                return
        elif not self._is_fresh:  # FFmpeg cannot seek in some short files at all
            self.close()
            self._open()
        self._is_fresh = False
        for _ in range(_MOST_DAMAGES):
            try:
                yield from self._container.demux(self._stream)
            except av.error.FFmpegError as error:
                if error.errno in _DISK_FAILED:
                    raise
                _LOG.debug("%s is damaged", self.path, exc_info=True)
            else:
                return


def _container(path: Path, stack: ExitStack) -> InputContainer:
    """Open `path`; skip leading tags that FFmpeg does not expect, and correct wrong headers."""
    try:
        container = stack.enter_context(_av_open(path.absolute()))
        start = 0
    except av.error.InvalidDataError:
        stream = stack.enter_context(path.open("rb"))
        start = leading_bytes(stream)
        if not start:
            raise
        rest = window(stream, start, size_of(stream))
        container = stack.enter_context(_av_open(rest))
    mend = _MENDS.get(container.format.name)
    if mend is None:
        return container
    stream = stack.enter_context(path.open("rb"))
    view = mend(window(stream, start, size_of(stream)))
    return container if view is None else stack.enter_context(_av_open(view))


def _hide_wrong_table(stream: BinaryIO) -> BinaryIO | None:
    """Return a view of a Musepack file that hides a wrong seek table, None if none is wrong."""
    table = find_table(stream, leading_bytes(stream))
    return None if table is None or table.is_right else hide_table(stream, table)


# Corrections of headers that FFmpeg would trust, by FFmpeg's names for the containers.
_MENDS = {"mpc8": _hide_wrong_table, "wav": mend_header}


def _av_open(file: Path | BinaryIO) -> InputContainer:
    return av.open(file, mode="r", metadata_errors="replace", options=_OPTIONS)


def _has_film(container: InputContainer) -> bool:
    """Return whether there is a video stream that is not a cover."""
    streams = container.streams.video
    return any(Disposition.attached_pic not in stream.disposition for stream in streams)


def _open_codec(path: Path, stream: AudioStream) -> None:
    """Prepare to decode `stream`.

    Raises
    ------
    DecodeError
        FFmpeg does not support its codec, or this variant of it.
    """
    codec = stream.codec_context
    if codec is None:
        raise DecodeError(path, "coding-unknown")
    codec.thread_count = 1
    try:
        codec.open(strict=False)
    except (av.error.ArgumentError, av.error.PatchWelcomeError, av.error.DecoderNotFoundError) as e:
        raise DecodeError(path, "coding-unknown") from e


def decoder_version() -> str:
    """Return the versions of PyAV and of the FFmpeg in it."""
    return f"PyAV {av.__version__} with FFmpeg {av.ffmpeg_version_info}"
