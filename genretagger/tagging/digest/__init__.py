"""The digest of the audio in a file without its tags: no edit of tags changes it.

It knows where the audio lies (`layout`), but not what the tags say.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from genretagger.core.errors import TagReadError
from genretagger.core.tracks import hearing_key
from genretagger.tagging import layout
from genretagger.tagging.disk.errors import open_for_reading
from genretagger.tagging.layout import LayoutError, asf, chunks, flac, mp4, mpeg, ogg
from genretagger.tagging.layout.content import skip_odd_tags

_DAMAGED: Final = "layout-broken"
# Tells apart files of the same audio only.
_BESIDE_DIGITS: Final = 16


def audio_digest(path: Path, *, container: str) -> str:
    """Return the SHA-256 of the audio in `path`, in hexadecimal; reads the file in blocks.

    Parameters
    ----------
    container : str
        As `containers.read` says it.

    Raises
    ------
    TagReadError
        The file cannot be read, is cut off or is not built as its container demands.
    """
    with open_for_reading(path) as stream:
        return stream_digest(stream, container=container, path=path)


class HearingKey(NamedTuple):
    """The key under which the results of hearing a file are stored.

    damage : key of the message that says why a damaged file is not written
    """

    key: str
    damage: str | None = None


def hearing_key_of(path: Path, *, container: str) -> HearingKey:
    """Return the key under which the results of hearing `path` are stored; reads the file once.

    That is the audio digest, in an Ogg file with the times of its pages, which say how long it is
    and where an excerpt lies, and in an MP4 with the number of the stream that is heard, unless it
    is the first. Of a file in which damage hides where the audio lies it is the SHA-256 of the
    whole file, which is not written and whose tags no edit of ours changes.

    Raises
    ------
    TagReadError
        The file cannot be read.
    """
    with open_for_reading(path) as stream:
        try:
            return HearingKey(_hearing_key(stream, container=container, path=path))
        except TagReadError as error:
            if error.key != _DAMAGED:
                raise
        return HearingKey(file_digest(stream), _DAMAGED)


def _hearing_key(stream: BinaryIO, *, container: str, path: Path) -> str:
    audio = skip_odd_tags(stream, container=container)
    add = _FAMILIES.get(container, _between_tags)
    if add is _ogg:
        times = hashlib.sha256()
        audio_key = digest_of(audio, partial(_ogg, times=times), path=path)
        return hearing_key(audio_key, times.hexdigest()[:_BESIDE_DIGITS])
    audio_key = digest_of(audio, add, path=path)
    number = mp4.find_heard_stream(audio) if add is _mp4 else 0  # `add` walked through these atoms
    return hearing_key(audio_key, f"{number}" if number else "")


def stream_digest(stream: BinaryIO, *, container: str, path: Path) -> str:
    """Return the SHA-256 of the audio in an open file, in hexadecimal; `path` is for messages.

    Raises
    ------
    TagReadError
        The file is cut off or is not built as its container demands.
    """
    audio = skip_odd_tags(stream, container=container)
    return digest_of(audio, _FAMILIES.get(container, _between_tags), path=path)


def digest_of(stream: BinaryIO, add: Callable[[BinaryIO, Any], None], *, path: Path) -> str:
    """Return the SHA-256 of the bytes that `add` selects from an open file, in hexadecimal.

    Raises
    ------
    TagReadError
        The file is cut off or is not built as its container demands.
    """
    digest = hashlib.sha256()
    try:
        add(stream, digest)
    except LayoutError as error:
        raise TagReadError(path, _DAMAGED, part=error.part) from error
    return digest.hexdigest()


def file_digest(stream: BinaryIO) -> str:
    """Return the SHA-256 of all bytes of an open file, in hexadecimal."""
    stream.seek(0)
    return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def _add(stream: BinaryIO, digest: Any, start: int, end: int) -> None:
    for block in layout.blocks(stream, start=start, end=end):
        digest.update(block)


def _between_tags(stream: BinaryIO, digest: Any) -> None:
    """Hash what lies between leading and trailing tags: MP3, AAC, AC-3, APE, WavPack, TTA ..."""
    _add(stream, digest, *mpeg.find_audio(stream))


def _flac(stream: BinaryIO, digest: Any) -> None:
    """Hash STREAMINFO, which the decoder needs, and the frames."""
    layout = flac.parse(stream)
    for block in layout.blocks:
        if block.kind == flac.STREAMINFO:
            _add(stream, digest, block.start, block.start + block.size)
    _add(stream, digest, layout.frames, layout.end)


class _LogicalStream:
    """Hashes the packets of one Ogg stream one by one, without its comments."""

    def __init__(self, first_packet: bytes) -> None:
        self._digest = hashlib.sha256()
        self._n_bytes = 0
        self._n_packets = 0
        self._headers = first_packet.startswith(b"\x7fFLAC")
        self._commented = first_packet.startswith(tuple(ogg.COMMENT_MARKS))

    def add(self, part: bytes, *, ends: bool) -> None:
        """Add a packet or a part of one; `ends` says whether it is the last part."""
        if self._n_bytes == 0 and self._headers and self._n_packets:
            self._headers = part[:1] != b"\xff"  # the first frame ends FLAC's headers
        if not self._is_comment():
            self._digest.update(part)
        self._n_bytes += len(part)
        if ends:
            self._end_packet()

    def _end_packet(self) -> None:
        if not self._is_comment():
            self._digest.update(struct.pack("<Q", self._n_bytes))
        self._n_bytes = 0
        self._n_packets += 1

    def _is_comment(self) -> bool:
        if self._headers:  # Ogg FLAC: any number of metadata packets
            return self._n_packets > 0
        return self._commented and self._n_packets == 1

    def value(self) -> bytes:
        """Return the hash, which includes a packet that never ended."""
        self._digest.update(struct.pack("<Q", self._n_bytes))
        return self._digest.digest()


def _ogg(stream: BinaryIO, digest: Any, *, times: Any = None) -> None:
    """Hash each logical stream by packet: paging and serial numbers do not count.

    Streams count in the order in which they begin, parallel or chained. `times` gets the time at
    the end of each page, except those of the headers, which have none.
    """
    streams: list[_LogicalStream] = []
    by_serial: dict[int, _LogicalStream] = {}
    for page in ogg.read_pages(stream):
        if times is not None and page.position not in (0, ogg.NO_POSITION):
            times.update(struct.pack("<q", page.position))
        if page.first or page.serial not in by_serial:
            by_serial[page.serial] = _LogicalStream(page.packets[0] if page.packets else b"")
            streams.append(by_serial[page.serial])
        for number, part in enumerate(page.packets, 1):
            ends = number < len(page.packets) or page.complete
            by_serial[page.serial].add(part, ends=ends)
    if not streams:
        raise LayoutError("Ogg")
    for logical in streams:
        digest.update(logical.value())


def _mp4(stream: BinaryIO, digest: Any) -> None:
    """Hash the payload of `mdat` and where in it each chunk of samples begins.

    Without the second half, a file whose tag grew but whose chunk table was not moved along
    would pass as whole.
    """
    payloads = [atom for atom in mp4.read_top_level(stream) if atom.name == b"mdat"]
    if not payloads:
        raise LayoutError("MP4 mdat")
    for atom in payloads:
        _add(stream, digest, atom.start, atom.end)
    for offset in mp4.read_chunk_offsets(stream):
        digest.update(struct.pack("<q", _within(payloads, offset)))


def _within(payloads: list[mp4.Atom], offset: int) -> int:
    """Return the offset in the joined payloads of an `offset` in the file, -1 outside them."""
    before = 0
    for atom in payloads:
        if atom.start <= offset < atom.end:
            return before + offset - atom.start
        before += atom.end - atom.start
    return -1


def _chunks(form: chunks.ChunkForm, *names: bytes, skip: int = 0) -> Callable[..., None]:
    """Return a function that hashes the chunks `names`, less `skip` bytes at the start of each."""

    def add(stream: BinaryIO, digest: Any) -> None:
        for chunk in chunks.walk_chunks(stream, form):
            if chunk.name in names:
                _add(stream, digest, chunk.start + skip, chunk.end)

    return add


def _wav(stream: BinaryIO, digest: Any) -> None:
    """Hash the format and the audio, which goes on to the end of the file if its size is 0.

    A size of 0 was never filled in; FFmpeg plays such files. In RF64 the size stands elsewhere.
    """
    for chunk in chunks.walk_chunks(stream, chunks.RIFF):
        if chunk.name == b"fmt ":
            _add(stream, digest, chunk.start, chunk.end)
        if chunk.name == b"data":
            own_bytes = chunk.end - chunk.start or layout.size_of(stream)
            n_bytes = chunks.read_rf64_audio_size(stream) or own_bytes
            _add(stream, digest, chunk.start, chunk.start + n_bytes)


_FAMILIES: Final[dict[str, Callable[[BinaryIO, Any], None]]] = {
    "flac": _flac,
    "ogg": _ogg,
    "oga": _ogg,
    "opus": _ogg,
    "spx": _ogg,
    "m4a": _mp4,
    "wma": _chunks(chunks.ASF, asf.DATA, skip=asf.DATA_FILE_ID_BYTES),
    "wav": _wav,
    "aiff": _chunks(chunks.AIFF, b"COMM", b"SSND"),
    "dsf": _chunks(chunks.DSF, b"fmt ", b"data"),
    "dff": _chunks(chunks.DSDIFF, b"PROP", b"DSD ", b"DST "),
}
