"""A file of any kind without the tags of other kinds that stand in front of it."""

from __future__ import annotations

from typing import BinaryIO, Final

from genretagger.core.leading_tags import leading_bytes
from genretagger.core.window import window
from genretagger.tagging.layout import LayoutError, mpeg, size_of
from genretagger.tagging.layout.content import Content

# Around these, ID3 and APEv2 have always stood: readers and writers of them look behind.
_TAKE_ALL: Final = frozenset({"mp3", "ape", "wv", "mpc", "ofr", "tak", "aac", "ac3"})
_TAKE_ONE: Final = frozenset({"flac", "tta"})  # readers look behind one tag of ID3v2


def is_odd(stream: BinaryIO, found: Content) -> bool:
    """Return whether a tag stands in front that has no place in a file of its kind."""
    if found.container in _TAKE_ALL or not found.start:
        return False
    return found.container not in _TAKE_ONE or found.start != _first_tag_bytes(stream)


def _first_tag_bytes(stream: BinaryIO) -> int:
    try:
        return mpeg.id3v2_bytes(stream, 0)
    except LayoutError:
        return 0


def proper(stream: BinaryIO, *, container: str) -> BinaryIO:
    """Return a view of an open file without tags that have no place in front of it, else itself."""
    found = Content(container, leading_bytes(stream))
    return behind(stream, found) if is_odd(stream, found) else stream


def behind(stream: BinaryIO, found: Content) -> BinaryIO:
    """Return a view of what stands behind the tags in front."""
    return window(stream, found.start, size_of(stream))
