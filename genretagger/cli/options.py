"""The options of the command line and their help texts."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from genretagger import __version__
from genretagger.cli import arguments
from genretagger.cli.personal_options import add_personal
from genretagger.core.errors import PlanError, shown
from genretagger.core.settings import GenreSet
from genretagger.core.writes import Policy
from genretagger.library.export import PlaylistGenre

_DESCRIPTION = """\
Hears the genre of every track of a music library and writes the genres you accept.

Without a subcommand, `genretagger [FOLDER]` opens the window. Genretagger works offline, never
changes audio data, and can take back everything it wrote.
"""
_EXAMPLES = """\
examples:
  genretagger demo                                    hear sample music; show what it heard
  genretagger ~/Music                                 open the window on a folder
  genretagger analyse ~/Music                         hear every track; nothing is written
  genretagger analyse --json ~/Music > heard.jsonl    the same, for scripts
  genretagger watch --json /srv/music                 hear what comes, until it is stopped
  genretagger apply --min-confidence 0.9 ~/Music      write the confident genres where none is
  genretagger apply --plan plan.jsonl --dry-run       show what a plan would change
  genretagger undo                                    take back the last batch
  genretagger undo --file song.mp3                    take back the last write of one file
  genretagger personal learn Mine                     learn your genres from your tags
  genretagger settings keep_dates no                  change a setting

exit status: 0 all well, 1 some file was refused or failed (each is named), 2 nothing was
started, 130 stopped by Ctrl-C, 143 by SIGTERM.

environment: GENRETAGGER_HOME moves settings, results, log and undo journal;
GENRETAGGER_LOG=debug does what --debug does, GENRETAGGER_LOG=info is the default.
"""


_JSON = "one JSON object per line"


def parse_options(texts: Sequence[str]) -> argparse.Namespace:
    """Return the parsed options; `command` is the subcommand. Exits on --help and on mistakes.

    Raises
    ------
    PlanError
        The first argument is empty, or neither an option nor a subcommand.
    """
    parser = argparse.ArgumentParser(
        prog="genretagger",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"genretagger {__version__}")
    arguments.add_debug(parser)
    parser.set_defaults(debug=False)
    commands = parser.add_subparsers(
        title="subcommands", required=True, dest="command", metavar="SUBCOMMAND"
    )
    analyse = commands.add_parser("analyse", help="hear tracks and print what was heard")
    analyse.add_argument(
        "paths", nargs="+", type=arguments.path, metavar="PATH", help="file or folder"
    )
    _add_analysis(analyse)
    analyse.add_argument(
        "--scheduler",
        type=arguments.scheduler,
        metavar="ADDRESS",
        help="hear on a Dask cluster: tcp://HOST:PORT, tls://HOST:PORT, or local to try it",
    )
    watch = commands.add_parser("watch", help="hear what is in folders, then whatever comes")
    watch.add_argument("paths", nargs="+", type=arguments.path, metavar="FOLDER", help="folder")
    _add_analysis(watch)
    apply = commands.add_parser("apply", help="write genres, from a plan or as heard")
    _add_apply(apply)
    _add_analysis(apply)
    apply.set_defaults(scheduler=None)  # writing stays on this machine
    undo = commands.add_parser("undo", help="take back a batch, or single files")
    _add_undo(undo)
    history = commands.add_parser("history", help="list what was written; export the undo journal")
    _add_history(history)
    playlists = commands.add_parser("playlists", help="make a playlist for each genre")
    _add_playlists(playlists)
    _add_analysis(playlists)
    playlists.set_defaults(scheduler=None)
    add_personal(commands.add_parser("personal", help="learn your own genres from your tags"))
    settings = commands.add_parser("settings", help="list the settings, or change one")
    settings.add_argument("name", nargs="?", metavar="NAME", help="the setting to change")
    settings.add_argument("value", nargs="?", metavar="VALUE", help="its new value")
    for command in (analyse, watch):
        _add_forms(command)
    for command in (apply, undo, history, playlists, settings):
        command.add_argument("--json", action="store_true", help=_JSON)
    demo = commands.add_parser("demo", help="show what the program does, without a window")
    about = "your music; default: sample music"
    demo.add_argument("path", nargs="?", type=arguments.path, metavar="PATH", help=about)
    samples = commands.add_parser("sample-music", help="make a small library to try things with")
    about = "a new or empty folder"
    samples.add_argument("folder", type=arguments.path, metavar="FOLDER", help=about)
    commands.add_parser("self-check", help="try the whole program on a built-in sound")
    for command in commands.choices.values():
        arguments.add_debug(command)
    if not texts[0]:
        raise PlanError("argument-empty")
    if texts[0] not in commands.choices and not texts[0].startswith("-"):
        raise PlanError("argument-unknown", argument=shown(Path(texts[0])))
    return parser.parse_args(texts)


def _add_forms(parser: argparse.ArgumentParser) -> None:
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help=_JSON)
    forms.add_argument(
        "--csv", action="store_true", help="a table of comma-separated values, in UTF-8"
    )


def _add_apply(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", type=arguments.path, metavar="PATH", help="file or folder"
    )
    parser.add_argument(
        "--plan",
        type=arguments.file_name,
        metavar="FILE",
        help="JSON lines with path and genres; - is standard input",
    )
    parser.add_argument(
        "--min-confidence",
        type=arguments.probability,
        metavar="X",
        help="write genres that are heard with a confidence of X or more",
    )
    parser.add_argument(
        "--policy",
        choices=[policy.value for policy in Policy],
        default=Policy.FILL.value,
        help="fill: only files without a genre (default); add: beside what is there; correct: in"
        " the place of genres that contradict; replace: in the place of all",
    )
    parser.add_argument("--dry-run", action="store_true", help="judge everything, write nothing")
    parser.add_argument(
        "--verbose", action="store_true", help="name each file that is left alone, and say why"
    )


def _add_undo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "batch",
        type=arguments.batch,
        nargs="?",
        metavar="BATCH",
        help="see history; default: the last",
    )
    parser.add_argument(
        "--file",
        dest="files",
        nargs="+",
        action="extend",
        default=[],
        type=arguments.path,
        metavar="PATH",
        help="only this file; without BATCH, its newest write that is not undone",
    )
    parser.add_argument(
        "--search",
        nargs="+",
        action="extend",
        default=[],
        type=arguments.path,
        metavar="FOLDER",
        help="look here too for files that were moved",
    )


def _add_history(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "batch",
        type=arguments.batch,
        nargs="?",
        metavar="BATCH",
        help="list the files of this batch; default: batches",
    )
    parser.add_argument(
        "--export", action="store_true", help="print the whole journal, one JSON object per write"
    )
    parser.add_argument(
        "--patches",
        action="store_true",
        help="with the undo data, which makes the export a full backup",
    )


def _add_playlists(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", type=arguments.path, metavar="PATH", help="file or folder"
    )
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


def _add_analysis(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs",
        type=arguments.count,
        metavar="N",
        help="worker processes; default: as the settings jobs and effort say",
    )
    parser.add_argument(
        "--genres",
        choices=[genres.value for genres in GenreSet],
        help="ten; styles: the ten, and styles where none of them fits; own: those of the personal "
        "classifier in use; default: the setting genres",
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="hear tracks again that are known already"
    )
    parser.add_argument(
        "--quiet", action="store_true", help="leave out the progress and the summary in the end"
    )
