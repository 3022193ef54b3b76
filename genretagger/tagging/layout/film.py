"""Whether a file holds moving pictures beside its sound."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, Final

from genretagger.tagging.layout import LayoutError, asf, matroska, mp4, ogg, peek

_FORMAT_AT: Final = 12  # in `stsd`, behind version, flags, a count and the size of the first entry
_STILLS: Final = (b"jpeg", b"png ")  # the pictures of a book's chapters


def has_film(stream: BinaryIO, *, container: str) -> bool:
    """Return whether an open file is a film; a damaged one never is."""
    check = _CHECKS.get(container)
    with suppress(LayoutError):
        return check is not None and check(stream)
    return False


def _mp4(stream: BinaryIO) -> bool:
    for media in mp4.find_atoms(stream, b"moov", b"trak", b"mdia"):
        if mp4.read_handler(stream, media) == b"vide" and not _is_still(stream, media):
            return True
    return False


def _is_still(stream: BinaryIO, media: mp4.Atom) -> bool:
    """Return whether the pictures of a track are stills."""
    atoms = [media]
    for name in (b"minf", b"stbl", b"stsd"):
        atoms = [c for atom in atoms for c in mp4.read_children(stream, atom) if c.name == name]
    return any(peek(stream, atom.start + _FORMAT_AT, size=4) in _STILLS for atom in atoms)


def _asf(stream: BinaryIO) -> bool:
    return any(
        item.guid == asf.STREAM and item.payload.startswith(asf.VIDEO)
        for item in asf.read_header(stream).objects
    )


def _ogg(stream: BinaryIO) -> bool:
    return b"\x80theora" in peek(stream, 0, size=ogg.find_first_pages_end(stream))


_CHECKS: Final[dict[str, Callable[[BinaryIO], bool]]] = {
    "m4a": _mp4,
    "wma": _asf,
    "mka": lambda stream: matroska.parse(stream).has_video,
    "ogg": _ogg,
    "oga": _ogg,
    "opus": _ogg,
    "spx": _ogg,
}
