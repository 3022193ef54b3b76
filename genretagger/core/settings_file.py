"""Reads the valid part of the settings file, and replaces the file in one step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from genretagger.core.errors import SettingsError, reason_of, shown, translate_os_errors
from genretagger.core.files.atomic import replace_file
from genretagger.core.settings import Settings
from genretagger.core.settings_by_name import PERSONAL_USE, settings_record, with_value


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


def read_stored(path: Path) -> StoredSettings:
    """Return the settings stored at `path`, and the invalid ones with their errors.

    Raises
    ------
    SettingsError
        The file cannot be read.
    """
    settings = Settings()
    unusable: dict[str, tuple[Any, SettingsError]] = {}
    stored = _read(path)
    if "genres" in stored:
        stored.pop(PERSONAL_USE, None)
    for name, value in stored.items():
        try:
            settings = _with_stored(settings, name=name, value=value, path=path)
        except SettingsError as error:
            unusable[name] = (value, error)
    return StoredSettings(settings, unusable)


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
    content = json.dumps({**settings_record(settings), **unusable}, indent=2)
    with translate_os_errors(SettingsError, "settings-unwritable", path):
        replace_file(path, content.encode())
