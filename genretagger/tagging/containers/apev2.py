"""APEv2 as a file's own tag: Monkey's Audio, WavPack, Musepack, OptimFROG and TAK.

ID3 tags around such a file are another program's and stay byte for byte, as around a FLAC file; but
for the genre of ID3v1, which goes along.
"""

from __future__ import annotations

from typing import BinaryIO, Final

from mutagen.apev2 import APETextValue, APEv2

from genretagger.core.tracks import RawGenre, TagVersion
from genretagger.tagging.containers import ape_items
from genretagger.tagging.containers.id3 import id3_further, id3v1
from genretagger.tagging.containers.writer import (
    Fields,
    Frame,
    Writer,
    joined,
    numbered,
    plain_names,
    position,
    texts,
)
from genretagger.tagging.layout import apev2, mpeg, wavpack

_VERSIONS: Final = {apev2.VERSION_1: TagVersion.V1, apev2.VERSION_2: TagVersion.V2}


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


class ApeWriter(Writer):
    """APEv2 as the file's own tag: the item Genre, and the genre of an ID3v1 tag behind."""

    def refusal(self, stream: BinaryIO) -> str | None:
        """Return why the genre is not written.

        It is read-only, is not text or is not counted, or stands in an ID3v2 tag in front only.

        Raises
        ------
        LayoutError
            The tag is damaged or longer than the file, or the audio is cut off (WavPack only).
        """
        if self.container == "wv":
            wavpack.require_whole(stream)
        if key := ape_items.refusal(stream):
            return key
        is_empty = not plain_names(self.raw_genre(stream))
        return "tag-in-front" if is_empty and id3_further.is_genre_in_front(stream) else None

    def raw_genre(self, stream: BinaryIO) -> RawGenre:
        """Return the values of the item Genre, whatever the case of its key.

        With them, the genre byte of an ID3v1 tag behind.

        Raises
        ------
        LayoutError
            The tag is damaged or longer than the file.
        """
        tag = ape_items.find(stream)
        v1 = id3v1.genre(stream)
        if tag is None:
            return RawGenre(self.container, TagVersion.ONLY, (), present=False, id3v1=v1)
        values, entries = ape_items.genre(stream, tag)
        version = _VERSIONS[tag.version]
        return RawGenre(
            self.container, version, values, present=bool(entries), id3v1=v1, entries=entries
        )

    def names(self, raw: RawGenre) -> tuple[str, ...]:
        """Return the genre by name: of the own tag, else of ID3v1."""
        return id3v1.names_of_file(raw)

    def wanted(self, before: RawGenre, *, genres: tuple[str, ...], separator: str) -> RawGenre:
        """Return one item with a value per genre."""
        v1 = id3v1.in_step(before.id3v1, genres)
        return RawGenre(self.container, before.version, genres, present=True, id3v1=v1)

    def accepts(self, wanted: RawGenre) -> bool:
        """Return whether the tag's version takes the values.

        An item of APEv1 is one ASCII text; UTF-8 and lists came with APEv2 (wiki.hydrogenaud.io,
        "APE Tag Item", "APE Item Value").
        """
        is_ascii_text = len(wanted.values) == 1 and wanted.values[0].isascii()
        return is_ascii_text or wanted.version is not TagVersion.V1

    def store(self, stream: BinaryIO, wanted: RawGenre) -> None:
        """Store the items that were there, else one with all values, or none; and ID3v1's genre."""
        values = wanted.values if wanted.present else None
        ape_items.store(stream, values=values, entries=wanted.entries)
        # Without a tag before, the tag is ours, and undo removes it.
        if not wanted.present and wanted.version is TagVersion.ONLY:
            ape_items.remove_empty(stream)
        if wanted.id3v1 is not None:
            id3v1.put(stream, wanted.id3v1)

    def other_frames(self, stream: BinaryIO) -> tuple[Frame, ...]:
        """Return every other item as bytes, and the tags around the file, less a genre, as bytes.

        Raises
        ------
        LayoutError
            A tag is damaged or longer than the file.
        """
        tag = ape_items.find(stream)
        frames = ape_items.others(stream, tag) if tag else []
        start, end = mpeg.audio_span(stream)
        stretches = {"in front": (0, start), "behind": (end, id3v1.end_of_others(stream))}
        for name, (first, last) in stretches.items():
            around = ape_items.without(stream, tag, start=first, end=last)
            frames += [(f"tags {name}", around)] if around else []
        return numbered(frames)
