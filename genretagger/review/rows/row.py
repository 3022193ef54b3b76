"""One row of the review: a track, what was heard, what was settled, and the state that follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from pathlib import Path

from genretagger.core.errors import GenreTaggerError, TrackSilentError, TrackTooShortError
from genretagger.core.genres import NO_MAPPING, GenreMapping, find_genres, find_missing, vocabulary
from genretagger.core.hearing_keys import audio_digest_of
from genretagger.core.predictions import GenreScore, Level, Prediction, Unsure
from genretagger.core.tracks import FileStamp, Track
from genretagger.core.writes import Action, Decision
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.confidence_levels import PERSONAL_PREFIX
from genretagger.review.rows.packed_scores import iterate_genres


class State(Enum):
    """Where a row stands; the value is the English word for it."""

    PENDING = "pending"
    MISSING = "missing genre"
    AGREES = "agrees"
    DIFFERS = "differs"
    UNSURE = "unsure"
    NOT_MUSIC = "not music"
    SILENT = "silent"
    TOO_SHORT = "too short"
    FAILED = "failed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WRITTEN = "written"

    __hash__ = object.__hash__  # a member is one object; states of all rows are counted


@dataclass(frozen=True, slots=True)
class Row:
    """A track under review; a change makes a new row.

    track : None for a file or folder that could not be read at all
    current_genres : what the file holds now, by name
    stamp : state of the file at the scan; None once we have written it ourselves
    error : why it could not be heard or written
    unheard : why it could not be heard although its audio is known, so that a genre that the user
        gives it can be written; it is the `error` while there is none
    read_only : why it can be heard but not written
    joined_by : what joins several genres where the tag holds them as one text, else empty
    confirmed : the writer said that the decision is in the file
    personal : what a personal classifier says that is used beside the model, else None
    album : what the other tracks of its album say, None where they say nothing
    mapping : what the user wants written for what is heard
    suggested : the genres that accepting the row asks for, by the name that is written
    """

    path: Path
    track: Track | None = None
    current_genres: tuple[str, ...] = ()
    stamp: FileStamp | None = None
    prediction: Prediction | None = None
    hearing_key: str | None = None
    decision: Decision | None = None
    error: GenreTaggerError | None = None
    unheard: GenreTaggerError | None = None
    read_only: GenreTaggerError | None = None
    joined_by: str = ""
    confirmed: bool = False
    personal: Prediction | None = None
    album: AlbumContext | None = None
    mapping: GenreMapping = NO_MAPPING
    suggested: tuple[str, ...] = field(init=False)
    state: State = field(init=False)

    def __post_init__(self) -> None:
        """Derive what follows from the other fields, once: views ask for it at every repaint."""
        object.__setattr__(self, "suggested", _suggested(self))
        object.__setattr__(self, "state", _state(self))

    @property
    def audio_digest(self) -> str | None:
        """Hash of the audio, whatever of it was heard; None while it is not known."""
        return None if self.hearing_key is None else audio_digest_of(self.hearing_key)

    @property
    def genre(self) -> str | None:
        """The canonical id of the genre that was heard, None while there is none."""
        return self.prediction.genre if self.prediction else None

    @property
    def confidence(self) -> float | None:
        """How sure the model is of `genre` by this track alone; None while there is none."""
        return self.prediction.confidence if self.prediction else None

    @property
    def effective_confidence(self) -> float | None:
        """The confidence, raised by the album if that agrees; None while there is none."""
        return self.album.confidence if self.album else self.confidence

    @property
    def shown_confidence(self) -> float | None:
        """The effective confidence of the genre that is suggested; None if it is not that heard."""
        if self.prediction is None or self.unsure is Unsure.NOT_MUSIC:
            return None
        if self.decision is None or self.suggested == self.mapping.names(self.prediction.genre):
            return self.effective_confidence
        is_one = len(self.suggested) == 1
        is_heard = is_one and _same(self.suggested[0], self.prediction.genre)
        return self.effective_confidence if is_heard else None

    @property
    def runner_up(self) -> GenreScore | None:
        """What it sounds like second, by the track alone; None while nothing was heard."""
        scores = self.prediction.scores if self.prediction else ()
        return scores[1] if len(scores) > 1 else None

    @property
    def is_raised(self) -> bool:
        """Whether the album raises the confidence."""
        return bool(self.album and self.prediction and self.album.raises(self.prediction))

    @property
    def dissents(self) -> bool:
        """Whether most of its album sound like a genre that this row does not get."""
        majority = self.album.majority if self.album is not None else None
        if majority is None or self.decision is None:
            return majority is not None
        given = self.decision.genres
        return bool(given) and not any(_same(one, majority) for one in given)

    @property
    def level(self) -> Level | None:
        """How far the verdict, with what its album adds, can be trusted; None without one."""
        if self.album is not None:
            return self.album.level
        return self.prediction.level if self.prediction else None

    @property
    def unsure(self) -> Unsure | None:
        """Why the verdict should not be trusted without listening; None if its album agrees."""
        if self.prediction is None or self.prediction.unsure is None:
            return None
        settled = self.album is not None and self.album.settles_doubt(self.prediction)
        return None if settled else self.prediction.unsure

    @property
    def outstanding(self) -> bool:
        """Whether accepted genres have yet to be written; also after a write that failed."""
        decision = self.decision
        return decision is not None and decision.action is Action.ACCEPT and not _done(self)


def _suggested(row: Row) -> tuple[str, ...]:
    if row.decision is not None and row.decision.genres:
        return row.decision.genres
    return map_genre(row.prediction, row.mapping) if row.prediction else ()


def map_genre(prediction: Prediction, mapping: GenreMapping) -> tuple[str, ...]:
    """Return what is written for a verdict: what the mapping says, else the name of the genre."""
    return written_for(prediction.genre, prediction, mapping)


def written_for(genre: str, prediction: Prediction, mapping: GenreMapping) -> tuple[str, ...]:
    """Return what is written for one of the genres that `prediction` weighs up."""
    return mapping.names(genre) or _alone(name_in(prediction, genre))


@lru_cache(maxsize=4096)
def _alone(name: str) -> tuple[str]:
    """Return the genres where there is one: a hundred thousand rows suggest the same few."""
    return (name,)


def name_genre(prediction: Prediction) -> str:
    """Return the name of what was heard; the user's own genres are as the user spells them."""
    return name_in(prediction, prediction.genre)


