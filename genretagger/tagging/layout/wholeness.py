"""How much of the audio that its header promises a file holds; cheap enough for a scan.

A file whose header promises nothing, as in a stream, or less than is there, counts as whole.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Final

from genretagger.core.files import musepack
from genretagger.core.files.leading_tags import leading_bytes
from genretagger.tagging.layout import (
    LayoutError,
    asf,
    chunks,
    flac,
    flac_frames,
    mp4,
    mpeg,
    mpeg_audio,
    ogg_end,
    peek,
    size_of,
    wavpack,
)

# Programs that write to a pipe put such a size where they cannot know it.
_LEAST_UNKNOWN: Final = 0x7FFF0000
# Less than that is no measure: the last frame was not found, or the header promises nonsense.
_LEAST_SHARE: Final = 0.01
# What an encoder counts in the first frame of an MP3 may include a tag or that frame, or not.
_MP3_LEEWAY_BYTES: Final = 8192
# No frame of MP3 or WMA has so many, nor does a tagger pad so; a file that was set aside may.
_LEAST_ZEROS: Final = 64 << 10


@dataclass(frozen=True, slots=True)
class Cut:
    """A file whose sound does not end where its header says.

    share : the part of its audio that is there, in [0, 1); None if unknown
    key : key of the message that says why it is not written
    """

    share: float | None = None
    key: str = "cut-off"


_TAIL: Final = Cut(key="tail-behind")


def find_cut(stream: BinaryIO, *, container: str) -> Cut | None:
    """Return how much a file that is cut off holds, None if it seems whole.

    Also for a file with unknown bytes behind its sound, if they can be told from sound.
    """
    check = _CHECKS.get(container)
    if check is None:
        return None
    with suppress(LayoutError):
        return check(stream)
    return None


def has_hole(stream: BinaryIO, *, container: str) -> bool:
    """Return whether frames are missing or damaged between first and last; reads the whole file.

    FLAC and Ogg number their frames and pages and have checksums; in Musepack the seek table tells.
    Gaps in WavPack show when its blocks are walked through.
    """
    if container == "mpc":
        table = musepack.find_table(stream, leading_bytes(stream))
        return table is not None and not table.is_right
    with suppress(LayoutError):
        if _CHECKS.get(container) is _ogg:
            return ogg_end.has_hole(stream)
        if container != "flac":
            return False
        layout = flac.parse(stream)
        promised = flac_frames.read_promised_samples(stream, layout)
        return promised > 0 and flac_frames.has_hole(stream, layout, promised)
    return False


def _part(there: int, promised: int, *, leeway: int = 0) -> Cut | None:
    if promised <= 0 or there + leeway >= promised:
        return None
    share = there / promised
    return Cut(share if share >= _LEAST_SHARE else None)


def _flac(stream: BinaryIO) -> Cut | None:
    """Compare the number of the last frame with the samples that STREAMINFO promises.

    If it is the last promised one, it must be complete.
    """
    layout = flac.parse(stream)
    promised = flac_frames.read_promised_samples(stream, layout)
    end = flac_frames.find_end(stream, layout)
    if promised and end.sample == promised and not end.is_whole:
        return _TAIL if end.has_tail else Cut()
    return _part(end.sample, promised) if promised else None


def _mp3(stream: BinaryIO) -> Cut | None:
    start, end = mpeg.find_audio(stream)
    first = mpeg_audio.find_first_frame(stream, start, end=end)
    if first is None:
        return None
    promised = mpeg_audio.read_claimed_size(stream, first)
    there = _filled_end(stream, first, end) - first
    leeway = 0 if promised is None else _MP3_LEEWAY_BYTES
    return _part(there, end - first if promised is None else promised, leeway=leeway)


def _filled_end(stream: BinaryIO, start: int, end: int) -> int:
    """Return the end of a coded stream: many zeros at the end were never filled."""
    at = end
    while at > start:
        size = min(_LEAST_ZEROS, at - start)
        rest = peek(stream, at - size, size=size).rstrip(b"\0")
        at += len(rest) - size
        if rest:
            break
    return at if end - at >= _LEAST_ZEROS else end


_TTA_HEADER: Final = struct.Struct("<4sHHHIII")  # tausoft.org, "TTA1 format": mark .. CRC
_TTA_FRAME: Final = (256, 245)  # seconds of a frame


def _tta(stream: BinaryIO) -> Cut | None:
    """Compare the size of the file with the sum of the table of frames."""
    start, end = mpeg.find_audio(stream)
    head = peek(stream, start, size=_TTA_HEADER.size)
    if len(head) < _TTA_HEADER.size or not head.startswith(b"TTA1"):
        return None
    *_, rate, n_samples, _crc = _TTA_HEADER.unpack(head)
    frame = max(_TTA_FRAME[0] * rate // _TTA_FRAME[1], 1)
    n_frames = -(-n_samples // frame)
    table_at = start + _TTA_HEADER.size
    if not 0 < 4 * n_frames <= end - table_at:
        return None
    sizes = struct.unpack(f"<{n_frames}I", peek(stream, table_at, size=4 * n_frames))
    return _part(end - table_at - 4 * n_frames - 4, sum(sizes))


def _wavpack(stream: BinaryIO) -> Cut | None:
    samples = wavpack.count_samples(stream)
    cut_off = _part(samples.there, samples.promised) if samples.promised else None
    return cut_off or (_TAIL if samples.has_tail else None)


_APE_DESCRIPTOR: Final = struct.Struct("<4sHHIIIIIII")  # Monkey's Audio SDK, APE_DESCRIPTOR
_LEAST_APE_VERSION: Final = 3980  # which has a descriptor


def _ape(stream: BinaryIO) -> Cut | None:
    start, end = mpeg.find_audio(stream)
    head = peek(stream, start, size=_APE_DESCRIPTOR.size)
    if len(head) < _APE_DESCRIPTOR.size:
        return None
    _, version, _, *parts, low, high, behind = _APE_DESCRIPTOR.unpack(head)
    if version < _LEAST_APE_VERSION:
        return None
    promised = low + (high << 32)
    return _part(end - start - sum(parts) - behind, promised)


def _musepack(stream: BinaryIO) -> Cut | None:
    """Check whether the seek table, which follows the sound, lies beyond the end."""
    start, end = mpeg.find_audio(stream)
    table = musepack.find_table(stream, start)
    return None if table is None else _part(end - start, table.table_at + 1 - start)


def _mp4(stream: BinaryIO) -> Cut | None:
    """Check whether audio data or their last chunks lie beyond the end of the file."""
    size = size_of(stream)
    for atom in mp4.walk_claimed(stream):
        if atom.name == b"mdat" and atom.end > size:
            return _part(size - atom.start, atom.end - atom.start)
    return None


def _chunked(form: chunks.ChunkForm, *names: bytes) -> Callable[[BinaryIO], Cut | None]:
    """Return a check of the first chunk of `names`, which holds the audio."""

    def check(stream: BinaryIO) -> Cut | None:
        size = size_of(stream)
        for chunk in chunks.walk_claimed(stream, form):
            if chunk.name in names:
                promised = chunk.end - chunk.start
                is_known = form.size_bytes > 4 or promised < _LEAST_UNKNOWN
                return _part(size - chunk.start, promised) if is_known else None
        return None

    return check


def _wav(stream: BinaryIO) -> Cut | None:
    return None if chunks.is_rf64(stream) else _chunked(chunks.RIFF, b"data")(stream)


def _asf(stream: BinaryIO) -> Cut | None:
    start = asf.read_header(stream).size
    size = asf.read_data_size(stream, start)
    return _part(_filled_end(stream, start, size_of(stream)) - start, size)


def _ogg(stream: BinaryIO) -> Cut | None:
    """Check whether the last page is complete; nothing promises a length."""
    end = mpeg.find_audio(stream)[1]
    return Cut() if ogg_end.is_cut_off(stream, end=end) else None


_CHECKS: Final[dict[str, Callable[[BinaryIO], Cut | None]]] = {
    "mp3": _mp3,
    "flac": _flac,
    "tta": _tta,
    "wv": _wavpack,
    "ape": _ape,
    "mpc": _musepack,
    "m4a": _mp4,
    "wav": _wav,
    "aiff": _chunked(chunks.AIFF, b"SSND"),
    "dff": _chunked(chunks.DSDIFF, b"DSD ", b"DST "),
    "dsf": _chunked(chunks.DSF, b"data"),
    "wma": _asf,
    "ogg": _ogg,
    "oga": _ogg,
    "opus": _ogg,
    "spx": _ogg,
}
