"""Entry point: `genretagger [FOLDER]` opens the window, a subcommand goes to the command line."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

# A folder of such a name is opened as ./name.
SUBCOMMANDS = (
    *("analyse", "apply", "undo", "history", "personal", "settings"),
    *("demo", "sample-music", "self-check"),
)


def main() -> int:
    """Run the program and return its exit status."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    # os.path's form never fails; Path.expanduser raises for a user that does not exist.
    folder = Path(os.path.expanduser(arguments[0])) if arguments else None  # noqa: PTH111
    # An empty text would be the current folder.
    wanted = len(arguments) == 1 and arguments[0] not in ("", *SUBCOMMANDS)
    if folder is None or (wanted and os.path.lexists(folder)):
        return _open_window(folder)
    from genretagger import cli

    return cli.main(arguments)


def _open_window(folder: Path | None) -> int:
    try:
        from genretagger.gui import app
    except ImportError as error:  # Qt's own libraries may be there, those of the system not
        sys.stderr.write(f"Genretagger cannot load Qt ({error}); see README.md, or use ")
        sys.stderr.write('"genretagger analyse FOLDER" without a window.\n')
        return 2
    return app.main(folder)


if __name__ == "__main__":
    sys.exit(main())
