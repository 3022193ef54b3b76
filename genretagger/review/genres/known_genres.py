"""The genres that are completed while the user types one: those in files, and the vocabulary's."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from genretagger.core.genres import split_joined, split_text
from genretagger.core.texts.collation import natural_key
from genretagger.core.texts.folding import fold_to_letters
from genretagger.core.vocabulary import genre_key, vocabulary
from genretagger.review.genres.genre_names import Tag
from genretagger.review.genres.spellings import is_sure_to_be_split, spelling_key
from genretagger.review.rows.row import Row


@dataclass(frozen=True, slots=True)
class GenreOffer:
    """A genre to complete.

    n_files : how many files have it, in any spelling
    matched : what is searched for what is typed
    """

    name: str
    n_files: int = 0
    matched: str = ""


class KnownGenres:
    """The genres to complete: those in files, as most files spell each, then the vocabulary's.

    A style of the vocabulary is offered as the files spell it.
    """

    def __init__(self) -> None:
        self._tags: Counter[Tag] = Counter()
        self._offers: list[GenreOffer] | None = None  # made when they are asked for

    def change(self, old: Iterable[Row], new: Iterable[Row]) -> None:
        """Count the genres in the files of `new` rows in the place of `old` ones."""
        self._tags.subtract((row.current_genres, row.joined_by) for row in old)
        self._tags.update((row.current_genres, row.joined_by) for row in new)
        self._offers = None

    def offers(self, first: Sequence[str] = ()) -> list[GenreOffer]:
        """Return `first`, then the genres in files, the most frequent first, then all others."""
        if self._offers is None:
            self._offers = self._make_offers()
        if not first:
            return self._offers
        by_name = {offer.name: offer for offer in self._offers}
        taken = {name.casefold() for name in first}
        return [
            *(by_name.get(name) or _make_offer(name) for name in first),
            *(offer for offer in self._offers if offer.name.casefold() not in taken),
        ]

    def _make_offers(self) -> list[GenreOffer]:
        in_files = self._count()
        known = vocabulary()
        names = {offer.name.casefold() for offer in in_files.values()}
        ten = [name for name in map(known.name, known.genres) if name.casefold() not in names]
        styles = [name for name in map(known.name, known.styles) if _key(name) not in in_files]
        others = (name for of in (ten, styles) for name in sorted(of, key=natural_key))
        return [*in_files.values(), *map(_make_offer, others)]

    def _count(self) -> Mapping[str, GenreOffer]:
        """Return the genres in files, by a key that all spellings of each share."""
        spellings: dict[str, Counter[str]] = {}
        files: Counter[str] = Counter()
        for (genres, joined_by), n in self._tags.items():
            texts = split_joined(genres, joined_by=joined_by) if n > 0 else ()
            genres_of = (name for text in texts for name in _genres_in(text))
            # No file is written a genre that is not one line of visible text.
            names = {name: _key(name) for name in genres_of if name.isprintable()}
            for name, key in names.items():
                spellings.setdefault(key, Counter())[name] += n
            for key in set(names.values()):
                files[key] += n
        order = sorted(spellings, key=lambda key: (-files[key], key))
        return {
            key: _make_offer(spellings[key].most_common(1)[0][0], n_files=files[key])
            for key in order
        }


def _genres_in(text: str) -> tuple[str, ...]:
    """Return the genres in a text; what may be one name (Folk, World, & Country) is not split."""
    return split_text(text) if is_sure_to_be_split(text) else (text,)


def _key(name: str) -> str:
    return spelling_key(name) or name


def _make_offer(name: str, n_files: int = 0) -> GenreOffer:
    folded = fold_typed(name)
    return GenreOffer(name, n_files, f"{folded}\n{fold_to_letters(folded)}")


def fold_typed(text: str) -> str:
    """Return `text` without case and accents, to be found in `GenreOffer.matched`."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(filter(lambda c: not unicodedata.combining(c), decomposed))
    return text.casefold()


def name_broader(genre: str) -> str:
    """Return the name of what a genre, in any spelling, is a style or kind of; "" if of nothing."""
    known = vocabulary()
    place = next(iter(known.places(genre)), None)
    broader = known.parent(place) if place == known.normalise(genre) and place else place
    return known.name(broader) if broader and genre_key(broader) != genre_key(genre) else ""
