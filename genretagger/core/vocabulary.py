"""The genre vocabulary: ten genres, finer styles in families, and what tags call them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from genretagger.core.resources import resource
from genretagger.core.texts.folding import fold_to_letters

SLASH: Final = "/"
WIDE_SLASHES: Final = str.maketrans("\uff0f\u2044\u2215", 3 * SLASH)

# What a name of several words may hold; any other character parts genres, or makes a sentence.
_COMPOUND: Final = re.compile(r"[\w\s&+.'\u2019\u2010-\u2015-]+")
_NEGATIONS: Final = frozenset({"anti", "but", "except", "no", "non", "not", "than", "without"})
_MOST_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Canonical ids with their names, their families, and every known spelling of each.

    names : the written name of each genre and style, by id
    genres : the ids of the ten genres that the classifier tells apart
    styles : the ids of all others, family by family
    """

    names: dict[str, str]
    genres: tuple[str, ...]
    styles: tuple[str, ...]
    _parents: dict[str, tuple[str, ...]]
    _ancestors: dict[str, frozenset[str]]
    _by_spelling: dict[str, str]
    _kinds: dict[str, tuple[str, ...]]
    _by_tag: dict[str, str]
    _last_words: frozenset[str]
    _no_genres: frozenset[str]

    def name(self, genre: str) -> str:
        """Return the written name of the canonical id `genre`; any other text is returned as is."""
        return self.names.get(genre, genre)

    def normalise(self, text: str) -> str | None:
        """Return the canonical id for the spelling `text`, None if it is unknown."""
        return self._by_spelling.get(_fold(text))

    def key(self, text: str) -> str:
        """Return the key that all spellings of a genre share; "" for a text without letters."""
        return self.normalise(text) or fold_to_letters(text)

    def places(self, text: str) -> tuple[str, ...]:
        """Return the id of what `text` names, or the ids of what it is a kind of; () if unknown.

        Deep House has no id of its own and is a kind of House, Country Rock of Country and Rock. A
        name that is listed nowhere is placed by its last words: Geek Rock is a kind of Rock.
        """
        return self._listed(_fold(text)) or self._placed_by_last_words(text)

    def _listed(self, spelling: str) -> tuple[str, ...]:
        genre = self._by_spelling.get(spelling)
        return self._kinds.get(spelling, ()) if genre is None else (genre,)

    def _placed_by_last_words(self, text: str) -> tuple[str, ...]:
        """Return what the longest known end of `text` is, and each genre that is named before it.

        Ukrainian Black Metal is a kind of Black Metal, Jazz House of House and of Jazz.
        """
        words = _words(text)
        starts = range(1, len(words))
        if not any("".join(words[start:]) in self._last_words for start in starts):
            return ()
        start = next(start for start in starts if self._listed("".join(words[start:])))
        before = [*words[:start], *map("".join, pairwise(words[:start]))]
        named = (word for word in before if word in self._last_words)
        spellings = ("".join(words[start:]), *named)
        return tuple(dict.fromkeys(place for s in spellings for place in self._listed(s)))

    def names_no_genre(self, text: str) -> bool:
        """Return whether `text` is usual in tags and says nothing of the music: Oldies, Other."""
        return _fold(text) in self._no_genres

    def parent(self, genre: str) -> str | None:
        """Return the id of the genre or style that `genre` is a style of, None if it has none.

        A style may belong to several, as Indie Pop to Pop and Indie; this is the first.
        """
        return next(iter(self._parents.get(genre, ())), None)

    def family(self, genre: str) -> str:
        """Return the id of the topmost ancestor of `genre`, `genre` itself if it has no parent."""
        while (parent := self.parent(genre)) is not None:
            genre = parent
        return genre

    def is_within(self, genre: str, other: str) -> bool:
        """Return whether the id `genre` equals `other` or is a style of it, by any parent."""
        return genre == other or other in self._ancestors.get(genre, ())

    def heard_styles(self) -> tuple[str, ...]:
        """Return the ids of the styles that an embedding network hears."""
        heard = set(self._by_tag.values())
        return tuple(style for style in self.styles if style in heard)

    def style_of_tag(self, tag: str) -> str | None:
        """Return the id of the style that the tag of an embedding network hears, else None."""
        return self._by_tag.get(tag)


