"""After an update: says that the personal classifier in use is set aside, and offers it again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import ClassifierSetAside
from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.learning.learn_texts import set_aside_text
from genretagger.gui.shell.feature import Feature, FeatureContext

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import HeardAgain

_LOG = logging.getLogger(__name__)


class SetAsideFeature(Feature):
    """Keeps one message true: from the analysis that finds it until the classifier is learned.

    Parameters
    ----------
    learn_again : Callable[[str], None]
        Learns the classifier of that name again, where the user can watch and stop it.
    """

    def __init__(self, context: FeatureContext, learn_again: Callable[[str], None]) -> None:
        super().__init__(context)
        self._learn_again = learn_again
        self._name = ""  # of the classifier that the last analysis set aside
        self._text = ""  # the message, shown or closed by the user
        context.controller.began.connect(self._on_began)
        context.controller.reported.connect(self._on_reported)
        context.controller.ended.connect(self._on_ended)
        self.refresh_on(context.job_changed)

    def refresh_actions(self) -> None:
        self._context.messages.allow_offer(allowed=not self._context.controller.is_busy())

    def _on_began(self, task: Task) -> None:
        if task is Task.ANALYSE:
            self._name = ""

    def _on_reported(self, events: tuple[object, ...]) -> None:
        for event in events:
            if isinstance(event, ClassifierSetAside):
                self._name = str(event.error.values["name"])
                self._say(None)

    def _on_ended(self, outcome: JobOutcome) -> None:
        if outcome.task is not Task.ANALYSE:
            return
        if not self._name:
            self._context.messages.take_back(self._text)
            self._text = ""
            return
        if self._is_closed():
            return
        name = self._name

        def answered(answer: dict[str, HeardAgain] | GenreTaggerError) -> None:
            if isinstance(answer, GenreTaggerError):
                _LOG.error("%s", answer)
            elif name == self._name and name in answer:
                self._say(answer[name])

        self._context.controller.ask(
            lambda pipeline, started: pipeline.heard_again(context=started.context), then=answered
        )

    def _say(self, heard: HeardAgain | None) -> None:
        """Renew the message; one that the user closed stays closed until the next start."""
        if self._is_closed():
            return
        messages, name = self._context.messages, self._name
        messages.take_back(self._text)
        self._text = set_aside_text(name, heard)
        if heard is not None and heard.is_enough:
            label = self.tr("Learn again")
            messages.offer(self._text, label, then=lambda: self._learn_again(name))
        else:
            messages.say(self._text, is_news=True)

    def _is_closed(self) -> bool:
        """Return whether the user closed the message."""
        return bool(self._text) and not self._context.messages.shows(self._text)
