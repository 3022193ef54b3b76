"""Turns paths into verdicts: scan, digest, store, worker processes, classifier."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.workers import HearingPool, wait_for_outputs
from genretagger.core.errors import DecodeError, PersonalError, TrackError
from genretagger.core.events import Failure, Progress, Stage, TrackAnalysed, TrackFound
from genretagger.core.predictions import SegmentOutputs
from genretagger.core.tracks import Track
from genretagger.library.leaving_out import LeftOutNames
from genretagger.library.scan import scan
from genretagger.library.store import Store
from genretagger.pipeline.context import Context, check
from genretagger.pipeline.personal import InUse, in_use
from genretagger.tagging.digest import hearing_key_of

_LOG = logging.getLogger(__name__)

# Padding by encoders and rounding make a claimed and a true length differ by up to this.
_SAME_LENGTH_S = 0.5
# The header of a Musepack file counts samples, but the audio ends with a whole packet: usually 64
# frames of 1152 samples, at 32 kHz or more (Musepack, "SV8 specification").
_SAME_LENGTH_OF_S = {"mpc": 2.4}
# The longest delay of a stop while worker processes are busy.
_CANCEL_CHECK_S = 0.2

Analysis = Progress | TrackFound | TrackAnalysed | Failure | LeftOutNames


def analyse(
    paths: Sequence[Path],
    *,
    context: Context,
    cancel: threading.Event,
    use_cache: bool = True,
) -> Generator[Analysis, None, None]:
    """Scan `paths` and judge every track; hear only tracks without stored results.

    Yields a TrackFound for each track of the scan, or a Failure without `track` for an unreadable
    file or folder; then a LeftOutNames if the scan left out names; then a TrackAnalysed or a
    Failure for each track as soon as it is ready. Without `use_cache` every track is heard again. A
    personal classifier that cannot be used gives a Failure, and the model judges alone. Close the
    generator if you do not read it to its end, because its processes run until then.

    Raises
    ------
    ModelError
        The model cannot be loaded.
    StoreError
        Results cannot be stored.
    Cancelled
        `cancel` was set.
    """
    folder = default_model_folder()
    model = Model.load(folder)
    personal: InUse | None = None
    try:
        personal = in_use(context=context)
    except PersonalError as error:
        yield Failure(context.folders.personal, error)
    with Store.open(context.folders.store) as store:
        tracks: list[Track] = []
        skip_hidden = context.settings.skip_hidden_folders
        for track in scan(paths, store=store, skip_hidden=skip_hidden):
            check(cancel)
            if isinstance(track, Failure | LeftOutNames):
                yield track
                continue
            tracks.append(track)
            yield TrackFound(track)
            yield Progress(Stage.SCAN, len(tracks), 0)
        n_workers = min(context.settings.jobs or os.cpu_count() or 1, max(1, len(tracks)))
        analyser = _Analyser(
            folder, model, store, n_workers=n_workers, use_cache=use_cache, personal=personal
        )
        yield from analyser.run(tracks, cancel=cancel)
    _LOG.info("analysed %d tracks, %d of them known already", len(tracks), analyser.n_known)


class _Analyser:
    """Takes tracks through digest, store, worker processes and classifier."""

    def __init__(
        self,
        folder: Path,
        model: Model,
        store: Store,
        *,
        n_workers: int,
        use_cache: bool,
        personal: InUse | None,
    ) -> None:
        self._folder = folder
        self._model = model
        self._store = store
        self._n_workers = n_workers
        self._use_cache = use_cache
        self._personal = personal
        self.n_known = 0
        self._heard: dict[Future[SegmentOutputs], tuple[Track, str]] = {}

    def run(self, tracks: Sequence[Track], *, cancel: threading.Event) -> Iterator[Analysis]:
        """Yield the verdict on each of `tracks` as soon as it is ready, and progress."""
        yield Progress(Stage.ANALYSE, 0, len(tracks))
        with closing(self._verdicts(tracks, cancel=cancel)) as verdicts:
            for n_done, event in enumerate(verdicts, 1):
                yield event
                yield Progress(Stage.ANALYSE, n_done, len(tracks))

    def _verdicts(
        self, tracks: Sequence[Track], *, cancel: threading.Event
    ) -> Generator[TrackAnalysed | Failure, None, None]:
        pool: HearingPool | None = None
        try:
            for track in tracks:
                check(cancel)
                try:
                    track, key = self._with_key(track)
                except TrackError as error:
                    yield Failure(track.path, error, track)
                    continue
                known = self._known(track, key) if self._use_cache else None
                if known is not None:
                    self.n_known += 1
                    yield known
                    continue
                pool = pool or HearingPool(self._folder, n_workers=self._n_workers)
                self._heard[pool.submit(track.path)] = track, key
                # Two tracks per worker: no worker waits, and a stop discards little work.
                yield from self._collect(2 * self._n_workers, cancel=cancel)
            yield from self._collect(1, cancel=cancel)
        finally:
            if pool is not None:
                pool.stop()

    def _with_key(self, track: Track) -> tuple[Track, str]:
        """Return `track` and its hearing key, from the store if the file is unchanged.

        If computing the key reveals damage, the returned track is marked, also in the store.
        """
        key = self._store.hearing_key(track.stamp)
        if key is None:
            key, damage = hearing_key_of(track.path, container=track.tags.container)
            self._store.put_hearing_key(track.stamp, key)
            if damage is not None and track.tags.read_only is None:
                track = replace(track, tags=replace(track.tags, read_only=damage))
                self._store.put_tags(track.stamp, track.tags)
        return track, key

    def _known(self, track: Track, key: str) -> TrackAnalysed | None:
        """Return the verdict on audio that was heard before, by this or another classifier."""
        manifest = self._model.manifest
        track = self._measured(track, self._store.duration_s(key))
        prediction = self._store.prediction(key, manifest.model_id)
        if prediction is not None and self._personal is None:
            return TrackAnalysed(track, key, prediction, cached=True)
        outputs = self._store.outputs(key, manifest)
        if outputs is None:
            return None
        if prediction is None:
            prediction = self._model.classify(outputs)
            self._store.put_prediction(key, prediction)
        return self._verdict(TrackAnalysed(track, key, prediction, cached=True), outputs)

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

    def _verdict(self, heard: TrackAnalysed, outputs: SegmentOutputs) -> TrackAnalysed:
        return self._personal.judge(heard, outputs) if self._personal is not None else heard

    def _collect(
        self, n_least: int, *, cancel: threading.Event
    ) -> Iterator[TrackAnalysed | Failure]:
        """Yield finished verdicts until fewer than `n_least` tracks are with the workers."""
        while len(self._heard) >= n_least:
            check(cancel)
            done, _ = wait(self._heard, timeout=_CANCEL_CHECK_S, return_when=FIRST_COMPLETED)
            for future in done:
                track, key = self._heard.pop(future)
                yield self._finish(track, key, future)

    def _finish(
        self, track: Track, key: str, future: Future[SegmentOutputs]
    ) -> TrackAnalysed | Failure:
        try:
            outputs = wait_for_outputs(track.path, future)
        except TrackError as error:
            return Failure(track.path, _better_error(track, error), track, key)
        self._store.put_outputs(key, self._model.manifest, outputs)
        prediction = self._model.classify(outputs)
        self._store.put_prediction(key, prediction)
        track = self._measured(track, outputs.duration_s)
        return self._verdict(TrackAnalysed(track, key, prediction), outputs)


def _better_error(track: Track, error: TrackError) -> TrackError:
    """Return `error`, or a better one for a file that is cut off, as an MP4 before its index."""
    is_cut = track.tags.read_only == "cut-off"
    return (
        DecodeError(track.path, "cut-unheard") if is_cut and error.key == "decode-failed" else error
    )
