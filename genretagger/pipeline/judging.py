"""Verdicts on tracks: from stored results, or from what a worker has just heard."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from genretagger.analysis.classifier import Model
from genretagger.core.errors import DecodeError, TrackError
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.core.predictions import Prediction, SegmentOutputs
from genretagger.core.tracks import FileStamp, Track
from genretagger.library.store import Store, StoredFile
from genretagger.pipeline.personal import InUse
from genretagger.pipeline.track_workers import HeardFile

# Padding by encoders and rounding make a claimed and a true length differ by up to this.
_SAME_LENGTH_S = 0.5
# The header of a Musepack file counts samples, but the audio ends with a whole packet: usually 64
# frames of 1152 samples, at 32 kHz or more (Musepack, "SV8 specification").
_SAME_LENGTH_OF_S = {"mpc": 2.4}
# Of a file on which the decoder crashed or hung: what is said then, and what from then on.
_AFTER: Final = {
    "decoder-crashed": "decoder-crashed-before",
    "decoder-hung": "decoder-hung-before",
}


class TrackJudge:
    """Judges tracks, and keeps what is learned about them in the store."""

    def __init__(self, model: Model, store: Store, personal: InUse | None) -> None:
        self._model = model
        self._store = store
        self._personal = personal

    def look_up(self, stamp: FileStamp) -> StoredFile:
        """Return what is stored about a file."""
        return self._store.file(stamp, model_id=self._model.manifest.model_id)

    def known(self, track: Track, stored: StoredFile) -> TrackAnalysed | None:
        """Return the verdict on audio that was heard before, by this or another classifier."""
        key, prediction = stored.hearing_key, stored.prediction
        if key is None:
            return None
        track = self._measured(track, stored.duration_s)
        if prediction is not None and self._personal is None:
            return TrackAnalysed(track, key, prediction, cached=True)
        outputs = self._store.outputs(key, self._model.manifest)
        if outputs is None:
            return None
        if prediction is None:
            prediction = self._classify(key, outputs)
        return self._judged(TrackAnalysed(track, key, prediction, cached=True), outputs)

    def is_heard_again(self, stored: StoredFile) -> bool:
        """Return whether another embedding heard a track on which no verdict is `known`."""
        key = stored.hearing_key
        return key is not None and self._store.has_other_outputs(key, self._model.manifest)

    @property
    def heard_by(self) -> str:
        """The name of the embedding and its excerpt plan."""
        manifest = self._model.manifest
        return f"{manifest.embedding_id} {manifest.feature_spec.plan_id}"

    def heard(self, track: Track, heard: HeardFile) -> TrackAnalysed | Failure | None:
        """Return the verdict on a track that a worker has digested and, if need be, heard.

        None if the worker saw outputs in the store that are not there: other programs use it too.
        """
        key = heard.hearing_key
        self._store.put_hearing_key(track.stamp, key)
        self._store.quarantine(track.stamp, None)
        if heard.damage is not None and track.tags.read_only is None:
            track = replace(track, tags=replace(track.tags, read_only=heard.damage))
            self._store.put_tags(track.stamp, track.tags)
        if heard.error is not None:
            return self.unheard(track, heard.error, key)
        if heard.outputs is None:
            return self.known(track, self.look_up(track.stamp))
        self._store.put_outputs(key, self._model.manifest, heard.outputs)
        prediction = self._classify(key, heard.outputs)
        track = self._measured(track, heard.outputs.duration_s)
        return self._judged(TrackAnalysed(track, key, prediction), heard.outputs)

    def _classify(self, key: str, outputs: SegmentOutputs) -> Prediction:
        """Store a prediction, and return it without its segments, which only details show."""
        prediction = self._model.classify(outputs)
        self._store.put_prediction(key, prediction)
        return replace(prediction, segments=())

    def quarantined(self, track: Track, key: str | None) -> Failure | None:
        """Return the failure of a file on which the decoder crashed or hung, else None."""
        reason = self._store.quarantined(track.stamp)
        if reason is None:
            return None
        return Failure(track.path, DecodeError(track.path, _AFTER[reason]), track, key)

    def unheard(self, track: Track, error: TrackError, key: str | None) -> Failure:
        """Return the failure of a track that could not be heard; quarantine it if it is to blame.

        Such a file is not heard again until it changes, which gives it another stamp.
        """
        if error.key in _AFTER:
            self._store.quarantine(track.stamp, error.key)
            if key is not None:
                self._store.put_hearing_key(track.stamp, key)
        return Failure(track.path, _better_error(track, error), track, key)

    def _measured(self, track: Track, duration_s: float | None) -> Track:
        """Return `track` with its true length; store that if the file claims another one."""
        tags = track.tags
        if duration_s is None:
            return track
        same_s = _SAME_LENGTH_OF_S.get(tags.container, _SAME_LENGTH_S)
        is_same = abs((tags.duration_s or 0.0) - duration_s) <= same_s
        if is_same and not tags.duration_estimated:
            return track
        tags = replace(tags, duration_s=duration_s, duration_estimated=False)
        self._store.put_tags(track.stamp, tags)
        return replace(track, tags=tags)

    def _judged(self, heard: TrackAnalysed, outputs: SegmentOutputs) -> TrackAnalysed:
        return self._personal.judge(heard, outputs) if self._personal is not None else heard


def _better_error(track: Track, error: TrackError) -> TrackError:
    """Return `error`, or a better one for a file that is cut off, as an MP4 before its index."""
    is_cut = track.tags.read_only == "cut-off"
    return (
        DecodeError(track.path, "cut-unheard") if is_cut and error.key == "decode-failed" else error
    )
