"""Analyse, apply, undo: generators of events. The only module that knows the order of the steps.

Every generator raises `Cancelled` soon after its `cancel` is set; what was done stays done.
"""

from __future__ import annotations

import logging
import os
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.workers import HearingPool, outcome
from genretagger.core.datatypes import (
    Failure,
    Policy,
    Progress,
    TrackAnalysed,
    TrackFound,
    WriteRequest,
    WriteResult,
    WriteStatus,
)
from genretagger.core.errors import Cancelled, TrackError, TrackRefusedError
from genretagger.core.genres import vocabulary
from genretagger.library.plan import require_distinct
from genretagger.library.scan import scan
from genretagger.library.store import Store
from genretagger.tagging import containers, journal, recovery, undoing, writer
from genretagger.tagging.digest import audio_digest

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from genretagger.core.datatypes import BatchSummary, SegmentOutputs, Track
    from genretagger.core.errors import GenreTaggerError
    from genretagger.core.resources import UserFolders
    from genretagger.core.settings import Settings

_LOG = logging.getLogger(__name__)

# How long a stop may go unnoticed while worker processes are busy.
_CANCEL_CHECK_S = 0.2

Analysis = Progress | TrackFound | TrackAnalysed | Failure


@dataclass(frozen=True, slots=True)
class Context:
    """What a job works with: the user's folders and one frozen value of the settings."""

    folders: UserFolders
    settings: Settings


