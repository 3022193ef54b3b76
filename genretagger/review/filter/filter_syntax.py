"""Parses the text of a filter into words, phrases and fields with values; it never fails."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum


class FilterField(Enum):
    """What a term of a filter is about; the value is the name that the user types."""

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
    STYLE = "style"
    HINT = "hint"
    WHY = "why"


# Further names of fields.
_ALSO = {
    "confidence": FilterField.CONFIDENCE,
    "styles": FilterField.STYLE,
    "hints": FilterField.HINT,
}


@dataclass(frozen=True, slots=True)
class Value:
    """A folded text to find in a row: a part of one of its texts or, if `is_whole`, all of it.

    An empty value stands for a row without text in the field.
    """

    text: str
    is_whole: bool = False

    def fits(self, texts: tuple[str, ...]) -> bool:
        """Return whether one of `texts` matches; for an empty value, whether there is no text."""
        if self.is_whole:
            folded = [text.strip().casefold() for text in texts if text.strip()]
            return self.text in folded if self.text else not folded
        return any(self.text in text.casefold() for text in texts)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a filter.

    by : the field; None for a word that may occur anywhere
    values : alternatives, of which one has to match
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
_QUOTED = r'"((?:[^"]|"")*)"?'  # two quotation marks in it stand for one
_VALUE = re.compile(rf"(=?)(?:{_QUOTED}|([^\s,]*))")
_PHRASE = re.compile(rf"(-?){_QUOTED}")
_WORD = re.compile(r"(-?)(\S+)")
_LONE = "-"  # ignored: it stands between an artist and a title


def list_field_names(translated: Mapping[str, FilterField] | None = None) -> dict[str, FilterField]:
    """Return the field of each folded name that can be typed, `translated` names included."""
    names = {by.value: by for by in FilterField}
    return {**{name.casefold(): by for name, by in (translated or {}).items()}, **_ALSO, **names}


def parse_terms(text: str, names: Mapping[str, FilterField]) -> Iterator[Term]:
    """Yield the terms of a filter; `names` holds the fields by name.

    An unknown name, as in a title with a colon, is part of a word. An open quote ends with the
    text.
    """
    start = _end(_SPACES, text, 0)
    while start < len(text):
        term, end = _field(text, start, names) or _phrase(text, start) or _word(text, start)
        if term is not None:
            yield term
        start = _end(_SPACES, text, end)


_Parsed = tuple[Term | None, int]  # a term, and where it ends


def _field(text: str, start: int, names: Mapping[str, FilterField]) -> _Parsed | None:
    name = _FIELD.match(text, start)
    by = names.get(name[2].casefold()) if name else None
    if name is None or by is None:
        return None
    values, end = _values(text, name.end())
    raw = text[name.end() : end].replace('"', "")
    return Term(by, values, raw, text[start:end], bool(name[1])), end


def _values(text: str, start: int) -> tuple[tuple[Value, ...], int]:
    """Return the values between commas from `start` on, and where they end."""
    values = []
    while (match := _VALUE.match(text, start)) is not None:
        quoted, plain = match[2], match[3]
        if quoted is not None or plain:
            folded = (_unquoted(quoted) if quoted is not None else plain).strip().casefold()
            values.append(Value(folded, bool(match[1]) or not folded))
        start = match.end()
        if text[start : start + 1] != ",":
            break
        start += 1
    return tuple(values), start


def _phrase(text: str, start: int) -> _Parsed | None:
    match = _PHRASE.match(text, start)
    if match is None:
        return None
    phrase = _unquoted(match[2])
    folded = phrase.casefold()
    term = Term(None, (Value(folded),), phrase, match[0], bool(match[1]))
    return (term if folded.strip() else None), match.end()


def _word(text: str, start: int) -> _Parsed:
    match = _WORD.match(text, start)
    if match is None:  # impossible: spaces were skipped
        return None, len(text)
    term = Term(None, (Value(match[2].casefold()),), match[2], match[0], bool(match[1]))
    return (None if match[0] == _LONE else term), match.end()


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _unquoted(text: str) -> str:
    return text.replace('""', '"')


def quoted(text: str) -> str:
    """Return `text` as a quoted value."""
    return '"' + text.replace('"', '""') + '"'
