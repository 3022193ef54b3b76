"""Options and argument types that subcommands share; argparse reports mistakes with status 2."""

from __future__ import annotations

import re
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from pathlib import Path


def add_debug(parser: ArgumentParser) -> None:
    """Add `--debug`, which users may write before or after the subcommand."""
    parser.add_argument(
        "--debug",
        action="store_true",
        default=SUPPRESS,  # a subcommand's default would override a `--debug` before it
        help="log every detail, also to standard error",
    )


def file_name(text: str) -> str:
    """Return `text` as the name of a file or folder.

    A script with an unset variable passes "", which `Path` takes for the current folder.

    Raises
    ------
    ArgumentTypeError
        The name is empty.
    """
    return _filled(text, "file or folder")


def path(text: str) -> Path:
    """Return `text` as the path of a file or folder.

    Raises
    ------
    ArgumentTypeError
        The path is empty.
    """
    return Path(file_name(text))


def batch(text: str) -> str:
    """Return `text` as the name of a batch.

    Raises
    ------
    ArgumentTypeError
        The name is empty.
    """
    return _filled(text, "batch")


def probability(text: str) -> float:
    """Return `text` as a number from 0 to 1.

    Raises
    ------
    ArgumentTypeError
        It is no such number.
    """
    return float(_number(text, float, least=0, most=1))


def count(text: str) -> int:
    """Return `text` as a whole number from 1 to 256.

    Raises
    ------
    ArgumentTypeError
        It is no such number.
    """
    return int(_number(text, int, least=1, most=256))


def scheduler(text: str) -> str:
    """Return `text` as the address of a scheduler of Dask, or as "local".

    Raises
    ------
    ArgumentTypeError
        It is neither.
    """
    if text != "local" and not re.fullmatch(r"(tcp|tls)://[^/\s]+:\d+", text):
        raise ArgumentTypeError(f"{text} is neither local nor like tcp://HOST:8786")
    return text


def _filled(text: str, what: str) -> str:
    if not text:
        raise ArgumentTypeError(f"is empty; name a {what} (is a variable not set?)")
    return text


def _number(text: str, kind: type[float], *, least: int, most: int) -> float:
    try:
        value = kind(text)
    except ValueError:
        value = least - 1
    if not least <= value <= most:
        raise ArgumentTypeError(f"{text} is not a number from {least} to {most}")
    return value
