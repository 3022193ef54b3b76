"""Takes the text of a filter apart: words, phrases and fields with their values. Never fails."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum


class FilterField(Enum):
    """What of a row a term is about; the value is the name of the field as it is typed."""

    GENRE = "genre"
    NOW = "now"
    SUGGESTED = "suggested"
    HEARD = "heard"
    ARTIST = "artist"
    ALBUM = "album"
    TITLE = "title"
    FILE = "file"
    PATH = "path"
    STATE = "state"
    LEVEL = "level"
    CONFIDENCE = "conf"
    HINT = "hint"
    WHY = "why"


# Other names of a field; the first part of what `field_names` returns.
_ALSO = {"confidence": FilterField.CONFIDENCE, "hints": FilterField.HINT}


@dataclass(frozen=True, slots=True)
class Value:
    """What a term wants: a part of a text, or all of it; folded. All of nothing is no text."""

    text: str
    is_whole: bool = False

    def fits(self, texts: tuple[str, ...]) -> bool:
        """Return whether one of `texts` has it; for an empty value, whether there is no text."""
        if self.is_whole:
            found = [text.strip().casefold() for text in texts if text.strip()]
            return self.text in found if self.text else not found
        return any(self.text in text.casefold() for text in texts)


@dataclass(frozen=True, slots=True)
class Term:
    """One demand of a filter.

    by : the field; None for a word that may be anywhere
    values : one of them is enough
    raw : the values as typed, without quotes
    source : the whole term as typed
    """

    by: FilterField | None
    values: tuple[Value, ...]
    raw: str
    source: str
    negated: bool = False


_SPACES = re.compile(r"\s*")
_FIELD = re.compile(r"(-?)([^\W\d_][\w-]*):")
_VALUE = re.compile(r'(=?)(?:"([^"]*)"?|([^\s,]*))')
_PHRASE = re.compile(r'(-?)"([^"]*)"?')
_WORD = re.compile(r"(-?)(\S+)")
_LONE = "-"  # as between an artist and a title: means nothing


def list_field_names(translated: Mapping[str, FilterField] | None = None) -> dict[str, FilterField]:
    """Return the field of each name that can be typed, folded; `translated` names too."""
    names = {by.value: by for by in FilterField}
    return {**{name.casefold(): by for name, by in (translated or {}).items()}, **_ALSO, **names}


def parse_terms(text: str, names: Mapping[str, FilterField]) -> Iterator[Term]:
    """Yield the terms of a filter; `names` are those of fields.

    A name that is none, as in a title with a colon, is a part of a word. A quote that is not
    closed goes to the end.
    """
    place = _end(_SPACES, text, 0)
    while place < len(text):
        term, end = _field(text, place, names) or _phrase(text, place) or _word(text, place)
        if term is not None:
            yield term
        place = _end(_SPACES, text, end)


_Found = tuple[Term | None, int]  # and where it ends


def _field(text: str, place: int, names: Mapping[str, FilterField]) -> _Found | None:
    name = _FIELD.match(text, place)
    by = names.get(name[2].casefold()) if name else None
    if name is None or by is None:
        return None
    values, end = _values(text, name.end())
    raw = text[name.end() : end].replace('"', "")
    return Term(by, values, raw, text[place:end], bool(name[1])), end


def _values(text: str, place: int) -> tuple[tuple[Value, ...], int]:
    """Return the values between commas from `place` on, and where they end."""
    values = []
    while (found := _VALUE.match(text, place)) is not None:
        quoted, plain = found[2], found[3]
        if quoted is not None or plain:
            wanted = (quoted if quoted is not None else plain).strip().casefold()
            values.append(Value(wanted, bool(found[1]) or not wanted))
        place = found.end()
        if text[place : place + 1] != ",":
            break
        place += 1
    return tuple(values), place


def _phrase(text: str, place: int) -> _Found | None:
    found = _PHRASE.match(text, place)
    if found is None:
        return None
    wanted = found[2].casefold()
    term = Term(None, (Value(wanted),), found[2], found[0], bool(found[1]))
    return (term if wanted.strip() else None), found.end()


def _word(text: str, place: int) -> _Found:
    found = _WORD.match(text, place)
    if found is None:  # cannot be: spaces were passed over
        return None, len(text)
    term = Term(None, (Value(found[2].casefold()),), found[2], found[0], bool(found[1]))
    return (None if found[0] == _LONE else term), found.end()


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def quoted(text: str) -> str:
    """Return `text` as a value; a quote in it cannot be told: the longest part without stands."""
    return f'"{max(text.split(chr(34)), key=len)}"'
