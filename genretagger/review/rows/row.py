"""One row of the review: a track, its prediction, its decision, and the state that follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from genretagger.core.errors import GenreTaggerError, TrackSilentError, TrackTooShortError
from genretagger.core.genres import NO_MAPPING, GenreMapping, find_missing
from genretagger.core.predictions import Level, Prediction, StyleScore, Unsure
from genretagger.core.rules import Rule
from genretagger.core.tracks import FileStamp, Track, audio_digest_of
from genretagger.core.vocabulary import agrees_with
from genretagger.core.writes import Action, Decision
from genretagger.review.rows.agreement import Agreement, compare, compare_chosen
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.naming import is_spelling_of, map_genre
from genretagger.review.rows.styles import leading_style, level_of_style


class State(Enum):
    """Where a row stands; the value is the English word for it.

    FINER : the file agrees, and has a genre that is a kind of the one that was heard
    LEFT_ALONE : music was heard, but a rule of the user leaves the track alone
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
    LEFT_ALONE = "left alone"
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
    rule : the rule of the user for this track, None without one
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
    rule: Rule | None = None
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
    def is_music(self) -> bool:
        """Whether music was heard."""
        return self.prediction is not None and self.prediction.unsure is not Unsure.NOT_MUSIC

    @property
    def is_ruled(self) -> bool:
        """Whether a rule says, in the place of what was heard, what is suggested, or nothing is."""
        return self.rule is not None and self.is_music and self.suggested == self.rule.genres

    @property
    def is_left_alone(self) -> bool:
        """Whether a rule leaves the track alone; genres that the user gives it count for more."""
        return self.rule is not None and self.rule.leaves_alone and not self.suggested

    @property
    def heard_confidence(self) -> float | None:
        """The confidence in `genre`, raised by the album if it agrees; None if no music was heard.

        An album raises no confidence in a style.
        """
        if self.style is not None:
            return self.style.confidence
        if self.prediction is None or not self.is_music:
            return None
        return self.album.confidence if self.album else self.prediction.confidence

    @property
    def effective_confidence(self) -> float | None:
        """As `heard_confidence`, but None where a rule counts: nobody heard what it says."""
        return None if self.is_ruled else self.heard_confidence

    @property
    def shown_confidence(self) -> float | None:
        """The effective confidence if what is suggested is what was heard, else None."""
        genre = self.genre
        if genre is None:
            return None
        if self.decision is None or self.suggested == self.mapping.names(genre):
            return self.effective_confidence
        is_heard = len(self.suggested) == 1 and is_spelling_of(self.suggested[0], genre)
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
        """The level of `effective_confidence`, with what the album adds; None without one."""
        if self.is_ruled:
            return None
        if self.style is not None:
            return level_of_style(self.style)
        if self.prediction is None or not self.is_music:
            return None
        return self.album.level if self.album else self.prediction.level

    @property
    def unsure(self) -> Unsure | None:
        """Why the user should listen before trusting the suggestion.

        None for a proven style, and where a rule counts.
        """
        is_trusted = (self.style is not None and self.style.is_proven) or self.is_ruled
        return None if is_trusted else self.doubt

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
    if row.rule is not None and (row.rule.leaves_alone or row.is_music):
        return row.rule.genres
    return map_genre(row.prediction, row.mapping, row.genre) if row.prediction else ()


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
    if not row.is_music:
        return State.NOT_MUSIC
    if row.is_left_alone:
        return State.LEFT_ALONE
    if row.unsure is not None:
        return State.UNSURE
    if not row.current_genres:
        return State.MISSING
    return _compared_state(row, row.prediction)


def _compared_state(row: Row, prediction: Prediction) -> State:
    """Return whether the file has what accepting the row writes, or kinds of it."""
    current = row.current_genres, row.joined_by
    if row.is_ruled:
        agreement = compare_chosen(*current, row.suggested)
    else:
        agreement = compare(*current, prediction, row.mapping, row.genre or "")
    match agreement:
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
