"""The filter of the track table: its text, and the states that the user chose.

A term that is not understood is reported and ignored; it never hides a row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeVar

from genretagger.core.percent import floor_percent
from genretagger.core.predictions import Level, Unsure
from genretagger.core.texts.folding import fold_to_letters
from genretagger.core.vocabulary import genre_key
from genretagger.review.filter.filter_syntax import (
    FilterField,
    Term,
    Value,
    list_field_names,
    parse_terms,
)
from genretagger.review.filter.percent_filter import parse_percents, split_numbers
from genretagger.review.filter.search_text import FIELD_TEXTS, Texts, list_reasons
from genretagger.review.rows.row import AGREEING, Row, State

RowCheck = Callable[[Row, str], bool]

TO_DECIDE = (State.MISSING, State.DIFFERS, State.UNSURE)
OPEN = "open"  # the value of `state:` that means all of them
FINER = "finer"  # the value that means those that agree with a finer genre; agrees means all


@dataclass(frozen=True, slots=True)
class FilterWords:
    """The words of the user's language that a filter accepts beside the English ones.

    fields : names of fields
    """

    states: Mapping[State, str] = field(
        default_factory=lambda: {state: state.value for state in State}
    )
    levels: Mapping[Level, str] = field(
        default_factory=lambda: {level: level.value for level in Level}
    )
    reasons: Mapping[Unsure, str] = field(
        default_factory=lambda: {reason: reason.value for reason in Unsure}
    )
    fields: Mapping[str, FilterField] = field(default_factory=dict)


class MisreadReason(Enum):
    """Why a term is ignored."""

    NO_VALUE = auto()
    NO_NUMBER = auto()
    NO_STATE = auto()
    NO_LEVEL = auto()


@dataclass(frozen=True, slots=True)
class Misread:
    """A part of a filter that is not understood: the field, and the text as typed."""

    reason: MisreadReason
    field: str
    typed: str


@dataclass(frozen=True, slots=True)
class Filter:
    """The checks that a shown row passes; true if there are any.

    has_words : whether a check reads search texts, so that they have to be made
    """

    checks: tuple[RowCheck, ...] = ()
    misread: tuple[Misread, ...] = ()
    has_words: bool = False

    def __bool__(self) -> bool:
        return bool(self.checks)

    def passes(self, row: Row, text: str) -> bool:
        """Return whether `row` is shown; `text` is its search text from `search_texts`."""
        return all(check(row, text) for check in self.checks)

    def passed(self, rows: Sequence[Row], texts: Sequence[str]) -> list[int]:
        """Return the ids of the rows that are shown, ascending.

        `texts` holds the search texts of all rows; it may be empty if no check reads them.
        """
        texts = texts or [""] * len(rows)
        row_ids: Iterable[int] = range(len(rows))
        for check in self.checks:
            row_ids = [row_id for row_id in row_ids if check(rows[row_id], texts[row_id])]
        return list(row_ids)


def parse_filter(text: str, words: FilterWords, *, states: Collection[State] = ()) -> Filter:
    """Return the filter in `text`; non-empty `states` also limit it to rows in these states."""
    checks: list[RowCheck] = [_check_states(states)] if states else []
    misread: list[Misread] = []
    decided_text = _cached_decided_text(words.states)
    terms = tuple(parse_terms(text, list_field_names(words.fields)))
    for term in terms:
        if term.by is None:
            check: RowCheck | None = _check_word(term, decided_text)
        else:
            check = _check_field(term, term.by, words, misread)
        if check is not None:
            checks.append(_negated(check) if term.negated else check)
    return Filter(tuple(checks), tuple(misread), any(term.by is None for term in terms))


def _negated(check: RowCheck) -> RowCheck:
    return lambda row, text: not check(row, text)


def _cached_decided_text(words: Mapping[State, str]) -> Callable[[Row], str]:
    """Return a function that returns the folded texts of a row that a decision may change.

    Many rows share them, so each combination is made once. Its key holds the `id` of the state,
    as hashing an enumeration is slow.
    """
    known: dict[tuple[object, ...], str] = {}

    def decided_text(row: Row) -> str:
        personal = row.personal.genre if row.personal is not None else ""
        key = row.current_genres, row.suggested, id(row.state), personal
        text = known.get(key)
        if text is None:
            parts = (*row.current_genres, *row.suggested, words[row.state], personal)
            text = known[key] = "\n".join(parts).casefold()
        return text

    return decided_text


def _check_word(term: Term, decided_text: Callable[[Row], str]) -> RowCheck:
    word = term.values[0].text
    return lambda row, text: word in text or word in decided_text(row)


def _check_field(
    term: Term, by: FilterField, words: FilterWords, misread: list[Misread]
) -> RowCheck | None:
    """Return the check of a field, None if no value is understood; report each that is not."""
    if not term.values:
        misread.append(Misread(MisreadReason.NO_VALUE, by.value, term.source))
        return None
    match by:
        case FilterField.STATE:
            chosen = _find_meanings(term, _state_names(words), MisreadReason.NO_STATE, misread)
            return (
                _check_states([state for states in chosen for state in states]) if chosen else None
            )
        case FilterField.LEVEL:
            return _check_levels(
                _find_meanings(term, _level_names(words), MisreadReason.NO_LEVEL, misread)
            )
        case FilterField.CONFIDENCE:
            return _check_confidence(term, misread)
        case FilterField.WHY:
            return _check_texts(lambda row: list_reasons(row, words.reasons), term.values)
        case FilterField.TITLE | FilterField.FILE | FilterField.PATH:
            return _check_each(FIELD_TEXTS[by], term.values)
        case FilterField.ARTIST | FilterField.ALBUM:
            return _check_texts(FIELD_TEXTS[by], term.values)
        case (
            FilterField.GENRE
            | FilterField.NOW
            | FilterField.SUGGESTED
            | FilterField.HEARD
            | FilterField.STYLE
            | FilterField.HINT
        ):
            return _check_texts(FIELD_TEXTS[by], term.values, also=_is_spelling)


# Texts


def _check_texts(
    texts: Texts,
    values: tuple[Value, ...],
    *,
    also: Callable[[Value, tuple[str, ...]], bool] = lambda _value, _texts: False,
) -> RowCheck:
    """Return a check of texts that many rows share; each combination is checked once."""
    known: dict[tuple[str, ...], bool] = {}

    def check(row: Row, _text: str) -> bool:
        of_row = texts(row)
        fits = known.get(of_row)
        if fits is None:
            fits = known[of_row] = any(v.fits(of_row) or also(v, of_row) for v in values)
        return fits

    return check


def _check_each(texts: Texts, values: tuple[Value, ...]) -> RowCheck:
    """Return a check of texts that no two rows share."""
    return lambda row, _text: any(value.fits(texts(row)) for value in values)


def _is_spelling(value: Value, genres: tuple[str, ...]) -> bool:
    """Return whether the value is another spelling of one of `genres`: hiphop for Hip-Hop."""
    if value.is_whole or not value.text:
        return False
    key = genre_key(value.text)
    return any(genre_key(genre) == key for genre in genres)


# States and levels

_StateNames = tuple[tuple[str, ...], tuple[State, ...]]


def _check_states(states: Collection[State]) -> RowCheck:
    chosen = tuple(set(states))  # faster than a set, as a tuple compares by identity first
    return lambda row, _text: row.state in chosen


def _state_names(words: FilterWords) -> list[_StateNames]:
    names: list[_StateNames] = [((OPEN,), TO_DECIDE), ((FINER,), (State.FINER,))]
    meanings = {state: (state,) for state in State} | {State.AGREES: AGREEING}
    return names + [
        ((state.value, words.states.get(state, "")), meant) for state, meant in meanings.items()
    ]


def _level_names(words: FilterWords) -> list[tuple[tuple[str, ...], Level]]:
    return [((level.value, words.levels.get(level, "")), level) for level in Level]


_T = TypeVar("_T")


def _find_meanings(
    term: Term,
    named: Iterable[tuple[tuple[str, ...], _T]],
    reason: MisreadReason,
    misread: list[Misread],
) -> list[_T]:
    """Return all meanings whose names begin with a value of `term`; report values without any.

    Blanks and hyphens do not count, as a user may type notmusic, not-music or "not music".
    """
    chosen: list[_T] = []
    for value in term.values:
        text = fold_to_letters(value.text)
        meanings = [meaning for names, meaning in named if _names_begin(names, value, text)]
        if not meanings:
            misread.append(Misread(reason, term.by.value if term.by else "", value.text))
        chosen += meanings
    return chosen


def _names_begin(names: Iterable[str], value: Value, text: str) -> bool:
    folded = [fold_to_letters(name) for name in names]
    return bool(text) and (
        text in folded if value.is_whole else any(name.startswith(text) for name in folded)
    )


def _check_levels(levels: list[Level]) -> RowCheck | None:
    """Return a check of the level as the table shows it: Unsure rows show none."""
    chosen = tuple(levels)
    return (lambda row, _text: row.level in chosen and row.unsure is None) if chosen else None


# Confidence


def _check_confidence(term: Term, misread: list[Misread]) -> RowCheck | None:
    """Return a check of the confidence in whole per cent, rounded down as in the table."""
    allowed: set[int] = set()
    for typed in split_numbers(term.raw):
        percents = parse_percents(typed)
        if percents is None:
            misread.append(Misread(MisreadReason.NO_NUMBER, FilterField.CONFIDENCE.value, typed))
        else:
            allowed.update(percents)
    if not allowed:
        return None

    def check(row: Row, _text: str) -> bool:
        confidence = row.shown_confidence
        return confidence is not None and floor_percent(confidence) in allowed

    return check
