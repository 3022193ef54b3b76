"""The user's settings: one frozen value per job, loaded and saved atomically."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from genretagger.core.datatypes import Policy
from genretagger.core.errors import SettingsError, shown
from genretagger.core.personal import is_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_WORDS: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_LONGEST_DAYS: Final = 36_500
BESIDE: Final = "beside"
INSTEAD: Final = "instead"


def _setting(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user can choose. A job gets one value and keeps it to its end."""

    policy: str = _setting(
        Policy.FILL.value, "what the window offers for files with a genre: fill, add or replace"
    )
    accept_threshold: float = _setting(
        0.8, "the confidence that the window offers to accept from; 0.8: the model's high level"
    )
    jobs: int = _setting(0, "worker processes; 0: one per processor")
    keep_dates: bool = _setting(True, "whether a written file keeps its date")
    id3v23_separator: str = _setting(
        "/", "between several genres in ID3v2.3 tags, which have no lists"
    )
    upgrade_id3v22: bool = _setting(False, "ID3v2.2 tags are upgraded to 2.3 when written")
    keep_history_days: int = _setting(
        0, "days after which a batch can no longer be undone and is removed; 0: never"
    )
    personal_classifier: str = _setting(
        "", "the name of the personal classifier in use; empty: none"
    )
    personal_use: str = _setting(BESIDE, "whether it is used beside or instead of the ten genres")

    def __post_init__(self) -> None:
        """Check every value.

        Raises
        ------
        SettingsError
            A value is of the wrong type or out of range.
        """
        for item in fields(self):
            _require_type(item.name, getattr(self, item.name), type(item.default))
        policies = [policy.value for policy in Policy]
        _require("policy", self.policy, ok=self.policy in policies, allowed=", ".join(policies))
        in_range = 0 <= self.accept_threshold <= 1
        _require("accept_threshold", self.accept_threshold, ok=in_range, allowed="from 0 to 1")
        _require("jobs", self.jobs, ok=0 <= self.jobs <= 256, allowed="from 0 to 256")
        _require(
            "id3v23_separator",
            self.id3v23_separator,
            ok=self.id3v23_separator.isprintable() and self.id3v23_separator.strip() != "",
            allowed="one or more visible characters",
        )
        _require(
            "keep_history_days",
            self.keep_history_days,
            ok=0 <= self.keep_history_days <= _LONGEST_DAYS,
            allowed=f"from 0 to {_LONGEST_DAYS}",
        )
        name = self.personal_classifier
        fits = not name or is_name(name)
        _require("personal_classifier", name, ok=fits, allowed="a name of one, or empty")
        uses = (BESIDE, INSTEAD)
        _require(
            "personal_use", self.personal_use, ok=self.personal_use in uses, allowed=", ".join(uses)
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it is listed; `value` and `default` are a text, number or truth value."""

    name: str
    value: str | float | bool
    default: str | float | bool
    meaning: str


def listed(settings: Settings) -> tuple[Setting, ...]:
    """Return every setting with its value, default and meaning."""
    current, default = asdict(settings), asdict(Settings())
    meanings = {item.name: item.metadata["meaning"] for item in fields(settings)}
    return tuple(
        Setting(name, current[name], default[name], meaning) for name, meaning in meanings.items()
    )


def with_setting(settings: Settings, *, name: str, text: str) -> Settings:
    """Return `settings` with the one called `name` set to what the user typed.

    Raises
    ------
    SettingsError
        There is no such setting, or it cannot have this value.
    """
    defaults = {item.name: item.default for item in fields(settings)}
    if name not in defaults:
        raise SettingsError("setting-unnamed", name=name)
    value: Any = _typed(text, kind=type(defaults[name]))
    return replace(settings, **{name: value})


def _typed(text: str, *, kind: type) -> Any:
    """Return `text` as a `kind`; unchanged, to be refused by its name, if it is none."""
    if kind is bool:
        return _WORDS.get(text.lower(), text)
    try:
        return kind(text)
    except ValueError:
        return text


def _require_type(name: str, value: object, kind: type) -> None:
    fits = isinstance(value, (int, float)) if kind is float else isinstance(value, kind)
    if isinstance(value, bool) and kind is not bool:
        fits = False
    allowed = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
    _require(name, value, ok=fits, allowed=allowed[kind])


def _require(name: str, value: object, *, ok: bool, allowed: str) -> None:
    if not ok:
        raise SettingsError("setting-invalid", name=name, value=repr(value), allowed=allowed)


@dataclass(frozen=True, slots=True)
class Stored:
    """A settings file as far as it can be used.

    settings : what is not in the file, or not as it can be, has its default
    unusable : what is wrong with the file, by name, with the value there
    """

    settings: Settings
    unusable: dict[str, tuple[Any, SettingsError]]


def load_settings(path: Path) -> Settings:
    """Return the settings stored at `path`; what is not there keeps its default.

    Raises
    ------
    SettingsError
        The file cannot be read, names an unknown setting or gives one an impossible value.
    """
    stored = read_stored(path)
    for _, error in stored.unusable.values():
        raise error
    return stored.settings


def read_stored(path: Path) -> Stored:
    """Return the settings stored at `path` and what is wrong with them.

    Raises
    ------
    SettingsError
        The file cannot be read.
    """
    settings = Settings()
    unusable: dict[str, tuple[Any, SettingsError]] = {}
    for name, value in _read(path).items():
        try:
            settings = _with_stored(settings, name=name, value=value, path=path)
        except SettingsError as error:
            unusable[name] = (value, error)
    return Stored(settings, unusable)


def _with_stored(settings: Settings, *, name: str, value: Any, path: Path) -> Settings:
    if name not in {item.name for item in fields(settings)}:
        raise SettingsError("setting-unknown", name=name, path=shown(path))
    try:
        return replace(settings, **{name: value})
    except SettingsError as error:
        raise SettingsError("setting-unusable", path=shown(path), **error.values) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError("settings-unreadable", path=shown(path), reason=error) from error
    if not isinstance(stored, dict):
        raise SettingsError("settings-unreadable", path=shown(path), reason="not a JSON object")
    return stored


def save_settings(
    path: Path, settings: Settings, *, unusable: Mapping[str, object] = MappingProxyType({})
) -> None:
    """Replace the settings file in one step: a crash leaves the old one or the new one.

    `unusable` is kept in it as it was: a newer program may know what it means.

    Raises
    ------
    SettingsError
        The file cannot be written.
    """
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8") as stream:
            json.dump({**asdict(settings), **unusable}, stream, indent=2)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise SettingsError("settings-unwritable", path=shown(path), reason=reason) from error
