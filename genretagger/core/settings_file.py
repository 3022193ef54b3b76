"""Settings by their names: in the file, which is replaced in one step, in a list, and as typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from genretagger.core.errors import SettingsError, reason_of, shown, translate_os_errors
from genretagger.core.files.atomic import replace_file
from genretagger.core.settings import (
    PersonalUse,
    Settings,
    require_one,
    require_own,
    require_type,
    with_personal,
)
from genretagger.core.settings_text import format_genres, format_mapping, read_setting

PERSONAL_USE: Final = "personal_use"  # what files and scripts had before `genres`

# Until confidences were calibrated, 0.8 as `accept_threshold` stood for the model's high level,
# unless the file said `accept_exactly`. It goes on saying so, that 0.8 has one meaning in every
# version of the program.
_EXACTLY: Final = "accept_exactly"
_HIGH_LEVEL: Final = 0.8


@dataclass(frozen=True, slots=True)
class StoredSettings:
    """The valid part of a settings file, and the rest.

    settings : a setting that is missing from the file or invalid has its default
    unusable : the value and the error of each invalid setting, by name
    """

    settings: Settings
    unusable: dict[str, tuple[Any, SettingsError]]


def load_settings(path: Path) -> Settings:
    """Return the settings stored at `path`; a missing setting has its default.

    Raises
    ------
    SettingsError
        The file cannot be read, names an unknown setting or gives one an impossible value.
    """
    stored = read_stored(path)
    for _, error in stored.unusable.values():
        raise error
    return stored.settings


def load_usable(path: Path) -> Settings:
    """Return what can be used of the settings stored at `path`; damaged ones have defaults."""
    try:
        return read_stored(path).settings
    except SettingsError:
        return Settings()


def read_stored(path: Path) -> StoredSettings:
    """Return the settings stored at `path`, and the invalid ones with their errors.

    Raises
    ------
    SettingsError
        The file cannot be read.
    """
    settings = Settings()
    unusable: dict[str, tuple[Any, SettingsError]] = {}
    for name, value in _in_new_words(_read(path)).items():
        try:
            settings = _with_stored(settings, name=name, value=value, path=path)
        except SettingsError as error:
            unusable[name] = (value, error)
    return StoredSettings(settings, unusable)


def _in_new_words(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a file of any version as this one means them."""
    means_level = values.get("accept_threshold") == _HIGH_LEVEL and values.get(_EXACTLY) is not True
    old = {_EXACTLY, "accept_threshold"} if means_level else {_EXACTLY}
    if "genres" in values:
        old.add(PERSONAL_USE)
    return {name: value for name, value in values.items() if name not in old}


def _with_stored(settings: Settings, *, name: str, value: Any, path: Path) -> Settings:
    if name not in {PERSONAL_USE, *(item.name for item in fields(settings))}:
        raise SettingsError("setting-unknown", name=name, path=shown(path))
    try:
        return with_value(settings, name=name, value=value)
    except SettingsError as error:
        raise SettingsError("setting-unusable", path=shown(path), **error.values) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else error
        raise SettingsError("settings-unreadable", path=shown(path), reason=reason) from error
    if not isinstance(stored, dict):
        raise SettingsError("settings-unreadable", path=shown(path), reason="not a JSON object")
    return stored


def save_settings(
    path: Path, settings: Settings, *, unusable: Mapping[str, object] = MappingProxyType({})
) -> None:
    """Replace the settings file in one step: a crash leaves the old one or the new one.

    The entries of `unusable` stay in it: a newer program may understand them.

    Raises
    ------
    SettingsError
        The file cannot be written.
    """
    content = json.dumps({**settings_record(settings), _EXACTLY: True, **unusable}, indent=2)
    with translate_os_errors(SettingsError, "settings-unwritable", path):
        replace_file(path, content.encode())


# In a list, and as typed


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting in a list of settings; `value` and `default` are JSON, as in the file.

    text, default_text : a text, number or truth value; genres in the form in which users type them
    """

    name: str
    value: Any
    default: Any
    meaning: str
    text: str | float | bool
    default_text: str | float | bool


def list_settings(settings: Settings) -> tuple[Setting, ...]:
    """Return every setting with its value, default and meaning."""
    current, default = _listed(settings), _listed(Settings())
    meanings = {item.name: item.metadata["meaning"] for item in fields(settings)}
    meanings[PERSONAL_USE] = "instead if genres is own, else beside; setting it sets that"
    return tuple(
        Setting(
            name,
            current[name],
            default[name],
            meaning,
            _as_text(name, settings),
            _as_text(name, Settings()),
        )
        for name, meaning in meanings.items()
    )


def _listed(settings: Settings) -> dict[str, Any]:
    """Return the settings as JSON, with the one that `genres` has replaced."""
    return {**settings_record(settings), PERSONAL_USE: settings.personal_use}


def settings_record(settings: Settings) -> dict[str, Any]:
    """Return the settings as the JSON object of the settings file."""
    values = asdict(settings)
    values["mapping"] = {heard: list(names) for heard, names in settings.mapping}
    values["protected_genres"] = list(settings.protected_genres)
    return values


def _as_text(name: str, settings: Settings) -> Any:
    match name:
        case "mapping":
            return format_mapping(settings.mapping)
        case "protected_genres":
            return format_genres(settings.protected_genres)
        case _:
            return getattr(settings, name)


def with_setting(settings: Settings, *, name: str, text: str) -> Settings:
    """Return `settings` with the one called `name` set to what the user typed.

    Raises
    ------
    SettingsError
        There is no such setting, or it cannot have this value.
    """
    kinds = {item.name: type(item.default) for item in fields(settings)} | {PERSONAL_USE: str}
    if name not in kinds:
        raise SettingsError("setting-unnamed", name=name)
    value = read_setting(text, name=name, kind=kinds[name])
    chosen = with_value(settings, name=name, value=value)
    return require_own(chosen) if name == "genres" else chosen


def with_value(settings: Settings, *, name: str, value: Any) -> Settings:
    """Return `settings` with one value; `personal_use`, as in older files, sets `genres`.

    Raises
    ------
    SettingsError
        The setting cannot have this value.
    """
    if name != PERSONAL_USE:
        return replace(settings, **{name: value})
    require_type(name, value, str)
    require_one(name, value, [use.value for use in PersonalUse])
    return with_personal(settings, settings.personal_classifier, PersonalUse(value))
