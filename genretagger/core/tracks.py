"""Tracks and their files: frozen values, and the key under which a track's results are stored."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Final

from genretagger.core.errors import GenreTaggerError, printable_start
from genretagger.core.predictions import SegmentScores

_BESIDE_DIGEST: Final = "+"


@dataclass(frozen=True, slots=True)
class FileStamp:
    """Identity and state of a file, taken when it is looked at and compared before each write.

    Our own writes keep size and modification time, so these two alone prove nothing.
    """

    device: int
    inode: int
    size_bytes: int
    mtime_ns: int
    ctime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> FileStamp:
        """Take the stamp from a stat result."""
        return cls(
            status.st_dev,
            status.st_ino,
            status.st_size,
            status.st_mtime_ns,
            status.st_ctime_ns,
        )

    @property
    def size_and_time(self) -> tuple[int, int]:
        """What changes while a file is written: size in bytes, modification time in ns."""
        return self.size_bytes, self.mtime_ns


@dataclass(frozen=True, slots=True)
class TagReading:
    """The tags of one file, for display: genres by name, one string per field.

    `duration_s` is the length that the container claims, until the track is heard; None without a
    claim. `duration_estimated` marks a guess from the size of the file. `read_only` is the key of
    the message that says why the genre cannot be written, None if it can. `joins_genres` marks a
    tag that holds several genres as one joined string (ID3v2.3). `artist_sort` and
    `album_artist_sort` are names to sort by ("Beatles, The"). `disc_number` and `track_number` are
    None where no tag holds them, as is `year`, the first one in the tag's date. `bitrate_bps` is
    what the container claims, None without a claim. `share` is, of a file that is cut off, the
    part of its audio that is there; None for a whole file or if unknown.

    Equal texts are shared between tracks, to save memory in large libraries.
    """

    container: str
    title: str = ""
    artist: str = ""
    album: str = ""
    album_artist: str = ""
    genres: tuple[str, ...] = ()
    duration_s: float | None = None
    read_only: str | None = None
    joins_genres: bool = False
    artist_sort: str = ""
    album_artist_sort: str = ""
    disc_number: int | None = None
    track_number: int | None = None
    share: float | None = None
    duration_estimated: bool = False
    year: int | None = None
    bitrate_bps: int | None = None

    def __post_init__(self) -> None:
        """Escape what could steer or turn a text, and share those that tracks have in common.

        Genres stay as they are, because a write compares them with the file's.
        """
        object.__setattr__(self, "title", printable_start(self.title))
        for name in _SHARED_TEXTS:
            object.__setattr__(self, name, intern(printable_start(getattr(self, name))))
        object.__setattr__(self, "genres", _shared(self.genres))


_SHARED_TEXTS = ("container", "artist", "album", "album_artist", "artist_sort", "album_artist_sort")


@lru_cache(maxsize=4096)
def _shared(genres: tuple[str, ...]) -> tuple[str, ...]:
    """Return one tuple for equal genres, so that many tracks share it."""
    return genres


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Facts that only the detail of one file shows; None or "" where the file does not have them.

    cover : the bytes of the picture in the tags, not validated
    """

    date: str = ""
    track_number: str = ""
    disc_number: str = ""
    composer: str = ""
    label: str = ""
    sample_rate_hz: int | None = None
    channels: int | None = None
    bits_per_sample: int | None = None
    bitrate_bps: int | None = None
    cover: bytes = b""
    is_film: bool = False

    def __post_init__(self) -> None:
        """Cut texts that are too long, and escape what could steer or turn them."""
        for name in ("date", "track_number", "disc_number", "composer", "label"):
            object.__setattr__(self, name, printable_start(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Track:
    """One audio file as the scan found it."""

    path: Path
    tags: TagReading
    stamp: FileStamp

    @property
    def bitrate_bps(self) -> float | None:
        """The bit rate that the container claims, else that of the whole file if it has a length.

        Tags and pictures then count as audio: see `bitrate_estimated`.
        """
        if self.tags.bitrate_bps is not None or not self.tags.duration_s:
            return self.tags.bitrate_bps
        return self.stamp.size_bytes * 8 / self.tags.duration_s

    @property
    def bitrate_estimated(self) -> bool:
        """Whether the bit rate is taken from the size of the file, or from its first frames."""
        return self.tags.bitrate_bps is None or self.tags.duration_estimated


class TagVersion(StrEnum):
    """The version of the tag, or the other tag, that holds the genre of a file.

    The journal stores the values.
    """

    ONLY = ""  # the container knows one version, or there is no tag yet
    V1 = "1"  # ID3v1 alone where ID3v2 could be; APEv1 where APEv2 could be
    V2 = "2"  # APEv2 as a file's own tag
    ID3V22 = "2.2"
    ID3V23 = "2.3"
    ID3V24 = "2.4"
    APEV2 = "APEv2"  # alone, where ID3v2 could be
    GNRE = "gnre"  # the atom of MP4 that holds a number


@dataclass(frozen=True, slots=True)
class SecondGenre:
    """A copy of the genre in a second tag of the file, written together with the first.

    place : "APEv2" (beside ID3) or "INFO" (RIFF)
    """

    place: str
    values: tuple[str, ...]
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawGenre:
    """The genre of a file exactly as stored, so that undo can restore it.

    values : the texts of the container's own genre field (ID3 values before translation)
    version : which tag holds it where the container knows several
    present : whether the field existed; an empty field and a missing one differ
    id3v1 : the genre byte of an ID3v1 tag (255: none), None without such a tag
    entries : the bytes of each frame, comment or atom, in hexadecimal; () for a genre to write
    beside : genres in other tags of the file, () if there are none
    """

    container: str
    version: TagVersion
    values: tuple[str, ...]
    present: bool
    id3v1: int | None = None
    entries: tuple[str, ...] = ()
    beside: tuple[SecondGenre, ...] = ()


@dataclass(frozen=True, slots=True)
class TrackDetails:
    """Everything about one track that its row does not hold.

    segments : the scores along the track, in the order of `genres`; () if they are not known
    segment_s : length of a segment, 0 without segments
    deciding : index of the segment with the highest score of the predicted genre, else None
    facts : None if the file cannot be read; `error` is then the reason
    is_protected : whether the file is known to be write-protected
    """

    genres: tuple[str, ...] = ()
    segments: tuple[SegmentScores, ...] = ()
    segment_s: float = 0.0
    deciding: int | None = None
    facts: FileFacts | None = None
    size_bytes: int | None = None
    error: GenreTaggerError | None = None
    is_protected: bool = False


def hearing_key(audio_digest: str, beside: str = "") -> str:
    """Return the hearing key: the store keeps the results of hearing this audio under it.

    Parameters
    ----------
    audio_digest : str
        Hash of the audio.
    beside : str
        Further data that decides which audio is heard or how long it is: the hashed page times of
        an Ogg file, the stream number of an MP4. Empty for most files.
    """
    return audio_digest + _BESIDE_DIGEST + beside if beside else audio_digest


def audio_digest_of(key: str) -> str:
    """Return the audio digest that a hearing key begins with."""
    return key.partition(_BESIDE_DIGEST)[0]
