"""Vorbis comments: FLAC, Ogg Vorbis, Opus, and reading them in Speex and Ogg FLAC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final, Self

from mutagen.flac import FLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from genretagger.core.datatypes import RawGenre
from genretagger.tagging.containers.family import Fields, Frame, joined, numbered, texts
from genretagger.tagging.layout import comments, flac, mpeg, ogg, peek, read_at

if TYPE_CHECKING:
    from mutagen._vorbis import VCommentDict

_FIELD: Final = "GENRE"
_KINDS: Final[dict[str, type[Any]]] = {"flac": FLAC, "ogg": OggVorbis, "opus": OggOpus}


def fields(tags: VCommentDict) -> Fields:
    """Return what the track list shows of Vorbis comments."""

    def of(name: str) -> list[str]:
        return [value for key, value in tags if key.lower() == name]

    return Fields(
        joined(of("title")),
        joined(of("artist")),
        joined(of("album")),
        joined(of("albumartist") or of("album artist")),
        texts(of("genre")),
    )


# All families take the same arguments; not each needs them all.
def refusal(stream: BinaryIO, *, container: str) -> str | None:  # noqa: ARG001
    """Return None: every file of this family can be written."""
    return None


def _comments(stream: BinaryIO, *, container: str) -> comments.Comments | None:
    """Return the comments of the file, None if it has no place for them yet (FLAC only)."""
    if container == "flac":
        for block in flac.parse(stream).blocks:
            if block.kind == flac.VORBIS_COMMENT:
                return comments.parse(read_at(stream, block.start, size=block.size, part="FLAC"))
        return None
    first, second = ogg.header_packets(stream, 2)
    mark = next(mark for codec, mark in ogg.COMMENT_MARKS.items() if first.startswith(codec))
    return comments.parse(second[len(mark) :])


def _is_genre(entry: bytes) -> bool:
    return entry.partition(b"=")[0].upper() == _FIELD.encode()


def raw_genre(stream: BinaryIO, *, container: str) -> RawGenre:
    """Return the values of every GENRE, whatever the case of its name.

    Raises
    ------
    LayoutError
        The comments are cut off.
    """
    found = _comments(stream, container=container)
    entries = [entry for entry in found.entries if _is_genre(entry)] if found else []
    values = tuple(entry.partition(b"=")[2].decode("utf-8", "replace") for entry in entries)
    stored = tuple(entry.hex() for entry in entries)
    return RawGenre(container, "", values, present=bool(entries), entries=stored)


def names(raw: RawGenre) -> tuple[str, ...]:
    """Return the values that are not blank."""
    return texts(raw.values)


# All families take the same arguments; not each needs them all.
def wanted(before: RawGenre, *, genres: tuple[str, ...], separator: str) -> RawGenre:  # noqa: ARG001
    """Return one comment per genre."""
    return RawGenre(before.container, "", genres, present=True)


# All families take the same arguments; not each needs them all.
def takes(wanted: RawGenre) -> bool:  # noqa: ARG001
    """Return True: every name is read as it is."""
    return True


class _Stored(str):
    """A value that mutagen encodes to the bytes it was made of, which may be no UTF-8."""

    __slots__ = ("_data",)
    _data: bytes

    def __new__(cls, data: bytes) -> Self:
        made = super().__new__(cls, data.decode("utf-8", "replace"))
        made._data = data
        return made

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:  # noqa: ARG002
        return self._data


def store(stream: BinaryIO, wanted: RawGenre) -> None:
    """Store the entries that were there, else one GENRE comment per value, or none."""
    stream.seek(0)
    file: Any = _KINDS[wanted.container](fileobj=stream)
    is_new = file.tags is None
    if is_new:
        file.add_tags()
    tags: Any = file.tags
    if is_new:
        tags.vendor = ""  # the name of the encoder: not known, and not mutagen
    if _FIELD in tags:
        del tags[_FIELD]
    if wanted.entries:
        for entry in map(bytes.fromhex, wanted.entries):
            key, _, value = entry.partition(b"=")
            tags.append((key.decode("ascii"), _Stored(value)))
    elif wanted.present:
        tags[_FIELD] = list(wanted.values)
    stream.seek(0)
    file.save(fileobj=stream)


def other_frames(stream: BinaryIO, *, container: str) -> tuple[Frame, ...]:
    """Return every comment but GENRE as bytes, the vendor, and what else FLAC carries.

    Raises
    ------
    LayoutError
        The file is cut off.
    """
    frames: list[tuple[str, bytes]] = []
    found = _comments(stream, container=container)
    if found:
        frames += [("vendor", found.vendor)] if found.vendor else []
        others = [entry for entry in found.entries if not _is_genre(entry)]
        frames += [(_name(entry), entry) for entry in others]
        if container == "opus" and found.rest[:1] and found.rest[0] & 1:
            frames.append(("OpusTags binary data", found.rest))  # RFC 7845, 5.2
    if container == "flac":
        frames += _flac_blocks(stream)
    return numbered(frames)


def _name(entry: bytes) -> str:
    return entry.partition(b"=")[0].decode("ascii", "replace").upper()


def _flac_blocks(stream: BinaryIO) -> list[tuple[str, bytes]]:
    """Return every block but padding and the first comments, and the ID3 tags around the file."""
    found = flac.parse(stream)
    comment_seen = False
    frames = []
    for block in found.blocks:
        if block.kind == flac.PADDING or (block.kind == flac.VORBIS_COMMENT and not comment_seen):
            comment_seen = comment_seen or block.kind == flac.VORBIS_COMMENT
            continue
        data = read_at(stream, block.start, size=block.size, part="FLAC")
        frames.append((f"metadata block {block.kind}", data))
    if found.start:
        frames.append(("ID3v2", peek(stream, 0, size=found.start)))
    if mpeg.id3v1_offset(stream) is not None:
        frames.append(("ID3v1", peek(stream, found.end, size=mpeg.ID3V1_BYTES)))
    return frames
