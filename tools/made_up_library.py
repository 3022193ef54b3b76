"""A library without files: made-up artists and albums, every state, drawn covers.

Pictures and lists of the window are made with it (tools/window_tour.py). Nothing is analysed or
written: the fake pipeline of the tests stands in.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from genretagger.analysis.manifest import default_model_folder
from genretagger.core.errors import DecodeError, TrackSilentError, TrackTooShortError
from genretagger.core.events import Failure
from genretagger.core.predictions import (
    Envelope,
    GenreScore,
    Prediction,
    SegmentScores,
    StyleScore,
    Unsure,
)
from genretagger.core.tracks import FileFacts, Track, TrackDetails
from genretagger.core.vocabulary import vocabulary
from genretagger.pipeline.starting import model_levels
from tests.helpers.learners import LearningCore, report
from tests.helpers.rows import track

_FOLDER = "/home/ana/Music"
_SEGMENT_S = 15.0
_COVER_PX = 240
_SIZE_BYTES = 27_400_000
# Artist, album, year, genre in the files, then title, genre heard, confidence, and what is special.
_ALBUMS = (
    ("The Lanterns", "Harbour Lights", "1971", "Rock", (
        ("Leaving at Dawn", "rock", 0.97, ""), ("Copper Rain", "rock", 0.93, ""),
        ("Salt on the Wheel", "rock", 0.88, ""), ("Slow Tide", "blues", 0.71, ""),
        ("The Pilot's Daughter", "rock", 0.95, ""), ("Signal Fire", "metal", 0.58, "segments"),
    )),
    ("Ada Quill Trio", "Nine Windows", "1962", "", (
        ("Window One", "jazz", 0.98, ""), ("Afternoon, Almost", "jazz", 0.96, ""),
        ("Brushes", "jazz", 0.94, ""), ("Night Ferry", "blues", 0.55, "low"),
        ("Nine Windows", "jazz", 0.97, ""),
    )),
    ("Orquesta del Faro", "Sinfonía del puerto", "2004", "Soundtrack", (
        ("I. Allegro", "classical", 0.99, ""), ("II. Andante", "classical", 0.99, ""),
        ("III. Scherzo", "classical", 0.97, ""), ("IV. Finale", "classical", 0.98, ""),
    )),
    ("MC Paloma", "Techo bajo", "1996", "Hip Hop", (
        ("Intro", "hiphop", 0.41, "too-short"), ("Llaves", "hiphop", 0.96, ""),
        ("Ascensor", "hiphop", 0.91, ""), ("Dos pisos", "reggae", 0.63, ""),
        ("Skit", "hiphop", 0.3, "not-music"),
    )),
    ("Velvet Circuit", "Mirror Hour", "1979", "Pop", (
        ("Mirror Hour", "disco", 0.95, ""), ("Under the Glass", "disco", 0.92, ""),
        ("Ten Past Two", "pop", 0.74, ""), ("Coda", "disco", 0.0, "silent"),
    )),
    ("Ironmoth", "Ash Cathedral", "2011", "Metal", (
        ("Bellringer", "metal", 0.99, ""), ("Ash Cathedral", "metal", 0.98, ""),
        ("Grey Choir", "classical", 0.52, "unfamiliar"), ("Furnace", "metal", 0.0, "broken"),
    )),
    ("Mossgate", "The Long Field", "2015", "Folk", (
        ("The Long Field", "country", 0.46, "folk"), ("Hawthorn", "country", 0.41, "folk"),
        ("Weir Song", "jazz", 0.47, "singer"), ("Low Barn", "rock", 0.94, "finer"),
    )),
    ("Halflight Unit", "Cold Harbour", "2019", "", (
        ("Departure", "classical", 0.52, "ambient"), ("Isobar", "disco", 0.44, "electronic"),
    )),
    ("Cass Holloway", "County Road 9", "1988", "", (
        ("County Road 9", "country", 0.93, ""), ("Porchlight", "country", 0.9, ""),
    )),
)  # fmt: skip
_UNSURE = {
    "segments": Unsure.SEGMENTS_DISAGREE,
    "low": Unsure.LOW_CONFIDENCE,
    "unfamiliar": Unsure.UNFAMILIAR,
    "not-music": Unsure.NOT_MUSIC,
    "folk": Unsure.LOW_CONFIDENCE,
    "singer": Unsure.LOW_CONFIDENCE,
    "ambient": Unsure.OUTSIDE,
    "electronic": Unsure.SEGMENTS_DISAGREE,
}
# Styles beyond the ten, by what is special.
_STYLES = {
    "folk": (StyleScore("folk", 0.86, True),),
    "singer": (StyleScore("singer-songwriter", 0.58, False), StyleScore("folk", 0.52, True)),
    "finer": (StyleScore("folk-rock", 0.71, True),),
    "ambient": (StyleScore("ambient", 0.72, False),),
    "electronic": (StyleScore("electronic", 0.83, True),),
}
_HINTS = {
    "rock": ("classic rock", "70s"), "jazz": ("instrumental", "chill"), "disco": ("dance", "70s"),
    "metal": ("heavy metal", "hard rock"), "country": ("folk", "acoustic"),
    "hiphop": ("electronic", "beats"), "classical": ("instrumental", "soundtrack"),
}  # fmt: skip


class MadeUpPipeline(LearningCore):
    """Stands in for the pipeline, on the made-up library."""

    def __init__(self) -> None:
        self.errors: dict[Path, DecodeError | TrackTooShortError | TrackSilentError] = {}
        tracks, heard, details = [], {}, {}
        for artist, album, year, genre, titles in _ALBUMS:
            cover = _cover(album)
            for number, (title, likely, confidence, special) in enumerate(titles, start=1):
                made = _track(artist, album, genre, f"{number:02} {title}")
                path = made.path
                tracks.append(made)
                heard[path] = _prediction(likely, confidence, special)
                self._note_error(path, special)
                facts = _facts(year, f"{number}/{len(titles)}", cover)
                details[path] = self._details(made, heard[path], facts)
        super().__init__(tracks, heard)
        self.found_details = details
        self.shelf = {"Records of the cellar": replace(report(), n_left_out=1)}

    def _note_error(self, path: Path, special: str) -> None:
        if special == "broken":
            self.errors[path] = DecodeError(path, "decode-failed", reason="end of file")
        elif special == "silent":
            self.errors[path] = TrackSilentError(path, "track-silent")
        elif special == "too-short":
            self.errors[path] = TrackTooShortError(path, "track-too-short", seconds="2", least="3")

    def _details(self, made: Track, heard: Prediction, facts: FileFacts) -> TrackDetails:
        if made.path in self.errors:
            return TrackDetails(facts=facts, size_bytes=_SIZE_BYTES)
        segments, deciding = _segments(heard, made.tags.duration_s or 0.0, seed=str(made.path))
        genres = tuple(sorted(score.genre for score in heard.scores))
        return TrackDetails(genres, segments, _SEGMENT_S, deciding, facts, _SIZE_BYTES)

    def analyse(self, paths, *, context, cancel, use_cache=True):  # type: ignore[no-untyped-def] # noqa: ARG002
        """Yield the events of an analysis; tracks that cannot be heard fail with their error."""
        self.failures = set(self.errors)
        for event in super().analyse(paths, context=context, cancel=cancel):
            if isinstance(event, Failure):
                yield replace(event, error=self.errors[event.path])
            else:
                yield event

    def read(self, path: Path) -> Envelope:
        """Return an envelope with verses and choruses."""
        self.asked_envelopes.append(path)
        rng = np.random.default_rng(zlib.crc32(str(path).encode()))
        duration_s = self.tracks[path].tags.duration_s or 0.0
        at = np.linspace(0, 1, 900)
        loud = 0.55 + 0.25 * np.sign(np.sin(2 * np.pi * (3.5 * at + rng.random())))
        beats = rng.random(900) * 0.35
        fade = np.minimum(1, np.minimum(at, 1 - at) * 18)
        return Envelope(((loud + beats - 0.15) * fade).clip(0, 1).astype(np.float32), duration_s)


def _facts(year: str, number: str, cover: bytes) -> FileFacts:
    return FileFacts(
        year,
        number,
        label="Breakwater",
        sample_rate_hz=44100,
        channels=2,
        bits_per_sample=16,
        bitrate_bps=912_000,
        cover=cover,
    )


def _track(artist: str, album: str, genre: str, name: str) -> Track:
    made = track(
        f"{name}.flac",
        genres=(genre,) if genre else (),
        title=name[3:],
        folder=f"{_FOLDER}/{artist}/{album}",
        artist=artist,
        album=album,
    )
    duration_s = 150.0 + zlib.crc32(name.encode()) % 130
    return replace(made, tags=replace(made.tags, duration_s=duration_s))


def _prediction(likely: str, confidence: float, special: str) -> Prediction:
    """Return a prediction whose other genres share the rest unevenly, as a model's do."""
    rng = np.random.default_rng(zlib.crc32(f"{likely}{confidence}".encode()))
    others = [genre for genre in sorted(vocabulary().genres) if genre != likely]
    shares = rng.dirichlet(np.full(len(others), 0.35)) * (1 - confidence)
    rest = sorted(zip(shares.tolist(), others, strict=True), reverse=True)
    scores = (GenreScore(likely, confidence), *(GenreScore(name, share) for share, name in rest))
    hints = tuple(GenreScore(name, 0.6) for name in _HINTS.get(likely, ()))
    level = model_levels().level_of(confidence)
    return Prediction(
        likely,
        confidence,
        scores,
        hints,
        _UNSURE.get(special),
        level,
        default_model_folder().name,
        styles=_STYLES.get(special, ()),
    )


