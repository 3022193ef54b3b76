"""Every command of the manual, run as a reader would run it.

Each page has a machine of its own: a home with sample music in `~/Music`, a file of a hostile name
among it, and `genretagger` on PATH. Its blocks are run in their order, as the reader finds them.
Programs that are not here (curl, beets, systemctl) are stubs; what they would start is run.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.classifier_library import fill
from tests.helpers.manual_pages import MANUAL, ROOT, blocks, pages
from tests.helpers.manual_reader import TOLERATED
from tests.helpers.sample_tracks import write_samples
from tests.helpers.waiting import LIMIT_S

HOSTILE = "$(touch owned) `touch owned`; touch owned; 'a' \"b\" \n -rf.mp3"
TRACKS = (
    "Iron Circuit/Forge/01 Anvil.mp3",
    "Iron Circuit/Forge/03 Chrome.mp3",
    "Quintet Azul/Corner Table.ogg",
    "Klara Venn/Adagio.opus",
    "Klara Venn/Nocturne.m4a",
)
ELSEWHERE = ("curl", "beet", "systemctl", "journalctl", "loginctl", "crontab", "sudo", "xattr")
STUB = '#!/bin/sh\nprintf "%s\\n" "$0 $*" >>"$HOME/asked"\n'
READER = '#!/bin/sh\nPYTHONPATH="{root}" exec "{python}" -m tests.helpers.manual_reader "$@"\n'
# Where a server has its things, and where this machine has them.
SERVER = {
    "/usr/bin/genretagger": "genretagger",
    "%h": "{home}",  # of systemd
    "/srv/music": "{home}/Music",
    "/var/lib/genretagger": "{home}/server",
}


@dataclass(frozen=True)
class Machine:
    """The home of a reader."""

    home: Path

    def run(self, script):
        """Run a script of `sh`; return what it printed and ended with."""
        for there, here in SERVER.items():
            script = script.replace(there, here.format(home=self.home))
        names = {"BASH_ENV", "ENV", "GENRETAGGER_HOME", "PYTHONPATH"}
        environment = {name: text for name, text in os.environ.items() if name not in names}
        environment |= {
            "HOME": str(self.home),
            "GENRETAGGER_HOME": str(self.home / "genretagger"),
            "PATH": f"{self.home / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "QT_QPA_PLATFORM": "offscreen",
            # Sample music has files that cannot be heard, on purpose: status 1.
            TOLERATED: "1" if "sample-music" in script else "0",
        }
        return subprocess.run(
            ["bash", "-eu", "-o", "pipefail", "-c", script],
            cwd=self.home / "here",
            env=environment,
            capture_output=True,
            text=True,
            errors="surrogateescape",
            timeout=LIMIT_S,
            check=False,
        )


@pytest.fixture(scope="module")
def music(tmp_path_factory):
    """Return a folder with some of the sample music, and a copy of a track of a hostile name."""
    folder = tmp_path_factory.mktemp("music")
    write_samples(folder, *TRACKS)
    shutil.copy(folder / TRACKS[0], folder / HOSTILE)
    return folder


@pytest.fixture
def machine(tmp_path, music):
    """Return a machine with sample music, and with tracks heard before that have two genres."""
    home = tmp_path / "reader"
    shutil.copytree(music, home / "Music")
    for folder in ("bin", "here", "server", "genretagger"):
        (home / folder).mkdir()
    fill(home / "genretagger")
    plan = {"path": str(home / "Music" / TRACKS[0]), "genres": ["Metal"]}
    (home / "here" / "plan.jsonl").write_text(json.dumps(plan))  # as the window exports it
    for name in ELSEWHERE:
        _write_program(home / "bin" / name, STUB)
    _write_program(home / "bin" / "genretagger", READER.format(root=ROOT, python=sys.executable))
    return Machine(home)


def _write_program(path, text):
    path.write_text(text)
    path.chmod(0o755)


def scripts(block):
    """Return what a block runs, as scripts of `sh`."""
    match block.language:
        case "sh" if block.page.name == "README.md":  # installs things, too
            return re.findall(r"^genretagger.*", block.text, re.MULTILINE)
        case "sh":
            return [block.text]
        case "crontab":  # five fields of time, a command; % would be a line break (crontab(5))
            lines = [line for line in block.text.splitlines() if line and line[0] not in "#"]
            assert not [line for line in lines if "%" in line], block
            return [line.split(maxsplit=5)[5] for line in lines if not re.match(r"\w+=", line)]
        case "ini":
            return re.findall(r"^ExecStart=(.*)", block.text, re.MULTILINE)
        case "yaml":  # the hook plugin of beets, which starts a program without a shell
            found = re.findall(r"^\s*command: (.*)", block.text, re.MULTILINE)
            return [line.replace("{album.path}", "$HOME/Music") for line in found]
    return []


pytestmark = pytest.mark.slow  # programs start, and hear
ENGLISH = [page for page in (*pages(), ROOT / "README.md") if page.parent.name != "es"]
RUNNING = [page for page in ENGLISH if any(map(scripts, blocks(page)))]


@pytest.mark.parametrize("page", RUNNING, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_does_what_it_should(page, machine):
    before = {path.relative_to(machine.home) for path in machine.home.glob("Music/**/*")}
    for block in blocks(page):
        for script in scripts(block):
            done = machine.run(script)
            assert done.returncode == 0, f"{block}\n{script}\n{done.stdout}{done.stderr}"
            assert "Traceback" not in done.stderr, block
            if block.language != "sh" and " apply " in script:
                undone = machine.run("genretagger undo")
                assert "restored" in undone.stdout, f"{block} wrote nothing"
    after = {path.relative_to(machine.home) for path in machine.home.glob("**/*")}
    assert before <= after, "no track was moved or removed"
    assert not [path for path in after if path.name == "owned"], "a file name was run as a command"
    asked = machine.home / "asked"  # what stubs were started with
    scanned = asked.exists() and "http://localhost:4533/rest/startScan" in asked.read_text()
    assert scanned == (page.stem == "automation-recipes"), "a written file makes the server look"


def test_spanish_pages_have_the_commands_of_the_english_ones():
    run_before = {script for page in ENGLISH for block in blocks(page) for script in scripts(block)}
    for page in (MANUAL / "es").glob("*.md"):
        for script in (script for block in blocks(page) for script in scripts(block)):
            assert script in run_before or script == "genretagger settings language es\n", script


def test_units_are_as_systemd_wants_them(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    units = [block for page in pages() for block in blocks(page) if block.language == "ini"]
    for number, block in enumerate(units):
        kind = "timer" if "[Timer]" in block.text else "service"
        text = re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", block.text, flags=re.M)
        # It would look for a service of the timer's name, and for the user of the other one.
        unit = tmp_path / f"unit{number}.{kind}"
        unit.write_text(text.replace("[Timer]", f"[Timer]\nUnit=unit{number - 1}.service"))
        command = ["systemd-analyze", "verify", "--man=no", str(unit)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), block
