"""The base class of writers, and what turns fields and frames into comparable values."""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, BinaryIO, Final

from genretagger.core.errors import printable
from genretagger.core.tracks import RawGenre, TagVersion

# No album has more discs or tracks than six digits can count.
_NUMBER: Final = re.compile(r"[0-9]{1,6}(?![0-9])")
# A year alone or in a date, as in 1999, 1999-05-01, 19990501 and 1 May 1999.
_YEAR: Final = re.compile(r"(?<![0-9])[12][0-9]{3}(?=(?:[01][0-9][0-3][0-9])?(?![0-9]))")
# Name of the frame, number among those of its name, SHA-256 of its decoded value.
Frame = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Fields:
    """What the track list shows; several values of a field are joined."""

    title: str = ""
    artist: str = ""
    album: str = ""
    album_artist: str = ""
    genres: tuple[str, ...] = ()
    artist_sort: str = ""
    album_artist_sort: str = ""
    disc_number: int | None = None
    track_number: int | None = None
    year: int | None = None

    def completed(self, others: Fields) -> Fields:
        """Return these fields, the empty ones taken from other tags of the same file."""
        own = {name: value for name, value in asdict(self).items() if value}
        return replace(others, **own)


@dataclass(frozen=True, slots=True)
class Writer(ABC):
    """Reads and stores the genre in open files of `container`; a subclass is a family of tags."""

    container: str

    @abstractmethod
    def refusal(self, stream: BinaryIO) -> str | None:
        """Return the message key of why this file is not written, None if it can be."""

    def further_genres(self, stream: BinaryIO) -> tuple[str, ...]:
        """Return the names of genres in further tags, which keep the file from being written."""
        return ()

    @abstractmethod
    def raw_genre(self, stream: BinaryIO) -> RawGenre:
        """Return the genre exactly as stored."""

    def names(self, raw: RawGenre) -> tuple[str, ...]:
        """Return the genre as the track list shows it."""
        return name_genres(raw)

    def make_raw_genre(
        self, before: RawGenre, *, genres: tuple[str, ...], separator: str
    ) -> RawGenre:
        """Return what to store so that a file that holds `before` gets `genres`.

        By default one entry per genre; `separator` joins them where a tag holds one string only.
        """
        return RawGenre(self.container, TagVersion.ONLY, genres, present=True)

    def taken_back(self, current: RawGenre, *, before: RawGenre, after: RawGenre) -> RawGenre:
        """Return what to store by an undo by value in a file that holds `current`.

        That is `before`, with what another program made of our genre, `after`, in further tags.
        """
        return before

    def accepts(self, new: RawGenre) -> bool:
        """Return whether every program will read the values of `new` as they are."""
        return True

    @abstractmethod
    def store(self, stream: BinaryIO, new: RawGenre) -> None:
        """Store `new` in a file that is open for writing."""

    @abstractmethod
    def other_frames(self, stream: BinaryIO) -> tuple[Frame, ...]:
        """Return everything in the tags but the genre, in an order that does not matter."""


def name_genres(raw: RawGenre) -> tuple[str, ...]:
    """Return the values that are not blank."""
    return clean_texts(raw.values)


def join(values: Iterable[Any] | None) -> str:
    """Return the values of a field as one line."""
    return "; ".join(text for value in values or () if (text := str(value).strip()))


def parse_position(values: Iterable[Any] | None) -> int | None:
    """Return the number that a position begins with, as 3 of "3/12"; None without one."""
    found = _NUMBER.match(join(values))
    return int(found[0]) if found else None


def parse_year(values: Iterable[Any] | None) -> int | None:
    """Return the first year in the values of a date, None without one."""
    found = _YEAR.search(join(values))
    return int(found[0]) if found else None


def clean_texts(values: Iterable[Any] | None) -> tuple[str, ...]:
    """Return the values of a field that are not blank, each once."""
    stripped = (str(value).strip() for value in values or ())
    return tuple(dict.fromkeys(text for text in stripped if text))


def number_frames(frames: Iterable[tuple[str, bytes]]) -> tuple[Frame, ...]:
    """Return `frames` (name and value) sorted, numbered within each name, values hashed.

    Names are made printable, whatever the file holds.
    """
    counts: Counter[str] = Counter()
    result = []
    for stored, value in frames:
        name = printable(stored)
        result.append((name, counts[name], hashlib.sha256(value).hexdigest()))
        counts[name] += 1
    return tuple(sorted(result))
