"""The options of the subcommand `personal` and their help texts."""

from __future__ import annotations

import argparse

from genretagger.cli import arguments


def add_personal(parser: argparse.ArgumentParser) -> None:
    """Add the actions of `personal` and their options to its parser."""
    actions = parser.add_subparsers(title="actions", required=True, dest="action", metavar="ACTION")
    learn = _add(actions, "learn", "learn the genres of tracks that were heard; show how well")
    learn.add_argument(
        "name", metavar="NAME", help="its name; an older one of that name is replaced"
    )
    learn.add_argument(
        "paths",
        nargs="*",
        type=arguments.path,
        metavar="PATH",
        help="default: all tracks ever heard",
    )
    learn.add_argument(
        "--again", action="store_true", help="only the genres that the classifier NAME has now"
    )
    _add(actions, "list", "list the personal classifiers")
    report = _add(actions, "report", "show how well one tells its genres apart")
    report.add_argument("name", metavar="NAME")
    use = _add(actions, "use", "use one from now on, beside the ten genres")
    use.add_argument("name", nargs="?", metavar="NAME")
    use.add_argument("--instead", action="store_true", help="instead of the ten genres")
    use.add_argument("--none", action="store_true", help="use none from now on")
    for action in (learn, use):
        action.add_argument(
            "--anyway", action="store_true", help="even if the tags do not follow the sound"
        )
    export = _add(actions, "export", "write one to a file")
    export.add_argument("name", metavar="NAME")
    export.add_argument("file", type=arguments.path, metavar="FILE", help="a new file")
    take = _add(actions, "import", "import one from a file")
    take.add_argument("file", type=arguments.path, metavar="FILE")
    take.add_argument("name", nargs="?", metavar="NAME", help="default: the name of the file")
    delete = _add(actions, "delete", "delete one")
    delete.add_argument("name", metavar="NAME")


def _add(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, meaning: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=meaning)
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    arguments.add_debug(parser)
    return parser
