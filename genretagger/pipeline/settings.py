"""Reads and saves the settings for the window."""

from __future__ import annotations

from dataclasses import dataclass, fields

from genretagger.core import settings_file
from genretagger.core.errors import GenreTaggerError, PersonalError, SettingsError
from genretagger.core.settings import Settings
from genretagger.core.settings_file import PERSONAL_USE, read_stored
from genretagger.pipeline.context import Context
from genretagger.pipeline.personal import personal_report, usable_classifiers


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings now in the file.

    problems : the errors in the file
    own_genres : the genres of the personal classifier in use
    classifiers : the names of the personal classifiers that can be used
    """

    settings: Settings
    problems: tuple[GenreTaggerError, ...]
    own_genres: tuple[str, ...]
    classifiers: tuple[str, ...] = ()


def read_settings(*, context: Context) -> LoadedSettings:
    """Return the settings in the file; unusable parts become problems and raise nothing."""
    problems: tuple[GenreTaggerError, ...]
    try:
        stored = read_stored(context.folders.settings)
        settings = stored.settings
        problems = tuple(error for _, error in stored.unusable.values())
    except SettingsError as error:
        settings, problems = context.settings, (error,)
    own_genres = _own_genres(settings, context=context)
    return LoadedSettings(settings, problems, own_genres, usable_classifiers(context=context))


def _own_genres(settings: Settings, *, context: Context) -> tuple[str, ...]:
    """Return the genres of the personal classifier in use, none if it cannot be read."""
    if not settings.personal_classifier:
        return ()
    try:
        report = personal_report(settings.personal_classifier, context=context)
    except PersonalError:
        return ()
    return tuple(genre.genre for genre in report.genres)


def save_settings(settings: Settings, *, context: Context) -> Settings:
    """Save `settings`, and return them. Unknown settings stay in the file.

    An unreadable file is replaced.

    Raises
    ------
    SettingsError
        The file cannot be written.
    """
    path = context.folders.settings
    names = {PERSONAL_USE, *(item.name for item in fields(Settings))}
    try:
        unusable = read_stored(path).unusable
    except SettingsError:
        unusable = {}
    unknown = {name: value for name, (value, _) in unusable.items() if name not in names}
    settings_file.save_settings(path, settings, unusable=unknown)
    return settings
