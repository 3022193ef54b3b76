"""What the other tracks of its album add to a prediction: agreement raises it, dissent is shown.

A release is one album by one artist. The scores of a track are pooled with those of the others,

    pooled = softmax(log own + 0.5 * mean over the others of log other)

which is a logarithmic opinion pool (Genest and Zidek 1986, Combining Probability Distributions).
The weight was measured on held-out predictions, with the artist's other clips of a genre standing
in for an album: 0.5 lifts 224 of 1251 predictions over 0.8, and 94 % of those are right. Where
fewer than a quarter of the others agree, only 9 % of the predictions below 0.8 are right. So a
confidence is raised, never lowered, and a majority for another genre is shown beside it. A track
where none of the ten genres fits, and a style does, counts as that style; its confidence is never
raised, as what an album says of a style was not measured.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from genretagger.core.predictions import Prediction, Unsure
from genretagger.core.texts.folding import fold_spacing
from genretagger.core.tracks import TagReading
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.confidence_levels import ClassifierLevels
from genretagger.review.rows.packed_scores import iterate_genres, iterate_values
from genretagger.review.rows.row import Row, map_genre
from genretagger.review.rows.styles import is_outside, leading_style

_OTHERS_WEIGHT = 0.5
LEAST_OTHERS = 3
# Where more of the others than this are outside the ten genres, tracks would raise each other's
# errors (docs/model.md).
_MOST_OUTSIDE = 1 / 3
_MOST_TRACKS = 300  # more tracks are no album, whatever their tags: "Unknown Album", "Singles"
_FLOOR = 1e-9
# Albums of many artists: one artist's track says little of the next; this was not measured.
_MANY = frozenset(
    {"various", "various artists", "va", "v.a.", "v/a", "verschiedene", "verschiedene interpreten",
     "divers", "varios", "varios artistas", "artisti vari", "soundtrack"}
)  # fmt: skip

ReleaseName = tuple[str, str]  # album, artist
Release = tuple[str, str, str]  # the same, and the model


@dataclass(frozen=True, slots=True)
class _Voice:
    """The scores of a track as the others hear them.

    name : equal for copies of one recording
    vote : what the track is counted as sounding like: its genre, or the style in its place
    is_outside : whether something speaks for music of none of the ten genres
    logs : the logarithm of each listed score, by genre
    floor : the logarithm of the score of a genre that is not listed
    """

    name: str
    genre: str
    vote: str
    is_outside: bool
    logs: Mapping[str, float]
    floor: float

    def log(self, genre: str) -> float:
        return self.logs.get(genre, self.floor)

    def list_logs(self, genres: Sequence[str]) -> list[float]:
        """Return the logarithm of the score of each of `genres`."""
        get, floor = self.logs.get, self.floor
        return [get(genre, floor) for genre in genres]


def find_release(row: Row) -> Release | None:
    """Return the release of an analysed row; None without tags that name one, or if not music."""
    if row.track is None or row.prediction is None or _is_not_music(row.prediction):
        return None
    name = name_release(row.track.tags)
    return None if name is None else (*name, row.prediction.model_id)


def name_release(tags: TagReading) -> ReleaseName | None:
    """Return what tracks of one release have in common in their tags; None without such tags."""
    album, artist = fold_spacing(tags.album), fold_spacing(tags.album_artist)
    if not artist or artist in _MANY:
        artist = fold_spacing(tags.artist)
    return (album, artist) if album and artist else None


def _is_not_music(prediction: Prediction) -> bool:
    return prediction.unsure is Unsure.NOT_MUSIC


class Albums:
    """The releases of all rows, by row id; an update costs only what its releases cost."""

    def __init__(self) -> None:
        self._known: dict[Release, Release] = {}  # one object for all rows of a release
        self._releases: dict[int, Release] = {}
        self._members: dict[Release, dict[int, None]] = {}  # in the order of their analysis
        self._too_large: set[Release] = set()

    def update(
        self, analysed: Mapping[int, Row], *, levels: ClassifierLevels, row: Callable[[int], Row]
    ) -> dict[int, AlbumContext | None]:
        """Add rows that were just analysed; return the new contexts of all rows that they concern.

        Parameters
        ----------
        analysed : Mapping[int, Row]
            Rows by row id.
        row : Callable[[int], Row]
            Returns the present row of an id.
        """
        touched: set[Release] = set()
        for row_id, new in analysed.items():
            touched |= self._move(row_id, new)
        changed: dict[int, AlbumContext | None] = {}
        for release in touched:
            changed |= self._contexts(release, levels, row)
        alone = {row_id: None for row_id in analysed if row_id not in self._releases}
        return {**alone, **changed}

    def _move(self, row_id: int, row: Row) -> set[Release]:
        """Move a row from its old release into its new one; return both."""
        old, new = self._releases.pop(row_id, None), find_release(row)
        if old is not None:
            self._members.get(old, {}).pop(row_id, None)
        if new is not None:
            new = self._known.setdefault(new, new)
            self._releases[row_id] = new
            self._members.setdefault(new, {})[row_id] = None
        return {release for release in (old, new) if release is not None}

    def _contexts(
        self, release: Release, levels: ClassifierLevels, row: Callable[[int], Row]
    ) -> dict[int, AlbumContext | None]:
        members = self._members.get(release, {})
        if len(members) > _MOST_TRACKS:
            return self._drop_contexts(release, members)
        return compute_contexts({row_id: row(row_id) for row_id in members}, levels=levels)

    def _drop_contexts(
        self, release: Release, row_ids: Iterable[int]
    ) -> dict[int, AlbumContext | None]:
        """Return no context for each row the first time that a release is too large."""
        if release in self._too_large:
            return {}
        self._too_large.add(release)
        return dict.fromkeys(row_ids, None)


def _voice(row: Row, prediction: Prediction) -> _Voice:
    log, scores = math.log, [*iterate_values(prediction.scores)]
    floored = [score if score > _FLOOR else _FLOOR for score in scores]
    logs = dict(zip(iterate_genres(prediction.scores), map(log, floored), strict=True))
    # Of many genres only the best are listed; the others score at most the least of these.
    least = min([*scores, max(0.0, 1.0 - sum(scores))])
    title = fold_spacing(row.track.tags.title) if row.track else ""
    name = title or row.audio_digest or str(row.path)
    style = leading_style(prediction, prediction.unsure) if row.with_styles else None
    vote = prediction.genre if style is None else style.style
    floor = log(max(least, _FLOOR))
    return _Voice(name, prediction.genre, vote, is_outside(prediction), logs, floor)


def compute_contexts(
    rows: Mapping[int, Row], *, levels: ClassifierLevels
) -> dict[int, AlbumContext | None]:
    """Return the context of each track of one release, None where too few others are analysed."""
    if len(rows) <= LEAST_OTHERS:
        return dict.fromkeys(rows, None)
    predictions = {
        row_id: row.prediction for row_id, row in rows.items() if row.prediction is not None
    }
    voices = {row_id: _voice(rows[row_id], heard) for row_id, heard in predictions.items()}
    distinct: dict[str, _Voice] = {}
    for voice in voices.values():
        distinct.setdefault(voice.name, voice)
    if len(distinct) <= LEAST_OTHERS:
        return dict.fromkeys(voices, None)
    others = _Others(distinct)
    return {
        row_id: others.compute_context(predictions[row_id], voice, levels)
        for row_id, voice in voices.items()
    }


def find_album_genres(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return what is written for the majority genre of an album; empty if no track is music.

    A track that suggests a style votes for it. If several genres have as many tracks, the one with
    the highest scores over all tracks counts, and never a style, which has no scores.
    """
    voices: dict[str, list[tuple[_Voice, Row]]] = {}
    for row in rows:
        if row.prediction is not None and not _is_not_music(row.prediction):
            voice = _voice(row, row.prediction)
            voices.setdefault(row.prediction.model_id, []).append((voice, row))
    if not voices:
        return ()
    heard = max(voices.values(), key=len)  # by the model that heard most of the tracks
    votes = Counter(row.genre or "" for _, row in heard)

    def weight(genre: str) -> tuple[int, float]:
        return votes[genre], math.fsum(voice.log(genre) for voice, _ in heard)

    genre = max(sorted(votes), key=weight)
    first = next(row for _, row in heard if row.genre == genre)
    return map_genre(first.prediction, first.mapping, genre) if first.prediction else ()


