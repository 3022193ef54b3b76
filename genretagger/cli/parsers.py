"""The parser of the program and of each subcommand: how help is laid out, and mistakes shown."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NoReturn

from genretagger.cli.exit_status import ExitStatus
from genretagger.cli.help_texts import ENVIRONMENT, EXAMPLES, MANUAL, HelpExample
from genretagger.cli.subcommand_texts import SubcommandHelp
from genretagger.core.errors import printable, shown
from genretagger.core.resources import UserFolders

_TERM: Final = re.compile(r" *(?:\S+ {2,})?")  # a line goes on below what stands behind it


class HelpLayout(argparse.HelpFormatter):
    """Fits texts to the width: paragraphs are filled, and indented lines are kept apart."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:  # noqa: ARG002 - argparse's
        paragraphs = text.strip().split("\n\n")
        return "\n\n".join("\n".join(_filled(paragraph, width)) for paragraph in paragraphs)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return _wrapped(" ".join(text.split()), width)  # names of options stay in one piece


class CommandParser(argparse.ArgumentParser):
    """The parser of the program or of a subcommand.

    Parameters
    ----------
    prog : str
        What is typed before the arguments.
    description : str
        What the help begins with.
    epilog : str
        What the help ends with.
    usage : str, optional
        How it is called, if the arguments do not say.
    """

    def __init__(
        self, *, prog: str, description: str, epilog: str, usage: str | None = None
    ) -> None:
        super().__init__(
            prog=prog,
            usage=usage,
            description=description,
            epilog=epilog,
            formatter_class=HelpLayout,
        )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, which may hold anything, and end with status 2."""
        super().error(printable(message))


def add_command(
    commands: argparse._SubParsersAction[CommandParser], name: str, told: SubcommandHelp
) -> CommandParser:
    """Add a subcommand, or an action of one, with its help; return its parser."""
    return commands.add_parser(
        name,
        help=told.line,
        description=told.description,
        epilog=examples_text(told.examples),
    )


def examples_text(examples: Iterable[HelpExample]) -> str:
    """Return the part of the help that shows examples."""
    lines = (f"  {example.line}\n      {example.meaning}" for example in examples)
    return "\n".join(["examples:", *lines])


def program_epilog(folders: UserFolders) -> str:
    """Return what the help of the program ends with; `folders` are those of the user."""
    statuses = {str(status.value): status.meaning for status in ExitStatus}
    return "\n\n".join(
        [
            examples_text(EXAMPLES),
            _table("exit status:", statuses),
            _table("environment:", ENVIRONMENT),
            f"data folder:\n  {shown(folders.home)}",
            f"log:\n  {shown(folders.log)}",
            f"manual:\n  {MANUAL}",
        ]
    )


def _table(title: str, rows: Mapping[str, str]) -> str:
    width = max(map(len, rows))
    return "\n".join([title, *(f"  {term:<{width}}  {text}" for term, text in rows.items())])


def _filled(paragraph: str, width: int) -> Iterator[str]:
    """Yield the lines of a paragraph; its indented lines stay lines of their own."""
    if not any(line.startswith(" ") for line in paragraph.splitlines()):
        paragraph = " ".join(paragraph.splitlines())
    for line in paragraph.splitlines():
        term = _TERM.match(line)
        yield from _wrapped(line, width, further=len(term[0]) if term else 0)


def _wrapped(line: str, width: int, *, further: int = 0) -> list[str]:
    return textwrap.wrap(
        line,
        width,
        subsequent_indent=" " * further,
        break_long_words=False,
        break_on_hyphens=False,
    )
