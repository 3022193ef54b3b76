"""The manual page genretagger(1), by argparse-manpage, from the parser and its texts."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterable
from itertools import chain
from typing import Final
from unittest import mock

from argparse_manpage.manpage import Manpage, bold

from genretagger import __version__
from genretagger.cli.exit_status import ExitStatus
from genretagger.cli.help_texts import (
    ENVIRONMENT,
    EXAMPLES,
    FILES,
    MANUAL,
    SHORT_DESCRIPTION,
)
from genretagger.cli.subcommand_texts import PERSONAL_ACTIONS, SUBCOMMANDS
from genretagger.core.resources import UserFolders
from tools.command_line.walk import DATA_FOLDER, commands_of, new_parser

_WIDTH: Final = 78  # of a line of the source
_SYNOPSIS: Final = """\
.B genretagger
.RB [ \\-\\-debug ]
.RI [ FOLDER ]
.br
.B genretagger
.RB [ \\-h ]
.RB [ \\-\\-version ]
.RB [ \\-\\-debug ]
.I SUBCOMMAND
\\&..."""
_PLACES: Final = (
    "The data folder is named by GENRETAGGER_HOME; else it is genretagger in $XDG_DATA_HOME or, "
    "where that is not set, ~/.local/share/genretagger (macOS: ~/Library/Application "
    "Support/genretagger). In it are:"
)


def make_page(date: str) -> str:
    """Return the manual page in roff; `date` is as "2026-12-01" or empty."""
    with mock.patch.dict("os.environ", COLUMNS="1000"):  # argparse breaks lines where roff does not
        page = Manpage(_prepared_parser(), _head(date), format="single-commands-section")
        page.add_section("SYNOPSIS", "=", _SYNOPSIS)
        page.add_section("EXIT STATUS", "=", _definitions(_statuses()))
        page.add_section("ENVIRONMENT", "=", _definitions(ENVIRONMENT.items()))
        page.add_section("FILES", "=", f"{page.format_text(_PLACES)}\n{_definitions(_files())}")
        page.add_section("EXAMPLES", "=", _definitions(_examples()))
        page.add_section("SEE ALSO", "=", page.format_text(MANUAL.partition(" `man")[0]))
        heading, *lines = str(page).splitlines()
    # Dates of manual pages have plain hyphens; neither words nor options are to be hyphenated.
    lines = [heading.replace("\\-", "-"), ".nh", ".ad l", *lines]
    return "\n".join(part for line in lines for part in _folded(_in_roff(line))) + "\n"


def _head(date: str) -> dict[str, str]:
    return {
        "date": date,
        "project_name": "genretagger",
        "version": __version__,
        "manual_title": "User Commands",
        "description": SHORT_DESCRIPTION,
    }


def _prepared_parser() -> argparse.ArgumentParser:
    """Return the parser as argparse-manpage is to see it: the page has parts of its own."""
    parser = new_parser()
    for command in commands_of(parser):
        command.epilog = None
    for group in parser._action_groups:
        if group.title == "subcommands":
            group.title = "commands"
    return parser


def _statuses() -> Iterable[tuple[str, str]]:
    return ((str(status.value), status.meaning) for status in ExitStatus)


def _files() -> Iterable[tuple[str, str]]:
    folders = UserFolders(DATA_FOLDER)
    return ((getattr(folders, name).name, meaning) for name, meaning in FILES.items())


def _examples() -> Iterable[tuple[str, str]]:
    """Return every line of the helps once, with what is said of it first."""
    told = SUBCOMMANDS | PERSONAL_ACTIONS
    del told["personal"]  # its examples are those of its actions
    groups = (EXAMPLES, *(command.examples for command in told.values()))
    meanings: dict[str, str] = {}
    for example in chain.from_iterable(groups):
        meanings.setdefault(example.line, example.meaning)
    return meanings.items()


def _definitions(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f".TP\n{bold(term)}\n{_escaped(meaning)}" for term, meaning in rows)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-")


def _in_roff(line: str) -> str:
    """Return a line with what the help puts between backticks in bold, and tildes as they are."""
    return re.sub(r"`([^`]+)`", r"\\fB\1\\fR", line).replace("~", r"\(ti")


def _folded(line: str) -> list[str]:
    """Split a line of text into short lines; none of them looks like a request of troff."""
    if line.startswith((".", "\\&")) or not line:
        return [line]
    parts = textwrap.wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return [f"\\&{part}" if part.startswith((".", "'")) else part for part in parts]
