"""What a change of the genre must keep of an ID3 tag and of the tags around the audio."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

from mutagen.id3 import ID3

from genretagger.core.tracks import RawGenre
from genretagger.tagging.containers import ape_items
from genretagger.tagging.containers.id3 import id3_tag, id3v1
from genretagger.tagging.layout import mpeg, size_of


def is_right(new: bytes, old: bytes, new_genre: RawGenre) -> bool:
    """Return whether mutagen reads the genre in the new tag and everything else as in the old."""
    if not new:
        return True
    tag = ID3(fileobj=BytesIO(new), translate=False, load_v1=False)
    genre = tuple(tag["TCON"].text) if "TCON" in tag else ()
    if new_genre.present and not new_genre.entries and genre != new_genre.values:
        return False
    if not old or old[3] != new[3]:  # proved frame by frame if upgraded
        return True
    return _seen(tag) == _seen(ID3(fileobj=BytesIO(old), translate=False, load_v1=False))


def _seen(tag: ID3) -> list[tuple[str, str]]:
    """Return everything that mutagen reads in a tag except the genre."""
    unknown = [("", repr(frame)) for frame in tag.unknown_frames if not frame.startswith(b"TCON")]
    return sorted((key, repr(frame)) for key, frame in tag.items() if key != "TCON") + unknown


def describe_form(tag: id3_tag.Id3Tag) -> list[tuple[str, bytes]]:
    """Return the flags of a tag and its extended header up to padding and CRC."""
    extended = tag.extended[:6] + bytes([len(tag.extended) & 0xFF])  # size and flags
    form = bytes([tag.revision, tag.flags]) + extended
    return [("ID3v2 form", form)] if any(form) else []


def read_around(stream: BinaryIO) -> list[tuple[str, bytes]]:
    """Return the other tags around the audio: APEv2 by item, others as bytes."""
    ape = ape_items.find(stream)
    frames = ape_items.read_others(stream, ape) if ape else []
    start, end = mpeg.find_audio(stream)
    first = mpeg.read_id3v2_size(stream, 0)
    v1 = mpeg.find_id3v1(stream)
    stretches = [(first, start), (end, size_of(stream) if v1 is None else v1)]
    around = b"".join(
        ape_items.read_without(stream, ape, start=begin, end=stop) for begin, stop in stretches
    )
    frames += [("other tags", around)] if around else []
    return frames + ([("ID3v1", id3v1.read_others(stream))] if v1 is not None else [])
