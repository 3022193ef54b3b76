"""Entry point: `genretagger [FOLDER]` opens the window, a subcommand goes to the command line."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path


def main() -> int:
    """Run the program and return its exit status."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    # os.path's form never fails; Path.expanduser raises for a user that does not exist.
    folder = Path(os.path.expanduser(arguments[0])) if arguments else None  # noqa: PTH111
    if folder is None or (len(arguments) == 1 and folder.exists()):
        from genretagger.gui import app

        return app.main(folder)
    from genretagger import cli

    return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
