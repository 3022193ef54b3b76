"""The whole flow, each part in a process of its own: `python -m tests.helpers.whole_flow FOLDER`.

Hears music, writes genres, lists them and takes them back, learns a personal classifier, and opens
the window on the music until it is ready; with `--window` only that, on the platform of Qt that the
environment names. What fails ends it with a message and status 1.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from genretagger.core.resources import HOME_VARIABLE
from tests.helpers.classifier_library import fill
from tests.helpers.samples import encode
from tests.helpers.waiting import LIMIT_S, wait_for

PROGRAM = (sys.executable, "-m", "genretagger")
N_TRACKS = 2


def main(folder: Path) -> None:
    """Go through the flow below `folder`."""
    home, music = folder / "home", folder / "music"
    music.mkdir()
    tracks = [
        encode(music / f"{number}{suffix}", seconds=4, noise=0.1, seed=number)
        for number, suffix in enumerate((".mp3", ".flac")[:N_TRACKS])
    ]
    before = [track.read_bytes() for track in tracks]
    environment = os.environ | {HOME_VARIABLE: str(home), "QT_QPA_PLATFORM": "offscreen"}
    plan = "".join(json.dumps({"path": str(track), "genres": ["Ska"]}) + "\n" for track in tracks)

    def run(*arguments: object, stdin: str = "") -> str:
        done = subprocess.run(
            [*PROGRAM, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            env=environment,
            timeout=LIMIT_S,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{arguments}: {done.stdout}{done.stderr}")
        return done.stdout

    fill(home)
    run("self-check")
    run("personal", "learn", "Mine")
    run("personal", "use", "Mine")
    heard = [json.loads(line) for line in run("analyse", music, "--json").splitlines()]
    if [one["error"] for one in heard] != [None] * N_TRACKS:
        sys.exit(str(heard))
    run("apply", "--plan", "-", stdin=plan)
    if [track.read_bytes() for track in tracks] == before:
        sys.exit("nothing was written")
    run("history")
    run("playlists", music, "--to", folder / "lists")
    run("undo")
    if [track.read_bytes() for track in tracks] != before:
        sys.exit("not everything was taken back")
    open_window(music, home, environment)


def open_window(music: Path, home: Path, environment: dict[str, str]) -> None:
    """Open the window on `music`, and close it once it is ready."""
    log = home / "genretagger.log"
    log.unlink(missing_ok=True)
    process = subprocess.Popen([*PROGRAM, str(music)], env=environment)
    wait_for(
        lambda: process.poll() is not None or (log.exists() and "window ready" in log.read_text())
    )
    process.send_signal(signal.SIGTERM)
    if process.wait(LIMIT_S):
        sys.exit(f"the window ended with status {process.returncode}")


if __name__ == "__main__":
    *options, place = sys.argv[1:]
    if options == ["--window"]:
        own_home = Path(place, "home")
        open_window(Path(place), own_home, os.environ | {HOME_VARIABLE: str(own_home)})
    else:
        main(Path(place))
