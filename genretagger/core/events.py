"""Events that a running job reports, the same for the window and the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from genretagger.core.errors import GenreTaggerError, PersonalError, shown
from genretagger.core.predictions import Prediction
from genretagger.core.tracks import Track, audio_digest_of
from genretagger.core.writes import Decision, WriteResult


class Stage(StrEnum):
    """The present stage of a job; the value is the word that the command line shows."""

    SAMPLES = "samples"
    SCAN = "scan"
    ANALYSE = "analyse"
    APPLY = "apply"
    UNDO = "undo"
    READ = "read"
    LEARN = "learn"


@dataclass(frozen=True, slots=True)
class TrackFound:
    """The scan found a track; its prediction will follow.

    hearing_key : the key of a track that another embedding heard, and that is heard again; else
        None
    decision : what the user decided on that audio before, if a review asked for it
    """

    track: Track
    hearing_key: str | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class AllFound:
    """The scan has ended: no further TrackFound follows."""


@dataclass(frozen=True, slots=True)
class HeardBefore:
    """How many of the tracks were heard by another embedding only, and are heard again.

    is_all : False if there may be more, because the walk waits until some of these are heard
    heard_by : names the embedding and the excerpt plan that hear now
    """

    n_tracks: int
    is_all: bool
    heard_by: str


@dataclass(frozen=True, slots=True)
class ClassifierSetAside:
    """The personal classifier in use is of another embedding; the model judges without it."""

    error: PersonalError


UpdateRemark = HeardBefore | ClassifierSetAside  # what an analysis tells after an update only


@dataclass(frozen=True, slots=True)
class TrackAnalysed:
    """A track has been heard, now or earlier (`cached`); its predictions are without segments.

    hearing_key : the key of its results in the store (`tagging.digest`)
    personal : the verdict of the personal classifier in use, None without one; if it is used
        instead of the model, `prediction` is the same verdict
    decision : what the user decided on the same audio before, if a review asked for it
    """

    track: Track
    hearing_key: str
    prediction: Prediction
    cached: bool = False
    personal: Prediction | None = None
    decision: Decision | None = None

    @property
    def audio_digest(self) -> str:
        """Hash of the whole audio, whichever part of it was heard."""
        return audio_digest_of(self.hearing_key)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that could not be handled; the job goes on.

    hearing_key : the key of a track that could not be heard, None if unknown; with it, a genre
        that the user gives the track can be written
    decision : what the user decided on the same audio before, if a review asked for it
    """

    path: Path
    error: GenreTaggerError
    track: Track | None = field(default=None)
    hearing_key: str | None = field(default=None)
    decision: Decision | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a job; `total` grows while a scan runs (0: not known yet)."""

    stage: Stage
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Recovered:
    """The outcome of a write that an earlier run left unsettled; not part of this job."""

    result: WriteResult


@dataclass(frozen=True, slots=True)
class UnreadableFolder:
    """A requested folder could not be read, so its contents are unknown.

    reason : why, None if it is away
    """

    path: Path
    reason: GenreTaggerError | None = None

    def error(self) -> GenreTaggerError:
        """Return the error that tells the user about it."""
        return self.reason or GenreTaggerError("root-missing", path=shown(self.path))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the user should know that did not stop the job."""

    error: GenreTaggerError
