"""Which rows a filter lets pass: what its text asks for, and the states that were chosen.

A demand that is not understood is told and left out: it never hides anything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeVar

from genretagger.core.genres import genre_key
from genretagger.core.percent import floor_percent
from genretagger.core.predictions import Level, Unsure
from genretagger.review.filter.filter_syntax import (
    FilterField,
    Term,
    Value,
    list_field_names,
    parse_terms,
)
from genretagger.review.filter.percent_filter import numbers, percents
from genretagger.review.filter.search_text import FIELD_TEXTS, Texts, reasons
from genretagger.review.rows.row import Row, State

RowCheck = Callable[[Row, str], bool]

TO_DECIDE = (State.MISSING, State.DIFFERS, State.UNSURE)
OPEN = "open"  # what `state:` takes for all of them


@dataclass(frozen=True, slots=True)
class FilterWords:
    """The words of the window that a filter takes beside the English ones.

    fields : names of fields in the user's language
    """

    states: Mapping[State, str] = field(default_factory=lambda: {one: one.value for one in State})
    levels: Mapping[Level, str] = field(default_factory=lambda: {one: one.value for one in Level})
    reasons: Mapping[Unsure, str] = field(
        default_factory=lambda: {one: one.value for one in Unsure}
    )
    fields: Mapping[str, FilterField] = field(default_factory=dict)


class MisreadReason(Enum):
    """Why a term is left out."""

    NO_VALUE = auto()
    NO_NUMBER = auto()
    NO_STATE = auto()
    NO_LEVEL = auto()


@dataclass(frozen=True, slots=True)
class Misread:
    """A part of a filter that is not understood: the field, and what was typed."""

    trouble: MisreadReason
    field: str
    typed: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What rows have to pass; true if it can hide any.

    has_words : whether it looks into the texts of rows; else they need not be made
    """

    checks: tuple[RowCheck, ...] = ()
    misread: tuple[Misread, ...] = ()
    has_words: bool = False

    def __bool__(self) -> bool:
        return bool(self.checks)

    def passes(self, row: Row, haystack: str) -> bool:
        """Return whether `row` is shown; `haystack` is its text as `search_texts` made it."""
        return all(check(row, haystack) for check in self.checks)

    def passed(self, rows: Sequence[Row], texts: Sequence[str]) -> list[int]:
        """Return the numbers of the rows that are shown, as `passes` would say one by one.

        `texts` are those of all rows, or none if the filter does not look into them.
        """
        texts = texts or [""] * len(rows)
        numbers: Iterable[int] = range(len(rows))
        for check in self.checks:
            numbers = [number for number in numbers if check(rows[number], texts[number])]
        return list(numbers)


def parse_filter(text: str, words: FilterWords, *, states: Collection[State] = ()) -> Filter:
    """Return the filter that `text` asks for; where `states` are given, rows in them only."""
    checks: list[RowCheck] = [_in(states)] if states else []
    misread: list[Misread] = []
    said = _said(words.states)
    found = tuple(parse_terms(text, list_field_names(words.fields)))
    for term in found:
        check = _word(term, said) if term.by is None else _made(term, term.by, words, misread)
        if check is not None:
            checks.append(_negated(check) if term.negated else check)
    return Filter(tuple(checks), tuple(misread), any(term.by is None for term in found))


def _negated(check: RowCheck) -> RowCheck:
    return lambda row, hay: not check(row, hay)


def _said(words: Mapping[State, str]) -> Texts:
    """Return a function that gives what a decision may change of what a row says, folded.

    Few rows differ in it, so it is made once for all that are alike. States by `id`, as the hash
    of an enumeration is slow.
    """
    known: dict[tuple[object, ...], tuple[str]] = {}

    def said(row: Row) -> tuple[str]:
        personal = row.personal.genre if row.personal is not None else ""
        key = row.current_genres, row.suggested, id(row.state), personal
        found = known.get(key)
        if found is None:
            parts = (*row.current_genres, *row.suggested, words[row.state], personal)
            found = known[key] = ("\n".join(parts).casefold(),)
        return found

    return said


def _word(term: Term, said: Texts) -> RowCheck:
    word = term.values[0].text
    return lambda row, hay: word in hay or word in said(row)[0]


