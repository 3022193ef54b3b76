"""ID3 in every container that carries it, and the second genre that may stand beside it.

TCON is replaced in the tag as it stands: mutagen's own `save` would merge, sort and re-encode other
frames, and drop flags, extended header, CRC and what it cannot decode.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from mutagen.id3 import ID3, TCON, Encoding

from genretagger.core.datatypes import RawGenre, SecondGenre
from genretagger.tagging.containers import (
    ape_items,
    id3_frames,
    id3_places,
    id3_tag,
    id3_upgrade,
    riff_info,
)
from genretagger.tagging.containers.family import Fields, Frame, joined, numbered, texts
from genretagger.tagging.containers.splice import splice
from genretagger.tagging.layout import LayoutError, apev2, mpeg, peek, size_of

if TYPE_CHECKING:
    from collections.abc import Iterable

UPGRADE_NEEDED: Final = "id3v22-read-only"
_NO_GENRE: Final = 255  # of an ID3v1 tag
_GENRE_AT: Final = 127
_JOINED_VERSIONS: Final = ("2.2", "2.3")  # a tag of 2.2 is written as one of 2.3
_V1_NAMES: Final = TCON.GENRES


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

    genres = genre_names(tags["TCON"].text) if "TCON" in tags else ()
    return Fields(of("TIT2"), of("TPE1"), of("TALB"), of("TPE2"), genres)


def refusal(stream: BinaryIO, *, container: str) -> str | None:
    """Return why this file is not written; `UPGRADE_NEEDED` last, when nothing else is wrong."""
    try:
        key = id3_places.refusal(stream, container=container)
        tag = _tag(stream, container=container)
        key = key or (ape_items.refusal(stream) if container in id3_places.BARE else None)
    except LayoutError as error:
        return "apev2-damaged" if error.part == "APEv2" else "id3-damaged"
    if key or tag.major != id3_upgrade.FROM:
        return key
    try:
        id3_upgrade.upgraded(tag)
    except LayoutError:
        return "id3v22-frame"
    return UPGRADE_NEEDED


def _tag(stream: BinaryIO, *, container: str) -> id3_tag.Tag:
    return id3_tag.parse(id3_places.tag(stream, container=container))


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
    values: list[str] = []
    for frame in frames:
        decoded = frame.decoded()
        values += decoded.text if isinstance(decoded, TCON) else ()
    v1 = _v1_genre(stream) if container in id3_places.BARE else None
    return RawGenre(
        container,
        tag.version or ("1" if v1 is not None else ""),
        tuple(values),
        present=bool(frames),
        id3v1=v1,
        entries=tuple(frame.stored().hex() for frame in frames),
        beside=_beside(stream, container=container),
    )


def _beside(stream: BinaryIO, *, container: str) -> tuple[SecondGenre, ...]:
    second = None
    if container in id3_places.BARE:
        second = ape_items.second_genre(stream)
    elif container == "wav":
        second = riff_info.second_genre(stream)
    return (second,) if second else ()


def _v1_genre(stream: BinaryIO) -> int | None:
    offset = mpeg.id3v1_offset(stream)
    return None if offset is None else peek(stream, offset + _GENRE_AT, size=1)[0]


def names(raw: RawGenre) -> tuple[str, ...]:
    """Return the genre by name: of TCON, else of an ID3v1 tag, else of what stands beside ID3."""
    if raw.present:
        return genre_names(raw.values)
    if raw.id3v1 not in (None, _NO_GENRE):
        return genre_names((str(raw.id3v1),))
    return texts(value for second in raw.beside for value in second.values)


def wanted(before: RawGenre, *, genres: tuple[str, ...], separator: str) -> RawGenre:
    """Return TCON for `genres`: one joined string in ID3v2.3, discrete values in ID3v2.4."""
    version = "2.3" if before.version in _JOINED_VERSIONS else "2.4"
    values = (separator.join(genres),) if version == "2.3" else genres
    v1 = None if before.id3v1 is None else _v1_number(genres[0])
    beside = tuple(
        riff_info.wanted(genres) if place == riff_info.PLACE else SecondGenre(place, genres)
        for place in (second.place for second in before.beside)
    )
    return RawGenre(before.container, version, values, present=True, id3v1=v1, beside=beside)


def takes(wanted: RawGenre) -> bool:
    """Return whether no value is one that ID3 reads as another: `17`, `RX`, `(4)Disco`, `255`.

    Source: id3.org, "id3v2.3.0", 4.2.1 (TCON); "id3v2.4.0-frames", 4.2.3.
    """
    return all(TCON(encoding=Encoding.UTF8, text=[v]).genres == [v] for v in wanted.values)


def _v1_number(genre: str) -> int:
    folded = [name.casefold() for name in _V1_NAMES]
    return folded.index(genre.casefold()) if genre.casefold() in folded else _NO_GENRE


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
    data = id3_places.tag(stream, container=container)
    tag = id3_upgrade.upgraded(id3_tag.parse(data))
    frames = id3_tag.with_genre(tag, _genre_frames(tag, wanted))
    is_ours = not frames and not tag.rest and wanted.version in ("", "1")
    new = b"" if is_ours else id3_tag.build(tag, frames)  # undo takes away a tag that was ours
    if data[3:4] == new[3:4] and _seen(data) != _seen(new):
        raise LayoutError("ID3v2")
    if new != data:
        id3_places.put(stream, new, container=container)
    if container in id3_places.BARE and wanted.id3v1 is not None:
        _put_v1(stream, wanted.id3v1)
    for second in wanted.beside:
        _put_beside(stream, second, container=container)


def _genre_frames(tag: id3_tag.Tag, wanted: RawGenre) -> list[bytes]:
    """Return the very frames that were there if the tag's version is theirs, else new ones."""
    if wanted.entries and wanted.version == f"2.{tag.major}":
        return [bytes.fromhex(entry) for entry in wanted.entries]
    return [id3_frames.genre_frame(wanted.values, major=tag.major)] if wanted.present else []


