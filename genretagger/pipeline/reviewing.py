"""Analyses tracks for a review: adds earlier decisions, and what its album says of a track."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from genretagger.core.errors import GenreTaggerError, StoreError, TrackError
from genretagger.core.events import (
    AllFound,
    Failure,
    Problem,
    TrackAnalysed,
    TrackFound,
    UnreadableFolder,
)
from genretagger.core.hearing_control import HearingControl
from genretagger.core.tracks import audio_digest_of
from genretagger.core.writes import Decision
from genretagger.library.decision_store import DecisionStore, EarlierDecisions
from genretagger.pipeline.analysing import analyse
from genretagger.pipeline.context import Context
from genretagger.pipeline.starting import read_levels
from genretagger.pipeline.stream import Analysis
from genretagger.pipeline.writing import read_only_reason
from genretagger.review.albums.held_rows import HeldRows
from genretagger.review.genres.mapping import GenreRules
from genretagger.review.rows.packed_scores import PredictionPacker
from genretagger.review.rows.row import Row

_UNSEEN: Final = ("path-missing", "folder-unreadable")  # errors of a folder

ReviewEvent = Analysis | UnreadableFolder | Problem


def analyse_for_review(
    paths: Sequence[Path],
    *,
    context: Context,
    roots: Sequence[Path],
    decisions: DecisionStore | None,
    cancel: threading.Event,
    control: HearingControl | None = None,
    use_cache: bool = True,
) -> Generator[ReviewEvent, None, None]:
    """Analyse `paths`; see `analyse` for exceptions and other events.

    Each track has its earlier decision, one that another embedding heard even before it is heard
    again, and a packed prediction, because a review holds all tracks. `roots` are those of `paths`
    that the user opened: one that is missing or cannot be opened gives an UnreadableFolder and a
    Problem instead of a Failure. Any other path that is missing is a track that is gone. If
    decisions cannot be read, tracks have none, and the last event is a Problem.
    """
    events = analyse(paths, context=context, cancel=cancel, use_cache=use_cache, control=control)
    return for_review(events, roots=roots, decisions=decisions)


def for_review(
    events: Generator[Analysis, None, None],
    *,
    roots: Sequence[Path],
    decisions: DecisionStore | None,
) -> Generator[ReviewEvent, None, None]:
    """Yield the events of an analysis, changed as in `analyse_for_review`."""
    earlier, packer = _Earlier(decisions), PredictionPacker()
    opened = {path.absolute() for path in roots}
    with closing(events):
        for event in events:
            match event:
                case TrackFound(track, hearing_key=str() as key):
                    yield replace(event, decision=earlier.find(key, path=track.path))
                case TrackAnalysed(track, key):
                    yield packer.pack_event(event, earlier.find(key, path=track.path))
                case Failure(path) if path in opened and event.error.key in _UNSEEN:
                    is_away = event.error.key == "path-missing"
                    folder = UnreadableFolder(path, None if is_away else event.error)
                    yield folder
                    yield Problem(folder.error())
                case Failure(path) if event.error.key == "path-missing":
                    yield Failure(path, TrackError(path, "track-gone"))
                case Failure(path, hearing_key=str() as key):
                    yield replace(event, decision=earlier.find(key, path=path))
                case _:
                    yield event
    if earlier.problem is not None:
        yield Problem(earlier.problem)


def rows_with_albums(
    events: Generator[Analysis, None, None], *, context: Context
) -> Generator[Analysis | Row, None, None]:
    """Yield the events of an analysis, but in the place of each verdict or failure its row.

    The rows are those that the window would show of the same tracks, before any decision. A track
    without the tags of an album has its row at once; that of any other comes once all tracks of
    its album are heard, which is known when all are found. If the analysis fails or is stopped,
    what was heard comes first.
    """
    held = HeldRows(
        GenreRules.of(context.settings),
        read_levels(context),
        partial(read_only_reason, context=context),
    )
    with closing(events):
        try:
            for event in events:
                match event:
                    case TrackFound(track):
                        held.expect(track)
                        yield event
                    case AllFound():
                        yield from held.release_complete()
                    case TrackAnalysed() | Failure():
                        yield from held.take(event)
                    case _:
                        yield event
        except GenreTaggerError:
            yield from held.release_all()
            raise
        yield from held.release_all()


class _Earlier:
    """Finds decisions from before the analysis; after an error it finds none."""

    def __init__(self, decisions: DecisionStore | None) -> None:
        self._store = decisions
        self._decisions: EarlierDecisions | None = None  # until the first is asked for
        self.problem: StoreError | None = None

    def find(self, hearing_key: str, *, path: Path) -> Decision | None:
        """Return the decision on a track, None if there is none."""
        if self._store is None or self.problem is not None:
            return None
        try:
            if self._decisions is None:
                self._decisions = self._store.find_all()
            return self._decisions.find(audio_digest_of(hearing_key), path=path)
        except StoreError as error:
            self.problem = error
            return None
