"""Writes verdicts to files and takes them back: requests, batches, undo."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from genretagger.core.errors import GenreTaggerError, TrackError, TrackRefusedError
from genretagger.core.events import Problem, Progress, Recovered, Stage
from genretagger.core.predictions import Unsure
from genretagger.core.tracks import Track
from genretagger.core.vocabulary import vocabulary
from genretagger.core.writes import (
    Policy,
    WriteRequest,
    WriteResult,
    WriteStatus,
)
from genretagger.library.plan import require_distinct
from genretagger.pipeline.context import Context, check
from genretagger.pipeline.moved_files import MovedFiles
from genretagger.review.rows.agreement import Kind, find_kind
from genretagger.review.rows.row import Row, State
from genretagger.tagging import containers
from genretagger.tagging.journal import retention
from genretagger.tagging.undo import batch_undo
from genretagger.tagging.writing import batch_writer, dry_run_write

# Measured on two cores (docs/performance.md): more bring nothing, as the rest is Python's own time.
_FILES_AT_ONCE: Final = 4


def request_for(row: Row, *, min_confidence: float, policy: Policy) -> WriteRequest | WriteResult:
    """Return the request to write what `row` suggests, or a result without one.

    A row that could not be heard gives a failed result. Unsure ones, those below the confidence
    and, under `fill`, tracks with a genre are skipped, and under `replace` those with a finer
    genre, which only the user's own decision may replace. With styles, a proven one that stands in
    the place of an unsure genre is written, by its own confidence.
    """
    track, prediction, confidence = row.track, row.prediction, row.effective_confidence
    if row.error is not None or track is None or prediction is None:
        return WriteResult(row.path, WriteStatus.FAILED, reason=row.error)
    genres = row.current_genres
    if policy is Policy.FILL and genres:
        reason = TrackRefusedError(row.path, "has-genre")
    elif row.unsure is not None or confidence is None:
        why = (row.unsure or Unsure.NOT_MUSIC).value
        reason = TrackRefusedError(row.path, "verdict-unsure", why=why)
    elif confidence < min_confidence:
        reason = TrackRefusedError(row.path, "confidence-too-low", confidence=f"{confidence:.3f}")
    elif policy is Policy.REPLACE and (kind := _find_kind(row)) is not None:
        reason = TrackRefusedError(row.path, "genre-finer", genre=kind.genre, broader=kind.of)
    else:
        return WriteRequest(
            row.path,
            row.suggested,
            stamp=row.stamp,
            audio_digest=row.audio_digest,
            current_genres=genres,
        )
    return WriteResult(row.path, WriteStatus.SKIPPED, genres, genres, reason)


def _find_kind(row: Row) -> Kind | None:
    """Return the genre of a file that is finer than what was heard; None without one."""
    if row.state is not State.FINER:
        return None
    return find_kind(row.current_genres, row.joined_by, row.suggested)


def apply(
    requests: Sequence[WriteRequest],
    *,
    context: Context,
    policy: Policy,
    cancel: threading.Event,
    dry_run: bool = False,
) -> Generator[Progress | Recovered | WriteResult, None, None]:
    """Write genres into files as one batch; yield the outcome for each file, in order.

    A canonical id among the genres is written as its name in the vocabulary. The first events are
    the writes that an earlier run left unsettled, as Recovered.

    Raises
    ------
    PlanError
        Two requests are for the same file; nothing is written.
    JournalError
        The journal cannot be written, or another process is writing; nothing more is written.
    Cancelled
        `cancel` was set; the files written so far form a batch that can be undone.
    """
    require_distinct(requests)
    named = [_with_names(request) for request in requests]
    yield Progress(Stage.APPLY, 0, len(named))
    if dry_run:
        dry = dry_run_write.DryRun(policy=policy, settings=context.settings)
        for n_done, request in enumerate(named, 1):
            check(cancel)
            yield _with_genres(dry.check(request))
            yield Progress(Stage.APPLY, n_done, len(named))
        return
    folder = context.folders.journal
    with batch_writer.open_batch(folder, policy=policy, settings=context.settings) as batch:
        yield from map(Recovered, batch.settled)
        retention.prune(folder, days=context.settings.keep_history_days)
        written = batch.write_all(named, n_at_once=_FILES_AT_ONCE, cancel=cancel)
        with closing(written) as results:
            for n_done, result in enumerate(results, 1):
                yield _with_genres(result)
                yield Progress(Stage.APPLY, n_done, len(named))


def _with_genres(result: WriteResult) -> WriteResult:
    """Add the genres of the file to a result that was made before its tags were read."""
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
    batch: str | None,
    *,
    context: Context,
    cancel: threading.Event,
    files: Sequence[Path] = (),
    search: Sequence[Path] = (),
) -> Generator[Progress | Recovered | WriteResult | Problem, None, None]:
    """Take back `batch`, by default the newest batch with writes left to undo.

    The last events are a Problem for each damaged batch whose lost records may have been meant. If
    no write of the newest batch can be read because of that, it stays at that.

    Parameters
    ----------
    files : sequence of Path
        Take back only these files; without a batch, the newest write of each not yet undone.
    search : sequence of Path
        Further folders to search for moved files; those around their old paths are searched anyway.

    Raises
    ------
    JournalError
        The batch does not exist, or the journal cannot be used.
    Cancelled
        `cancel` was set; restored files stay restored.
    """
    with (
        closing(MovedFiles(search, context=context, cancel=cancel)) as moved,
        batch_undo.open_undo(
            context.folders.journal,
            batch=batch,
            settings=context.settings,
            files=files,
            search=moved,
        ) as job,
    ):
        yield from map(Recovered, job.settled)
        yield Progress(Stage.UNDO, 0, job.n_files)
        restored = job.restore_files(cancel=cancel, n_at_once=_FILES_AT_ONCE)
        with closing(restored) as results:
            for n_done, result in enumerate(results, 1):
                yield result
                yield Progress(Stage.UNDO, n_done, job.n_files)
        yield from map(Problem, job.selection.damage)


def read_only_reason(track: Track, *, context: Context) -> GenreTaggerError | None:
    """Return the reason why the genre of `track` cannot be written, None if it can; no I/O."""
    tags = track.tags
    allowed = containers.UPGRADE_NEEDED if context.settings.upgrade_id3v22 else None
    if tags.read_only in (None, allowed):
        return None
    return containers.not_written(track.path, container=tags.container, key=tags.read_only)
