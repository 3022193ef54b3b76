"""ID3 in every container that carries it, and the second genre that may stand beside it.

TCON is replaced in the tag as it stands: mutagen's own `save` would merge, sort and re-encode other
frames, and drop flags, extended header, CRC and what it cannot decode.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO, Final

from mutagen.id3 import ID3, TCON, Encoding

from genretagger.core.tracks import RawGenre
from genretagger.tagging.containers import ape_items
from genretagger.tagging.containers.id3 import (
    id3_frames,
    id3_further,
    id3_location,
    id3_secondary,
    id3_tag,
    id3_upgrade,
    id3v1,
)
from genretagger.tagging.containers.protocol import Fields, Frame, joined, numbered, position, texts
from genretagger.tagging.layout import LayoutError, apev2, mpeg, peek, size_of

UPGRADE_NEEDED: Final = "id3v22-read-only"
_JOINED_VERSIONS: Final = ("2.2", "2.3")  # a tag of 2.2 is written as one of 2.3


def genre_names(values: Iterable[str]) -> tuple[str, ...]:
    """Return genres by name: `(17)` and `17` are Rock, `(4)Eurodisco` is Disco and Eurodisco.

    What mutagen would call Unknown, a number without a name, stays as it is.
    """
    names: list[str] = []
    for value in values:
        parsed = TCON(encoding=Encoding.UTF8, text=[value]).genres
        names += [value] if "Unknown" in parsed and "Unknown" not in value else parsed
    return texts(names)


def fields(tags: ID3) -> Fields:
    """Return what the track list shows of a tag, an ID3v1 tag behind it included."""

    def of(name: str) -> str:
        return joined(tags[name].text) if name in tags else ""

    def place(name: str) -> int | None:
        return position(tags[name].text) if name in tags else None

    genres = genre_names(tags["TCON"].text) if "TCON" in tags else ()
    shown = of("TIT2"), of("TPE1"), of("TALB"), of("TPE2"), genres
    # TSO2 is of iTunes; ID3 has no frame of its own for how an album artist sorts.
    return Fields(*shown, of("TSOP"), of("TSO2"), place("TPOS"), place("TRCK"))


def further_genres(stream: BinaryIO, *, container: str) -> tuple[str, ...]:
    """Return by name the genres in ID3v2 tags but the first; none where one is damaged."""
    try:
        return genre_names(id3_further.genre_values(stream, container=container))
    except LayoutError:
        return ()


def refusal(stream: BinaryIO, *, container: str) -> str | None:
    """Return why this file is not written; `UPGRADE_NEEDED` last, when nothing else is wrong."""
    try:
        if key := id3_location.refusal(stream, container=container):
            return key
        tag = _tag(stream, container=container)
        if genre_names(id3_further.genre_values(stream, container=container)):
            return "id3-twice" if tag.size else "id3-buried"
        key = ape_items.refusal(stream) if container in id3_location.BARE else None
    except LayoutError as error:
        return "apev2-damaged" if error.part == "APEv2" else "id3-damaged"
    if key or tag.major != id3_upgrade.FROM:
        return key
    try:
        id3_upgrade.upgraded(tag)
    except LayoutError:
        return "id3v22-frame"
    return UPGRADE_NEEDED


def _tag(stream: BinaryIO, *, container: str) -> id3_tag.Id3Tag:
    return id3_tag.parse(id3_location.tag(stream, container=container))


def raw_genre(stream: BinaryIO, *, container: str) -> RawGenre:
    """Return the values of TCON before any translation and the genre byte of an ID3v1 tag.

    A TCON that is empty or does not decode has no values.

    Raises
    ------
    LayoutError
        A tag is cut off or damaged, or sizes in the file do not fit.
    """
    tag = _tag(stream, container=container)
    frames = [frame for frame in tag.frames if frame.is_genre]
    v1 = id3v1.genre(stream) if container in id3_location.BARE else None
    return RawGenre(
        container,
        tag.version or _version_without(stream, container=container, v1=v1),
        id3_further.values(tag),
        present=bool(frames),
        id3v1=v1,
        entries=tuple(frame.stored().hex() for frame in frames),
        beside=id3_secondary.found(stream, container=container),
    )


def _version_without(stream: BinaryIO, *, container: str, v1: int | None) -> str:
    """Return what stands for the version of a missing ID3v2 tag: the tag that is there instead."""
    if id3_secondary.is_main(stream, container=container):
        return ape_items.PLACE
    return "1" if v1 is not None else ""


def names(raw: RawGenre) -> tuple[str, ...]:
    """Return the genre by name: of TCON, else of what stands beside ID3, else of ID3v1.

    TagLib's order too: an ID3v1 tag has room for one of its own names only.
    """
    if raw.present:
        return genre_names(raw.values)
    beside = texts(value for second in raw.beside for value in second.values)
    if beside or raw.id3v1 in (None, id3v1.NO_GENRE):
        return beside
    return genre_names((str(raw.id3v1),))


def wanted(before: RawGenre, *, genres: tuple[str, ...], separator: str) -> RawGenre:
    """Return TCON for `genres`: one joined string in ID3v2.3, discrete values in ID3v2.4.

    No TCON where a new ID3v2 tag would hide the ID3v1 or APEv2 tag, which takes the genre as well.
    """
    version = "2.3" if before.version in _JOINED_VERSIONS else "2.4"
    values = (separator.join(genres),) if version == "2.3" else genres
    v1 = None if before.id3v1 is None else id3v1.number(genres[0])
    beside = tuple(id3_secondary.wanted(second, genres) for second in before.beside)
    new = RawGenre(before.container, version, values, present=True, id3v1=v1, beside=beside)
    is_v1_enough = before.version == "1" and id3v1.is_named(genres)
    if before.version == "APEv2" or (is_v1_enough and not beside):
        return replace(new, version=before.version, values=(), present=False)
    return new


def taken_back(found: RawGenre, *, before: RawGenre, after: RawGenre) -> RawGenre:
    """Return `before` with the old genre also where another program copied ours to meanwhile.

    TagLib gives every MP3 tags of ID3v1 and ID3v2 on saving, and every WAV a list of INFO.
    """
    ours, old = names(after), names(before)
    v1 = before.id3v1
    if v1 is None and found.id3v1 is not None and ours:
        is_copy = found.id3v1 == id3v1.number(ours[0]) != id3v1.NO_GENRE
        v1 = (id3v1.number(old[0]) if old else id3v1.NO_GENRE) if is_copy else None
    known = {second.place for second in before.beside}
    copies = tuple(
        id3_secondary.wanted(second, old)
        for second in found.beside
        if second.place not in known and second.values == id3_secondary.wanted(second, ours).values
    )
    wanted = replace(before, id3v1=v1, beside=before.beside + copies)
    if found.present and not after.present and old:  # the new ID3v2 tag hides ID3v1 and APEv2
        return replace(wanted, version=found.version, values=old, present=True)
    return wanted


def takes(wanted: RawGenre) -> bool:
    """Return whether no value is one that ID3 reads as another: `17`, `RX`, `(4)Disco`, `255`.

    Source: id3.org, "id3v2.3.0", 4.2.1 (TCON); "id3v2.4.0-frames", 4.2.3.
    """
    return all(TCON(encoding=Encoding.UTF8, text=[v]).genres == [v] for v in wanted.values)


def store(stream: BinaryIO, wanted: RawGenre) -> None:
    """Store TCON in the tag's own version, byte 127 of an ID3v1 tag, and the genre beside ID3.

    Raises
    ------
    LayoutError
        A tag is damaged, would be too large or, read by mutagen, would differ in more than TCON.
    OSError
        The disk failed; the file may be spoilt.
    """
    container = wanted.container
    data = id3_location.tag(stream, container=container)
    tag = id3_upgrade.upgraded(id3_tag.parse(data))
    # What other programs look into, though they may find frames in what we take for padding.
    shown = data if tag.frames or tag.rest else b""
    if not shown and wanted.present:
        tag = replace(tag, frames=_fields_of_v1(stream, tag, container=container))
    frames = id3_tag.with_genre(tag, _genre_frames(tag, wanted))
    new = id3_tag.build(tag, frames)
    if not wanted.version.startswith("2") and _is_ours(stream, frames, tag, container=container):
        new = b""  # undo takes away what was ours
    if not _is_right(new, shown, wanted):
        raise LayoutError("ID3v2")
    if new != data:
        id3_location.put(stream, new, container=container)
    if container in id3_location.BARE and wanted.id3v1 is not None:
        id3v1.put(stream, wanted.id3v1)
    for second in wanted.beside:
        id3_secondary.store(stream, second, container=container)


def _fields_of_v1(
    stream: BinaryIO, tag: id3_tag.Id3Tag, *, container: str
) -> tuple[id3_frames.RawFrame, ...]:
    """Return the frames that a new or empty tag must hold, as it would hide those of ID3v1."""
    return id3v1.frames(stream, major=tag.major) if container in id3_location.BARE else ()


def _is_ours(stream: BinaryIO, frames: list[bytes], tag: id3_tag.Id3Tag, *, container: str) -> bool:
    """Return whether nothing is left in a tag but what a new one would hold."""
    own = [frame.exact() for frame in _fields_of_v1(stream, tag, container=container)]
    return not tag.rest and (not frames or frames == own)


def _genre_frames(tag: id3_tag.Id3Tag, wanted: RawGenre) -> list[bytes]:
    """Return the very frames that were there if the tag's version is theirs, else new ones."""
    if wanted.entries and wanted.version == f"2.{tag.major}":
        return [bytes.fromhex(entry) for entry in wanted.entries]
    if not any(wanted.values):
        return []
    return [id3_frames.genre_frame(wanted.values, major=tag.major, is_wide=tag.is_wide)]


