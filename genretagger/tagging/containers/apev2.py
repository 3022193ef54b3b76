"""APEv2 as a file's own tag: Monkey's Audio, WavPack, Musepack, OptimFROG and TAK.

ID3 tags around the file belong to other programs and stay byte for byte, as around FLAC, except the
genre of ID3v1, which follows the genre of the file.
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
    clean_texts,
    join,
    name_genres,
    number_frames,
    parse_position,
    parse_year,
)
from genretagger.tagging.layout import apev2, mpeg, wavpack

_VERSIONS: Final = {apev2.VERSION_1: TagVersion.V1, apev2.VERSION_2: TagVersion.V2}


def fields(tags: APEv2) -> Fields:
    """Return what the track list shows of an APEv2 tag; keys have any case."""

    def of(*names: str) -> list[str]:
        values = (tags[name] for name in names if name in tags)
        return next((list(value) for value in values if isinstance(value, APETextValue)), [])

    return Fields(
        join(of("Title")),
        join(of("Artist")),
        join(of("Album")),
        join(of("Album Artist", "AlbumArtist")),
        clean_texts(of("Genre")),
        join(of("ArtistSort")),
        join(of("AlbumArtistSort")),
        parse_position(of("Disc")),
        parse_position(of("Track")),
        parse_year(of("Year", "Date")),
    )


class ApeWriter(Writer):
    """APEv2 as the file's own tag: the item Genre, and the genre of an ID3v1 tag behind."""

    def refusal(self, stream: BinaryIO) -> str | None:
        """Return why the genre is not written.

        It is read-only, no text or not counted, or stands only in an ID3v2 tag in front.

        Raises
        ------
        LayoutError
            The tag is damaged or longer than the file, or the audio is cut off (WavPack only).
        """
        if self.container == "wv":
            wavpack.require_whole(stream)
        if key := ape_items.find_refusal(stream):
            return key
        is_empty = not name_genres(self.raw_genre(stream))
        return "tag-in-front" if is_empty and id3_further.is_genre_in_front(stream) else None

    def raw_genre(self, stream: BinaryIO) -> RawGenre:
        """Return the values of the item Genre, whatever the case of its key.

        Includes the genre byte of an ID3v1 tag behind the audio.

        Raises
        ------
        LayoutError
            The tag is damaged or longer than the file.
        """
        tag = ape_items.find(stream)
        v1 = id3v1.read_genre(stream)
        if tag is None:
            return RawGenre(self.container, TagVersion.ONLY, (), present=False, id3v1=v1)
        values, entries = ape_items.read_genre(stream, tag)
        version = _VERSIONS[tag.version]
        return RawGenre(
            self.container, version, values, present=bool(entries), id3v1=v1, entries=entries
        )

    def names(self, raw: RawGenre) -> tuple[str, ...]:
        """Return the genre by name: of the own tag, else of ID3v1."""
        return id3v1.name_genres_of_file(raw)

    def make_raw_genre(
        self, before: RawGenre, *, genres: tuple[str, ...], separator: str
    ) -> RawGenre:
        """Return one item with a value per genre."""
        v1 = id3v1.keep_in_step(before.id3v1, genres)
        return RawGenre(self.container, before.version, genres, present=True, id3v1=v1)

    def accepts(self, new: RawGenre) -> bool:
        """Return whether the tag's version takes the values.

        An item of APEv1 is one ASCII text; UTF-8 and lists came with APEv2 (wiki.hydrogenaud.io,
        "APE Tag Item", "APE Item Value").
        """
        is_ascii_text = len(new.values) == 1 and new.values[0].isascii()
        return is_ascii_text or new.version is not TagVersion.V1

    def store(self, stream: BinaryIO, new: RawGenre) -> None:
        """Store the items that were there, else one with all values, or none; and ID3v1's genre."""
        values = new.values if new.present else None
        ape_items.store(stream, values=values, entries=new.entries)
        # Without a tag before, the tag is ours, and undo removes it.
        if not new.present and new.version is TagVersion.ONLY:
            ape_items.remove_empty(stream)
        if new.id3v1 is not None:
            id3v1.store_genre(stream, new.id3v1)

    def other_frames(self, stream: BinaryIO) -> tuple[Frame, ...]:
        """Return every other item and the tags around the file without a genre, as bytes.

        Raises
        ------
        LayoutError
            A tag is damaged or longer than the file.
        """
        tag = ape_items.find(stream)
        frames = ape_items.read_others(stream, tag) if tag else []
        start, end = mpeg.find_audio(stream)
        stretches = {"in front": (0, start), "behind": (end, id3v1.find_end_of_others(stream))}
        for name, (first, last) in stretches.items():
            around = ape_items.read_without(stream, tag, start=first, end=last)
            frames += [(f"tags {name}", around)] if around else []
        return number_frames(frames)
