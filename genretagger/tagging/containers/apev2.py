"""APEv2 as a file's own tag: Monkey's Audio, WavPack, Musepack, OptimFROG and TAK.

ID3 tags around such a file are another program's and stay byte for byte, as around a FLAC file; but
for the genre of ID3v1, which goes along.
"""

from __future__ import annotations

from typing import BinaryIO, Final

from mutagen.apev2 import APETextValue, APEv2

from genretagger.core.tracks import RawGenre
from genretagger.tagging.containers import ape_items
from genretagger.tagging.containers.id3 import id3_further, id3v1
from genretagger.tagging.containers.protocol import (
    Fields,
    Frame,
    joined,
    numbered,
    plain_names,
    position,
    texts,
)
from genretagger.tagging.layout import apev2, mpeg, peek, wavpack

_VERSIONS: Final = {apev2.VERSION_1: "1", apev2.VERSION_2: "2"}


def fields(tags: APEv2) -> Fields:
    """Return what the track list shows of an APEv2 tag; keys have any case."""

    def of(*names: str) -> list[str]:
        found = (tags[name] for name in names if name in tags)
        return next((list(value) for value in found if isinstance(value, APETextValue)), [])

    return Fields(
        joined(of("Title")),
        joined(of("Artist")),
        joined(of("Album")),
        joined(of("Album Artist", "AlbumArtist")),
        texts(of("Genre")),
        joined(of("ArtistSort")),
        joined(of("AlbumArtistSort")),
        position(of("Disc")),
        position(of("Track")),
    )


def refusal(stream: BinaryIO, *, container: str) -> str | None:
    """Return why the genre is not written.

    It is read-only, is not text or is not counted, or stands in an ID3v2 tag in front only.

    Raises
    ------
    LayoutError
        The tag is damaged or longer than the file, or the audio is cut off, which only WavPack's
        blocks tell cheaply.
    """
    if container == "wv":
        wavpack.require_whole(stream)
    if key := ape_items.refusal(stream):
        return key
    is_empty = not plain_names(raw_genre(stream, container=container))
    return "tag-in-front" if is_empty and id3_further.is_genre_in_front(stream) else None


def raw_genre(stream: BinaryIO, *, container: str) -> RawGenre:
    """Return the values of the item Genre, whatever the case of its key; the version may be "".

    With them, the genre byte of an ID3v1 tag behind.

    Raises
    ------
    LayoutError
        The tag is damaged or longer than the file.
    """
    tag = ape_items.find(stream)
    v1 = id3v1.genre(stream)
    if tag is None:
        return RawGenre(container, "", (), present=False, id3v1=v1)
    values, entries = ape_items.genre(stream, tag)
    version = _VERSIONS[tag.version]
    return RawGenre(container, version, values, present=bool(entries), id3v1=v1, entries=entries)


names = id3v1.names_of_file


# All families take the same arguments; not each needs them all.
def wanted(before: RawGenre, *, genres: tuple[str, ...], separator: str) -> RawGenre:  # noqa: ARG001
    """Return one item with a value per genre."""
    v1 = id3v1.in_step(before.id3v1, genres)
    return RawGenre(before.container, before.version, genres, present=True, id3v1=v1)


def takes(wanted: RawGenre) -> bool:
    """Return whether the tag's version takes the values.

    An item of APEv1 is one ASCII text; UTF-8 and lists came with APEv2 (wiki.hydrogenaud.io,
    "APE Tag Item", "APE Item Value").
    """
    return wanted.version != "1" or (len(wanted.values) == 1 and wanted.values[0].isascii())


def store(stream: BinaryIO, wanted: RawGenre) -> None:
    """Store the items that were there, else one with all values, or none; and byte 127 of ID3v1."""
    values = wanted.values if wanted.present else None
    ape_items.store(stream, values=values, entries=wanted.entries)
    if not wanted.present and not wanted.version:  # the tag was ours: undo takes it away
        ape_items.remove_empty(stream)
    if wanted.id3v1 is not None:
        id3v1.put(stream, wanted.id3v1)


# All families take the same arguments; not each needs them all.
def other_frames(stream: BinaryIO, *, container: str) -> tuple[Frame, ...]:  # noqa: ARG001
    """Return every other item as bytes, and the tags around the file, less a genre, as bytes.

    Raises
    ------
    LayoutError
        A tag is damaged or longer than the file.
    """
    tag = ape_items.find(stream)
    frames = ape_items.others(stream, tag) if tag else []
    start, end = mpeg.audio_span(stream)
    for name, first, last in (("in front", 0, start), ("behind", end, id3v1.end_of_others(stream))):
        own = tag is not None and first <= tag.start < last
        cut = (tag.start, tag.end) if tag and own else (first, first)
        around = peek(stream, first, size=cut[0] - first) + peek(stream, cut[1], size=last - cut[1])
        frames += [(f"tags {name}", around)] if around else []
    return numbered(frames)
