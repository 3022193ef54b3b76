"""The options of the subcommand `personal` and their help texts."""

from __future__ import annotations

import argparse

from genretagger.cli import arguments
from genretagger.cli.parsers import CommandParser, add_command
from genretagger.cli.subcommand_texts import PERSONAL_ACTIONS, SubcommandHelp

_NAME = "the name of the classifier, as list shows it"


def add_personal(parser: CommandParser) -> None:
    """Add the actions of `personal` and their options to its parser."""
    actions = parser.add_subparsers(title="actions", required=True, dest="action", metavar="ACTION")
    by_name = {name: _add(actions, name, told) for name, told in PERSONAL_ACTIONS.items()}
    learn, use = by_name["learn"], by_name["use"]
    learn.add_argument(
        "name",
        metavar="NAME",
        help="the name of the classifier; an older one of that name is replaced",
    )
    learn.add_argument(
        "paths",
        nargs="*",
        type=arguments.path,
        metavar="PATH",
        help="a file or folder; default: all tracks analysed so far",
    )
    learn.add_argument(
        "--again",
        action="store_true",
        help="learn anew, only the genres that the classifier NAME has now",
    )
    by_name["report"].add_argument("name", metavar="NAME", help=_NAME)
    use.add_argument("name", nargs="?", metavar="NAME", help=_NAME)
    use.add_argument("--instead", action="store_true", help="use it instead of the ten genres")
    use.add_argument("--none", action="store_true", help="use no classifier from now on")
    for action in (learn, use):
        action.add_argument(
            "--anyway",
            action="store_true",
            help="even if the tags do not follow the sound, and it guesses",
        )
    export, take = by_name["export"], by_name["import"]
    export.add_argument("name", metavar="NAME", help=_NAME)
    export.add_argument("file", type=arguments.path, metavar="FILE", help="a new file")
    take.add_argument("file", type=arguments.path, metavar="FILE", help="a file that export wrote")
    take.add_argument(
        "name", nargs="?", metavar="NAME", help="its new name; default: that of the file"
    )
    by_name["delete"].add_argument("name", metavar="NAME", help=_NAME)


def _add(
    actions: argparse._SubParsersAction[CommandParser], name: str, told: SubcommandHelp
) -> CommandParser:
    parser = add_command(actions, name, told)
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    arguments.add_debug(parser)
    return parser
