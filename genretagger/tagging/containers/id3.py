"""ID3: reading it in every container that carries it, writing it in MP3."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from mutagen import apev2
from mutagen.id3 import ID3, TCON, Encoding, ID3NoHeaderError
from mutagen.id3 import delete as delete_tags

from genretagger.core.datatypes import RawGenre
from genretagger.tagging.containers import id3_frames
from genretagger.tagging.containers.family import Fields, Frame, joined, numbered, texts
from genretagger.tagging.containers.limits import Clamped
from genretagger.tagging.layout import mpeg, peek

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_GENRE: Final = 255  # of an ID3v1 tag
_GENRE_AT: Final = 127
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


# All families take the same arguments; not each needs them all.
def refusal(stream: BinaryIO, *, container: str) -> str | None:  # noqa: ARG001
    """Return why this MP3 is not written: ID3v2.2, or an APEv2 tag that may hold another genre."""
    if id3_frames.version(stream) == "2.2":
        return "id3v22-read-only"
    try:
        if "Genre" in apev2.APEv2(Clamped(stream)):
            return "apev2-genre"
    except apev2.APENoHeaderError:
        return None
    except apev2.error:
        return "apev2-damaged"
    return None


def raw_genre(stream: BinaryIO, *, container: str) -> RawGenre:
    """Return the values of TCON before any translation and the genre byte of an ID3v1 tag.

    A TCON that is empty or does not decode has no values.

    Raises
    ------
    LayoutError
        A tag is cut off.
    """
    frames = [frame for frame in id3_frames.split(stream) if frame.name == "TCON"]
    values: list[str] = []
    for frame in frames:
        decoded = frame.decoded()
        values += decoded.text if isinstance(decoded, TCON) else ()
    v1 = _v1_genre(stream)
    version = id3_frames.version(stream) or ("1" if v1 is not None else "")
    entries = tuple(frame.stored().hex() for frame in frames)
    return RawGenre(container, version, tuple(values), bool(frames), v1, entries)


def _v1_genre(stream: BinaryIO) -> int | None:
    offset = mpeg.id3v1_offset(stream)
    return None if offset is None else peek(stream, offset + _GENRE_AT, size=1)[0]


def names(raw: RawGenre) -> tuple[str, ...]:
    """Return the genre by name; an ID3v1 tag counts where TCON is missing."""
    if not raw.present and raw.id3v1 not in (None, _NO_GENRE):
        return genre_names((str(raw.id3v1),))
    return genre_names(raw.values)


def wanted(before: RawGenre, *, genres: tuple[str, ...], separator: str) -> RawGenre:
    """Return TCON for `genres`: one joined string in ID3v2.3, discrete values in ID3v2.4."""
    version = "2.3" if before.version == "2.3" else "2.4"
    values = (separator.join(genres),) if version == "2.3" else genres
    v1 = None if before.id3v1 is None else _v1_number(genres[0])
    return RawGenre(before.container, version, values, present=True, id3v1=v1)


def takes(wanted: RawGenre) -> bool:
    """Return whether no value is one that ID3 reads as another: `17`, `RX`, `(4)Disco`, `255`.

    Source: id3.org, "id3v2.3.0", 4.2.1 (TCON); "id3v2.4.0-frames", 4.2.3.
    """
    return all(TCON(encoding=Encoding.UTF8, text=[v]).genres == [v] for v in wanted.values)


def _v1_number(genre: str) -> int:
    folded = [name.casefold() for name in _V1_NAMES]
    return folded.index(genre.casefold()) if genre.casefold() in folded else _NO_GENRE


def store(stream: BinaryIO, wanted: RawGenre) -> None:
    """Store TCON in the tag's own version and byte 127 of an ID3v1 tag.

    Frames that mutagen would drop, and the TCON that undo puts back, pass through as bytes.
    Without `translate=False`, `load_v1=False` and `v23_sep=None` mutagen would upgrade ID3v2.3,
    copy the ID3v1 fields into the new tag and join every list of the tag, not only ours.
    """
    v1_offset = mpeg.id3v1_offset(stream)
    v1 = (
        bytearray(peek(stream, v1_offset, size=mpeg.ID3V1_BYTES)) if v1_offset is not None else None
    )
    stream.seek(0)
    try:
        tag = ID3(fileobj=stream, translate=False, load_v1=False)
    except ID3NoHeaderError:
        tag = ID3()
    is_v23 = tag.version[:2] == (2, 3)
    tag.delall("TCON")
    as_it_was = bool(wanted.entries) and wanted.version == id3_frames.version(stream)
    if wanted.present and not as_it_was:
        tag.add(TCON(encoding=_encoding(wanted.values, is_v23=is_v23), text=list(wanted.values)))
    _pass_through(stream, tag, wanted.entries if as_it_was else ())
    stream.seek(0)
    if not tag and not tag.unknown_frames and wanted.version in ("", "1"):
        delete_tags(fileobj=stream, delete_v1=False)  # the tag was ours: undo takes it away
    else:
        # v1=0 removes the ID3v1 tag; v1=1 would rewrite its title, artist, year and comment.
        tag.save(fileobj=stream, v1=0, v2_version=3 if is_v23 else 4, v23_sep=None)
    if v1 is not None and wanted.id3v1 is not None:
        v1[_GENRE_AT] = wanted.id3v1
        _put_v1(stream, bytes(v1))


def _pass_through(stream: BinaryIO, tag: ID3, entries: Iterable[str]) -> None:
    """Have `tag` written with `entries` and with the frames that mutagen would drop, as bytes.

    Mutagen writes `unknown_frames` behind all others, but none without content: all go in one
    piece, closed by a byte of padding.
    """
    lost = [f for f in id3_frames.split(stream) if f.name != "TCON" and f.is_lost()]
    for frame in lost:
        key = frame.identity()
        if key in tag and not str(tag[key]):  # a text frame without text
            del tag[key]
    kept = [f for f in tag.unknown_frames if not f.startswith(b"TCON")]
    raw = [*(f.stored() for f in lost), *map(bytes.fromhex, entries)]
    tag.unknown_frames = [*kept, b"".join(raw) + b"\0"] if raw else kept


def _encoding(values: tuple[str, ...], *, is_v23: bool) -> int:
    """Return the encoding for text: UTF-8 is not allowed in ID3v2.3 (id3.org, 2.3.0, 3.3)."""
    if not is_v23:
        return Encoding.UTF8
    latin1 = all(ord(character) < 256 for value in values for character in value)
    return Encoding.LATIN1 if latin1 else Encoding.UTF16


def _put_v1(stream: BinaryIO, v1: bytes) -> None:
    offset = mpeg.id3v1_offset(stream)
    if offset is None:
        stream.seek(0, 2)
    else:
        stream.seek(offset)
    stream.write(v1)


# All families take the same arguments; not each needs them all.
def other_frames(stream: BinaryIO, *, container: str) -> tuple[Frame, ...]:  # noqa: ARG001
    """Return every ID3 frame but TCON, the ID3v1 tag without its genre, and other tags as bytes.

    Raises
    ------
    LayoutError
        A tag is cut off.
    """
    frames = [
        (frame.identity(), frame.value())
        for frame in id3_frames.split(stream)
        if frame.name != "TCON"
    ]
    start, end = mpeg.audio_span(stream)
    first = mpeg.id3v2_bytes(stream, 0)
    v1_offset = mpeg.id3v1_offset(stream)
    around = BytesIO()
    around.write(peek(stream, first, size=start - first))
    around.write(peek(stream, end, size=-1 if v1_offset is None else v1_offset - end))
    if around.tell():
        frames.append(("other tags", around.getvalue()))
    if v1_offset is not None:
        frames.append(("ID3v1", peek(stream, v1_offset, size=_GENRE_AT)))
    return numbered(frames)
