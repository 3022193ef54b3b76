"""Entry point: `genretagger [FOLDER]` opens the window, a subcommand goes to the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# A folder with one of these names must be given as ./name.
SUBCOMMANDS = (
    *("analyse", "watch", "apply", "undo", "history", "playlists", "personal", "settings"),
    *("demo", "sample-music", "self-check", "report"),
)
_DEBUG = "--debug"


def main() -> int:
    """Run the program and return its exit status."""
    if getattr(sys, "frozen", False):  # only there does a worker start here
        import multiprocessing

        multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    names = [argument for argument in arguments if argument != _DEBUG]
    # os.path.expanduser never fails; Path.expanduser raises if the user does not exist.
    folder = Path(os.path.expanduser(names[0])) if names else None  # noqa: PTH111
    # Path("") would be the current folder.
    may_be_folder = len(names) == 1 and names[0] not in ("", *SUBCOMMANDS)
    if folder is None or (may_be_folder and os.path.lexists(folder)):
        return _open_window(folder, debug=_DEBUG in arguments)
    from genretagger import cli

    return cli.main(arguments)


def _open_window(folder: Path | None, *, debug: bool) -> int:
    if sys.stderr is None:  # a program without a terminal on Windows, or whoever closed it
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    try:
        from genretagger.gui import app
    except ImportError as error:
        if isinstance(error, ModuleNotFoundError) and str(error.name).startswith("PySide6"):
            reason = 'needs Qt for its window: add it by pipx install --force "genretagger[gui]"'
        else:  # the system may lack libraries that Qt needs
            reason = f"cannot load Qt ({error}); see README.md"
        sys.stderr.write(f'Genretagger {reason}, or use "genretagger analyse FOLDER" without a ')
        sys.stderr.write("window.\n")
        return 2
    return app.main(folder, debug=debug)


if __name__ == "__main__":
    sys.exit(main())
