"""The commands of a parser, and what each takes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from genretagger.cli.options import make_parser
from genretagger.cli.parsers import CommandParser
from genretagger.core.resources import UserFolders

# Where a Linux keeps data of programs; what is made here may not name the home of who makes it.
DATA_FOLDER = Path("~/.local/share/genretagger")


def new_parser() -> CommandParser:
    """Return a parser of the program, to be changed at will."""
    return make_parser(UserFolders(DATA_FOLDER))


def commands_of(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield a parser, and those of its subcommands at every depth, as the help lists them."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from commands_of(command)


def arguments_of(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return the options and arguments of a command, without its subcommands."""
    return [one for one in parser._actions if not isinstance(one, argparse._SubParsersAction)]
