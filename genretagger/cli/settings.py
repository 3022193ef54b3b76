"""The subcommand `settings`: lists and changes settings, and repairs an invalid settings file."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from pathlib import Path

from genretagger.cli.exit_status import ExitStatus
from genretagger.cli.output import (
    print_json,
    print_line,
    say,
    setting_line,
    setting_record,
)
from genretagger.core.errors import SettingsError
from genretagger.core.settings import Settings
from genretagger.core.settings_file import list_settings, read_stored, save_settings, with_setting


def run_settings(options: argparse.Namespace, *, path: Path) -> int:
    """List the settings stored at `path`, or change one; return the exit status.

    In a file with errors, the valid settings are listed, and changing an invalid one repairs it.

    Raises
    ------
    SettingsError
        The setting is unknown, its value is invalid, or the file cannot be used.
    OutputError
        Standard output cannot be written.
    """
    stored = read_stored(path)
    settings, unusable = stored.settings, stored.unusable
    if options.value is not None:
        settings = with_setting(settings, name=options.name, text=options.value)
        unusable.pop(options.name, None)
        kept = {name: value for name, (value, _) in unusable.items()}
        save_settings(path, settings, unusable=kept)
    _print(settings, name=options.name, unusable=unusable, as_json=options.json)
    for _, error in unusable.values():
        say(str(error))
    return ExitStatus.SOME_FAILED if unusable else ExitStatus.OK


def _print(
    settings: Settings, *, name: str | None, unusable: Collection[str], as_json: bool
) -> None:
    """Print every setting, or the one called `name`, except the `unusable` ones."""
    rows = [row for row in list_settings(settings) if name in (None, row.name)]
    if not rows:
        raise SettingsError("setting-unnamed", name=name)
    for row in rows:
        if row.name in unusable:
            continue
        if as_json:
            print_json(setting_record(row))
        else:
            print_line(setting_line(row))
