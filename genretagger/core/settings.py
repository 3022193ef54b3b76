"""The user's settings: one frozen value per job, loaded and saved atomically."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from genretagger.core.datatypes import Policy
from genretagger.core.errors import SettingsError, shown

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user can choose. A job gets one value and keeps it to its end."""

    policy: str = Policy.FILL.value
    accept_threshold: float = 0.8
    jobs: int = 0  # 0: one worker per processor
    keep_dates: bool = True
    id3v23_separator: str = "/"

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


def _require_type(name: str, value: object, kind: type) -> None:
    fits = isinstance(value, (int, float)) if kind is float else isinstance(value, kind)
    if isinstance(value, bool) and kind is not bool:
        fits = False
    _require(name, value, ok=fits, allowed=f"of type {kind.__name__}")


def _require(name: str, value: object, *, ok: bool, allowed: str) -> None:
    if not ok:
        raise SettingsError("setting-invalid", name=name, value=repr(value), allowed=allowed)


def load_settings(path: Path) -> Settings:
    """Return the settings stored at `path`, or the defaults if there is no such file.

    Raises
    ------
    SettingsError
        The file cannot be read, names an unknown setting or gives one an impossible value.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise SettingsError("settings-unreadable", path=shown(path), reason=error) from error
    if not isinstance(stored, dict):
        raise SettingsError("settings-unreadable", path=shown(path), reason="not a JSON object")
    known = {item.name for item in fields(Settings)}
    for name in stored:
        if name not in known:
            raise SettingsError("setting-unknown", name=name)
    return Settings(**stored)


def save_settings(path: Path, settings: Settings) -> None:
    """Replace the settings file in one step: a crash leaves the old one or the new one.

    Raises
    ------
    SettingsError
        The file cannot be written.
    """
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8") as stream:
            json.dump(asdict(settings), stream, indent=2)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise SettingsError("settings-unreadable", path=shown(path), reason=error) from error
