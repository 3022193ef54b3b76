"""ASF: the attributes of Windows Media."""

from __future__ import annotations

import hashlib
from typing import BinaryIO, Final

from mutagen.asf import ASFTags

from genretagger.core.tracks import RawGenre, TagVersion
from genretagger.tagging.containers import asf_header
from genretagger.tagging.containers.splice import splice
from genretagger.tagging.containers.writer import (
    Fields,
    Frame,
    Writer,
    clean_texts,
    join,
    number_frames,
    parse_position,
    parse_year,
)
from genretagger.tagging.layout import asf, blocks, peek, size_of

_NAME: Final = "WM/Genre"
# The objects that hold attributes, as an entry of `RawGenre` names them.
_PLACES: Final = {"d": asf.DESCRIPTION, "m": asf.METADATA, "l": asf.LIBRARY}


def fields(tags: ASFTags) -> Fields:
    """Return what the track list shows of the attributes."""
    return Fields(
        join(tags.get("Title")),
        join(tags.get("Author")),
        join(tags.get("WM/AlbumTitle")),
        join(tags.get("WM/AlbumArtist")),
        clean_texts(tags.get(_NAME)),
        join(tags.get("WM/ArtistSortOrder")),
        join(tags.get("WM/AlbumArtistSortOrder")),
        parse_position(tags.get("WM/PartOfSet")),
        parse_position(tags.get("WM/TrackNumber") or tags.get("WM/Track")),
        parse_year(tags.get("WM/Year")),
    )


class AsfWriter(Writer):
    """Windows Media: the attribute WM/Genre, in whichever objects it stands."""

    def refusal(self, stream: BinaryIO) -> str | None:
        """Return why the genre is not written: the header is signed, or the genre is not text.

        Raises
        ------
        LayoutError
            Header or data are damaged or longer than the file.
        """
        header = asf.read_header(stream)
        asf.find_data(stream, header)
        if any(item.guid == asf.SIGNATURE for item in header.objects):
            return "asf-signed"
        kinds = {record.kind for record in _records(stream) if record.name == _NAME}
        return "genre-not-text" if kinds - {asf.TEXT} else None

    def raw_genre(self, stream: BinaryIO) -> RawGenre:
        """Return the values of WM/Genre in all objects, whatever their language and stream.

        Raises
        ------
        LayoutError
            The header is damaged or longer than the file.
        """
        genres = [record for record in _records(stream) if record.name == _NAME]
        # As mutagen orders them: the Metadata Library holds what the other two had no room for.
        genres.sort(key=lambda record: list(_PLACES.values()).index(record.place))
        letters = {place: letter for letter, place in _PLACES.items()}
        entries = tuple(letters[record.place] + record.stored.hex() for record in genres)
        values = tuple(asf.decode_text(record.value) for record in genres)
        return RawGenre(
            self.container, TagVersion.ONLY, values, present=bool(genres), entries=entries
        )

    def store(self, stream: BinaryIO, new: RawGenre) -> None:
        """Store the attributes that were there, else one per value, or none."""
        values = new.values if new.present else ()
        pairs = [
            asf_header.build_text_record(_NAME, value, first=index == 0)
            for index, value in enumerate(values)
        ]
        if new.entries:
            pairs = [(_PLACES[entry[0]], bytes.fromhex(entry[1:])) for entry in new.entries]
        records_by_place: dict[bytes, list[bytes]] = {}
        for place, record in pairs:
            records_by_place.setdefault(place, []).append(record)
        header, size = asf.read_header(stream), size_of(stream)
        data = asf_header.replace_records(header, name=_NAME, new=records_by_place, file_bytes=size)
        splice(stream, data, start=0, end=header.size)

    def other_frames(self, stream: BinaryIO) -> tuple[Frame, ...]:
        """Return every other attribute and object of the header, and the bytes around the audio.

        Raises
        ------
        LayoutError
            Header or data are damaged or longer than the file.
        """
        header = asf.read_header(stream)
        frames: list[tuple[str, bytes]] = [("header", header.reserved + header.rest)]
        extensions = [item for item in header.objects if item.guid == asf.EXTENSION]
        frames += [("header extension", extra) for item in extensions if (extra := _unusual(item))]
        for item in asf.flatten(header):
            records, rest = asf.parse_records(item)
            frames += [(record.name, record.stored) for record in records if record.name != _NAME]
            if rest:
                frames.append((f"object {item.guid.hex()}", asf_header.strip_file_size(item, rest)))
        start, end = asf.find_data(stream, header)
        frames.append(("head of the data", peek(stream, start, size=asf.DATA_HEAD_BYTES)))
        behind = hashlib.sha256()
        for block in blocks(stream, start=end, end=size_of(stream)):
            behind.update(block)
        return number_frames([*frames, ("what follows the audio", behind.digest())])


def _records(stream: BinaryIO) -> list[asf.Record]:
    return [
        record
        for item in asf.flatten(asf.read_header(stream))
        for record in asf.parse_records(item)[0]
    ]


def _unusual(extension: asf.AsfObject) -> bytes:
    """Return the bytes around the objects of a Header Extension, none if they are usual."""
    begin = extension.payload[: len(asf.EXTENSION_BEGIN)]
    _, rest = asf.parse_extension(extension.payload)
    return begin + rest if rest or begin != asf.EXTENSION_BEGIN else b""
