"""The options of the subcommand `personal` and their help texts."""

from __future__ import annotations

import argparse

from genretagger.cli import arguments

_NAME = "the name of the classifier, as list shows it"


def add_personal(parser: argparse.ArgumentParser) -> None:
    """Add the actions of `personal` and their options to its parser."""
    actions = parser.add_subparsers(title="actions", required=True, dest="action", metavar="ACTION")
    learn = _add(
        actions, "learn", "learn your genres from the tags of analysed tracks; show how well"
    )
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
    _add(actions, "list", "list the personal classifiers")
    report = _add(actions, "report", "show how well a classifier tells its genres apart")
    report.add_argument("name", metavar="NAME", help=_NAME)
    use = _add(actions, "use", "use a classifier from now on, beside the ten genres")
    use.add_argument("name", nargs="?", metavar="NAME", help=_NAME)
    use.add_argument("--instead", action="store_true", help="use it instead of the ten genres")
    use.add_argument("--none", action="store_true", help="use no classifier from now on")
    for action in (learn, use):
        action.add_argument(
            "--anyway",
            action="store_true",
            help="even if the tags do not follow the sound, and it guesses",
        )
    export = _add(actions, "export", "write a classifier to a file")
    export.add_argument("name", metavar="NAME", help=_NAME)
    export.add_argument("file", type=arguments.path, metavar="FILE", help="a new file")
    take = _add(actions, "import", "take a classifier from a file")
    take.add_argument("file", type=arguments.path, metavar="FILE", help="a file that export wrote")
    take.add_argument(
        "name", nargs="?", metavar="NAME", help="its new name; default: that of the file"
    )
    delete = _add(actions, "delete", "delete a classifier, and end its use")
    delete.add_argument("name", metavar="NAME", help=_NAME)


def _add(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, meaning: str
) -> argparse.ArgumentParser:
    description = f"{meaning[0].upper()}{meaning[1:]}."
    parser = actions.add_parser(name, help=meaning, description=description)
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    arguments.add_debug(parser)
    return parser
