"""Entry point: `genretagger [FOLDER]` opens the window, a subcommand goes to the command line."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

SUBCOMMANDS = ("analyse", "apply", "undo", "history", "self-check")


def main() -> int:
    """Run the program and return its exit status."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if arguments and (arguments[0] in SUBCOMMANDS or arguments[0].startswith("-")):
        from genretagger import cli

        return cli.main(arguments)
    from genretagger.gui import app

    # os.path's form never fails; Path.expanduser raises for a user that does not exist.
    folder = Path(os.path.expanduser(arguments[0])) if arguments else None  # noqa: PTH111
    return app.main(folder)


if __name__ == "__main__":
    sys.exit(main())
