"""Frozen values that pass between packages: no input or output, no logic beyond their fields."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from pathlib import Path
from sys import intern

from genretagger.core.errors import GenreTaggerError
from genretagger.core.hearing_keys import audio_digest_of
from genretagger.core.predictions import Prediction, SegmentScores


class Policy(Enum):
    """What to do with the genre that a file already has."""

    FILL = "fill"
    ADD = "add"
    REPLACE = "replace"


class WriteStatus(Enum):
    """What became of one file of an apply or undo."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REFUSED = "refused"
    FAILED = "failed"
    RESTORED = "restored"


class Action(Enum):
    """What the user settled for a track."""

    ACCEPT = "accept"
    REJECT = "reject"

    __hash__ = object.__hash__  # a member is one object; it is asked for every row


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


@dataclass(frozen=True, slots=True)
class TagReading:
    """What the tags of one file say, for display: genres by name, one string per field.

    `duration_s` is the container's own claim until the track was heard, None if it makes none, and
    `duration_estimated` whether that is a guess from the size of the file; `read_only` is the key
    of the message that says why the genre is not written for now, None if it can be; `joins_genres`
    says that several genres are written as one joined string (ID3v2.3). `artist_sort` and
    `album_artist_sort` are names to sort by ("Beatles, The"); `disc_number` and `track_number` the
    place on the album, None where nothing says it; `share` is the part of its audio that a file has
    which is cut off, None if it is whole or that is not known.

    What many tracks say is one object for all of them, as those of a whole library are held.
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

    def __post_init__(self) -> None:
        """Share the words of an album; a title is mostly its track's own."""
        for name in _SHARED_WORDS:
            object.__setattr__(self, name, intern(getattr(self, name)))
        object.__setattr__(self, "genres", _shared(self.genres))


_SHARED_WORDS = ("container", "artist", "album", "album_artist", "artist_sort", "album_artist_sort")


@lru_cache(maxsize=4096)
def _shared(genres: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first tuple of these genres that was seen of late."""
    return genres


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is shown of a file only where it is looked at closely; None or "" where it says nothing.

    cover : bytes of the picture in its tags, as they are: nobody has looked into them
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


@dataclass(frozen=True, slots=True)
class Track:
    """One audio file as the scan found it."""

    path: Path
    tags: TagReading
    stamp: FileStamp


@dataclass(frozen=True, slots=True)
class SecondGenre:
    """A genre that a file holds in a second place, where it follows the first; as `RawGenre`.

    place : "APEv2" (beside ID3) or "INFO" (RIFF)
    """

    place: str
    values: tuple[str, ...]
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawGenre:
    """The genre of a file exactly as stored, so that it can be put back.

    values : what the container's own genre field held, as text (ID3 values before translation)
    version : tag version where the container has several ("2.3", "2.4", "1" ...), else ""
    present : whether the field existed; an empty field and a missing one differ
    id3v1 : the genre byte of an ID3v1 tag (255: none), None without such a tag
    entries : the very bytes of each frame, comment or atom, in hexadecimal; () for what is wanted
    beside : genres in other tags of the file, () where they hold none
    """

    container: str
    version: str
    values: tuple[str, ...]
    present: bool
    id3v1: int | None = None
    entries: tuple[str, ...] = ()
    beside: tuple[SecondGenre, ...] = ()


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """One file and the genres wanted in it; None stands for "not checked".

    policy : for this file in the place of that of its batch
    """

    path: Path
    genres: tuple[str, ...]
    stamp: FileStamp | None = None
    audio_digest: str | None = None
    current_genres: tuple[str, ...] | None = None
    policy: Policy | None = None


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What became of one file of an apply or undo.

    `before` and `after` are genres by name; `reason` is None when there is nothing to explain.

    linked : device and inode of a file that changes under several names (hard links), else None
    """

    path: Path
    status: WriteStatus
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    reason: GenreTaggerError | None = None
    batch: str | None = None
    linked: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """One batch of the journal.

    `state` is written, nothing written, undone, partly undone, being written (just now, by another
    process), interrupted (not settled yet), unclear (settled, but of some file nobody can tell if
    it was written or restored) or damaged (nothing of it can be read).
    `damaged` says that a record was lost, usually the last one, in a crash; `size_bytes` is what
    the batch takes on the disk.
    """

    batch: str
    at_utc: str
    policy: str
    written: int
    undone: int
    state: str
    damaged: bool = False
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class WriteSummary:
    """One write of a batch, by genres' names.

    `state` is written, undone, failed, rolled back, being written, interrupted (not settled yet),
    gone or unclear; `reason` says why it failed or why its undo was refused, "" if there is nothing
    to explain.
    """

    number: int
    path: Path
    state: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user settled for a track; `genres` are the names to write, empty if rejected.

    `written` : it has been carried out and not been undone since
    `respells` : the genres are those of the file, spelled otherwise: they take their place under
        any policy, and nothing is said of what was heard
    """

    action: Action
    genres: tuple[str, ...] = ()
    written: bool = False
    respells: bool = False


@dataclass(frozen=True, slots=True)
class TrackFound:
    """The scan found a track; its prediction will follow."""

    track: Track


@dataclass(frozen=True, slots=True)
class TrackAnalysed:
    """A track has been heard, now or earlier (`cached`).

    hearing_key : what the store keeps it under (`tagging.digest`)
    personal : what the personal classifier in use says, None without one; where it is used instead
        of the model, `prediction` is the same
    """

    track: Track
    hearing_key: str
    prediction: Prediction
    cached: bool = False
    personal: Prediction | None = None

    @property
    def audio_digest(self) -> str:
        """Hash of the audio, whatever of it was heard."""
        return audio_digest_of(self.hearing_key)


@dataclass(frozen=True, slots=True)
class TrackDetails:
    """What is known of one track beyond its row.

    segments : what was heard along the track, scores in the order of `genres`; () if not known
    segment_s : length of each, 0 without segments
    deciding : number of the segment most of the genre that was heard, None without segments
    facts : None if the file cannot be read, for which `error` is the reason
    is_protected : whether the file may not be written, as far as that can be told
    """

    genres: tuple[str, ...] = ()
    segments: tuple[SegmentScores, ...] = ()
    segment_s: float = 0.0
    deciding: int | None = None
    facts: FileFacts | None = None
    size_bytes: int | None = None
    error: GenreTaggerError | None = None
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that could not be handled; the job goes on.

    `hearing_key` : of a track that could not be heard, where it is known: then a genre that the
        user gives it can be written
    """

    path: Path
    stage: str
    error: GenreTaggerError
    track: Track | None = field(default=None)
    hearing_key: str | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; `total` grows while a scan still runs (0: not known yet)."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of a write that an earlier run left unsettled; not part of this job."""

    result: WriteResult
