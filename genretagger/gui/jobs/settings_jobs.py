"""What the settings dialog asks of the core: all of it off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass, fields

from genretagger.core.errors import GenreTaggerError, SettingsError
from genretagger.core.settings import Settings
from genretagger.core.settings_file import read_stored, save_settings
from genretagger.gui.jobs.classifier_jobs import with_settings
from genretagger.gui.jobs.job_factories import Started


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings as the file has them now.

    problems : what is wrong with the file
    own_genres : the genres of the personal classifier in use
    high : the confidence at which the model's high level begins, None if it has none
    """

    settings: Settings
    problems: tuple[GenreTaggerError, ...]
    own_genres: tuple[str, ...]
    high: float | None


def seen(started: Started) -> LoadedSettings:
    """Return the settings in the file; what cannot be used of it is a problem, not an error."""
    problems: tuple[GenreTaggerError, ...]
    try:
        stored = read_stored(started.context.folders.settings)
        settings = stored.settings
        problems = tuple(error for _, error in stored.unusable.values())
    except SettingsError as error:
        settings, problems = started.context.settings, (error,)
    high = started.levels.high.confidence if started.levels.high is not None else None
    return LoadedSettings(settings, problems, _own_genres(started, settings), high)


def _own_genres(started: Started, settings: Settings) -> tuple[str, ...]:
    """Return the genres of the personal classifier in use; none if it cannot be read."""
    if not settings.personal_classifier:
        return ()
    name = settings.personal_classifier
    try:
        report = started.core.personal_report(name, context=started.context)
    except GenreTaggerError:
        return ()
    return tuple(genre.genre for genre in report.genres)


def saved(started: Started, *, settings: Settings) -> Started:
    """Save `settings`; return what is so then. Names that are not known stay in the file.

    A file that cannot be read at all is replaced.

    Raises
    ------
    SettingsError
        They cannot be saved.
    """
    path = started.context.folders.settings
    names = {item.name for item in fields(Settings)}
    try:
        unusable = read_stored(path).unusable
    except SettingsError:
        unusable = {}
    kept = {name: value for name, (value, _) in unusable.items() if name not in names}
    save_settings(path, settings, unusable=kept)
    return with_settings(started, settings)