class _Others:
    """What the other tracks of a release say of each of its tracks.

    Parameters
    ----------
    voices : Mapping[str, _Voice]
        One voice for each recording, by its name.
    """

    def __init__(self, voices: Mapping[str, _Voice]) -> None:
        self._voices = voices
        self._n = len(voices) - 1
        self._n_outside = sum(voice.is_outside for voice in voices.values())
        self._votes = Counter(voice.vote for voice in voices.values())
        self._genres = sorted({genre for voice in voices.values() for genre in voice.logs})
        self._logs = {name: voice.list_logs(self._genres) for name, voice in voices.items()}
        self._sums = [math.fsum(logs) for logs in zip(*self._logs.values(), strict=True)]

    def compute_context(
        self, prediction: Prediction, voice: _Voice, levels: ClassifierLevels
    ) -> AlbumContext:
        """Return the context of the track with `voice`, which may be that of a copy."""
        pooled = self._pool(voice)
        confidence = prediction.confidence
        if self._may_raise(voice) and max(pooled, key=pooled.__getitem__) == voice.genre:
            confidence = max(confidence, pooled[voice.genre])
        is_raised = confidence > prediction.confidence
        level = (
            levels.of(prediction.model_id).level_of(confidence) if is_raised else prediction.level
        )
        own = self._voices[voice.name].vote
        majority = self._find_majority(own)
        return AlbumContext(
            self._n,
            self._count_votes(voice.genre, own),
            confidence,
            level,
            majority if majority != voice.vote else None,
        )

    def _may_raise(self, voice: _Voice) -> bool:
        """Return whether so few of the album are outside the ten genres that it may be believed."""
        n_outside = self._n_outside - self._voices[voice.name].is_outside
        return not voice.is_outside and n_outside <= _MOST_OUTSIDE * self._n

    def _count_votes(self, genre: str, own: str) -> int:
        """Return how many of the others sound like `genre`; the track itself sounds like `own`."""
        return self._votes[genre] - (genre == own)

    def _find_majority(self, own: str) -> str | None:
        """Return the genre that at least two thirds of the others sound like, if there is one."""
        for genre in self._votes:
            if 3 * self._count_votes(genre, own) >= 2 * self._n:
                return genre
        return None

    def _pool(self, voice: _Voice) -> dict[str, float]:
        """Return the pooled scores by genre."""
        of_recording, n = self._logs[voice.name], self._n
        is_copy = self._voices[voice.name] is not voice
        own = voice.list_logs(self._genres) if is_copy else of_recording
        logs = [
            log + _OTHERS_WEIGHT * ((total - counted) / n)
            for log, total, counted in zip(own, self._sums, of_recording, strict=True)
        ]
        most = max(logs)
        powers = [math.exp(log - most) for log in logs]
        total = math.fsum(powers)
        return dict(zip(self._genres, [power / total for power in powers], strict=True))
