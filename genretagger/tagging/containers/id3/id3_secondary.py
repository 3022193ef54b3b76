"""The genre in a second tag beside ID3: an APEv2 tag behind MP3 and True Audio, INFO in WAV."""

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


def second_genres(stream: BinaryIO, *, container: str) -> tuple[SecondGenre, ...]:
    """Return the genre beside ID3; one without values where APEv2 has none and is the main tag.

    Raises
    ------
    LayoutError
        A tag is damaged or sizes in the file do not fit.
    """
    second = None
    if container == "wav":
        second = riff_info.second_genre(stream)
    elif container in id3_location.BARE:
        second = ape_items.second_genre(stream)
        if second is None and is_main(stream, container=container):
            second = SecondGenre(ape_items.PLACE, ())
    return (second,) if second else ()


def is_main(stream: BinaryIO, *, container: str) -> bool:
    """Return whether the file has an APEv2 tag with a title where it is looked for, and no ID3v2.

    Programs do not look into it any more once there is ID3v2.

    Raises
    ------
    LayoutError
        A tag is damaged.
    """
    if container not in id3_location.BARE or id3_location.tag(stream, container=container):
        return False
    ape = ape_items.find(stream)
    if ape is None or not any(item.key.lower() in _MAIN_KEYS for item in ape.items):
        return False
    # mutagen and TagLib look for it at the end, before ID3v1 and Lyrics3, not before an ID3v2 tag.
    follows = peek(stream, ape.end, size=len(_LYRICS))
    return follows[:3] in (b"", b"TAG") or follows == _LYRICS


def wanted(second: SecondGenre, genres: Sequence[str]) -> SecondGenre:
    """Return what to store for `genres` in the place of `second`."""
    if second.place == riff_info.PLACE:
        return riff_info.wanted(genres)
    return SecondGenre(second.place, tuple(genres))


def store(stream: BinaryIO, second: SecondGenre, *, container: str) -> None:
    """Store a genre beside ID3, if its place is still there.

    Raises
    ------
    LayoutError
        A tag is damaged or would be too large.
    OSError
        The disk failed; the file may be spoilt.
    """
    if second.place not in {one.place for one in second_genres(stream, container=container)}:
        return
    if second.place == riff_info.PLACE:
        riff_info.store(stream, second)
    else:
        ape_items.store(stream, values=second.values or None, entries=second.entries)