def analyse(
    paths: Sequence[Path],
    *,
    context: Context,
    cancel: threading.Event,
    use_cache: bool = True,
) -> Iterator[Analysis]:
    """Scan `paths` and judge every track, each heard only once in its life.

    Yields a TrackFound for each track of the scan, then for each of them, as it gets ready, a
    TrackAnalysed or a Failure; Failure without `track` for what the scan could not read. Without
    `use_cache` every track is heard again.

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
    with Store.open(context.folders.store) as store:
        tracks: list[Track] = []
        for found in scan(paths, store=store):
            _check(cancel)
            if isinstance(found, Failure):
                yield found
                continue
            tracks.append(found)
            yield TrackFound(found)
            yield Progress("scan", len(tracks), 0)
        n_workers = min(context.settings.jobs or os.cpu_count() or 1, max(1, len(tracks)))
        analyser = _Analyser(folder, model, store, n_workers=n_workers, use_cache=use_cache)
        yield from analyser.run(tracks, cancel=cancel)
    _LOG.info("analysed %d tracks, %d of them known already", len(tracks), analyser.n_known)


class _Analyser:
    """Takes tracks through digest, store, worker processes and classifier."""

    def __init__(
        self, folder: Path, model: Model, store: Store, *, n_workers: int, use_cache: bool
    ) -> None:
        self._folder = folder
        self._model = model
        self._store = store
        self._n_workers = n_workers
        self._use_cache = use_cache
        self.n_known = 0
        self._heard: dict[Future[SegmentOutputs], tuple[Track, str]] = {}

    def run(self, tracks: Sequence[Track], *, cancel: threading.Event) -> Iterator[Analysis]:
        """Yield the verdict on each of `tracks` as it gets ready, and progress."""
        yield Progress("analyse", 0, len(tracks))
        for n_done, event in enumerate(self._verdicts(tracks, cancel=cancel), 1):
            yield event
            yield Progress("analyse", n_done, len(tracks))

    def _verdicts(
        self, tracks: Sequence[Track], *, cancel: threading.Event
    ) -> Iterator[TrackAnalysed | Failure]:
        pool: HearingPool | None = None
        try:
            for track in tracks:
                _check(cancel)
                try:
                    digest = self._digest(track)
                except TrackError as error:
                    yield Failure(track.path, "digest", error, track)
                    continue
                known = self._known(track, digest) if self._use_cache else None
                if known is not None:
                    self.n_known += 1
                    yield known
                    continue
                pool = pool or HearingPool(self._folder, n_workers=self._n_workers)
                self._heard[pool.submit(track.path)] = track, digest
                # Two per worker: none of them waits, and a stop leaves little undone.
                yield from self._collect(2 * self._n_workers, cancel=cancel)
            yield from self._collect(1, cancel=cancel)
        finally:
            if pool is not None:
                pool.stop()

    def _digest(self, track: Track) -> str:
        """Return the audio digest of `track`, from the store if the file is as it was."""
        digest = self._store.audio_digest(track.stamp)
        if digest is None:
            digest = audio_digest(track.path, container=track.tags.container)
            self._store.put_audio_digest(track.stamp, digest)
        return digest

    def _known(self, track: Track, digest: str) -> TrackAnalysed | None:
        """Return the verdict on audio that was heard before, by this or another classifier."""
        manifest = self._model.manifest
        prediction = self._store.prediction(digest, manifest.model_id)
        if prediction is None:
            outputs = self._store.outputs(digest, manifest)
            if outputs is None:
                return None
            prediction = self._model.classify(outputs)
            self._store.put_prediction(digest, prediction)
        return TrackAnalysed(track, digest, prediction, cached=True)

    def _collect(
        self, n_least: int, *, cancel: threading.Event
    ) -> Iterator[TrackAnalysed | Failure]:
        """Yield finished verdicts until fewer than `n_least` tracks are with the workers."""
        while len(self._heard) >= n_least:
            _check(cancel)
            done, _ = wait(self._heard, timeout=_CANCEL_CHECK_S, return_when=FIRST_COMPLETED)
            for future in done:
                track, digest = self._heard.pop(future)
                yield self._finish(track, digest, future)

    def _finish(
        self, track: Track, digest: str, future: Future[SegmentOutputs]
    ) -> TrackAnalysed | Failure:
        try:
            outputs = outcome(track.path, future)
        except TrackError as error:
            return Failure(track.path, "hear", error, track)
        self._store.put_outputs(digest, self._model.manifest, outputs)
        prediction = self._model.classify(outputs)
        self._store.put_prediction(digest, prediction)
        return TrackAnalysed(track, digest, prediction)


def request_for(
    verdict: TrackAnalysed | Failure, *, min_confidence: float, policy: Policy
) -> WriteRequest | WriteResult:
    """Return what to write for `verdict`, or why nothing is to be written.

    Failed verdicts are failures; unsure ones, those below the confidence and, under `fill`, tracks
    with a genre are skipped.
    """
    if isinstance(verdict, Failure):
        return WriteResult(verdict.path, WriteStatus.FAILED, reason=verdict.error)
    track, prediction = verdict.track, verdict.prediction
    genres = track.tags.genres
    if policy is Policy.FILL and genres:
        reason = TrackRefusedError(track.path, "has-genre")
    elif prediction.unsure is not None:
        reason = TrackRefusedError(track.path, "verdict-unsure", why=prediction.unsure.value)
    elif prediction.confidence < min_confidence:
        confidence = f"{prediction.confidence:.3f}"
        reason = TrackRefusedError(track.path, "confidence-too-low", confidence=confidence)
    else:
        return WriteRequest(
            track.path,
            (vocabulary().name(prediction.genre),),
            stamp=track.stamp,
            audio_digest=verdict.audio_digest,
            current_genres=genres,
        )
    return WriteResult(track.path, WriteStatus.SKIPPED, genres, genres, reason)


def apply(
    requests: Sequence[WriteRequest],
    *,
    context: Context,
    policy: Policy,
    cancel: threading.Event,
    dry_run: bool = False,
) -> Iterator[Progress | WriteResult]:
    """Write genres into files, one batch; yield what became of each, in order.

    A canonical id among the genres is written by its name in the vocabulary.

    Raises
    ------
    PlanError
        A file is asked for twice; nothing is written.
    JournalError
        The journal cannot be written, or another process is writing; nothing more is written.
    Cancelled
        `cancel` was set; the files written so far form a batch that can be undone.
    """
    require_distinct(requests)
    named = [_with_names(request) for request in requests]
    yield Progress("apply", 0, len(named))
    if dry_run:
        for n_done, request in enumerate(named, 1):
            _check(cancel)
            result = writer.check(request, policy=policy, settings=context.settings)
            yield _with_genres(result)
            yield Progress("apply", n_done, len(named))
        return
    folder = context.folders.journal
    with writer.begin_batch(folder, policy=policy, settings=context.settings) as batch:
        for n_done, request in enumerate(named, 1):
            _check(cancel)
            yield _with_genres(batch.write(request))
            yield Progress("apply", n_done, len(named))


def _with_genres(result: WriteResult) -> WriteResult:
    """Add to a result that came before its tags were read what these say."""
    if result.status not in (WriteStatus.REFUSED, WriteStatus.FAILED) or result.before:
        return result
    try:
        genres = containers.read(result.path).genres
    except TrackError:
        return result
    return replace(result, before=genres, after=genres)


def _with_names(request: WriteRequest) -> WriteRequest:
    return replace(request, genres=tuple(map(vocabulary().name, request.genres)))


def undo(
    batch: str | None, *, context: Context, cancel: threading.Event
) -> Iterator[Progress | WriteResult]:
    """Take back `batch`, the newest that has something left to undo by default.

    Raises
    ------
    JournalError
        There is no such batch, or the journal cannot be used.
    Cancelled
        `cancel` was set; what was restored stays restored.
    """
    folder, settings = context.folders.journal, context.settings
    yield from undoing.undo(folder, batch=batch, settings=settings, cancel=cancel)


def history(*, context: Context) -> tuple[BatchSummary, ...]:
    """Return the batches of the journal, newest first.

    Raises
    ------
    JournalError
        The journal cannot be read.
    """
    return journal.history(context.folders.journal)


def read_only_reason(track: Track) -> GenreTaggerError | None:
    """Return why the genre of `track` is not written for now, None if it can be; no I/O."""
    tags = track.tags
    if tags.read_only is None:
        return None
    return TrackRefusedError(track.path, tags.read_only, container=tags.container)


def recover(*, context: Context) -> tuple[WriteResult, ...]:
    """Settle what a crash left unsettled; return what became of each such file.

    Raises
    ------
    JournalError
        The journal cannot be used, or another process is writing.
    """
    return recovery.recover(context.folders.journal)


def _check(cancel: threading.Event) -> None:
    if cancel.is_set():
        raise Cancelled
