"""The genres in ID3v2 tags other than the one that a genre is written to.

Players treat several tags differently: those built on FFmpeg read all adjacent tags and show the
last one's genre; others know only the first. A genre written to the first would compete with
another.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from mutagen.id3 import TCON

from genretagger.tagging.containers.id3 import id3_location, id3_tag
from genretagger.tagging.layout import LayoutError

if TYPE_CHECKING:
    from genretagger.tagging.containers.id3.id3_tag import Id3Tag


def read_genre_values(stream: BinaryIO, *, container: str) -> tuple[str, ...]:
    """Return the values of TCON in all tags but the first, before any translation.

    Raises
    ------
    LayoutError
        A tag is damaged, or sizes in the file do not fit.
    """
    further = id3_location.read_further(stream, container=container)
    return tuple(value for data in further for value in decode_values(id3_tag.parse(data)))


def is_genre_in_front(stream: BinaryIO) -> bool:
    """Return whether an ID3v2 tag in front of a file with another own tag holds a genre.

    FFmpeg and TagLib show that genre as long as the own tag has none.
    """
    with suppress(LayoutError):
        return any(decode_values(id3_tag.parse(id3_location.read_tag(stream, container="mp3"))))
    return False


def decode_values(tag: Id3Tag) -> tuple[str, ...]:
    """Return the values of TCON in a tag; an empty or undecodable one has none."""
    decoded = (frame.decoded() for frame in tag.frames if frame.is_genre)
    return tuple(text for frame in decoded if isinstance(frame, TCON) for text in frame.text)
