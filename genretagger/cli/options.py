"""The options of the command line and their help texts."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from genretagger import __version__
from genretagger.cli import arguments
from genretagger.cli.help_texts import DESCRIPTION, USAGE
from genretagger.cli.parsers import CommandParser, add_command, program_epilog
from genretagger.cli.personal_options import add_personal
from genretagger.cli.subcommand_texts import SUBCOMMANDS
from genretagger.core.errors import PlanError, shown
from genretagger.core.resources import UserFolders, user_folders
from genretagger.core.settings import GenreSet
from genretagger.core.writes import Policy
from genretagger.library.export import PlaylistGenre


def parse_options(texts: Sequence[str]) -> argparse.Namespace:
    """Return the parsed options; `command` is the subcommand. Exits on --help and on mistakes.

    Raises
    ------
    PlanError
        The first argument is empty, or neither an option nor a subcommand.
    """
    if not texts[0]:
        raise PlanError("argument-empty")
    if texts[0] not in SUBCOMMANDS and not texts[0].startswith("-"):
        raise PlanError("argument-unknown", argument=shown(Path(texts[0])))
    return make_parser(user_folders()).parse_args(texts)


def make_parser(folders: UserFolders) -> CommandParser:
    """Return the parser of the program; `folders`, those of the user, are named in its help."""
    parser = CommandParser(
        prog="genretagger",
        usage=USAGE,
        description=DESCRIPTION,
        epilog=program_epilog(folders),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"genretagger {__version__}",
        help="print the version, and end",
    )
    arguments.add_debug(parser)
    parser.set_defaults(debug=False)
    commands = parser.add_subparsers(
        title="subcommands",
        required=True,
        dest="command",
        metavar="SUBCOMMAND",
        prog=parser.prog,
    )
    by_name = {name: add_command(commands, name, told) for name, told in SUBCOMMANDS.items()}
    _add_analyse(by_name["analyse"])
    _add_watch(by_name["watch"])
    _add_apply(by_name["apply"])
    _add_undo(by_name["undo"])
    _add_history(by_name["history"])
    _add_playlists(by_name["playlists"])
    add_personal(by_name["personal"])
    _add_settings(by_name["settings"])
    about = "your music; default: sample music"
    by_name["demo"].add_argument("path", nargs="?", type=arguments.path, metavar="PATH", help=about)
    by_name["sample-music"].add_argument(
        "folder", type=arguments.path, metavar="FOLDER", help="a new or empty folder"
    )
    by_name["report"].add_argument(
        "--names", action="store_true", help="leave paths and names as they are"
    )
    for command in by_name.values():
        arguments.add_debug(command)
    return parser


def _add_analyse(parser: argparse.ArgumentParser) -> None:
    _add_paths(parser, "a file or folder to analyse", nargs="+")
    _add_analysis(parser)
    parser.add_argument(
        "--scheduler",
        type=arguments.scheduler,
        metavar="ADDRESS",
        help="analyse on a Dask cluster: tcp://HOST:PORT, tls://HOST:PORT, or local to try it",
    )
    _add_forms(parser)


def _add_watch(parser: argparse.ArgumentParser) -> None:
    _add_paths(parser, "a folder to watch", nargs="+", metavar="FOLDER")
    _add_analysis(parser)
    _add_forms(parser)


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="a setting; default: all")
    parser.add_argument(
        "value", nargs="?", metavar="VALUE", help="its new value; default: as it is"
    )
    _add_json(parser)


def _add_json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object per line")


def _add_paths(
    parser: argparse.ArgumentParser, about: str, *, nargs: str, metavar: str = "PATH"
) -> None:
    parser.add_argument("paths", nargs=nargs, type=arguments.path, metavar=metavar, help=about)


def _add_forms(parser: argparse.ArgumentParser) -> None:
    forms = parser.add_mutually_exclusive_group()
    _add_json(forms)
    forms.add_argument(
        "--csv", action="store_true", help="a table of comma-separated values, in UTF-8"
    )


def _add_apply(parser: argparse.ArgumentParser) -> None:
    about = "a file or folder to analyse and write; needs --min-confidence"
    _add_paths(parser, about, nargs="*")
    parser.add_argument(
        "--plan",
        type=arguments.file_name,
        metavar="FILE",
        help="write what a plan says instead: JSON lines with path and genres, as the window"
        " exports them (Ctrl+E); - is standard input",
    )
    parser.add_argument(
        "--min-confidence",
        type=arguments.probability,
        metavar="X",
        help="write genres heard with a confidence of X or more, from 0 to 1",
    )
    parser.add_argument(
        "--policy",
        choices=[policy.value for policy in Policy],
        default=Policy.FILL.value,
        metavar="POLICY",
        help="fill: write only where there is no genre (default); add: keep existing genres and add"
        " the new one; correct: replace only genres that contradict the new one; replace: put the"
        " new genre in place of all others",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be written; write nothing"
    )
    parser.add_argument(
        "--verbose", action="store_true", help="name each file that is left alone, and say why"
    )
    _add_analysis(parser)
    _add_json(parser)
    parser.set_defaults(scheduler=None)  # writing stays on this machine


def _add_undo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "batch",
        type=arguments.batch,
        nargs="?",
        metavar="BATCH",
        help="a batch, by the name that history shows; default: the last",
    )
    parser.add_argument(
        "--file",
        dest="files",
        nargs="+",
        action="extend",
        default=[],
        type=arguments.path,
        metavar="PATH",
        help="take back only this file; without BATCH, its newest write that is not undone",
    )
    parser.add_argument(
        "--search",
        nargs="+",
        action="extend",
        default=[],
        type=arguments.path,
        metavar="FOLDER",
        help="also look here for files that were moved since",
    )
    _add_json(parser)


def _add_history(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "batch",
        type=arguments.batch,
        nargs="?",
        metavar="BATCH",
        help="list the files of this batch; default: all batches",
    )
    parser.add_argument(
        "--export", action="store_true", help="print the undo journal, one JSON object per write"
    )
    parser.add_argument(
        "--patches",
        action="store_true",
        help="with --export: the undo data too, which makes it a full backup",
    )
    _add_json(parser)


def _add_playlists(parser: argparse.ArgumentParser) -> None:
    _add_paths(parser, "a file or folder with the tracks", nargs="+")
    parser.add_argument(
        "--to",
        type=arguments.path,
        required=True,
        metavar="FOLDER",
        help="where the playlists go; it is made if it is missing",
    )
    parser.add_argument(
        "--by",
        choices=[genre.value for genre in PlaylistGenre],
        default=PlaylistGenre.AFTER.value,
        help="after: the genre after writing what you accepted in the window (default); now: the"
        " genre in the file; suggested: the one suggested or accepted",
    )
    parser.add_argument(
        "--each-spelling",
        action="store_true",
        help="a playlist for each spelling; default: one for all spellings of a genre",
    )
    parser.add_argument(
        "--absolute",
        action="store_true",
        help="whole paths; default: paths relative to the playlists' folder",
    )
    parser.add_argument("--replace", action="store_true", help="replace playlists that are there")
    _add_analysis(parser)
    _add_json(parser)
    parser.set_defaults(scheduler=None)


def _add_analysis(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs",
        type=arguments.count,
        metavar="N",
        help="tracks analysed at once; default: as the settings jobs and effort say",
    )
    parser.add_argument(
        "--genres",
        choices=[genres.value for genres in GenreSet],
        help="which genres are suggested: ten: the ten; styles: the ten, and styles where none of"
        " them fits; own: those of the personal classifier in use; default: the setting genres",
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="analyse tracks again that are known already"
    )
    parser.add_argument(
        "--quiet", action="store_true", help="leave out the progress bar and the summary"
    )
