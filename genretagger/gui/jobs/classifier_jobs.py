"""What the window asks of the core about personal classifiers: all of it off the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import Failure, Progress
from genretagger.core.personal import ClassifierReport
from genretagger.library.leaving_out import LeftOutNames
from genretagger.review.rows.confidence_levels import ClassifierLevels, Levels

if TYPE_CHECKING:
    from genretagger.core.settings import Settings
    from genretagger.gui.jobs.job_factories import Job, Started
    from genretagger.pipeline import Context, Learned, Personal


_Answer = TypeVar("_Answer")


class ClassifierApi(Protocol):
    """What the window needs of `genretagger.pipeline` to learn the user's own genres."""

    def learn(
        self,
        name: str,
        paths: Sequence[Path] = ...,
        *,
        context: Context,
        cancel: threading.Event,
        anyway: bool = ...,
    ) -> Iterator[Progress | Failure | LeftOutNames | Learned]:
        """Learn the genres of tracks that were heard."""

    def save_learned(self, learned: Learned, *, context: Context) -> None:
        """Save what was learned although its genres do not follow the sound."""

    def personal_classifiers(self, *, context: Context) -> tuple[Personal, ...]:
        """Return every personal classifier by name."""

    def personal_report(self, name: str, *, context: Context) -> ClassifierReport:
        """Return what was measured of one."""

    def use_personal(
        self, name: str | None, *, context: Context, instead: bool = ..., anyway: bool = ...
    ) -> Settings:
        """Use one, or none; return the settings saved."""

    def delete_personal(self, name: str, *, context: Context) -> Settings:
        """Delete one; return the settings."""

    def export_personal(self, name: str, file: Path, *, context: Context) -> None:
        """Write one to a new file."""

    def import_personal(self, file: Path, name: str | None = ..., *, context: Context) -> str:
        """Take one over from a file; return its name."""


@dataclass(frozen=True, slots=True)
class LearningDone:
    """The last event of learning; `report` may be shown before `learned` is used."""

    learned: Learned

    @property
    def report(self) -> ClassifierReport:
        """What was measured."""
        return self.learned.report


@dataclass(frozen=True, slots=True)
class ClassifierList:
    """The personal classifiers as they are now."""

    found: tuple[Personal, ...]
    started: Started


def attempt(call: Callable[[], _Answer]) -> Callable[[], _Answer | GenreTaggerError]:
    """Return a function that returns what `call` does, or the known error it raises."""

    def tried() -> _Answer | GenreTaggerError:
        try:
            return call()
        except GenreTaggerError as error:
            return error

    return tried


def learning(
    started: Started,
    name: str,
    paths: Sequence[Path],
    *,
    ready: Callable[[], None],
) -> Job:
    """Return the job that learns from `paths`, or from all that was ever heard."""

    def work(cancel: threading.Event) -> Generator[object, None, None]:
        from genretagger.pipeline import Learned

        ready()
        core, context = started.core, started.context
        for event in core.learn(name, tuple(paths), context=context, cancel=cancel):
            yield LearningDone(event) if isinstance(event, Learned) else event

    return work


def seen(started: Started) -> ClassifierList:
    """Return the personal classifiers."""
    return ClassifierList(started.core.personal_classifiers(context=started.context), started)


def refreshed(started: Started) -> ClassifierList:
    """Return the personal classifiers, and what levels mean after one was learned anew."""
    return seen(with_settings(started, started.context.settings))


def report_of(started: Started, *, name: str) -> ClassifierReport:
    """Return what was measured of a classifier.

    Raises
    ------
    GenreTaggerError
        There is none, or it is damaged.
    """
    return started.core.personal_report(name, context=started.context)


def exported(started: Started, *, name: str, file: Path) -> None:
    """Write a classifier to a new file.

    Raises
    ------
    GenreTaggerError
        It cannot be written.
    """
    started.core.export_personal(name, file, context=started.context)


def used(started: Started, *, name: str | None, instead: bool, anyway: bool) -> ClassifierList:
    """Use a classifier, or none; return what is so then.

    Raises
    ------
    GenreTaggerError
        It cannot be used.
    """
    settings = started.core.use_personal(
        name, context=started.context, instead=instead, anyway=anyway
    )
    return seen(with_settings(started, settings))


def kept_and_used(started: Started, *, learned: Learned, instead: bool) -> ClassifierList:
    """Save what was learned although its genres do not follow the sound, and use it.

    Raises
    ------
    GenreTaggerError
        It cannot be saved or used.
    """
    started.core.save_learned(learned, context=started.context)
    return used(started, name=learned.name, instead=instead, anyway=True)


def deleted(started: Started, *, name: str) -> ClassifierList:
    """Delete a classifier; return what is so then.

    Raises
    ------
    GenreTaggerError
        It cannot be deleted.
    """
    settings = started.core.delete_personal(name, context=started.context)
    return seen(with_settings(started, settings))


def imported(started: Started, *, file: Path) -> ClassifierList:
    """Take a classifier over; return what is so then.

    Raises
    ------
    GenreTaggerError
        The file is none, or there is one of its name.
    """
    started.core.import_personal(file, context=started.context)
    return seen(started)


def with_settings(started: Started, settings: Settings) -> Started:
    """Return `started` with other settings, and what levels mean under these."""
    context = replace(started.context, settings=settings)
    meanings = ClassifierLevels(started.meanings.model, personal_levels(started.core, context))
    return replace(started, context=context, meanings=meanings)


def personal_levels(core: ClassifierApi, context: Context) -> Levels:
    """Return the levels of the personal classifier in use; none if it cannot be read.

    That it cannot is told by the analysis, which needs it.
    """
    name = context.settings.personal_classifier
    if not name:
        return Levels()
    try:
        report = core.personal_report(name, context=context)
    except GenreTaggerError:
        return Levels()
    return Levels(report.high, report.medium)
