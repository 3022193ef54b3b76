"""Vorbis comments: FLAC, Ogg Vorbis, Opus, Speex and Ogg FLAC."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import BinaryIO, Final

from genretagger.core.tracks import RawGenre, TagVersion
from genretagger.tagging.containers.id3 import id3_further, id3v1
from genretagger.tagging.containers.vorbis import flac_comments, ogg_comments
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
from genretagger.tagging.layout import LayoutError, comments, flac, ogg, peek, read_at

_FIELD: Final = "GENRE"
# A film's stream may stand in front of the one with our comments.
_CODECS: Final = {
    "ogg": b"\x01vorbis",
    "opus": b"OpusHead",
    "spx": b"Speex   ",
    "oga": b"\x7fFLAC",
}


def fields(tags: Sequence[tuple[str, str]]) -> Fields:
    """Return what the track list shows of Vorbis comments, each a name and a value."""

    def of(name: str) -> list[str]:
        return [value for key, value in tags if key.lower() == name]

    return Fields(
        join(of("title")),
        join(of("artist")),
        join(of("album")),
        join(of("albumartist") or of("album artist")),
        clean_texts(of("genre")),
        join(of("artistsort")),
        join(of("albumartistsort")),
        parse_position(of("discnumber")),
        parse_position(of("tracknumber")),
        parse_year(of("date") or of("year") or of("originaldate")),
    )


class VorbisWriter(Writer):
    """Vorbis comments: the genre is every comment GENRE. A subclass knows where they stand."""

    @abstractmethod
    def _comments(self, stream: BinaryIO) -> comments.Comments | None:
        """Return the comments of the file, None if it has no place for them yet."""

    @abstractmethod
    def _put(self, stream: BinaryIO, data: bytes) -> None:
        """Replace the comments of a file open for reading and writing by `data`."""

    def raw_genre(self, stream: BinaryIO) -> RawGenre:
        """Return the values of every GENRE, whatever the case of its name.

        Raises
        ------
        LayoutError
            The comments are cut off.
        """
        current = self._comments(stream)
        entries = [entry for entry in current.entries if _is_genre(entry)] if current else []
        values = tuple(entry.partition(b"=")[2].decode("utf-8", "replace") for entry in entries)
        stored = tuple(entry.hex() for entry in entries)
        is_present = bool(entries)
        return RawGenre(self.container, TagVersion.ONLY, values, present=is_present, entries=stored)

    def store(self, stream: BinaryIO, new: RawGenre) -> None:
        """Store the entries that were there, else one GENRE comment per value, or none.

        They take the place of the first old one, else the last place. New comments of a FLAC file
        name no encoder, as none is known.
        """
        entries = [bytes.fromhex(entry) for entry in new.entries]
        if not entries and new.present:
            entries = [f"{_FIELD}={value}".encode() for value in new.values]
        current = self._comments(stream) or comments.Comments(b"", (), b"")
        old = current.entries
        at = next((index for index, entry in enumerate(old) if _is_genre(entry)), len(old))
        before, after = ([e for e in part if not _is_genre(e)] for part in (old[:at], old[at:]))
        replaced = comments.Comments(current.vendor, (*before, *entries, *after), current.rest)
        self._put(stream, comments.build(replaced))

    def other_frames(self, stream: BinaryIO) -> tuple[Frame, ...]:
        """Return every comment but GENRE as bytes, the vendor, and other metadata of the file.

        Raises
        ------
        LayoutError
            The file is cut off.
        """
        frames: list[tuple[str, bytes]] = []
        current = self._comments(stream)
        if current:
            frames += [("vendor", current.vendor)] if current.vendor else []
            others = [entry for entry in current.entries if not _is_genre(entry)]
            frames += [(_name(entry), entry) for entry in others]
            if current.rest:  # padding, or an application's own data (RFC 7845, 5.2)
                frames.append(("what follows the comments", current.rest))
        return number_frames(frames + self._other_blocks(stream))

    @abstractmethod
    def _other_blocks(self, stream: BinaryIO) -> list[tuple[str, bytes]]:
        """Return name and bytes of other metadata of the file."""


class FlacWriter(VorbisWriter):
    """FLAC: the first comment block, and the genre of an ID3v1 tag behind."""

    def refusal(self, stream: BinaryIO) -> str | None:
        """Return why the comments are not written.

        The only genre is in an ID3v2 tag in front, which FFmpeg and TagLib show as long as the
        comments have none.
        """
        is_empty = not name_genres(VorbisWriter.raw_genre(self, stream))
        return "tag-in-front" if is_empty and id3_further.is_genre_in_front(stream) else None

    def raw_genre(self, stream: BinaryIO) -> RawGenre:
        """Return the values of every GENRE, and the genre byte of an ID3v1 tag."""
        raw = VorbisWriter.raw_genre(self, stream)
        return replace(raw, id3v1=id3v1.read_genre(stream))

    def names(self, raw: RawGenre) -> tuple[str, ...]:
        """Return the genre by name: of the comments, else of ID3v1."""
        return id3v1.name_genres_of_file(raw)

    def make_raw_genre(
        self, before: RawGenre, *, genres: tuple[str, ...], separator: str
    ) -> RawGenre:
        """Return one entry per genre, and the byte of ID3v1 in step with them."""
        new = Writer.make_raw_genre(self, before, genres=genres, separator=separator)
        return replace(new, id3v1=id3v1.keep_in_step(before.id3v1, genres))

    def store(self, stream: BinaryIO, new: RawGenre) -> None:
        """Store the comments, and the genre byte of an ID3v1 tag."""
        VorbisWriter.store(self, stream, new)
        if new.id3v1 is not None:
            id3v1.store_genre(stream, new.id3v1)

    def _comments(self, stream: BinaryIO) -> comments.Comments | None:
        block = flac_comments.find_block(stream)
        if block is None:
            return None
        return comments.parse(read_at(stream, block.start, size=block.size, part="FLAC"))

    def _put(self, stream: BinaryIO, data: bytes) -> None:
        flac_comments.replace(stream, data)

    def _other_blocks(self, stream: BinaryIO) -> list[tuple[str, bytes]]:
        """Return every block except padding and the first comments, and the tags around."""
        layout, first = flac.parse(stream), flac_comments.find_block(stream)
        frames = []
        for block in layout.blocks:
            if block.kind != flac.PADDING and block != first:
                data = read_at(stream, block.start, size=block.size, part="FLAC")
                frames.append((f"metadata block {block.kind}", data))
        if layout.start:
            frames.append(("ID3v2", peek(stream, 0, size=layout.start)))
        if layout.end < (end := id3v1.find_end_of_others(stream)):
            frames.append(("tags behind", peek(stream, layout.end, size=end - layout.end)))
        return frames


class OggWriter(VorbisWriter):
    """Ogg Vorbis, Opus, Speex and Ogg FLAC: the second packet of the first stream of the codec."""

    @property
    def _codec(self) -> bytes:
        return _CODECS[self.container]

    def refusal(self, stream: BinaryIO) -> str | None:
        """Return why the comments are not written.

        The checksum of a page is wrong: decoders see that, and new pages would hide the damage.

        Raises
        ------
        LayoutError
            The file is cut off or has no comments.
        """
        return None if ogg_comments.is_whole(stream, codec=self._codec) else "ogg-checksum"

    def _comments(self, stream: BinaryIO) -> comments.Comments:
        packet = ogg_comments.read(stream, codec=self._codec)
        return comments.parse(packet[len(self._mark(packet)) :])

    def _put(self, stream: BinaryIO, data: bytes) -> None:
        mark = self._mark(ogg_comments.read(stream, codec=self._codec))
        if self.container == "oga":
            mark = flac.build_block_head(mark, size=len(data))
        ogg_comments.replace(stream, mark + data, codec=self._codec)

    def _mark(self, packet: bytes) -> bytes:
        """Return the bytes in front of the comments in their packet."""
        if self.container == "oga":  # the head of a FLAC metadata block (RFC 9639, 10.1)
            if not packet or packet[0] & 0x7F != flac.VORBIS_COMMENT:
                raise LayoutError("Ogg FLAC")
            return packet[: flac.BLOCK_HEAD_BYTES]
        mark = ogg.COMMENT_MARKS[self._codec]
        if not packet.startswith(mark):
            raise LayoutError("Ogg")
        return mark

    def _other_blocks(self, stream: BinaryIO) -> list[tuple[str, bytes]]:
        """Return the other headers of Ogg FLAC; those of other codecs are in the audio digest."""
        if self.container != "oga":
            return []
        packets = ogg.read_packets(stream, codec=self._codec)
        headers = takewhile(lambda packet: packet[:1] != b"\xff", packets)  # the first frame
        return [("header", packet) for index, packet in enumerate(headers) if index != 1]


def _is_genre(entry: bytes) -> bool:
    return entry.upper().startswith(_FIELD.encode() + b"=")


def _name(entry: bytes) -> str:
    return entry.partition(b"=")[0].decode("ascii", "replace").upper()
