"""The text of the report: versions, system, settings, counts and the end of the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from genretagger.bugreport.hiding import Placeholders, without_user
from genretagger.bugreport.versions import version_lines
from genretagger.core.errors import ModelError, SettingsError
from genretagger.core.resources import UserFolders
from genretagger.core.settings_file import PERSONAL_USE, list_settings, read_stored

_N_LINES: Final = 50
_LOG_BYTES: Final = 200_000  # the end of the log that is read
_LONGEST: Final = 600  # characters of a line
_OLDER: Final = ".1"  # what the log is called once it is full


def make_report(
    folders: UserFolders,
    *,
    model_id: str | None = None,
    states: Mapping[str, int] | None = None,
    window: Sequence[str] = (),
    shows_names: bool = False,
) -> str:
    """Return the report, in English, as whoever mends the program reads it.

    Parameters
    ----------
    model_id : str, optional
        The model in use; the bundled one if it is not known.
    states : Mapping[str, int], optional
        The number of tracks in each state.
    window : Sequence[str]
        Lines about the window and what shows it.
    shows_names : bool
        Whether paths, file names, artists, titles and genres of the user stay in it.
    """
    hidden = Placeholders(shows=shows_names)
    lines = [
        *version_lines(),
        *window,
        f"Model: {model_id or _bundled_model()}",
        *(_count_lines(states) if states is not None else ()),
        "",
        *_settings_lines(folders.settings, hidden, shows_names=shows_names),
        "",
        *_log_lines(folders.log, hidden),
    ]
    return without_user("\n".join(lines)) + "\n"


def _bundled_model() -> str:
    # The import loads NumPy, which must not slow down a start.
    from genretagger.analysis.manifest import default_model_folder

    try:
        return default_model_folder().name
    except ModelError as error:
        return f"none ({error.key})"


def _count_lines(states: Mapping[str, int]) -> list[str]:
    lines = [f"Tracks: {sum(states.values())}"]
    return lines + [f"  {state}: {n}" for state, n in states.items() if n]


def _settings_lines(path: Path, hidden: Placeholders, *, shows_names: bool) -> list[str]:
    """Return the settings that differ from the defaults."""
    try:
        stored = read_stored(path)
    except SettingsError as error:
        return [f"Settings: not read ({error.key})"]
    lines = []
    for setting in list_settings(stored.settings):
        if setting.value == setting.default or setting.name == PERSONAL_USE:
            continue
        if isinstance(setting.value, Collection) and not isinstance(setting.value, str):
            text = setting.text if shows_names else f"{len(setting.value)} entries"
        elif setting.name == "personal_classifier":
            text = hidden.hide(str(setting.text))
        else:
            text = setting.text
        lines.append(f"  {setting.name}: {text}")
    if stored.unusable:
        lines.append(f"  unusable: {len(stored.unusable)}")
    return ["Settings that differ from the defaults:", *(lines or ["  none"])]


def _log_lines(path: Path, hidden: Placeholders) -> list[str]:
    lines = _last_lines(path)
    if not lines:
        return ["Log: nothing was logged yet"]
    shown = [hidden.hide_line(line)[:_LONGEST] for line in lines]
    return [f"Log, the last {len(shown)} lines:", *(f"  {line}" for line in shown)]


def _last_lines(path: Path) -> list[str]:
    """Return the last lines of the log and, while it is short, of the one before it."""
    lines = _end_of(path)
    if len(lines) < _N_LINES:
        lines = _end_of(path.with_name(path.name + _OLDER)) + lines
    return lines[-_N_LINES:]


def _end_of(path: Path) -> list[str]:
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, 2)
            stream.seek(max(0, size - _LOG_BYTES))
            text = stream.read().decode("utf-8", "replace")
    except OSError:
        return []
    lines = text.split("\n")
    whole = lines[1:] if size > _LOG_BYTES else lines
    return [line.rstrip("\r") for line in whole if line.strip()]
