"""Between the dialog of the user's own genres and the pipeline: asks, and shows the answers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from PySide6.QtCore import Qt

from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import Failure, Progress
from genretagger.core.personal import ClassifierReport
from genretagger.core.settings import PersonalUse, Settings
from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.jobs.pipeline_api import PipelineApi
from genretagger.gui.learning.learn_dialog import LearnDialog
from genretagger.gui.learning.learn_texts import failures_text, unheard_text
from genretagger.gui.shell.actions import LEARN
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.status_texts import folders_text
from genretagger.gui.widgets.texts import error_text

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import HeardAgain, Learned, Personal, Started

_Answer = TypeVar("_Answer")
_Changed: TypeAlias = "tuple[Started, tuple[Personal, ...]]"
_UNTRUSTED = "personal-wrong-tags"

_LOG = logging.getLogger(__name__)


class LearnFeature(Feature):
    """Owns the dialog while it is open; analyses the open tracks again by the classifier used."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._window = context.window
        self._controller = controller = context.controller
        self._action = context.actions.make(
            LEARN, self.tr("&Learn from my library…"), self.tr("Learn"), "Ctrl+L"
        )
        self._action.triggered.connect(self.open)
        self._dialog: LearnDialog | None = None
        self._learned: Learned | None = None
        self._n_failed = 0
        controller.began.connect(self._tell_busy)
        controller.settled.connect(self._tell_busy)
        controller.reported.connect(self._on_reported)
        controller.failed.connect(self._on_failed)
        controller.ended.connect(self._on_ended)
        self.refresh_on(context.job_changed)

    def refresh_actions(self) -> None:
        self._action.setEnabled(self._controller.started is not None)

    def open(self) -> None:
        """Open the dialog."""
        if self._dialog is not None:
            return
        folder = folders_text(self._controller.paths)
        dialog = self._dialog = LearnDialog(self._window, folder=folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._on_closed)
        dialog.learn_asked.connect(self._learn)
        dialog.again_asked.connect(self.learn_again)
        dialog.stop_asked.connect(self._controller.stop)
        dialog.report_asked.connect(self._ask_report)
        dialog.use_asked.connect(self._use)
        dialog.export_asked.connect(self._export)
        dialog.import_asked.connect(self._import)
        dialog.delete_asked.connect(self._delete)
        self._tell_busy()
        self._ask_classifiers()
        dialog.to_list()
        dialog.open()

    def close(self) -> None:
        """Close the dialog, if it is open."""
        if self._dialog is not None:
            self._dialog.close()

    def _on_closed(self) -> None:
        self._dialog = self._learned = None

    def _tell_busy(self) -> None:
        if self._dialog is not None:
            self._dialog.show_busy(busy=self._controller.is_busy())

    def _ask(
        self,
        call: Callable[[PipelineApi, Started], _Answer],
        *,
        then: Callable[[_Answer], None],
    ) -> None:
        """Ask the pipeline; `then` gets the answer, the dialog, if it is still open, an error."""

        def answered(answer: _Answer | GenreTaggerError) -> None:
            if isinstance(answer, GenreTaggerError):
                self._say(answer)
            else:
                then(answer)

        self._controller.ask(call, then=answered)

    def _say(self, error: GenreTaggerError) -> None:
        _LOG.error("%s", error)
        if self._dialog is not None:
            self._dialog.show_problem(error_text(error))

    # Learning

    def learn_again(self, name: str) -> None:
        """Learn the genres of the classifier `name` again, in the dialog; unless busy."""
        if not self._controller.is_busy():
            self.open()
            self._learn(name, only_open=False, again=True)

    def _learn(self, name: str, only_open: bool, again: bool = False) -> None:
        if self._controller.is_busy() or self._dialog is None:
            return
        self._learned, self._n_failed = None, 0
        self._dialog.begin_wait()
        paths = self._controller.paths if only_open else ()
        self._controller.learn(name, paths, again=again)

    def _on_reported(self, events: tuple[object, ...]) -> None:
        if self._controller.task is not Task.LEARN:
            return
        from genretagger.pipeline import Learned  # loaded already: it is what reports

        self._n_failed += sum(isinstance(event, Failure) for event in events)
        for event in events:
            if isinstance(event, Learned):
                self._learned = event
        progress = [event for event in events if isinstance(event, Progress)]
        if progress and self._dialog is not None:
            self._dialog.show_progress(progress[-1])

    def _on_failed(self, error: BaseException) -> None:
        if self._controller.task is Task.LEARN and self._dialog is not None:
            known = isinstance(error, GenreTaggerError)
            self._dialog.show_problem(error_text(error) if known else "")

    def _on_ended(self, outcome: JobOutcome) -> None:
        dialog = self._dialog
        if outcome.task is not Task.LEARN or dialog is None:
            return
        learned = self._learned if outcome.completed else None
        if learned is None:
            if dialog.is_waiting():
                dialog.to_list()
            return
        self._ask_classifiers()
        unheard = unheard_text(learned.n_unheard)
        more = "\n".join(filter(None, (unheard, failures_text(self._n_failed))))
        dialog.show_report(learned.name, learned.report, more=more)
        started = self._controller.started
        in_use = started.context.settings.personal_classifier if started else ""
        if learned.is_saved and in_use == learned.name:
            self._ask(
                lambda pipeline, started: pipeline.with_settings(started, started.context.settings),
                then=self._on_learned_anew,
            )

    def _on_learned_anew(self, started: Started) -> None:
        """Analyse again: the classifier in use was learned anew."""
        self._controller.renew(started)
        self._judge_again()

    # The list

    def _ask_classifiers(self) -> None:
        self._ask(
            lambda pipeline, started: pipeline.personal_classifiers(context=started.context),
            then=self._show_classifiers,
        )

    def _show_classifiers(self, classifiers: tuple[Personal, ...]) -> None:
        if self._dialog is None:
            return
        self._dialog.show_classifiers(classifiers)
        if any(classifier.is_set_aside for classifier in classifiers):
            self._ask(
                lambda pipeline, started: pipeline.heard_again(context=started.context),
                then=self._show_heard_again,
            )

    def _show_heard_again(self, heard: dict[str, HeardAgain]) -> None:
        if self._dialog is not None:
            self._dialog.show_heard_again(heard)

    def _ask_report(self, name: str) -> None:
        def show(report: ClassifierReport) -> None:
            if self._dialog is not None:
                self._dialog.show_report(name, report)

        self._learned = None
        self._ask(
            lambda pipeline, started: pipeline.personal_report(name, context=started.context),
            then=show,
        )

    def _use(self, name: str, use: PersonalUse | None, anyway: bool) -> None:
        unsaved = self._unsaved(name) if anyway else None

        def call(pipeline: PipelineApi, started: Started) -> _Changed:
            if unsaved is not None:
                pipeline.save_learned(unsaved, context=started.context)
            settings = pipeline.use_personal(
                name if use else None,
                context=started.context,
                instead=use is PersonalUse.INSTEAD,
                anyway=anyway,
            )
            return _changed(pipeline, started, settings)

        def answered(answer: _Changed | GenreTaggerError) -> None:
            if not isinstance(answer, GenreTaggerError):
                self._on_changed(answer)
            elif answer.key == _UNTRUSTED and self._dialog is not None:
                self._dialog.ask_anyway(name, use)
            else:
                self._say(answer)

        self._controller.ask(call, then=answered)

    def _unsaved(self, name: str) -> Learned | None:
        """Return what was learned as `name` if its genres do not follow the sound: not saved."""
        learned = self._learned
        is_unsaved = learned is not None and learned.name == name and not learned.is_saved
        return learned if is_unsaved else None

    def _on_changed(self, answer: _Changed) -> None:
        """Take over the settings, and analyse the open tracks again if these changed."""
        started, classifiers = answer
        before = self._controller.started
        self._controller.renew(started)
        self._show_classifiers(classifiers)
        if self._dialog is not None:
            self._dialog.to_list()
        if before is not None and before.context.settings != started.context.settings:
            self._judge_again()

    def _judge_again(self) -> None:
        if self._controller.paths:
            self._controller.analyse(self._controller.paths)

    def _export(self, name: str, file: Path) -> None:
        def show_list(_none: None) -> None:
            if self._dialog is not None:
                self._dialog.to_list()

        self._ask(
            lambda pipeline, started: pipeline.export_personal(name, file, context=started.context),
            then=show_list,
        )

    def _import(self, file: Path) -> None:
        def call(pipeline: PipelineApi, started: Started) -> tuple[Personal, ...]:
            pipeline.import_personal(file, context=started.context)
            return pipeline.personal_classifiers(context=started.context)

        self._ask(call, then=self._show_classifiers)

    def _delete(self, name: str) -> None:
        self._ask(
            lambda pipeline, started: _changed(
                pipeline, started, pipeline.delete_personal(name, context=started.context)
            ),
            then=self._on_changed,
        )


def _changed(pipeline: PipelineApi, started: Started, settings: Settings) -> _Changed:
    """Return `started` with `settings`, and the personal classifiers as they are then."""
    renewed = pipeline.with_settings(started, settings)
    return renewed, pipeline.personal_classifiers(context=renewed.context)
