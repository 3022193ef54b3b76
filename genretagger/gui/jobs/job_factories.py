"""What the window asks of the core: every function here runs off the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from genretagger.core.errors import GenreTaggerError, StoreError, shown
from genretagger.core.events import Failure, Progress, TrackAnalysed
from genretagger.core.genres import vocabulary
from genretagger.core.hearing_keys import audio_digest_of
from genretagger.core.percent import ceil_to_percent
from genretagger.core.resources import user_folders
from genretagger.core.settings import BESIDE, INSTEAD, Settings
from genretagger.core.settings_file import load_settings
from genretagger.core.writes import BatchSummary, Decision, Policy, WriteRequest, WriteResult
from genretagger.gui.jobs.classifier_jobs import personal_levels
from genretagger.gui.jobs.pipeline_api import PipelineApi
from genretagger.library.decision_store import DecisionStore
from genretagger.review.rows.confidence_levels import ClassifierLevels, Levels
from genretagger.review.rows.packed_scores import PredictionPacker

if TYPE_CHECKING:
    from genretagger.pipeline import Context

_Result = TypeVar("_Result")
Job = Callable[[threading.Event], Generator[object, None, None]]


@dataclass(frozen=True, slots=True)
class Started:
    """What is known once the program has started; `problems` did not keep it from doing so."""

    core: PipelineApi
    context: Context
    session: DecisionStore | None
    recovered: tuple[WriteResult, ...]
    history: tuple[BatchSummary, ...]
    problems: tuple[GenreTaggerError, ...]
    meanings: ClassifierLevels = field(default_factory=ClassifierLevels)

    @property
    def has_own_column(self) -> bool:
        """Whether a personal classifier is used beside the ten genres."""
        settings = self.context.settings
        return bool(settings.personal_classifier) and settings.personal_use == BESIDE

    @property
    def levels(self) -> Levels:
        """The levels of what is suggested: of the model, or of what is used instead."""
        settings = self.context.settings
        is_instead = bool(settings.personal_classifier) and settings.personal_use == INSTEAD
        return self.meanings.personal if is_instead else self.meanings.model

    @property
    def accept_threshold(self) -> float:
        """The confidence to offer: the setting, or where high begins if that is what it says."""
        settings, high = self.context.settings, self.levels.high
        if not settings.accepts_high_level or high is None:
            return settings.accept_threshold
        return ceil_to_percent(high.confidence)


@dataclass(frozen=True, slots=True)
class AnalysedTrack:
    """A track that was analysed, with what had been settled for it before."""

    event: TrackAnalysed
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class FailedTrack:
    """A track that could not be heard, with what the user had settled for it before."""

    event: Failure
    decision: Decision


@dataclass(frozen=True, slots=True)
class UnreadableFolder:
    """A folder that could not be looked into: nobody knows what is in it."""

    path: Path

    def error(self) -> GenreTaggerError:
        """Return what is said of it."""
        return GenreTaggerError("root-missing", path=shown(self.path))


@dataclass(frozen=True, slots=True)
class JobProblem:
    """Something the user should know that did not stop the job."""

    error: GenreTaggerError


def load_core() -> PipelineApi:
    """Import the pipeline: with decoder, tag library and NumPy too slow for the GUI thread."""
    from genretagger import pipeline

    return pipeline


def start(load: Callable[[], PipelineApi]) -> Started:
    """Load core, settings, vocabulary and session; settle what a crash left unfinished."""
    core = load()
    from genretagger.pipeline import Context

    vocabulary()  # read once, here, so that the GUI thread never has to
    problems: list[GenreTaggerError] = []
    folders = user_folders()
    settings = _tried(lambda: load_settings(folders.settings), problems) or Settings()
    context = Context(folders=folders, settings=settings)
    session = _tried(lambda: DecisionStore(folders.session), problems)
    recovered = _tried(lambda: core.recover(context=context), problems) or ()
    history = _tried(lambda: core.history(context=context), problems) or ()
    model = _tried(model_levels, problems) or Levels()
    meanings = ClassifierLevels(model, personal_levels(core, context))
    return Started(core, context, session, recovered, history, tuple(problems), meanings)


def model_levels() -> Levels:
    """Return the levels of the model, as its manifest says.

    Raises
    ------
    ModelError
        The manifest is missing or not valid.
    """
    from genretagger.analysis.manifest import default_model_folder, load_manifest

    manifest = load_manifest(default_model_folder())
    return Levels(manifest.high, manifest.medium)


def _tried(call: Callable[[], _Result], problems: list[GenreTaggerError]) -> _Result | None:
    try:
        return call()
    except GenreTaggerError as error:
        problems.append(error)
        return None


def analysis(started: Started, paths: Sequence[Path], *, ready: Callable[[], None]) -> Job:
    """Return the job that analyses `paths`; `ready` waits for what must be done before."""

    def work(cancel: threading.Event) -> Generator[object, None, None]:
        ready()
        memory, compactor = _Memory(started.session), PredictionPacker()
        roots = {path.absolute() for path in paths}
        for event in started.core.analyse(paths, context=started.context, cancel=cancel):
            match event:
                case TrackAnalysed():
                    yield memory.heard(compactor.analysed(event))
                case Failure(path) if path in roots and event.error.key == "path-missing":
                    away = UnreadableFolder(path)
                    yield away
                    yield JobProblem(away.error())
                case Failure():
                    yield memory.failed(event)
                case _:
                    yield event
        if memory.problem is not None:
            yield JobProblem(memory.problem)

    return work


def making_samples(started: Started) -> Job:
    """Return the job that makes what is missing of the sample music in the user's folder."""

    def work(cancel: threading.Event) -> Generator[object, None, None]:
        folder = started.context.folders.samples
        for event in started.core.make_samples(folder, cancel=cancel, complete=True):
            if isinstance(event, Progress):
                yield event

    return work


