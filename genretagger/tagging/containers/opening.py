"""Which container an open file is, by content and then by suffix, and mutagen's view of it."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from mutagen.aac import AAC
from mutagen.flac import FLAC
from mutagen.mp4 import MP4
from mutagen.trueaudio import TrueAudio
from mutagen.wave import WAVE

from genretagger.core.errors import UnsupportedFormatError
from genretagger.tagging.containers import kinds
from genretagger.tagging.containers.limits import Clamped
from genretagger.tagging.containers.table import CONTAINERS
from genretagger.tagging.layout import LayoutError, chunks, mp4, mpeg, ogg, peek

if TYPE_CHECKING:
    from pathlib import Path

    from genretagger.tagging.containers.table import Container

_HEADER_BYTES: Final = 128  # what `mutagen.File` scores
_BEHIND_ID3: Final = {
    b"fLaC": FLAC,
    b"TTA1": TrueAudio,
    b"TTA2": TrueAudio,
    **kinds.BEHIND_ID3,
}
# Of these no player looks behind ID3v2: Ogg, ASF, WAV, AIFF, DSF, DSDIFF; and MP4.
_NEVER_BEHIND_ID3: Final = (b"OggS", b"\x30\x26\xb2\x75", b"RIFF", b"FORM", b"DSD ", b"FRM8")


def load(stream: BinaryIO, *, path: Path) -> tuple[Container, Any]:
    """Return the row of the table and mutagen's view of an open file; call within `tag_library`.

    Raises
    ------
    UnsupportedFormatError
        It is no audio file that we know.
    LayoutError
        A tag in front says that it is longer than the file.
    Exception
        Mutagen cannot read it, and raises anything.
    """
    row = row_of(stream, path=path)
    if (row.kind is WAVE and _is_unsized(stream)) or (row.kind is MP4 and _is_quicktime(stream)):
        return row, _Unseen()
    return row, row.kind(
        fileobj=Clamped(stream), **({"translate": False} if row.translates else {})
    )


class _Unseen:
    """Stands for mutagen's view of a file that mutagen does not open though it can be heard."""

    tags = None
    info = None


def _is_unsized(stream: BinaryIO) -> bool:
    """Return whether the size of a WAV file stands elsewhere (RF64) or was never filled in."""
    header = peek(stream, 0, size=12)
    is_wave = header[8:] == b"WAVE"
    return is_wave and (chunks.is_rf64(stream) or header[:8] == b"RIFF" + bytes(4))


def _is_quicktime(stream: BinaryIO) -> bool:
    """Return whether an MP4 file has tags as in QuickTime; one that is damaged has not."""
    with suppress(LayoutError):
        return mp4.is_quicktime(stream)
    return False


def row_of(stream: BinaryIO, *, path: Path) -> Container:
    """Return the container that mutagen scores highest, as `mutagen.File` would.

    Raises
    ------
    UnsupportedFormatError
        It is no audio file that we know.
    LayoutError
        A tag in front says that it is longer than the file.
    """
    id3_bytes = mpeg.id3v2_bytes(stream, 0)
    header = peek(stream, id3_bytes, size=8)
    kind = AAC if mpeg.is_adts(header[:4]) else _BEHIND_ID3.get(header[:4])
    if kind is not None:  # mutagen takes an ID3v2 tag in front of them for MP3
        return next(row for row in CONTAINERS if row.kind is kind)
    if id3_bytes and (header.startswith(_NEVER_BEHIND_ID3) or header[4:] == b"ftyp"):
        raise UnsupportedFormatError(path, "id3-in-front")
    # The streams of a film or a "skeleton" may begin before that of the sound.
    n_bytes = ogg.first_pages_end(stream) if header.startswith(b"OggS") else 0
    header = peek(stream, 0, size=n_bytes or _HEADER_BYTES)
    name = os.fspath(path)
    scores = [(row.kind.score(name, stream, header), row.kind.__name__) for row in CONTAINERS]
    best = max(range(len(scores)), key=scores.__getitem__)
    if scores[best][0] <= 0:
        raise UnsupportedFormatError(path, "format-unknown")
    return CONTAINERS[best]
