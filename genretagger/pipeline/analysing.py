"""Turns paths into verdicts."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator, Sequence
from pathlib import Path

from genretagger.analysis.classifier import Model
from genretagger.analysis.machine import Machine
from genretagger.analysis.manifest import default_model_folder
from genretagger.core.errors import PersonalError
from genretagger.core.events import Failure
from genretagger.core.hearing_control import HearingControl
from genretagger.library.scan import walk
from genretagger.library.store import Store
from genretagger.pipeline.context import Context
from genretagger.pipeline.judging import TrackJudge
from genretagger.pipeline.personal import InUse, in_use
from genretagger.pipeline.stream import Analysis, Stream

_LOG = logging.getLogger(__name__)


def analyse(
    paths: Sequence[Path],
    *,
    context: Context,
    cancel: threading.Event,
    use_cache: bool = True,
    control: HearingControl | None = None,
) -> Generator[Analysis, None, None]:
    """Find the tracks at `paths` and judge each; hear only those without stored results.

    Yields a TrackFound for each track, and later a TrackAnalysed or a Failure for it as soon as
    that is ready; a Failure without `track` for an unreadable file or folder; a LeftOutNames if the
    walk left out names. Tracks are found while others are heard, so the total of Progress grows.
    Without `use_cache` every track is heard again. A file on which the decoder crashed or hung is
    heard again only then, or once it has changed, or if `paths` name it. A personal classifier that
    cannot be used gives a Failure, and the model judges alone. Close the generator if you do not
    read it to its end, because its processes run until then.

    Raises
    ------
    ModelError
        The model cannot be loaded.
    StoreError
        Results cannot be stored.
    Cancelled
        `cancel` was set.
    """
    settings, folder = context.settings, default_model_folder()
    model = Model.load(folder)
    personal: InUse | None = None
    try:
        personal = in_use(context=context)
    except PersonalError as error:
        yield Failure(context.folders.personal, error)
    with Store.open(context.folders.store) as store:
        stream = Stream(
            store,
            TrackJudge(model, store, personal),
            model_folder=folder,
            known_from=context.folders.store if use_cache else None,
            most_workers=settings.jobs or Machine.look().n_workers(settings.effort),
            effort=settings.effort,
            control=control or HearingControl(),
            anew=frozenset(map(Path.absolute, paths)),
        )
        found = walk(paths, skip_hidden=settings.skip_hidden_folders)
        yield from stream.run(found, cancel=cancel)
    _LOG.info("analysed %d tracks, %d of them known already", stream.n_done, stream.n_known)