def one_after_the_other(jobs: Sequence[Job]) -> Job:
    """Return the job that does all of `jobs`."""

    def work(cancel: threading.Event) -> Generator[object, None, None]:
        for job in jobs:
            yield from job(cancel)

    return work


class _Memory:
    """Finds earlier decisions; once that fails, hearing goes on without them."""

    def __init__(self, session: DecisionStore | None) -> None:
        self._session = session
        self.problem: StoreError | None = None

    def heard(self, event: TrackAnalysed) -> AnalysedTrack:
        """Return `event` with what had been settled for its track."""
        return AnalysedTrack(event, self._find(event.hearing_key, path=event.track.path))

    def failed(self, event: Failure) -> Failure | FailedTrack:
        """Return `event`, with what had been settled for its track if anything was."""
        if event.hearing_key is None:
            return event
        decision = self._find(event.hearing_key, path=event.path)
        return event if decision is None else FailedTrack(event, decision)

    def _find(self, hearing_key: str, *, path: Path) -> Decision | None:
        if self._session is None or self.problem is not None:
            return None
        try:
            return self._session.find(audio_digest_of(hearing_key), path=path)
        except StoreError as error:
            self.problem = error
            return None


def writing(
    started: Started,
    requests: Sequence[WriteRequest],
    *,
    policy: Policy,
    ready: Callable[[], None],
) -> Job:
    """Return the job that writes `requests`."""

    def work(cancel: threading.Event) -> Generator[object, None, None]:
        ready()
        yield from started.core.apply(
            requests, context=started.context, policy=policy, cancel=cancel
        )

    return work


def rehearsing(started: Started, requests: Sequence[WriteRequest], *, policy: Policy) -> Job:
    """Return the job that tells what `writing` would do with each file; it touches none."""

    def work(cancel: threading.Event) -> Generator[object, None, None]:
        yield from started.core.apply(
            requests, context=started.context, policy=policy, cancel=cancel, dry_run=True
        )

    return work


def undoing(
    started: Started, batch: str, *, ready: Callable[[], None], files: Sequence[Path] = ()
) -> Job:
    """Return the job that takes `batch` back, or only `files` of it."""

    def work(cancel: threading.Event) -> Generator[object, None, None]:
        ready()
        yield from started.core.undo(batch, context=started.context, cancel=cancel, files=files)

    return work


def close_session(start: Future[Started]) -> None:
    """Close what `start` opened, if it came that far."""
    if start.exception() is None:
        session = start.result().session
        if session is not None:
            session.close()
