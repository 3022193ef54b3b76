"""Saves settings off the GUI thread, and works by them from then on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from genretagger.core.errors import GenreTaggerError
from genretagger.core.settings import GenreSet, Settings
from genretagger.gui.jobs.job_controller import JobController

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import Started


def ask_to_save(
    controller: JobController,
    change: Callable[[Settings], Settings],
    *,
    then: Callable[[Started | GenreTaggerError], None],
) -> None:
    """Save what `change` makes of the settings; `then` gets the start with them, or an error."""
    controller.ask(
        lambda pipeline, started: pipeline.with_settings(
            started,
            pipeline.save_settings(change(started.context.settings), context=started.context),
        ),
        then=then,
    )


def renew_settings(controller: JobController, started: Started) -> None:
    """Work by other settings from now on.

    Shown tracks are judged again, from what was heard of them, if another classifier judges.
    """
    before = controller.started.context.settings if controller.started is not None else None
    after = started.context.settings
    controller.renew(started)
    if before is not None and _judges(before) != _judges(after) and controller.paths:
        controller.analyse(controller.paths, add=True)


def _judges(settings: Settings) -> tuple[str, GenreSet | None]:
    """Return which personal classifier judges, and whether instead of the ten genres."""
    is_instead = settings.genres_in_use is GenreSet.OWN
    return settings.personal_classifier, GenreSet.OWN if is_instead else None
