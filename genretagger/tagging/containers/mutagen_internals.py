"""Everything that needs private names of mutagen; no other module uses any.

Limits on what it takes from a file (packed ID3 frames, sizes beyond the file's end), mended classes
for files with APEv2 tags, and MP4 atoms written as bytes. Because of this module pyproject.toml
bounds mutagen's version; before raising the bound, run tests/tagging/containers.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, BinaryIO, Final

from mutagen import monkeysaudio, musepack, optimfrog, tak, wavpack
from mutagen.id3 import _frames
from mutagen.mp4 import MP4Tags

from genretagger.core.files.leading_tags import leading_bytes
from genretagger.tagging.layout import LayoutError, size_of

_UNPACKED_BYTES: Final = 64 << 20  # deflate packs zeros 1000 : 1, so half a MB could fill 512 MB
_left: ContextVar[int | None] = ContextVar("left", default=None)


class _Unpacker:
    """Stands in for `zlib` in mutagen, as the unpacked size that a frame states may be false."""

    error = zlib.error

    @staticmethod
    def decompress(data: bytes) -> bytes:
        """Return the unpacked `data`; raise LayoutError if the limit does not allow it."""
        left = _left.get()
        if left is None:
            return zlib.decompress(data)
        unpacker = zlib.decompressobj()
        plain = unpacker.decompress(data, left + 1)
        if len(plain) > left:
            raise LayoutError("ID3 frames that unpack to too much")
        if not unpacker.eof:
            raise zlib.error("incomplete")
        _left.set(left - len(plain))
        return plain


# mutagen has no hook for it, and only here nested and damaged frames are caught too; outside
# `unpacking_limited` it unpacks as before.
_frames.zlib = _Unpacker  # type: ignore[assignment, attr-defined]


@contextmanager
def unpacking_limited() -> Iterator[None]:
    """Let mutagen unpack at most 64 MiB of ID3 frames altogether in this block."""
    token = _left.set(_UNPACKED_BYTES)
    try:
        yield
    finally:
        _left.reset(token)


class Clamped:
    """A view of an open file that never reads more bytes than the file has.

    Python allocates the memory of a read in advance, so a false size would cost as much.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._size = size_of(stream)
        stream.seek(0)

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, all of the rest if negative."""
        left = max(self._size - self._stream.tell(), 0)
        return self._stream.read(left if size < 0 else min(size, left))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def set_raw_atoms(tags: MP4Tags, atoms: Iterable[tuple[bytes, bytes]]) -> None:
    """Have `tags` save `atoms`, each a name and a payload, byte for byte and no others.

    Mutagen writes back unseen the payloads of atoms that it could not parse (`_failed_atoms`).
    """
    unseen: dict[str, list[bytes]] = tags._failed_atoms
    tags.clear()
    unseen.clear()
    for name, payload in atoms:
        unseen.setdefault(name.decode("latin-1"), []).append(payload)


class _BehindID3:
    def __init__(self, stream: BinaryIO) -> None:
        stream.seek(leading_bytes(stream))
        super().__init__(stream)  # type: ignore[call-arg] # of mutagen's class


class _MonkeysAudioInfo(_BehindID3, monkeysaudio.MonkeysAudioInfo):
    pass


class _WavPackInfo(_BehindID3, wavpack.WavPackInfo):
    """Leaves the length unknown if the sample rate is none of the usual ones.

    Such a rate stands in a sub-block of its own, which mutagen's table does not know (WavPack 5
    file format, "Block Header": flags, bits 23 to 26).
    """

    length = 0.0
    sample_rate = 0

    def __init__(self, stream: BinaryIO) -> None:
        with suppress(IndexError):
            super().__init__(stream)


class _OptimFROGInfo(_BehindID3, optimfrog.OptimFROGInfo):
    pass


class _TAKInfo(_BehindID3, tak.TAKInfo):
    pass


class _Forward:
    """A view of an open file that seeks back from its position only once.

    Mutagen loops for ever in a Musepack file with a packet whose size is below that of its head. It
    seeks back once more, at the start of older files.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._went_back = False

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Seek as any file does.

        Raises
        ------
        MusepackHeaderError
            This is the second step back.
        """
        if whence == os.SEEK_CUR and offset < 0:
            if self._went_back:
                raise musepack.MusepackHeaderError("a packet is too short")
            self._went_back = True
        return self._stream.seek(offset, whence)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _MusepackInfo(musepack.MusepackInfo):
    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(_Forward(stream))


class MonkeysAudio(monkeysaudio.MonkeysAudio):
    """Monkey's Audio."""

    _Info = _MonkeysAudioInfo


class WavPack(wavpack.WavPack):
    """WavPack."""

    _Info = _WavPackInfo


class OptimFROG(optimfrog.OptimFROG):
    """OptimFROG."""

    _Info = _OptimFROGInfo


class TAK(tak.TAK):
    """TAK."""

    _Info = _TAKInfo


class Musepack(musepack.Musepack):
    """Musepack."""

    _Info = _MusepackInfo
