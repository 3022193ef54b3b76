"""A core with a very large library, made up: every value is new, as from scan and store."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from genretagger.core.events import Progress, Stage, TrackAnalysed, TrackFound
from genretagger.core.predictions import (
    Envelope,
    GenreScore,
    Level,
    Prediction,
    SegmentScores,
    Unsure,
)
from genretagger.core.tracks import FileFacts, FileStamp, TagReading, Track, TrackDetails
from genretagger.pipeline import Started, read_settings, start
from genretagger.pipeline.reviewing import for_review

if TYPE_CHECKING:
    import threading
    from collections.abc import Generator, Iterator, Sequence

    from genretagger.core.resources import UserFolders
    from genretagger.library.decision_store import DecisionStore

_GENRES = (
    "blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "reggae", "rock",
)  # fmt: skip
_STYLES = ("House", "ambient", "chillout", "folk", "indie", "punk", "soul", "techno", "acoustic")
_WORDS = (
    "night", "river", "stone", "blue", "heart", "fire", "winter", "song", "road", "gold", "ghost",
    "été", "über", "dream", "city", "train", "moon", "glass", "wolf", "honey", "paper", "sea",
)  # fmt: skip
_TRACKS_PER_ALBUM, _ALBUMS_PER_ARTIST = 12, 4


def _words(rng: random.Random, n: int) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(n)).title()


def _tags(number: int) -> dict[str, object]:
    album, rng = number // _TRACKS_PER_ALBUM, random.Random(number)
    of_album = random.Random(-1 - album)
    artist = f"{_words(random.Random(~(album // _ALBUMS_PER_ARTIST)), 2)} {album // 4}"
    own = rng.choice(("Rock", "Pop", "Hip-Hop", "Electronic"))
    return {
        "title": f"{_words(rng, 3)} {number}",
        "artist": artist,
        "album": f"{_words(of_album, 2)} {1960 + album % 60}",
        "album_artist": artist,
        "genres": (own,) if number % 3 else (),
        "duration_s": rng.uniform(90, 600),
        "artist_sort": f"{artist}, The" if album % 8 == 0 else "",
        "track_number": number % _TRACKS_PER_ALBUM + 1,
        "disc_number": 1,
    }


def _track(number: int) -> Track:
    tags = json.loads(json.dumps(_tags(number)))  # as from the store: nothing is shared
    tags["genres"] = tuple(tags["genres"])
    place = number % _TRACKS_PER_ALBUM + 1
    path = Path(f"/music/{tags['artist']}/{tags['album']}/{place:02d} {tags['title']}.flac")
    os.fspath(path)  # as the scan's stat does; the path keeps the text
    stamp = FileStamp(66306, 10_000_000 + number, 9_000_000 + number, 10**18 + number, 10**18)
    return Track(path, TagReading("flac", **tags), stamp)


def _prediction(number: int) -> Prediction:
    """Return a prediction made as the store makes it, with an order of genres of its own."""
    rng = random.Random(number // _TRACKS_PER_ALBUM if number % 3 else number)
    names = rng.sample(_GENRES, len(_GENRES))
    rng = random.Random(number)
    best = rng.uniform(0.3, 1.0)
    weights = sorted((rng.random() for _ in names[1:]), reverse=True)
    rest = [(1 - best) * weight / sum(weights) for weight in weights]
    stored = json.loads(json.dumps([*zip(names, [best, *rest], strict=True)]))
    hints = json.loads(json.dumps(rng.sample(_STYLES, rng.randint(0, 5))))
    level = Level.HIGH if best > 0.8 else Level.MEDIUM if best > 0.5 else Level.LOW
    return Prediction(
        stored[0][0],
        best,
        tuple(GenreScore(name, score) for name, score in stored),
        tuple(GenreScore(name, rng.uniform(0.1, 0.9)) for name in hints),
        Unsure.LOW_CONFIDENCE if level is Level.LOW else None,
        level,
        f"model-{1}",
        tuple(
            SegmentScores(24.0 * start, tuple(rng.random() for _ in names)) for start in range(10)
        ),
    )


class LargeLibrary:
    """A core with `n_tracks` tracks, all heard before."""

    def __init__(self, n_tracks: int) -> None:
        self._n_tracks = n_tracks

    def analyse(
        self, _paths: Sequence[Path], *, cancel: threading.Event, **_: object
    ) -> Iterator[object]:
        """Yield what the pipeline would."""
        tracks = []
        for number in range(self._n_tracks):
            tracks.append(_track(number))
            yield TrackFound(tracks[-1])
            yield Progress(Stage.SCAN, number + 1, 0)
        for number, track in enumerate(tracks):
            if cancel.is_set():
                return
            yield TrackAnalysed(track, f"{number:064x}", _prediction(number), cached=True)
            yield Progress(Stage.ANALYSE, number + 1, self._n_tracks)

    def apply(self, _requests: Sequence[object], **_: object) -> Iterator[object]:
        """Find nothing against writing, and write nothing."""
        yield from ()

    def history(self, **_: object) -> tuple[()]:
        """Return no batch."""
        return ()

    read_settings = staticmethod(read_settings)

    def start(self, folders: UserFolders) -> Started:
        """Start as the program does."""
        return start(folders)

    def analyse_for_review(
        self,
        paths: Sequence[Path],
        *,
        roots: Sequence[Path],
        decisions: DecisionStore | None,
        **named: Any,
    ) -> Generator[object, None, None]:
        """Yield what the pipeline would, with decisions."""
        return for_review(self.analyse(paths, **named), roots=roots, decisions=decisions)

    def details(self, *_: object, **__: object) -> TrackDetails:
        """Return next to nothing about a track."""
        return TrackDetails(facts=FileFacts())

    def envelopes(self) -> LargeLibrary:
        """Return what reads envelopes."""
        return self

    def read(self, _path: Path) -> Envelope:
        """Return the envelope of a track."""
        return Envelope(np.linspace(0, 1, 800, dtype=np.float32), 300.0)

    def drop(self) -> None:
        """Let go of nothing."""

    def stop(self) -> None:
        """Stop nothing."""

    def read_only_reason(self, _track: Track, **_: object) -> None:
        """Let all be written."""
