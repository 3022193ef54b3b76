"""The user's rules: what an artist or a folder always has as genre, and what is left alone.

They are typed `artist:Nick Drake=Folk; folder:/music/Talks`: what has no genre is left alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Final

from genretagger.core.settings_text import ALSO, BETWEEN, TO, normalise_genres
from genretagger.core.texts.folding import clean_text, fold_spacing

RULES_FORM: Final = (
    "of the form artist:Nick Drake=Folk; folder:/music/Talks, each artist and folder once"
)
_GENRES: Final = "genres"
_TYPED: Final = re.compile(
    r"\s*(?P<kind>artist|folder):\s*"
    r'(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^";=]*))\s*'
    r"(?:=(?P<genres>[^;]*))?(?:;|\Z)"
)
_QUOTED: Final = '"' + BETWEEN + TO  # a name with one of these is quoted


class RuleKind(StrEnum):
    """What a rule is about; the words of the settings file."""

    ARTIST = "artist"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Rule:
    """What the user has laid down for an artist, or for a folder and all below it.

    name : the artist, or the path of the folder
    genres : what is suggested, by name; empty if the tracks are left alone
    """

    kind: RuleKind
    name: str
    genres: tuple[str, ...] = ()

    @property
    def leaves_alone(self) -> bool:
        """Whether its tracks are left alone."""
        return not self.genres

    @property
    def key(self) -> tuple[RuleKind, str]:
        """A key that is equal for rules about the same artist or folder."""
        make = artist_key if self.kind is RuleKind.ARTIST else folder_key
        return self.kind, make(self.name)


@lru_cache(maxsize=8192)  # many tracks have the same few
def artist_key(name: str) -> str:
    """Return a key that is equal for all spellings of an artist in case and spaces."""
    return fold_spacing(clean_text(name))


def folder_key(path: str) -> str:
    """Return a key that is equal for all spellings of a folder's path on this system."""
    return os.path.normcase(os.path.normpath(path))


def is_absolute(path: str) -> bool:
    """Return whether a path names a folder whatever the current one is, here or elsewhere."""
    return PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()


def with_rule(rules: Iterable[Rule], rule: Rule) -> tuple[Rule, ...]:
    """Return `rules` with `rule`, in the place of one about the same artist or folder, or last."""
    by_key = {one.key: one for one in rules}
    by_key[rule.key] = rule
    return tuple(by_key.values())


def normalise_rules(value: object) -> tuple[Rule, ...] | None:
    """Return `value` as rules, each artist and folder once; None if they are no rules."""
    if not isinstance(value, (tuple, list)):
        return None
    rules = tuple(filter(None, map(_normalise, value)))
    is_whole = len(rules) == len(value)
    return rules if is_whole and len({rule.key for rule in rules}) == len(rules) else None


def _normalise(item: object) -> Rule | None:
    if isinstance(item, Rule):
        kind, name, names = item.kind, item.name, item.genres
    elif isinstance(item, Mapping) and len(item) == 2:  # the kind with the name, and the genres
        kinds = [kind for kind in RuleKind if kind in item]
        if not kinds or _GENRES not in item:
            return None
        kind, name, names = kinds[0], item[kinds[0]], item[_GENRES]
    else:
        return None
    genres = normalise_genres(names, without=BETWEEN + TO + ALSO)
    if genres is None or not isinstance(name, str):
        return None
    if kind is RuleKind.ARTIST:
        name = clean_text(name)
    elif is_absolute(name) and "\0" not in name:
        name = os.path.normpath(name)
    else:
        return None
    return Rule(kind, name, genres) if name else None


def rule_record(rule: Rule) -> dict[str, Any]:
    """Return a rule as a JSON object of the settings file."""
    return {rule.kind.value: rule.name, _GENRES: list(rule.genres)}


def format_rules(rules: Iterable[Rule]) -> str:
    """Return rules in the form in which users type them."""
    return f"{BETWEEN} ".join(map(_format, rules))


def _format(rule: Rule) -> str:
    name = rule.name
    if name != name.strip() or any(character in name for character in _QUOTED):
        name = '"' + name.replace('"', '""') + '"'
    genres = f"{TO}{ALSO.join(rule.genres)}" if rule.genres else ""
    return f"{rule.kind.value}:{name}{genres}"


def read_rules(text: str) -> object:
    """Return the rules in `text` as `normalise_rules` takes them; `text` itself if it has none."""
    pieces = list(_pieces(text.strip()))
    return text if None in pieces else tuple(pieces)


def _pieces(text: str) -> Iterator[dict[str, Any] | None]:
    """Yield each rule of a text as a JSON object; None for what is no rule, and then no more."""
    start = 0
    while start < len(text):
        piece = _TYPED.match(text, start)
        if piece is None:
            yield None
            return
        quoted, genres = piece["quoted"], piece[_GENRES]
        name = piece["plain"].strip() if quoted is None else quoted.replace('""', '"')
        names = () if genres is None else tuple(map(str.strip, genres.split(ALSO)))
        yield {piece["kind"]: name, _GENRES: names}
        start = piece.end()