def name_in(prediction: Prediction, genre: str) -> str:
    """Return the name of one of the genres that `prediction` weighs up."""
    is_own = prediction.model_id.startswith(PERSONAL_PREFIX)
    return genre if is_own else vocabulary().name(genre)


def style_hints(row: Row) -> tuple[str, ...]:
    """Return the styles that a row sounds like too, by name, the strongest first."""
    hints = row.prediction.hints if row.prediction else ()
    return tuple(map(vocabulary().name, iterate_genres(hints)))


@lru_cache(maxsize=4096)
def _same(genre: str, other: str) -> bool:
    """Return whether both are spellings of one genre."""
    keys = vocabulary().key(genre), vocabulary().key(other)
    return keys[0] == keys[1] if all(keys) else genre == other


def _state(row: Row) -> State:
    match row.error:
        case None:
            pass
        case TrackSilentError():
            return State.SILENT
        case TrackTooShortError():
            return State.TOO_SHORT
        case _:
            return State.FAILED
    if row.decision is not None:
        return _settled_state(row, row.decision)
    if row.prediction is None:
        return State.PENDING
    if row.unsure is not None:
        not_music = row.unsure is Unsure.NOT_MUSIC
        return State.NOT_MUSIC if not_music else State.UNSURE
    if not row.current_genres:
        return State.MISSING
    return State.AGREES if _agrees(row, row.prediction.genre) else State.DIFFERS


def _agrees(row: Row, heard: str) -> bool:
    """Return whether the file has what was heard, in any spelling; if that is mapped, all of it."""
    wanted = row.mapping.names(heard) or (heard,)
    current = find_genres(row.current_genres, joined_by=row.joined_by)
    return all(any(_same(genre, one) for genre in current) for one in wanted) or has_all(
        row, row.suggested
    )


def _settled_state(row: Row, decision: Decision) -> State:
    if decision.action is Action.REJECT:
        return State.REJECTED
    return State.WRITTEN if _done(row) else State.ACCEPTED


def _done(row: Row) -> bool:
    """Return whether the decision was carried out and the file still has all of its genres."""
    decision = row.decision
    if decision is None or not decision.written:
        return False
    return row.confirmed or has_all(row, decision.genres)


def has_all(row: Row, genres: tuple[str, ...]) -> bool:
    """Return whether the file of `row` has all of `genres`, also where its tag joins them."""
    return not find_missing(genres, row.current_genres, joined_by=row.joined_by)
