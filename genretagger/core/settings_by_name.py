"""Settings by their names: listed, as a record of JSON, and set to what was typed or stored."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

from genretagger.core.errors import SettingsError
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