def _segments(
    heard: Prediction, duration_s: float, *, seed: str
) -> tuple[tuple[SegmentScores, ...], int]:
    """Return scores along a track, mostly of its genre, and the number of the deciding segment."""
    rng = np.random.default_rng(zlib.crc32(seed.encode()))
    order = {score.genre: index for index, score in enumerate(heard.scores)}
    genres = sorted(order)
    overall = np.array([heard.scores[order[genre]].score for genre in genres]) + 0.01
    starts = np.arange(5.0, duration_s - _SEGMENT_S, 22.0)
    drawn = [rng.dirichlet(overall * 9) for _ in starts]
    deciding = int(np.argmax([scores[genres.index(heard.genre)] for scores in drawn]))
    segments = [
        SegmentScores(float(start), tuple(scores.tolist()))
        for start, scores in zip(starts, drawn, strict=True)
    ]
    return tuple(segments), deciding


def _cover(album: str) -> bytes:
    """Return a drawn cover as PNG: discs on a ground, in hues of the album's name."""
    seed = zlib.crc32(album.encode())
    rng = np.random.default_rng(seed)
    image = QImage(_COVER_PX, _COVER_PX, QImage.Format.Format_RGB32)
    hue = seed % 360
    image.fill(QColor.fromHsl(hue, 110, 60))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for number in range(5):
        painter.setBrush(QColor.fromHsl((hue + 25 * number) % 360, 140, 90 + 25 * number))
        x, y = (rng.random(2) * _COVER_PX).tolist()
        painter.drawEllipse(QPointF(x, y), 90 - 14 * number, 90 - 14 * number)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()
