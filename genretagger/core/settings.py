"""The user's settings: one frozen value per job, loaded and saved atomically."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from genretagger.core.datatypes import Policy
from genretagger.core.errors import SettingsError, reason_of, shown
from genretagger.core.genre_settings import (
    GENRES_FORM,
    MAPPING_FORM,
    genres_of,
    genres_text,
    mapping_text,
    pairs_of,
    typed_list,
    typed_mapping,
)
from genretagger.core.personal import is_name

_WORDS: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
LONGEST_DAYS: Final = 36_500
BESIDE: Final = "beside"
INSTEAD: Final = "instead"
LANGUAGES: Final = ("", "en", "es")  # "": that of the system
_AT_HIGH_LEVEL: Final = 0.8
MOST_JOBS: Final = 256


def _setting(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user can choose. A job gets one value and keeps it to its end."""

    policy: str = _setting(
        Policy.FILL.value, "what the window offers for files with a genre: fill, add or replace"
    )
    accept_threshold: float = _setting(
        _AT_HIGH_LEVEL,
        "the confidence that the window offers to accept from; 0.8: the model's high level",
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
    mapping: tuple[tuple[str, tuple[str, ...]], ...] = _setting(
        (), "what is written for a genre that is heard: hiphop=Hip-Hop; disco=Disco|Funk"
    )
    protected_genres: tuple[str, ...] = _setting(
        (), "genres that stay in a file whose genres are replaced, with ; between them"
    )
    language: str = _setting("", "the language of the window: en, es; empty: that of the system")
    remember_session: bool = _setting(True, "whether the window opens the last folders at start")
    sort_names: bool = _setting(
        True, "whether artists are sorted by the sort names in their tags: Beatles, The"
    )
    skip_hidden_folders: bool = _setting(
        True, "whether hidden folders of programs, such as .cache, are left out"
    )
    accept_exactly: bool = _setting(
        False, "whether 0.8 as accept_threshold is that number, not the model's high level"
    )

    def __post_init__(self) -> None:
        """Check every value.

        Raises
        ------
        SettingsError
            A value is of the wrong type or out of range.
        """
        self._take_genres()
        for item in fields(self):
            _require_type(item.name, getattr(self, item.name), type(item.default))
        _require_one("policy", self.policy, [policy.value for policy in Policy])
        _require_one("personal_use", self.personal_use, (BESIDE, INSTEAD))
        is_language = self.language in LANGUAGES
        allowed = "en, es, or empty for that of the system"
        _require("language", self.language, ok=is_language, allowed=allowed)
        _require_range("accept_threshold", self.accept_threshold, most=1)
        _require_range("jobs", self.jobs, most=MOST_JOBS)
        _require_range("keep_history_days", self.keep_history_days, most=LONGEST_DAYS)
        _require(
            "id3v23_separator",
            self.id3v23_separator,
            ok=self.id3v23_separator.isprintable() and self.id3v23_separator.strip() != "",
            allowed="one or more visible characters",
        )
        name = self.personal_classifier
        fits = not name or is_name(name)
        _require("personal_classifier", name, ok=fits, allowed="a name of one, or empty")

    @property
    def accepts_high_level(self) -> bool:
        """Whether accept_threshold stands for the model's high level: so it was from the first."""
        return not self.accept_exactly and self.accept_threshold == _AT_HIGH_LEVEL

    def _take_genres(self) -> None:
        """Bring what holds genres into the form in which it is kept, whatever it was given as."""
        pairs, genres = pairs_of(self.mapping), genres_of(self.protected_genres)
        _require("mapping", self.mapping, ok=pairs is not None, allowed=MAPPING_FORM)
        _require(
            "protected_genres", self.protected_genres, ok=genres is not None, allowed=GENRES_FORM
        )
        object.__setattr__(self, "mapping", pairs)
        object.__setattr__(self, "protected_genres", genres)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it is listed; `value` and `default` are as in the file: JSON.

    text, default_text : a text, number or truth value; what holds genres as it is typed
    """

    name: str
    value: Any
    default: Any
    meaning: str
    text: str | float | bool
    default_text: str | float | bool


def listed(settings: Settings) -> tuple[Setting, ...]:
    """Return every setting with its value, default and meaning."""
    current, default = _as_json(settings), _as_json(Settings())
    meanings = {item.name: item.metadata["meaning"] for item in fields(settings)}
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


def _as_json(settings: Settings) -> dict[str, Any]:
    values = asdict(settings)
    values["mapping"] = {heard: list(names) for heard, names in settings.mapping}
    values["protected_genres"] = list(settings.protected_genres)
    return values


def _as_text(name: str, settings: Settings) -> Any:
    match name:
        case "mapping":
            return mapping_text(settings.mapping)
        case "protected_genres":
            return genres_text(settings.protected_genres)
        case _:
            return getattr(settings, name)


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
    value: Any = _typed(text, name=name, kind=type(defaults[name]))
    return replace(settings, **{name: value})


def _typed(text: str, *, name: str, kind: type) -> Any:
    """Return `text` as a `kind`; unchanged, to be refused by its name, if it is none."""
    if kind is tuple:
        return typed_mapping(text) if name == "mapping" else typed_list(text)
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
    _require(name, value, ok=fits, allowed=allowed.get(kind, ""))


def _require_one(name: str, value: str, allowed: Sequence[str]) -> None:
    _require(name, value, ok=value in allowed, allowed=", ".join(allowed))


def _require_range(name: str, value: float, *, most: int) -> None:
    _require(name, value, ok=0 <= value <= most, allowed=f"from 0 to {most}")


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
            json.dump({**_as_json(settings), **unusable}, stream, indent=2)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        reason = reason_of(error)
        raise SettingsError("settings-unwritable", path=shown(path), reason=reason) from error
