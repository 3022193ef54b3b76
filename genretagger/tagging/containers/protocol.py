"""What every family of tags provides, and how frames are made comparable."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, BinaryIO, Final, Protocol

from genretagger.core.errors import printable
from genretagger.core.tracks import RawGenre

# No album has more discs or tracks than six digits can count.
_NUMBER: Final = re.compile(r"[0-9]{1,6}(?![0-9])")
# Name of the frame, number among those of its name, SHA-256 of its decoded value.
Frame = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Fields:
    """What a track list shows; several values of one field are joined."""

    title: str = ""
    artist: str = ""
    album: str = ""
    album_artist: str = ""
    genres: tuple[str, ...] = ()
    artist_sort: str = ""
    album_artist_sort: str = ""
    disc_number: int | None = None
    track_number: int | None = None

    def completed(self, beside: Fields) -> Fields:
        """Return these fields, those that say nothing from other tags in the same file."""
        own = {name: value for name, value in asdict(self).items() if value}
        return replace(beside, **own)


class Writer(Protocol):
    """A family that can be written. All functions work on an open file."""

    def refusal(self, stream: BinaryIO, *, container: str) -> str | None:
        """Return the message key of why this file is not written, None if it can be."""

    def raw_genre(self, stream: BinaryIO, *, container: str) -> RawGenre:
        """Return the genre exactly as stored."""

    def names(self, raw: RawGenre) -> tuple[str, ...]:
        """Return the genre as `fields` shows it."""

    def wanted(self, before: RawGenre, *, genres: tuple[str, ...], separator: str) -> RawGenre:
        """Return what to store so that a file with `before` gets `genres`."""

    def takes(self, wanted: RawGenre) -> bool:
        """Return whether every program will read the values of `wanted` as they are."""

    def store(self, stream: BinaryIO, wanted: RawGenre) -> None:
        """Store `wanted` in a file that is open for writing."""

    def other_frames(self, stream: BinaryIO, *, container: str) -> tuple[Frame, ...]:
        """Return everything in the tags but the genre, in an order that does not matter."""


def plain_names(raw: RawGenre) -> tuple[str, ...]:
    """Return the values that are not blank: the `names` of a family whose genres are all names."""
    return texts(raw.values)


# All families take the same arguments; not each needs them all.
def one_each(before: RawGenre, *, genres: tuple[str, ...], separator: str) -> RawGenre:  # noqa: ARG001
    """Return one entry per genre: the `wanted` of a family whose tags have one version."""
    return RawGenre(before.container, "", genres, present=True)


# As above.
def takes_all(wanted: RawGenre) -> bool:  # noqa: ARG001
    """Return True: the `takes` of a family in which every name is read as it is."""
    return True


def joined(values: Iterable[Any] | None) -> str:
    """Return the values of a field as one line."""
    return "; ".join(text for value in values or () if (text := str(value).strip()))


def position(values: Iterable[Any] | None) -> int | None:
    """Return the number that a place on an album begins with, as 3 of "3/12"; None without one."""
    found = _NUMBER.match(joined(values))
    return int(found[0]) if found else None


def texts(values: Iterable[Any] | None) -> tuple[str, ...]:
    """Return the values of a field that are not blank, each once."""
    found = (str(value).strip() for value in values or ())
    return tuple(dict.fromkeys(text for text in found if text))


def numbered(frames: Iterable[tuple[str, bytes]]) -> tuple[Frame, ...]:
    """Return `frames` (name and value) sorted, numbered within each name, values hashed.

    A name can be printed, whatever the file has.
    """
    seen: Counter[str] = Counter()
    result = []
    for stored, value in frames:
        name = printable(stored)
        result.append((name, seen[name], hashlib.sha256(value).hexdigest()))
        seen[name] += 1
    return tuple(sorted(result))
