"""What a change of the genre must keep of an ID3 tag and of the tags around the audio."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

from mutagen.id3 import ID3

from genretagger.core.tracks import RawGenre
from genretagger.tagging.containers import ape_items
from genretagger.tagging.containers.id3 import id3_tag, id3v1
from genretagger.tagging.layout import mpeg, size_of


def is_right(new: bytes, old: bytes, wanted: RawGenre) -> bool:
    """Return whether mutagen finds the genre in a new tag and all else as in the old one."""
    if not new:
        return True
    tag = ID3(fileobj=BytesIO(new), translate=False, load_v1=False)
    genre = tuple(tag["TCON"].text) if "TCON" in tag else ()
    if wanted.present and not wanted.entries and genre != wanted.values:
        return False
    if not old or old[3] != new[3]:  # proved frame by frame if upgraded
        return True
    return _seen(tag) == _seen(ID3(fileobj=BytesIO(old), translate=False, load_v1=False))


def _seen(tag: ID3) -> list[tuple[str, str]]:
    """Return what mutagen sees in a tag but the genre."""
    unknown = [("", repr(frame)) for frame in tag.unknown_frames if not frame.startswith(b"TCON")]
    return sorted((key, repr(frame)) for key, frame in tag.items() if key != "TCON") + unknown


def form(tag: id3_tag.Id3Tag) -> list[tuple[str, bytes]]:
    """Return the flags of a tag and the start of its extended header, which padding and CRC end."""
    extended = tag.extended[:6] + bytes([len(tag.extended) & 0xFF])  # size and flags
    form = bytes([tag.revision, tag.flags]) + extended
    return [("ID3v2 form", form)] if any(form) else []


def around(stream: BinaryIO) -> list[tuple[str, bytes]]:
    """Return other tags in front of and behind the audio: of APEv2 items, of others bytes."""
    ape = ape_items.find(stream)
    frames = ape_items.others(stream, ape) if ape else []
    start, end = mpeg.audio_span(stream)
    first = mpeg.id3v2_bytes(stream, 0)
    v1 = mpeg.id3v1_offset(stream)
    stretches = [(first, start), (end, size_of(stream) if v1 is None else v1)]
    around = b"".join(
        ape_items.without(stream, ape, start=begin, end=stop) for begin, stop in stretches
    )
    frames += [("other tags", around)] if around else []
    return frames + ([("ID3v1", id3v1.others(stream))] if v1 is not None else [])