def _fold(text: str) -> str:
    """Return the letters, digits and slashes of `text` without case and accents."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(WIDE_SLASHES))
        text = "".join(filter(lambda c: not unicodedata.combining(c), decomposed))
    return SLASH.join(map(fold_to_letters, text.split(SLASH)))


def _words(text: str) -> list[str]:
    """Return the folded words of a name that may be compound, [] for any other text."""
    text = text.translate(WIDE_SLASHES)
    if not _COMPOUND.fullmatch(text):
        return []
    words = [folded for word in re.split(r"[^\w'\u2019]+", text) if (folded := _fold(word))]
    is_name = len(words) <= _MOST_WORDS and _NEGATIONS.isdisjoint(words)
    return words if is_name else []


@dataclass(frozen=True, slots=True)
class _Entry:
    """A genre or style as `resources/genres.json` has it, which says what each field means."""

    id: str
    name: str
    aliases: Sequence[str] = ()
    parents: Sequence[str] = ()
    kinds: Sequence[str] = ()
    heard_by: Sequence[str] = ()


@cache
def vocabulary() -> Vocabulary:
    """Return the bundled vocabulary (`resources/genres.json`)."""
    content = json.loads(resource("genres.json").read_text(encoding="utf-8"))
    genres, styles = ([_Entry(**entry) for entry in content[of]] for of in ("genres", "styles"))
    entries = (*genres, *styles)
    parents = {entry.id: tuple(entry.parents) for entry in entries}
    spellings = [(text, e.id) for e in entries for text in (e.id, e.name, *e.aliases)]
    kinds: dict[str, tuple[str, ...]] = {}
    for text, genre in ((text, entry.id) for entry in entries for text in entry.kinds):
        kinds[_fold(text)] = (*kinds.get(_fold(text), ()), genre)
    return Vocabulary(
        {entry.id: entry.name for entry in entries},
        tuple(entry.id for entry in genres),
        tuple(entry.id for entry in styles),
        parents,
        {genre: _ancestors(genre, parents) for genre in parents},
        {_fold(text): genre for text, genre in spellings},
        kinds,
        {tag: entry.id for entry in entries for tag in entry.heard_by},
        frozenset(map(_fold, content["last_words"])),
        frozenset(map(_fold, content["no_genres"])),
    )


def _ancestors(genre: str, parents: Mapping[str, Sequence[str]]) -> frozenset[str]:
    above = parents[genre]
    return frozenset(above).union(*(_ancestors(parent, parents) for parent in above))


@lru_cache(maxsize=8192)  # every track asks for the same few genres
def genre_key(genre: str) -> str:
    """Return the key that all spellings of a genre share, never ""."""
    return vocabulary().key(genre) or genre.strip().casefold()


@lru_cache(maxsize=8192)  # as above
def agrees_with(tag: str, genre: str) -> bool:
    """Return whether a file with the genre `tag` has `genre`, by any name or as a style of it.

    Indie Rock agrees with Rock, Dub with Reggae. Rock does not agree with Punk: it may be another
    style of Rock.
    """
    if genre_key(tag) == genre_key(genre):
        return True
    known = vocabulary()
    broad = known.normalise(genre)
    return broad is not None and any(known.is_within(place, broad) for place in known.places(tag))


@lru_cache(maxsize=8192)  # as above
def agrees_with_heard(tag: str, heard: str) -> bool:
    """Return whether a file with the genre `tag` agrees with what a model hears, genre or style.

    A tag agrees too if it is broader than a style that is heard: Electronic does not contradict
    House, though it says less. The ten genres are part of nothing broader.
    """
    return agrees_with(tag, heard) or agrees_with(heard, tag)
