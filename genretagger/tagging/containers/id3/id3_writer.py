"""Writes the genre to ID3 tags in every container, and to second tags beside them.

Only TCON is replaced in the tag: mutagen's own `save` would merge, sort and re-encode other frames,
and drop flags, the extended header, the CRC and frames that it cannot decode.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import BinaryIO, Final

from mutagen.id3 import ID3, TCON, Encoding

from genretagger.core.tracks import RawGenre, TagVersion
from genretagger.tagging.containers import ape_items
from genretagger.tagging.containers.id3 import (
    id3_frames,
    id3_further,
    id3_location,
    id3_proof,
    id3_secondary,
    id3_tag,
    id3_upgrade,
    id3v1,
)
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
from genretagger.tagging.layout import LayoutError

UPGRADE_NEEDED: Final = "id3v22-read-only"
JOINED: Final = (TagVersion.ID3V22, TagVersion.ID3V23)  # a tag of 2.2 is written as one of 2.3
DATES: Final = ("TDRC", "TYER", "TDOR")  # the first that is there is shown
_ID3V2: Final = (*JOINED, TagVersion.ID3V24)


def genre_names(values: Iterable[str]) -> tuple[str, ...]:
    """Return genres by name: `(17)` and `17` are Rock, `(4)Eurodisco` is Disco and Eurodisco.

    A number without a name, which mutagen calls Unknown, stays as it is.
    """
    names: list[str] = []
    for value in values:
        parsed = TCON(encoding=Encoding.UTF8, text=[value]).genres
        names += [value] if "Unknown" in parsed and "Unknown" not in value else parsed
    return clean_texts(names)


def fields(tags: ID3) -> Fields:
    """Return the fields of a tag for the track list, including those of an ID3v1 tag."""

    def of(name: str) -> str:
        return join(tags[name].text) if name in tags else ""

    def number(name: str) -> int | None:
        return parse_position(tags[name].text) if name in tags else None

    genres = genre_names(tags["TCON"].text) if "TCON" in tags else ()
    shown = of("TIT2"), of("TPE1"), of("TALB"), of("TPE2"), genres
    # TSO2 comes from iTunes; ID3 has no frame for the sort name of an album artist.
    sort_names = of("TSOP"), of("TSO2")
    year = next((year for name in DATES if (year := parse_year([of(name)]))), None)
    return Fields(*shown, *sort_names, number("TPOS"), number("TRCK"), year)


class Id3Writer(Writer):
    """ID3: TCON in the first ID3v2 tag, and the genre in the tags beside it."""

    def further_genres(self, stream: BinaryIO) -> tuple[str, ...]:
        """Return the genre names in all ID3v2 tags but the first; () if one is damaged."""
        try:
            return genre_names(id3_further.read_genre_values(stream, container=self.container))
        except LayoutError:
            return ()

    def refusal(self, stream: BinaryIO) -> str | None:
        """Return why this file is not written; `UPGRADE_NEEDED` only if nothing else is wrong."""
        try:
            if key := id3_location.find_refusal(stream, container=self.container):
                return key
            tag = self._tag(stream)
            if genre_names(id3_further.read_genre_values(stream, container=self.container)):
                return "id3-twice" if tag.size else "id3-buried"
            key = ape_items.find_refusal(stream) if self._is_bare else None
        except LayoutError as error:
            return "apev2-damaged" if error.part == "APEv2" else "id3-damaged"
        if key or tag.major != id3_upgrade.FROM:
            return key
        try:
            id3_upgrade.upgrade(tag)
        except LayoutError:
            return "id3v22-frame"
        return UPGRADE_NEEDED

    def raw_genre(self, stream: BinaryIO) -> RawGenre:
        """Return the values of TCON before any translation and the genre byte of an ID3v1 tag.

        A TCON that is empty or does not decode has no values.

        Raises
        ------
        LayoutError
            A tag is cut off or damaged, or sizes in the file do not fit.
        """
        tag = self._tag(stream)
        frames = [frame for frame in tag.frames if frame.is_genre]
        v1 = id3v1.read_genre(stream) if self._is_bare else None
        return RawGenre(
            self.container,
            tag.version or self._version_without(stream, v1=v1),
            id3_further.decode_values(tag),
            present=bool(frames),
            id3v1=v1,
            entries=tuple(frame.stored().hex() for frame in frames),
            beside=id3_secondary.read_second_genres(stream, container=self.container),
        )

    def names(self, raw: RawGenre) -> tuple[str, ...]:
        """Return the genre by name: from TCON, else from a secondary tag, else from ID3v1.

        TagLib uses the same order, because an ID3v1 tag can only hold a name from its own list.
        """
        if raw.present:
            return genre_names(raw.values)
        secondary = clean_texts(value for second in raw.beside for value in second.values)
        if secondary or raw.id3v1 in (None, id3v1.NO_GENRE):
            return secondary
        return genre_names((str(raw.id3v1),))

    def make_raw_genre(
        self, before: RawGenre, *, genres: tuple[str, ...], separator: str
    ) -> RawGenre:
        """Return TCON for `genres`: one joined string in ID3v2.3, discrete values in ID3v2.4.

        There is no TCON if a new ID3v2 tag would hide an ID3v1 or APEv2 tag that takes the genre.
        """
        is_joined = before.version in JOINED
        version = TagVersion.ID3V23 if is_joined else TagVersion.ID3V24
        values = (separator.join(genres),) if is_joined else genres
        v1 = None if before.id3v1 is None else id3v1.find_number(genres[0])
        secondary = tuple(
            id3_secondary.make_second_genre(second, genres) for second in before.beside
        )
        new = RawGenre(self.container, version, values, present=True, id3v1=v1, beside=secondary)
        is_v1_enough = before.version is TagVersion.V1 and id3v1.is_named(genres)
        if before.version is TagVersion.APEV2 or (is_v1_enough and not secondary):
            return replace(new, version=before.version, values=(), present=False)
        return new

    def taken_back(self, current: RawGenre, *, before: RawGenre, after: RawGenre) -> RawGenre:
        """Return `before`, with the old genre also in tags where another program copied ours.

        TagLib, on saving, adds ID3v1 and ID3v2 tags to every MP3, and an INFO list to every WAV.
        """
        ours, old = self.names(after), self.names(before)
        v1 = before.id3v1
        if v1 is None and current.id3v1 is not None and ours:
            is_copy = current.id3v1 == id3v1.find_number(ours[0]) != id3v1.NO_GENRE
            v1 = (id3v1.find_number(old[0]) if old else id3v1.NO_GENRE) if is_copy else None
        known_places = {second.place for second in before.beside}
        added = [second for second in current.beside if second.place not in known_places]
        copies = tuple(
            id3_secondary.make_second_genre(second, old)
            for second in added
            if second.values == id3_secondary.make_second_genre(second, ours).values
        )
        restored = replace(before, id3v1=v1, beside=before.beside + copies)
        if current.present and not after.present and old:  # the new ID3v2 tag hides ID3v1 and APEv2
            return replace(restored, version=current.version, values=old, present=True)
        return restored

    def accepts(self, new: RawGenre) -> bool:
        """Return whether ID3 reads every value as it is, unlike `17`, `RX`, `(4)Disco` and `255`.

        Source: id3.org, "id3v2.3.0", 4.2.1 (TCON); "id3v2.4.0-frames", 4.2.3.
        """
        return all(TCON(encoding=Encoding.UTF8, text=[v]).genres == [v] for v in new.values)

    def store(self, stream: BinaryIO, new: RawGenre) -> None:
        """Store TCON in the tag's own version, byte 127 of an ID3v1 tag, and secondary genres.

        Raises
        ------
        LayoutError
            A tag is damaged, or the new one would be too large or, as mutagen reads it, differ in
            more than TCON.
        OSError
            The disk failed; the file may be damaged.
        """
        old_data = id3_location.read_tag(stream, container=self.container)
        tag = id3_upgrade.upgrade(id3_tag.parse(old_data))
        # Other programs read this data, and may find frames in what we take for padding.
        shown = old_data if tag.frames or tag.rest else b""
        if not shown and new.present:
            tag = replace(tag, frames=self._fields_of_v1(stream, tag))
        frames = id3_tag.with_genre(tag, _genre_frames(tag, new))
        new_data = id3_tag.build(tag, frames)
        if new.version not in _ID3V2 and self._is_ours(stream, frames, tag):
            new_data = b""  # undo removes a tag that we added
        if not id3_proof.is_right(new_data, shown, new):
            raise LayoutError("ID3v2")
        if new_data != old_data:
            id3_location.store_tag(stream, new_data, container=self.container)
        if self._is_bare and new.id3v1 is not None:
            id3v1.store_genre(stream, new.id3v1)
        for second in new.beside:
            id3_secondary.store(stream, second, container=self.container)

    def other_frames(self, stream: BinaryIO) -> tuple[Frame, ...]:
        """Return every ID3 frame but TCON, the ID3v1 tag without its genre, and other tags.

        An ID3v2.2 tag counts as its upgrade, and a tag without other frames as a new tag.

        Raises
        ------
        LayoutError
            A tag is cut off or damaged, or sizes in the file do not fit.
        """
        tag = id3_upgrade.upgrade(self._tag(stream))
        kept = [frame for frame in tag.frames if not frame.is_genre]
        kept = kept or [*self._fields_of_v1(stream, tag)]
        frames = [(frame.name, frame.flags + frame.data) for frame in kept]
        # The form of a tag without other frames does not count, because the tag may be removed.
        frames += id3_proof.describe_form(tag) if frames else []
        frames += [("ID3v2 rest", tag.rest)] if tag.rest else []
        frames += id3_location.read_others(stream, container=self.container)
        if self._is_bare:
            frames += id3_proof.read_around(stream)
        return number_frames(frames)

    def _tag(self, stream: BinaryIO) -> id3_tag.Id3Tag:
        return id3_tag.parse(id3_location.read_tag(stream, container=self.container))

    def _version_without(self, stream: BinaryIO, *, v1: int | None) -> TagVersion:
        """Return the version for a missing ID3v2 tag: the tag that holds the genre instead."""
        if id3_secondary.is_main(stream, container=self.container):
            return TagVersion.APEV2
        return TagVersion.ONLY if v1 is None else TagVersion.V1

    def _fields_of_v1(
        self, stream: BinaryIO, tag: id3_tag.Id3Tag
    ) -> tuple[id3_frames.RawFrame, ...]:
        """Return frames for the fields of ID3v1, which a new or empty tag would hide."""
        return id3v1.read_frames(stream, major=tag.major) if self._is_bare else ()

    def _is_ours(self, stream: BinaryIO, frames: list[bytes], tag: id3_tag.Id3Tag) -> bool:
        """Return whether a tag holds only what a new tag would hold."""
        own = [frame.exact() for frame in self._fields_of_v1(stream, tag)]
        return not tag.rest and (not frames or frames == own)

    @property
    def _is_bare(self) -> bool:
        """Whether the audio is not in chunks, so that other tags may surround it."""
        return self.container in id3_location.BARE


def _genre_frames(tag: id3_tag.Id3Tag, new: RawGenre) -> list[bytes]:
    """Return the stored frames of `new` if they fit the version of the tag, else new frames."""
    if new.entries and new.version == f"2.{tag.major}":
        return [bytes.fromhex(entry) for entry in new.entries]
    if not any(new.values):
        return []
    return [id3_frames.build_genre_frame(new.values, major=tag.major, is_wide=tag.is_wide)]
