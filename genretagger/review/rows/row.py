"""One row of the review: a track, its prediction, its decision, and the state that follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from pathlib import Path

from genretagger.core.errors import GenreTaggerError, TrackSilentError, TrackTooShortError
from genretagger.core.genres import NO_MAPPING, GenreMapping, find_missing
from genretagger.core.predictions import GenreScore, Level, Prediction, StyleScore, Unsure
from genretagger.core.tracks import FileStamp, Track, audio_digest_of
from genretagger.core.vocabulary import agrees_with, genre_key, vocabulary
from genretagger.core.writes import Action, Decision
from genretagger.review.rows.agreement import Agreement, compare
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.confidence_levels import is_personal
from genretagger.review.rows.styles import leading_style, level_of_style


class State(Enum):
    """Where a row stands; the value is the English word for it.

    FINER : the file agrees, and has a genre that is a kind of the one that was heard
    """

    PENDING = "pending"
    MISSING = "missing genre"
    AGREES = "agrees"
    FINER = "agrees (finer)"
    DIFFERS = "differs"
    UNSURE = "unsure"
    NOT_MUSIC = "not music"
    SILENT = "silent"
    TOO_SHORT = "too short"
    FAILED = "failed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WRITTEN = "written"

    __hash__ = object.__hash__  # faster than that of Enum: the states of all rows are counted


AGREEING = (State.AGREES, State.FINER)


@dataclass(frozen=True, slots=True)
class Row:
    """A track under review; every change makes a new row.

    track : None for a file or folder that could not be read at all
    current_genres : the genres that the file holds now, by name
    stamp : the state of the file at the scan; None after this program has written it
    error : why the file could not be analysed or written
    unheard : why the analysis failed although the audio is known, so that a genre given by the
        user can be written; also the `error` while the user gives none
    read_only : why the file can be analysed but not written
    joined_by : what joins several genres in a tag that holds a single text, else empty
    confirmed : whether the writer reported that the decision is in the file
    personal : the prediction of a personal classifier beside the model, else None
    album : what the other tracks of its album add, None where they add nothing
    mapping : the names that the user wants written for predicted genres
    written_as : size and time of the file after this program has written it, None if unknown; they
        count while `stamp` is None
    with_styles : whether the user wants styles where none of the ten genres fits
    style : the style that is suggested in the place of the predicted genre, None if that fits
    suggested : the genres that accepting the row writes, by name
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
    written_as: tuple[int, int] | None = None
    with_styles: bool = True
    style: StyleScore | None = field(init=False)
    suggested: tuple[str, ...] = field(init=False)
    state: State = field(init=False)

    def __post_init__(self) -> None:
        """Derive the other fields once, because views read them at every repaint."""
        object.__setattr__(self, "style", _style(self))
        object.__setattr__(self, "suggested", _suggested(self))
        object.__setattr__(self, "state", _state(self))

    @property
    def audio_digest(self) -> str | None:
        """Hash of the audio, None while it is unknown."""
        return None if self.hearing_key is None else audio_digest_of(self.hearing_key)

    @property
    def genre(self) -> str | None:
        """The canonical id of the predicted genre, or of the style in its place; else None."""
        if self.style is not None:
            return self.style.style
        return self.prediction.genre if self.prediction else None

    @property
    def effective_confidence(self) -> float | None:
        """The confidence in `genre`, raised by the album if it agrees; None if no music was heard.

        An album raises no confidence in a style.
        """
        if self.style is not None:
            return self.style.confidence
        if self.prediction is None or self.prediction.unsure is Unsure.NOT_MUSIC:
            return None
        return self.album.confidence if self.album else self.prediction.confidence

    @property
    def scores(self) -> Sequence[GenreScore]:
        """All scores of genres, as the album leaves them; empty if no music was heard."""
        if self.prediction is None or self.prediction.unsure is Unsure.NOT_MUSIC:
            return ()
        return self.album.raise_scores(self.prediction) if self.album else self.prediction.scores

    @property
    def shown_confidence(self) -> float | None:
        """The effective confidence if what is suggested is what was heard, else None."""
        genre = self.genre
        if genre is None:
            return None
        if self.decision is None or self.suggested == self.mapping.names(genre):
            return self.effective_confidence
        is_heard = len(self.suggested) == 1 and _is_same(self.suggested[0], genre)
        return self.effective_confidence if is_heard else None

    @property
    def is_raised(self) -> bool:
        """Whether the album raises the confidence; it never raises that in a style."""
        if self.album is None or self.prediction is None or self.style is not None:
            return False
        return self.album.raises(self.prediction)

    @property
    def dissents(self) -> bool:
        """Whether most of its album sounds like a genre that this row does not get."""
        majority = self.album.majority if self.album is not None else None
        if majority is None or self.decision is None:
            return majority is not None
        given = self.decision.genres
        return bool(given) and not any(agrees_with(genre, majority) for genre in given)

    @property
    def level(self) -> Level | None:
        """The confidence level, with what the album adds; None if no music was heard."""
        if self.style is not None:
            return level_of_style(self.style)
        if self.prediction is None or self.prediction.unsure is Unsure.NOT_MUSIC:
            return None
        return self.album.level if self.album else self.prediction.level

    @property
    def unsure(self) -> Unsure | None:
        """Why the user should listen before trusting the suggestion; None for a proven style."""
        return None if self.style is not None and self.style.is_proven else self.doubt

    @property
    def doubt(self) -> Unsure | None:
        """Why the predicted genre should not be trusted; None if the album agrees."""
        if self.prediction is None or self.prediction.unsure is None:
            return None
        settled = self.album is not None and self.album.settles_doubt(self.prediction)
        return None if settled else self.prediction.unsure

    @property
    def waits_again(self) -> bool:
        """Whether another embedding heard the track, and it waits to be heard again."""
        is_known = self.hearing_key is not None and self.unheard is None
        return is_known and self.prediction is None and self.error is None

    @property
    def outstanding(self) -> bool:
        """Whether accepted genres have yet to be written, perhaps after a failed write."""
        decision = self.decision
        return decision is not None and decision.action is Action.ACCEPT and not _is_written(self)


