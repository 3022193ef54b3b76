"""Detect the container of an open file by its content, and get mutagen's view of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from mutagen.mp4 import MP4
from mutagen.wave import WAVE

from genretagger.core.errors import UnsupportedFormatError
from genretagger.core.file_kinds import KINDS
from genretagger.core.files.window import window
from genretagger.tagging.containers.mutagen_internals import Clamped
from genretagger.tagging.containers.table import CONTAINERS, UnparsedFile
from genretagger.tagging.layout import LayoutError, chunks, content, mp4, not_audio, peek
from genretagger.tagging.layout.content import Content

if TYPE_CHECKING:
    from genretagger.tagging.containers.table import Container

# Files of these kinds may begin with anything: their names are believed if mutagen reads them.
_BY_NAME: Final = ("mp3", "aac", "ac3", "mpc")
_ROWS: Final = {row.name: row for row in CONTAINERS}


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file whose kind is known.

    stream : the file, or a view of it without tags in front that do not belong there
    is_odd : whether there are such tags
    """

    row: Container
    stream: BinaryIO
    is_odd: bool


def identify(stream: BinaryIO, *, path: Path) -> Opened:
    """Return what an open file is; call within `translate_errors`.

    Raises
    ------
    UnsupportedFormatError
        It is no known audio file; the message says what it is.
    """
    looked = content.identify(stream)
    row = _ROWS[looked.container] if looked.container else _row_by_name(stream, path, looked)
    is_odd = content.has_odd_tags(stream, looked)
    return Opened(row, content.view_behind_tags(stream, looked) if is_odd else stream, is_odd)


def _row_by_name(stream: BinaryIO, path: Path, looked: Content) -> Container:
    """Return the row that the suffix of `path` names.

    Raises
    ------
    UnsupportedFormatError
        Mutagen cannot read it, or it is known to be something else: mutagen finds frames of MPEG
        audio in films, pictures and texts, too.
    """
    key = not_audio.find_sentence_key(stream, looked)
    suffix = path.suffix.lower()
    row = next((_ROWS[name] for name in _BY_NAME if suffix in KINDS[name].suffixes), None)
    if row is not None and key == not_audio.UNKNOWN:
        with suppress(Exception):  # mutagen raises anything for what is none of its files
            _view_of(row, stream)
            return row
    raise UnsupportedFormatError(path, key)


def view(opened: Opened) -> Any:
    """Return mutagen's view of an open file; call within `translate_errors`.

    Raises
    ------
    Exception
        Mutagen cannot read it, and raises anything.
    """
    row, stream = opened.row, opened.stream
    if (row.kind is WAVE and _is_unsized(stream)) or (row.kind is MP4 and _is_quicktime(stream)):
        return UnparsedFile(stream)
    return _view_of(row, stream)


def _view_of(row: Container, stream: BinaryIO) -> Any:
    if row.kind is MP4:  # mutagen takes tags behind the atoms for a broken atom
        stream = window(stream, 0, mp4.find_end(stream))
    return row.kind(fileobj=Clamped(stream), **({"translate": False} if row.translates else {}))


def _is_unsized(stream: BinaryIO) -> bool:
    """Return whether a WAV file has its size elsewhere (RF64) or never got it filled in."""
    header = peek(stream, 0, size=12)
    is_wave = header[8:] == b"WAVE"
    return is_wave and (chunks.is_rf64(stream) or header[:8] == b"RIFF" + bytes(4))


def _is_quicktime(stream: BinaryIO) -> bool:
    """Return whether an intact MP4 file has tags in QuickTime's form."""
    with suppress(LayoutError):
        return mp4.is_quicktime(stream)
    return False
