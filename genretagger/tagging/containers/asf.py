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
    joined,
    numbered,
    position,
    texts,
)
from genretagger.tagging.layout import asf, blocks, peek, size_of

_NAME: Final = "WM/Genre"
# The objects that hold attributes, as an entry of `RawGenre` names them.
_PLACES: Final = {"d": asf.DESCRIPTION, "m": asf.METADATA, "l": asf.LIBRARY}


def fields(tags: ASFTags) -> Fields:
    """Return what the track list shows of the attributes."""
    return Fields(
        joined(tags.get("Title")),
        joined(tags.get("Author")),
        joined(tags.get("WM/AlbumTitle")),
        joined(tags.get("WM/AlbumArtist")),
        texts(tags.get(_NAME)),
        joined(tags.get("WM/ArtistSortOrder")),
        joined(tags.get("WM/AlbumArtistSortOrder")),
        position(tags.get("WM/PartOfSet")),
        position(tags.get("WM/TrackNumber") or tags.get("WM/Track")),
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
        header = asf.header(stream)
        asf.data_span(stream, header)
        if any(one.guid == asf.SIGNATURE for one in header.objects):
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
        found = [record for record in _records(stream) if record.name == _NAME]
        # As mutagen orders them: the Metadata Library holds what the other two had no room for.
        found.sort(key=lambda record: list(_PLACES.values()).index(record.place))
        letters = {place: letter for letter, place in _PLACES.items()}
        entries = tuple(letters[one.place] + one.stored.hex() for one in found)
        values = tuple(asf.text_of(one.value) for one in found)
        return RawGenre(
            self.container, TagVersion.ONLY, values, present=bool(found), entries=entries
        )

    def store(self, stream: BinaryIO, wanted: RawGenre) -> None:
        """Store the attributes that were there, else one per value, or none."""
        values = wanted.values if wanted.present else ()
        pairs = [
            asf_header.text_record(_NAME, value, first=number == 0)
            for number, value in enumerate(values)
        ]
        if wanted.entries:
            pairs = [(_PLACES[entry[0]], bytes.fromhex(entry[1:])) for entry in wanted.entries]
        new: dict[bytes, list[bytes]] = {}
        for place, record in pairs:
            new.setdefault(place, []).append(record)
        header, size = asf.header(stream), size_of(stream)
        data = asf_header.replaced(header, name=_NAME, new=new, file_bytes=size)
        splice(stream, data, start=0, end=header.size)

    def other_frames(self, stream: BinaryIO) -> tuple[Frame, ...]:
        """Return every other attribute and object of the header, and what stands around the audio.

        Raises
        ------
        LayoutError
            Header or data are damaged or longer than the file.
        """
        header = asf.header(stream)
        frames: list[tuple[str, bytes]] = [("header", header.reserved + header.rest)]
        extensions = [one for one in header.objects if one.guid == asf.EXTENSION]
        frames += [("header extension", extra) for one in extensions if (extra := _unusual(one))]
        for one in asf.flat(header):
            found, rest = asf.records(one)
            frames += [(record.name, record.stored) for record in found if record.name != _NAME]
            if rest:
                frames.append((f"object {one.guid.hex()}", asf_header.without_file_size(one, rest)))
        start, end = asf.data_span(stream, header)
        frames.append(("head of the data", peek(stream, start, size=asf.DATA_HEAD_BYTES)))
        behind = hashlib.sha256()
        for block in blocks(stream, start=end, end=size_of(stream)):
            behind.update(block)
        return numbered([*frames, ("what follows the audio", behind.digest())])


def _records(stream: BinaryIO) -> list[asf.Record]:
    return [record for one in asf.flat(asf.header(stream)) for record in asf.records(one)[0]]


def _unusual(extension: asf.AsfObject) -> bytes:
    """Return what stands around the objects of a Header Extension, nothing if it is as usual."""
    begin = extension.payload[: len(asf.EXTENSION_BEGIN)]
    _, rest = asf.extension(extension.payload)
    return begin + rest if rest or begin != asf.EXTENSION_BEGIN else b""
