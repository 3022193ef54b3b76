"""Turns paths into verdicts."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from genretagger.analysis.classifier import Model
from genretagger.analysis.machine import Machine
from genretagger.analysis.manifest import default_model_folder
from genretagger.core.errors import ClusterError, PersonalError
from genretagger.core.events import ClassifierSetAside, Failure, Problem
from genretagger.core.hearing_control import HearingControl
from genretagger.core.settings import Effort
from genretagger.library.scan import walk
from genretagger.library.store import Store
from genretagger.pipeline.context import Context
from genretagger.pipeline.judging import TrackJudge
from genretagger.pipeline.personal import OTHER_MODEL, InUse, in_use
from genretagger.pipeline.stream import Analysis, MakeWorkers, Stream
from genretagger.pipeline.track_workers import TrackWorkers

_LOG = logging.getLogger(__name__)


def analyse(
    paths: Sequence[Path],
    *,
    context: Context,
    cancel: threading.Event,
    use_cache: bool = True,
    control: HearingControl | None = None,
    scheduler: str | None = None,
    anew: Collection[Path] | None = None,
) -> Generator[Analysis, None, None]:
    """Find the tracks at `paths` and judge each; hear only those without stored results.

    Yields a TrackFound for each track, and later a TrackAnalysed or a Failure for it as soon as
    that is ready; a Failure without `track` for an unreadable file or folder; a LeftOutNames if the
    walk left out names; a HeardBefore if only another embedding heard some of the tracks. Tracks
    are found while others are heard, so the total of Progress grows. Without `use_cache` every
    track is heard again. A file on which the decoder crashed or hung is heard again only then, or
    once it has changed, or if `anew` names it, by default if `paths` do. A personal classifier that
    cannot be used gives a Failure, one of another embedding a ClassifierSetAside, and the model
    judges alone. With the address of a `scheduler`, or "local", workers of a Dask cluster read tags
    and hear; a Problem tells what is wrong with them. Close the generator if you do not read it to
    its end: its processes run until then.

    Raises
    ------
    ModelError
        The model cannot be loaded.
    StoreError
        Results cannot be stored.
    ClusterError
        The cluster cannot be used, or its scheduler is gone.
    Cancelled
        `cancel` was set.
    """
    settings, folder = context.settings, default_model_folder()
    model = Model.load(folder)
    personal: InUse | None = None
    try:
        personal = in_use(context=context)
    except PersonalError as error:
        if error.key == OTHER_MODEL:
            yield ClassifierSetAside(error)
        else:
            yield Failure(context.folders.personal, error)
    known_from = context.folders.store if use_cache else None
    n_workers = settings.jobs or Machine.look().n_workers(settings.effort)
    make_workers: MakeWorkers = partial(_make_processes, folder, known_from, settings.effort)
    with ExitStack() as opened:
        if scheduler is not None:
            make_workers = opened.enter_context(_cluster(scheduler, paths=paths, n_local=n_workers))
        store = opened.enter_context(Store.open(context.folders.store))
        stream = Stream(
            store,
            TrackJudge(model, store, personal),
            uses_stored=use_cache,
            make_workers=make_workers,
            most_workers=n_workers,
            control=control or HearingControl(),
            anew=frozenset(map(Path.absolute, paths if anew is None else anew)),
        )
        skip_hidden = settings.skip_hidden_folders
        yield from stream.run(
            lambda stopped: walk(paths, skip_hidden=skip_hidden, cancel=stopped), cancel=cancel
        )
    _LOG.info("analysed %d tracks, %d of them known already", stream.n_done, stream.n_known)


def _make_processes(
    model_folder: Path,
    store: Path | None,
    effort: Effort,
    n_workers: int,
    _tell: Callable[[Problem], None],
) -> TrackWorkers:
    return TrackWorkers(model_folder, store, n_workers=n_workers, effort=effort)


@contextmanager
def _cluster(address: str, *, paths: Sequence[Path], n_local: int) -> Iterator[MakeWorkers]:
    """Connect to a cluster; only this loads Dask, which few users have."""
    try:
        from genretagger.pipeline.cluster import ClusterWorkers, connect
    except ModuleNotFoundError as error:
        if error.name not in ("dask", "distributed"):
            raise
        raise ClusterError("cluster-missing") from error
    with connect(address, paths=paths, n_local=n_local) as connection:
        yield lambda _n_workers, tell: ClusterWorkers(connection, tell)