def _made(
    term: Term, by: FilterField, words: FilterWords, misread: list[Misread]
) -> RowCheck | None:
    """Return the check of a field, None if nothing in it is understood; note what is not."""
    if not term.values:
        misread.append(Misread(MisreadReason.NO_VALUE, by.value, term.source))
        return None
    match by:
        case FilterField.STATE:
            chosen = _chosen(term, _states(words), MisreadReason.NO_STATE, misread)
            return _in([state for states in chosen for state in states]) if chosen else None
        case FilterField.LEVEL:
            return _at_level(_chosen(term, _levels(words), MisreadReason.NO_LEVEL, misread))
        case FilterField.CONFIDENCE:
            return _confident(term, misread)
        case FilterField.WHY:
            return _having(lambda row: reasons(row, words.reasons), term.values)
        case FilterField.TITLE | FilterField.FILE | FilterField.PATH:
            return _having_each(FIELD_TEXTS[by], term.values)
        case FilterField.ARTIST | FilterField.ALBUM:
            return _having(FIELD_TEXTS[by], term.values)
        case _:
            return _having(FIELD_TEXTS[by], term.values, also=_spelled)


# Texts


def _having(
    texts: Texts,
    values: tuple[Value, ...],
    *,
    also: Callable[[Value, tuple[str, ...]], bool] = lambda _value, _found: False,
) -> RowCheck:
    """Return a check of what many rows have in common: looked at once for all that are alike."""
    known: dict[tuple[str, ...], bool] = {}

    def check(row: Row, _hay: str) -> bool:
        found = texts(row)
        fits = known.get(found)
        if fits is None:
            fits = known[found] = any(v.fits(found) or also(v, found) for v in values)
        return fits

    return check


def _having_each(texts: Texts, values: tuple[Value, ...]) -> RowCheck:
    """Return a check of what no two rows have in common."""
    return lambda row, _hay: any(value.fits(texts(row)) for value in values)


def _spelled(value: Value, genres: tuple[str, ...]) -> bool:
    """Return whether one of `genres` is another spelling of what is wanted: hiphop, Hip-Hop."""
    if value.is_whole or not value.text:
        return False
    wanted = genre_key(value.text)
    return any(genre_key(genre) == wanted for genre in genres)


# States and levels

_Meant = tuple[tuple[str, ...], tuple[State, ...]]


def _in(states: Collection[State]) -> RowCheck:
    chosen = tuple(set(states))  # a tuple is asked faster than a set, as it compares by identity
    return lambda row, _hay: row.state in chosen


def _states(words: FilterWords) -> list[_Meant]:
    names: list[_Meant] = [((OPEN,), TO_DECIDE)]
    return names + [((one.value, words.states.get(one, "")), (one,)) for one in State]


def _levels(words: FilterWords) -> list[tuple[tuple[str, ...], Level]]:
    return [((one.value, words.levels.get(one, "")), one) for one in Level]


_T = TypeVar("_T")


def _chosen(
    term: Term,
    meant: Iterable[tuple[tuple[str, ...], _T]],
    trouble: MisreadReason,
    misread: list[Misread],
) -> list[_T]:
    """Return what the values of `term` mean: all with a name that begins so; note what is none."""
    chosen: list[_T] = []
    for value in term.values:
        wanted = _plain(value.text)
        found = [one for names, one in meant if any(_begins(name, value, wanted) for name in names)]
        if not found:
            misread.append(Misread(trouble, term.by.value if term.by else "", value.text))
        chosen += found
    return chosen


def _begins(name: str, value: Value, wanted: str) -> bool:
    folded = _plain(name.casefold())
    return bool(wanted) and (folded == wanted if value.is_whole else folded.startswith(wanted))


def _plain(text: str) -> str:
    return text.replace("-", " ").replace("_", " ").strip()


def _at_level(levels: list[Level]) -> RowCheck | None:
    """Return a check of the level as the table shows it: what is unsure has none."""
    chosen = tuple(levels)
    return (lambda row, _hay: row.level in chosen and row.unsure is None) if chosen else None


# Confidence


def _confident(term: Term, misread: list[Misread]) -> RowCheck | None:
    """Return a check of the confidence as the table shows it, in whole per cent rounded down."""
    allowed: set[int] = set()
    for typed in numbers(term.raw):
        found = percents(typed)
        if found is None:
            misread.append(Misread(MisreadReason.NO_NUMBER, FilterField.CONFIDENCE.value, typed))
        else:
            allowed.update(found)
    if not allowed:
        return None

    def check(row: Row, _hay: str) -> bool:
        confidence = row.shown_confidence
        return confidence is not None and floor_percent(confidence) in allowed

    return check