def _seen(data: bytes) -> list[tuple[str, str]]:
    """Return what mutagen sees in a tag but the genre: an independent reading."""
    tag = ID3(fileobj=BytesIO(data), translate=False, load_v1=False)
    unknown = [("", repr(frame)) for frame in tag.unknown_frames if not frame.startswith(b"TCON")]
    return sorted((key, repr(frame)) for key, frame in tag.items() if key != "TCON") + unknown


def _put_v1(stream: BinaryIO, genre: int) -> None:
    offset = mpeg.id3v1_offset(stream)
    if offset is not None:
        at = offset + _GENRE_AT
        splice(stream, bytes([genre]), start=at, end=at + 1)


def _put_beside(stream: BinaryIO, second: SecondGenre, *, container: str) -> None:
    """Store a genre beside ID3 if there still is one."""
    found = {there.place for there in _beside(stream, container=container)}
    if second.place not in found:
        return
    if second.place == riff_info.PLACE:
        riff_info.store(stream, second)
    else:
        ape_items.store(stream, values=second.values, entries=second.entries)


def other_frames(stream: BinaryIO, *, container: str) -> tuple[Frame, ...]:
    """Return every ID3 frame but TCON, the ID3v1 tag without its genre, and all that is no audio.

    A tag of ID3v2.2 that can be upgraded is taken as what it becomes.

    Raises
    ------
    LayoutError
        A tag is cut off or damaged, or sizes in the file do not fit.
    """
    tag = id3_upgrade.upgraded(_tag(stream, container=container))
    frames = [(f.name, f.flags + f.data) for f in tag.frames if not f.is_genre]
    frames += [("ID3v2 rest", tag.rest)] if tag.rest else []
    frames += id3_places.others(stream, container=container)
    if container in id3_places.BARE:
        frames += _around(stream)
    return numbered(frames)


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
    return frames + ([("ID3v1", peek(stream, v1, size=_GENRE_AT))] if v1 is not None else [])


def _without(stream: BinaryIO, ape: apev2.Tag | None, start: int, end: int) -> bytes:
    """Return the bytes from `start` to `end`, less those of the APEv2 tag."""
    cut = (ape.start, ape.end) if ape and start <= ape.start < end else (end, end)
    return peek(stream, start, size=cut[0] - start) + peek(stream, cut[1], size=end - cut[1])
