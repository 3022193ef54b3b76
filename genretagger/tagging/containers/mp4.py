"""MP4 and M4A: the atoms of `moov.udta.meta.ilst`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, BinaryIO, Final

from mutagen.id3 import TCON
from mutagen.mp4 import MP4, MP4Tags

from genretagger.core.tracks import RawGenre, TagVersion
from genretagger.tagging.containers.mutagen_internals import Clamped, set_raw_atoms
from genretagger.tagging.containers.writer import (
    Fields,
    Frame,
    Writer,
    clean_texts,
    join,
    number_frames,
    parse_year,
)
from genretagger.tagging.layout import mp4, mp4_samples, peek, read_at, size_of

_GENRE: Final = "\xa9gen"
_TEXT_GENRE: Final = b"\xa9gen"
_NUMBER_GENRE: Final = b"gnre"  # a number of ID3v1 plus one (iTunes)
_MUTAGENS: Final = (b"ilst", b"hdlr", b"free")  # in `meta`; it adds and resizes them
_VALUE_AT: Final = 8  # type and locale stand in front of the value in a `data` atom


def fields(tags: MP4Tags) -> Fields:
    """Return what the track list shows of the atoms; mutagen gives `gnre` as text."""
    return Fields(
        join(tags.get("\xa9nam")),
        join(tags.get("\xa9ART")),
        join(tags.get("\xa9alb")),
        join(tags.get("aART")),
        clean_texts(tags.get(_GENRE)),
        join(tags.get("soar")),
        join(tags.get("soaa")),
        _place(tags.get("disk")),
        _place(tags.get("trkn")),
        parse_year(tags.get("\xa9day")),
    )


def _place(pairs: list[tuple[int, int]] | None) -> int | None:
    """Return the position of a pair of position and count, None for 0."""
    return (pairs[0][0] or None) if pairs else None


class Mp4Writer(Writer):
    """MP4: the atom of text, else that of a number."""

    def refusal(self, stream: BinaryIO) -> str | None:
        """Return why this file is not written.

        Mutagen moves only the first fragment's offsets, and nobody can say whether samples outside
        `mdat` move along. (Offsets beyond the file's end lead to nothing.)

        Raises
        ------
        LayoutError
            The file is cut off.
        """
        if mp4.is_quicktime(stream):
            return "mp4-quicktime"
        atoms = mp4.read_top_level(stream)
        if any(atom.name == b"moof" for atom in atoms):
            return "mp4-fragmented"
        payloads = [atom for atom in atoms if atom.name == b"mdat"]
        end = atoms[-1].end if atoms else 0
        if all(
            start >= end
            or any(atom.start <= start and min(stop, end) <= atom.end for atom in payloads)
            for start, stop in mp4_samples.find_chunk_spans(stream)
        ):
            return None
        return "mp4-misplaced"

    def raw_genre(self, stream: BinaryIO) -> RawGenre:
        """Return the values of `(c)gen`, or those of `gnre` as numbers under the version "gnre".

        Raises
        ------
        LayoutError
            The file is cut off.
        """
        items = _items(stream)
        texts_found = [item for item in items if item.name == _TEXT_GENRE]
        numbers = [item for item in items if item.name == _NUMBER_GENRE]
        entries = tuple(
            (item.name + _payload(stream, item)).hex() for item in (*texts_found, *numbers)
        )
        if numbers and not texts_found:
            values = [
                str(int.from_bytes(v, "big")) for item in numbers for v in _values(stream, item)
            ]
            return RawGenre(
                self.container, TagVersion.GNRE, tuple(values), present=True, entries=entries
            )
        values = [v.decode("utf-8", "replace") for i in texts_found for v in _values(stream, i)]
        return RawGenre(
            self.container,
            TagVersion.ONLY,
            tuple(values),
            present=bool(texts_found),
            entries=entries,
        )

    def names(self, raw: RawGenre) -> tuple[str, ...]:
        """Return the genre by name; a number without a name is left out, as mutagen does."""
        if raw.version is not TagVersion.GNRE:
            return clean_texts(raw.values)
        numbers = [int(value) for value in raw.values]
        return clean_texts(TCON.GENRES[n - 1] for n in numbers if 1 <= n <= len(TCON.GENRES))

    def store(self, stream: BinaryIO, new: RawGenre) -> None:
        """Store the genre; lay aside meanwhile what other programs put behind the atoms."""
        end = mp4.find_end(stream)
        behind = peek(stream, end, size=size_of(stream) - end)
        stream.truncate(end)
        _store(stream, new, names=self.names(new))
        stream.seek(0, os.SEEK_END)
        stream.write(behind)

    def other_frames(self, stream: BinaryIO) -> tuple[Frame, ...]:
        """Return every atom of the list except the genre, and the atoms beside the list, as bytes.

        Raises
        ------
        LayoutError
            The file is cut off.
        """
        others = [item for item in _items(stream) if not _is_genre(item)]
        for meta in mp4.find_atoms(stream, b"moov", b"udta", b"meta"):
            others += [
                atom for atom in mp4.read_children(stream, meta) if atom.name not in _MUTAGENS
            ]
        frames = [(f"atom {a.name.decode('latin-1')}", _payload(stream, a)) for a in others]
        end, size = mp4.find_end(stream), size_of(stream)
        return number_frames([*frames, ("tags behind", peek(stream, end, size=size - end))])


def _items(stream: BinaryIO) -> list[mp4.Atom]:
    lists = mp4.find_atoms(stream, b"moov", b"udta", b"meta", b"ilst")
    return [item for found in lists for item in mp4.read_children(stream, found)]


def _payload(stream: BinaryIO, atom: mp4.Atom) -> bytes:
    return read_at(stream, atom.start, size=atom.end - atom.start, part="MP4 ilst")


def _values(stream: BinaryIO, item: mp4.Atom) -> list[bytes]:
    return [
        _payload(stream, data)[_VALUE_AT:]
        for data in mp4.read_children(stream, item)
        if data.name == b"data"
    ]


def _store(stream: BinaryIO, new: RawGenre, *, names: Sequence[str]) -> None:
    """Store earlier atoms of a genre, else its text; all other atoms stay as bytes.

    Mutagen would merge atoms of one name and take a cover of unknown type for a JPEG. Nor could it
    write a `gnre`, or text that is not UTF-8.
    """
    file: Any = MP4(fileobj=Clamped(stream))
    if file.tags is None:
        file.add_tags()
    others = [(item.name, _payload(stream, item)) for item in _items(stream) if not _is_genre(item)]
    stored = [(entry[:4], entry[4:]) for entry in map(bytes.fromhex, new.entries)]
    set_raw_atoms(file.tags, (*others, *stored))
    if new.present and not stored:
        file.tags[_GENRE] = list(names)
    stream.seek(0)
    file.save(fileobj=stream)


def _is_genre(item: mp4.Atom) -> bool:
    return item.name in (_TEXT_GENRE, _NUMBER_GENRE)
