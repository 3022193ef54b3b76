"""Write .ci/lock-*.txt: the version of every package, with the hashes of all of its files.

One lock is for every system and Python that is supported; what only some need has a marker.
Versions that are pinned stay as far as they go; with `--upgrade` everything is resolved afresh. Run
by `make lock`, which takes `UPGRADE=1`.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUN, TEST, BUILD = (ROOT / ".ci" / f"lock-{purpose}.txt" for purpose in ("run", "test", "build"))
# Only its weights are used, at training time; its dependencies are years out of date.
UNRESOLVED = "musicnn==0.1.0"
UV = (
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"),
    *("--python-version", "3.11"),  # the oldest decides, and the newer ones must do with it
    *("--fork-strategy", "fewest", "--generate-hashes"),
    *("--no-header", "--no-annotate", "--no-emit-index-url"),
)


def index_settings(listed: str) -> dict[str, str]:
    """Return what uv must be told of pip's settings, which it does not read.

    Further indexes and folders of files are left out: they may hold a few files of a version, and
    the hashes of all are wanted.

    Parameters
    ----------
    listed
        What `pip config list` prints: `global.index-url='https://...'`, `:env:.cert='...'`.

    Returns
    -------
    dict
        Variables for the environment of uv.
    """
    names = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}
    found = {}
    for line in sorted(listed.splitlines(), key=lambda line: line.startswith(":env:")):  # these win
        name, _, value = line.partition("=")
        if variable := names.get(name.rpartition(".")[2]):
            found[variable] = value.strip("'\"")
    return found


def compiled(settings: Mapping[str, str], *arguments: str | Path, requirements: str = "") -> str:
    """Return the lock that uv makes of its arguments and, with `-` among them, of requirements."""
    return subprocess.run(
        [*UV, *arguments],
        cwd=ROOT,
        check=True,
        env=os.environ | settings,
        input=requirements,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def entries(text: str) -> list[str]:
    """Return the entries of a lock: each a pin and, indented below it, its hashes."""
    return re.findall(r"^\S.*(?:\n .*)*", text, re.MULTILINE)


def main() -> int:
    """Write the locks: of what runs the program, of what tests it, of what builds it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--upgrade", action="store_true", help="resolve everything afresh")
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []
    pip = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(pip, check=True, capture_output=True, text=True).stdout
    settings = index_settings(listed)
    run = ("--extra=gui", "pyproject.toml")
    test = ("--extra=cluster", "--extra=train", "--extra=dev", *run)
    compiled(settings, *upgrade, "--output-file", RUN, *run)
    compiled(settings, *upgrade, "--output-file", TEST, "-c", RUN, *test)
    alone = compiled(settings, "--no-deps", "-", requirements=UNRESOLVED)
    lines = sorted({*entries(TEST.read_text("utf-8")), *entries(alone)})
    TEST.write_text("\n".join(lines) + "\n", "utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    tools = "\n".join([*project["build-system"]["requires"], "editables"])
    BUILD.write_text(compiled(settings, "-c", TEST, "-", requirements=tools), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