def _style(row: Row) -> StyleScore | None:
    if row.prediction is None or not row.with_styles:
        return None
    return leading_style(row.prediction, row.doubt)


def _suggested(row: Row) -> tuple[str, ...]:
    if row.decision is not None and row.decision.genres:
        return row.decision.genres
    return map_genre(row.prediction, row.mapping, row.genre) if row.prediction else ()


def map_genre(
    prediction: Prediction, mapping: GenreMapping, genre: str | None = None
) -> tuple[str, ...]:
    """Return the names to write for the predicted genre, or for `genre`, another one or a style.

    These are the names in `mapping` or, where it has none, the name of the genre.
    """
    genre = prediction.genre if genre is None else genre
    return mapping.names(genre) or _as_tuple(name_genre(prediction, genre))


@lru_cache(maxsize=4096)
def _as_tuple(name: str) -> tuple[str]:
    """Return the name as a tuple, one object for the many rows that suggest the same genre."""
    return (name,)


def name_genre(prediction: Prediction, genre: str | None = None) -> str:
    """Return the name of the predicted genre, or of `genre`, another one or a style.

    A personal classifier has the user's own genres, in the user's spelling.
    """
    genre = prediction.genre if genre is None else genre
    return genre if is_personal(prediction) else vocabulary().name(genre)


def _is_same(genre: str, other: str) -> bool:
    """Return whether both are spellings of one genre."""
    return genre_key(genre) == genre_key(other)


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
        return _decided_state(row, row.decision)
    if row.prediction is None:
        return State.PENDING
    if row.unsure is not None:
        return State.NOT_MUSIC if row.unsure is Unsure.NOT_MUSIC else State.UNSURE
    if not row.current_genres:
        return State.MISSING
    return _compared_state(row, row.prediction)


def _compared_state(row: Row, prediction: Prediction) -> State:
    """Return whether the file has what accepting the row writes, or kinds of it."""
    match compare(row.current_genres, row.joined_by, prediction, row.mapping, row.genre or ""):
        case Agreement.FINER:
            return State.FINER
        case Agreement.SAME:
            return State.AGREES
        case Agreement.NONE:
            return State.AGREES if has_all(row, row.suggested) else State.DIFFERS


def _decided_state(row: Row, decision: Decision) -> State:
    match decision.action:
        case Action.REJECT:
            return State.REJECTED
        case Action.ACCEPT:
            return State.WRITTEN if _is_written(row) else State.ACCEPTED


def _is_written(row: Row) -> bool:
    """Return whether the decision was carried out and the file still has all of its genres."""
    decision = row.decision
    if decision is None or not decision.written:
        return False
    return row.confirmed or has_all(row, decision.genres)


def has_all(row: Row, genres: tuple[str, ...]) -> bool:
    """Return whether the file of `row` has all of `genres`, even joined into one text."""
    return not find_missing(genres, row.current_genres, joined_by=row.joined_by)
