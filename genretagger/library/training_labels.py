"""Labels for training: the user's own genre of each track, from tags and decisions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from genretagger.core.genres import split_joined
from genretagger.core.texts.folding import clean_text, fold_to_letters
from genretagger.core.tracks import TagReading, audio_digest_of
from genretagger.core.vocabulary import vocabulary

_LONGEST_GENRE: Final = 100
# By `Vocabulary.key`: without case, spaces and punctuation.
_NO_GENRE: Final = frozenset(
    (
        *("unknown", "unknowngenre", "other", "others", "none", "nogenre", "genre", "misc"),
        *("miscellaneous", "various", "undefined", "unclassified", "unclassifiable", "default"),
        *("na", "null", "tbd", "untagged", "music", "unbekannt", "sonstige", "sonstiges"),
        *("andere", "inconnu", "autre", "divers", "desconocido", "otro", "otros", "sconosciuto"),
    )
)
_NO_ARTIST: Final = frozenset(
    (
        *("", "unknown", "unknownartist", "various", "variousartists", "va", "diverse"),
        *("verschiedene", "verschiedeneinterpreten", "artistesvarios", "variosartistas"),
        *("artistesdivers", "unbekannterinterpret", "artistainconnu", "none", "na"),
    )
)
# Guests are cut off: a track with a guest still counts as the main artist's.
_GUEST: Final = re.compile(r"\s*[(\[]?\b(?:feat|ft|featuring)\b.*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class LabelledTrack:
    """A recording with a genre in the user's spelling; the rest as in `core.personal.Example`."""

    hearing_key: str
    genre: str
    group: str
    knows_artist: bool


def label_tracks(
    tracks: Iterable[tuple[str, TagReading]],
    *,
    accepted: Mapping[str, tuple[str, ...]],
    separator: str,
) -> list[LabelledTrack]:
    """Return each recording with a genre once; each genre has only one spelling.

    Parameters
    ----------
    tracks : iterable of (str, TagReading)
        Hearing keys and tags; the first counts if the same audio comes twice.
    accepted : mapping of str to tuple of str
        Genres that the user accepted, by audio digest; they win over tags.
    separator : str
        Joins several genres where a tag holds one string only (ID3v2.3).
    """
    by_digest: dict[str, LabelledTrack] = {}
    for key, tags in tracks:
        digest = audio_digest_of(key)
        if digest in by_digest:
            continue
        genres = accepted.get(digest) or _split(tags, separator=separator)
        genre = clean_text(genres[0]) if genres else ""
        if _is_genre(genre):
            group, knows_artist = _group(tags, digest=digest)
            by_digest[digest] = LabelledTrack(key, genre, group, knows_artist)
    return _same_spelling(list(by_digest.values()))


def _split(tags: TagReading, *, separator: str) -> tuple[str, ...]:
    """Return the genres of a file; a joined text that is itself a known genre is not split."""
    genres = tuple(genre for genre in tags.genres if genre.strip())
    if genres and tags.joins_genres and vocabulary().normalise(genres[0]) is None:
        return split_joined(genres[:1], joined_by=separator) or genres
    return genres


def _is_genre(genre: str) -> bool:
    key = vocabulary().key(genre)
    fits = genre.isprintable() and len(genre) <= _LONGEST_GENRE
    return fits and key != "" and key not in _NO_GENRE


def _group(tags: TagReading, *, digest: str) -> tuple[str, bool]:
    """Return the group that cross-validation never splits, and whether it is an artist."""
    for name in (tags.artist, tags.album_artist):
        artist = fold_to_letters(_GUEST.sub("", name) or name)
        if artist not in _NO_ARTIST:
            return f"artist:{artist}", True
    album = fold_to_letters(tags.album)
    return (f"album:{album}" if album else f"track:{digest}"), False


def _same_spelling(tracks: list[LabelledTrack]) -> list[LabelledTrack]:
    """Return `tracks` with each genre in its most frequent spelling."""
    key = vocabulary().key
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for track in tracks:
        spellings[key(track.genre)][track.genre] += 1
    usual = {name: counts.most_common(1)[0][0] for name, counts in spellings.items()}
    return [replace(track, genre=usual[key(track.genre)]) for track in tracks]
