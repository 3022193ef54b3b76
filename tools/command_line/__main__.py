"""Write the manual page and the completions into a folder, from the parser of the command line.

`make man` runs it, for build/. The same sources give the same files: the date on the page is that
of SOURCE_DATE_EPOCH, else that of the last commit, never today's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tools.command_line.completions import SHELLS, complete
from tools.command_line.manual_page import make_page

ROOT = Path(__file__).resolve().parents[2]


def main(folder: Path) -> int:
    """Write the files below `folder`, and name them."""
    texts = {"man/genretagger.1": make_page(source_date())}
    texts |= {f"completions/{name}": complete(shell) for shell, name in SHELLS.items()}
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path)
    return 0


def source_date() -> str:
    """Return the date of the sources as "2026-12-01"; "" where nothing tells it."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or _seconds_of_commit()
    return datetime.fromtimestamp(int(seconds), UTC).date().isoformat() if seconds else ""


def _seconds_of_commit() -> str:
    try:
        asked = subprocess.run(
            ["git", "log", "-1", "--format=%ct"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:  # the sources of a release need no git
        return ""
    return asked.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
