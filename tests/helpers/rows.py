"""Tracks, predictions and rows of files that do not exist."""

from __future__ import annotations

from pathlib import Path

from genretagger.core.events import TrackAnalysed
from genretagger.core.predictions import GenreScore, Level, Prediction, StyleScore
from genretagger.core.tracks import FileStamp, TagReading, Track
from genretagger.review.rows.row_events import apply_analysis, make_row

GENRES = ("blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "rock")


def prediction(
    genre="blues",
    confidence=0.9,
    unsure=None,
    *,
    level=Level.HIGH,
    hints=(),
    model="fake-model",
    styles=(),
):
    """Return a prediction whose other genres share what `confidence` leaves.

    `styles` are names with their confidences; each is proven unless a third value says otherwise.
    """
    others = [other for other in GENRES if other != genre]
    rest = (1 - confidence) / len(others)
    scores = (GenreScore(genre, confidence), *(GenreScore(other, rest) for other in others))
    tags = tuple(GenreScore(name, 0.5) for name in hints)
    scored = tuple(StyleScore(*(*style, True)[:3]) for style in styles)
    return Prediction(genre, confidence, scores, tags, unsure, level, model, styles=scored)


def track(
    name="a.flac",
    *,
    genres=(),
    title="",
    folder="/music",
    container="flac",
    artist="Artist",
    album="",
    album_artist="",
    **tags,
):
    """Return a track of three seconds; `tags` are further fields of its `TagReading`."""
    path = Path(folder) / name
    title = title or path.stem
    reading = TagReading(container, title, artist, album, album_artist, genres, 3.0, **tags)
    return Track(path, reading, FileStamp(1, abs(hash(path)) % 2**40, 100, 0, 0))


def analysed_row(
    found, said=None, *, separator="/", read_only=None, personal=None, rule=None, **event
):
    """Return the row of the track `found` after the model `said` something of it.

    `rule` is the user's rule for it. `event` holds further arguments of `apply_analysis`: an
    earlier decision, a mapping.
    """
    row = make_row(found, read_only=read_only, separator=separator, rule=rule)
    heard = TrackAnalysed(
        found, f"digest-{found.path.name}", said or prediction(), personal=personal
    )
    return apply_analysis(row, heard, **event)


def heard(
    name="a.flac",
    genre="blues",
    confidence=0.9,
    unsure=None,
    *,
    level=Level.HIGH,
    hints=(),
    model="fake-model",
    read_only=None,
    styles=(),
    rule=None,
    **tags,
):
    """Return the row of a track that sounds like `genre`; `tags` are arguments of `track`."""
    said = prediction(
        genre, confidence, unsure, level=level, hints=hints, model=model, styles=styles
    )
    return analysed_row(track(name, **tags), said, read_only=read_only, rule=rule)
