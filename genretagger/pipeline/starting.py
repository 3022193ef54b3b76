"""Starts the program: the steps that run once, in the right order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from genretagger.analysis.manifest import default_model_folder, load_manifest
from genretagger.core.errors import GenreTaggerError, ModelError, PersonalError
from genretagger.core.resources import UserFolders
from genretagger.core.settings import PersonalUse, Settings
from genretagger.core.settings_file import load_settings
from genretagger.core.vocabulary import vocabulary
from genretagger.core.writes import BatchSummary, WriteResult
from genretagger.library.decision_store import DecisionStore
from genretagger.pipeline.context import Context
from genretagger.pipeline.past_writes import history, recover
from genretagger.pipeline.personal import in_use
from genretagger.review.rows.confidence_levels import ClassifierLevels, Levels

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Started:
    """The result of starting the program.

    decisions : the user's decisions, None if their file cannot be used
    recovered : the outcomes of writes that an earlier run left unsettled
    problems : errors that did not prevent the start
    has_personal : whether there is a personal classifier in use that can be used
    """

    context: Context
    decisions: DecisionStore | None
    recovered: tuple[WriteResult, ...]
    history: tuple[BatchSummary, ...]
    problems: tuple[GenreTaggerError, ...]
    classifier_levels: ClassifierLevels
    has_personal: bool

    @property
    def has_own_column(self) -> bool:
        """Whether a personal classifier is used beside the ten genres."""
        return self._is_used(PersonalUse.BESIDE)

    @property
    def levels(self) -> Levels:
        """The levels of suggestions: those of the model, or of the classifier used instead."""
        levels = self.classifier_levels
        return levels.personal if self._is_used(PersonalUse.INSTEAD) else levels.model

    def _is_used(self, use: PersonalUse) -> bool:
        return self.has_personal and self.context.settings.personal_use is use


def start(folders: UserFolders) -> Started:
    """Load settings and vocabulary, open the decisions, settle writes that a crash interrupted."""
    vocabulary()  # cached here, so that the GUI thread never reads the file
    problems: list[GenreTaggerError] = []
    settings = _attempt(lambda: load_settings(folders.settings), problems) or Settings()
    context = Context(folders=folders, settings=settings)
    decisions = _attempt(lambda: DecisionStore(folders.session), problems)
    recovered = _attempt(lambda: recover(context=context), problems) or ()
    batches = _attempt(lambda: history(context=context), problems) or ()
    model = _attempt(model_levels, problems) or Levels()
    own = _personal_levels(context)
    levels = ClassifierLevels(model, own or Levels())
    return Started(context, decisions, recovered, batches, tuple(problems), levels, own is not None)


def read_levels(context: Context) -> ClassifierLevels:
    """Return the levels of the model and of the personal classifier in use.

    Raises
    ------
    ModelError
        The manifest is missing or invalid.
    """
    return ClassifierLevels(model_levels(), _personal_levels(context) or Levels())


def with_settings(started: Started, settings: Settings) -> Started:
    """Return `started` with other settings, and the levels of their classifier."""
    context = replace(started.context, settings=settings)
    own = _personal_levels(context)
    levels = ClassifierLevels(started.classifier_levels.model, own or Levels())
    return replace(started, context=context, classifier_levels=levels, has_personal=own is not None)


def model_levels() -> Levels:
    """Return the levels in the manifest of the model.

    Raises
    ------
    ModelError
        The manifest is missing or invalid.
    """
    manifest = load_manifest(default_model_folder())
    return Levels(manifest.high, manifest.medium)


def _personal_levels(context: Context) -> Levels | None:
    """Return the levels of the personal classifier in use, None without one that can be used.

    The analysis, which needs the classifier, says why; a model that is missing is said there, too.
    """
    try:
        own = in_use(context=context)
    except (ModelError, PersonalError):
        return None
    return Levels(own.classifier.report.high, own.classifier.report.medium) if own else None


def _attempt(call: Callable[[], _Answer], problems: list[GenreTaggerError]) -> _Answer | None:
    try:
        return call()
    except GenreTaggerError as error:
        problems.append(error)
        return None
