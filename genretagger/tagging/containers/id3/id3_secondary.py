"""Secondary genres beside ID3: in an APEv2 tag of MP3 and True Audio, in INFO of WAV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from genretagger.core.tracks import SecondGenre
from genretagger.tagging.containers import ape_items, riff_info
from genretagger.tagging.containers.id3 import id3_location
from genretagger.tagging.layout import peek

# An APEv2 tag with one of these and no ID3v2 is what programs read; others hold ReplayGain only.
_MAIN_KEYS: Final = frozenset({b"title", b"artist", b"album"})
_LYRICS: Final = b"LYRICSBEGIN"


def read_second_genres(stream: BinaryIO, *, container: str) -> tuple[SecondGenre, ...]:
    """Return the secondary genres; one without values if APEv2 is the main tag and has none.

    Raises
    ------
    LayoutError
        A tag is damaged or sizes in the file do not fit.
    """
    second = None
    if container == "wav":
        second = riff_info.read_second_genre(stream)
    elif container in id3_location.BARE:
        second = ape_items.read_second_genre(stream)
        if second is None and is_main(stream, container=container):
            second = SecondGenre(ape_items.PLACE, ())
    return (second,) if second else ()


def is_main(stream: BinaryIO, *, container: str) -> bool:
    """Return whether an APEv2 tag with a title is the main tag, as the file has no ID3v2.

    Once there is an ID3v2 tag, programs ignore the APEv2 tag.

    Raises
    ------
    LayoutError
        A tag is damaged.
    """
    if container not in id3_location.BARE or id3_location.read_tag(stream, container=container):
        return False
    ape = ape_items.find(stream)
    if ape is None or not any(item.key.lower() in _MAIN_KEYS for item in ape.items):
        return False
    # mutagen and TagLib look for it at the end, before ID3v1 and Lyrics3, not before an ID3v2 tag.
    follows = peek(stream, ape.end, size=len(_LYRICS))
    return follows[:3] in (b"", b"TAG") or follows == _LYRICS


def make_second_genre(second: SecondGenre, genres: Sequence[str]) -> SecondGenre:
    """Return `second` with `genres` in place of its own."""
    if second.place == riff_info.PLACE:
        return riff_info.make_second_genre(genres)
    return SecondGenre(second.place, tuple(genres))


def store(stream: BinaryIO, second: SecondGenre, *, container: str) -> None:
    """Store a secondary genre if its tag still exists.

    Raises
    ------
    LayoutError
        A tag is damaged or would be too large.
    OSError
        The disk failed; the file may be spoilt.
    """
    if second.place not in {one.place for one in read_second_genres(stream, container=container)}:
        return
    if second.place == riff_info.PLACE:
        riff_info.store(stream, second)
    else:
        ape_items.store(stream, values=second.values or None, entries=second.entries)