def _is_right(new: bytes, old: bytes, wanted: RawGenre) -> bool:
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


def other_frames(stream: BinaryIO, *, container: str) -> tuple[Frame, ...]:
    """Return every ID3 frame but TCON, the ID3v1 tag without its genre, and all that is no audio.

    A tag of ID3v2.2 is taken as what it becomes, one without other frames as what a new one would
    hold.

    Raises
    ------
    LayoutError
        A tag is cut off or damaged, or sizes in the file do not fit.
    """
    tag = id3_upgrade.upgraded(_tag(stream, container=container))
    found = [frame for frame in tag.frames if not frame.is_genre]
    found = found or [*_fields_of_v1(stream, tag, container=container)]
    frames = [(frame.name, frame.flags + frame.data) for frame in found]
    frames += _form(tag) if frames else []  # that of an empty tag goes with it
    frames += [("ID3v2 rest", tag.rest)] if tag.rest else []
    frames += id3_location.others(stream, container=container)
    if container in id3_location.BARE:
        frames += _around(stream)
    return numbered(frames)


def _form(tag: id3_tag.Id3Tag) -> list[tuple[str, bytes]]:
    """Return the flags of a tag and the start of its extended header, which padding and CRC end."""
    extended = tag.extended[:6] + bytes([len(tag.extended) & 0xFF])  # size and flags
    form = bytes([tag.revision, tag.flags]) + extended
    return [("ID3v2 form", form)] if any(form) else []


def _around(stream: BinaryIO) -> list[tuple[str, bytes]]:
    """Return other tags in front of and behind the audio: of APEv2 items, of others bytes."""
    ape = ape_items.find(stream)
    frames = ape_items.others(stream, ape) if ape else []
    start, end = mpeg.audio_span(stream)
    first = mpeg.id3v2_bytes(stream, 0)
    v1 = mpeg.id3v1_offset(stream)
    stretches = [(first, start), (end, size_of(stream) if v1 is None else v1)]
    around = b"".join(_without(stream, ape, begin, stop) for begin, stop in stretches)
    frames += [("other tags", around)] if around else []
    return frames + ([("ID3v1", id3v1.others(stream))] if v1 is not None else [])


def _without(stream: BinaryIO, ape: apev2.ApeTag | None, start: int, end: int) -> bytes:
    """Return the bytes from `start` to `end`, less those of the APEv2 tag."""
    cut = (ape.start, ape.end) if ape and start <= ape.start < end else (end, end)
    return peek(stream, start, size=cut[0] - start) + peek(stream, cut[1], size=end - cut[1])
