"""The details of one track: segments, facts about the file, cover, envelope."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from genretagger.analysis.envelope import EnvelopeReader
from genretagger.analysis.manifest import default_model_folder, load_manifest
from genretagger.core.errors import TrackError, TrackRefusedError
from genretagger.core.predictions import ModelManifest, SegmentScores
from genretagger.core.tracks import TrackDetails
from genretagger.library.store import Store
from genretagger.pipeline.context import Context
from genretagger.pipeline.personal import in_use
from genretagger.tagging.containers.facts import MOST_COVER_BYTES, read_facts
from genretagger.tagging.disk import fs
from genretagger.tagging.writing import preconditions

# Cover pictures beside the tracks of an album; only some file systems distinguish case.
_BESIDE: Final = tuple(
    spelling + suffix
    for name in ("cover", "folder", "front")
    for suffix in (".jpg", ".png", ".jpeg")
    for spelling in (name, name.capitalize())
)


def details(
    path: Path, hearing_key: str | None, model_id: str | None, *, context: Context
) -> TrackDetails:
    """Return the details of the track at `path` that its row does not hold.

    Parameters
    ----------
    hearing_key, model_id : str or None
        The key of the audio, and the id of the model or personal classifier that judged it; None
        for a track that was not heard.

    Raises
    ------
    StoreError
        The store cannot be used.
    ModelError, PersonalError
        The model or classifier that judged the track cannot be read.
    """
    heard = TrackDetails()
    if hearing_key is not None and model_id is not None:
        heard = _heard(hearing_key, model_id, context=context)
    try:
        facts = read_facts(path)
        size_bytes = path.stat().st_size
        is_protected = _is_protected(path)
    except TrackError as error:
        return replace(heard, error=error)
    except OSError:  # the file has just disappeared
        return heard
    if not facts.cover:
        facts = replace(facts, cover=_cover_beside(path))
    return replace(heard, facts=facts, size_bytes=size_bytes, is_protected=is_protected)


def _is_protected(path: Path) -> bool:
    """Return whether a write would be refused now, False if that is unknown."""
    try:
        preconditions.require_writable(path, path=path)
    except TrackRefusedError:
        return True
    except OSError:
        return False
    return False


def envelopes() -> EnvelopeReader:
    """Return a reader of envelopes; it starts no process before the first one."""
    return EnvelopeReader()


def _heard(key: str, model_id: str, *, context: Context) -> TrackDetails:
    manifest = load_manifest(default_model_folder())
    with Store.open(context.folders.store) as store:
        if model_id != manifest.model_id:
            return _heard_by_own(store, key, model_id, manifest, context=context)
        prediction = store.prediction(key, model_id)
    if prediction is None:
        return TrackDetails()
    return _along(manifest.genres, prediction.segments, manifest, genre=prediction.genre)


def _heard_by_own(
    store: Store, key: str, model_id: str, manifest: ModelManifest, *, context: Context
) -> TrackDetails:
    """Return the segments by the personal classifier in use; none if `model_id` is another one."""
    own = in_use(context=context)
    outputs = store.outputs(key, manifest)
    prediction = store.prediction(key, manifest.model_id)
    if own is None or outputs is None or prediction is None:
        return TrackDetails()
    own_prediction = own.classifier.predict(outputs, main=prediction, name=own.name)
    if own_prediction.model_id != model_id:
        return TrackDetails()
    segments = tuple(
        SegmentScores(float(start_s), tuple(float(score) for score in scores))
        for start_s, scores in zip(
            outputs.starts_s, own.classifier.scores(outputs.penultimate), strict=True
        )
    )
    return _along(own.classifier.genres, segments, manifest, genre=own_prediction.genre)


def _along(
    genres: tuple[str, ...],
    segments: tuple[SegmentScores, ...],
    manifest: ModelManifest,
    *,
    genre: str,
) -> TrackDetails:
    """Return the segments, with the index of the one where `genre` has its highest score."""
    if not segments or genre not in genres:
        return TrackDetails()
    at = genres.index(genre)
    deciding = max(range(len(segments)), key=lambda number: segments[number].scores[at])
    return TrackDetails(genres, segments, manifest.feature_spec.segment_s, deciding)


def _cover_beside(path: Path) -> bytes:
    """Return the cover picture in the album's folder, b"" without one of sensible size."""
    for name in _BESIDE:
        with suppress(OSError, fs.NotRegularError), fs.open_read(path.with_name(name)) as stream:
            content = stream.read(MOST_COVER_BYTES + 1)
            if 0 < len(content) <= MOST_COVER_BYTES:
                return content
    return b""
