"""The bundle as a black box: built here, run from other places, looked into."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.classifier_library import fill
from tests.helpers.samples import encode
from tests.helpers.waiting import LIMIT_S, wait_for

pytestmark = pytest.mark.frozen

ROOT = Path(__file__).resolve().parents[1]
MOST_MIB = 500  # measured 471; a training library that slips in costs at least 100


@pytest.fixture(scope="module")
def program(disk):
    """Return the program of a fresh bundle, in a folder with a space and an umlaut."""
    folder = disk / "a bündle"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"),
            *("--distpath", folder, "--workpath", folder / "work", ROOT / "build.spec"),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "genretagger" / "genretagger"


def run(program, *arguments, cwd, **environment):
    return subprocess.run(
        [program, *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen"} | environment,
        timeout=LIMIT_S,
        check=False,
    )


def test_it_makes_sample_music(program, tmp_path):
    done = run(program, "sample-music", "music", cwd=tmp_path, GENRETAGGER_HOME=str(tmp_path / "h"))
    assert done.returncode == 0, done.stderr
    made = [path for path in (tmp_path / "music").rglob("*") if path.is_file()]
    assert len(made) == len(done.stdout.splitlines()) == 20


def test_it_says_its_version(program, tmp_path):
    done = run(program, "--version", cwd=tmp_path)
    assert (done.stdout, done.stderr, done.returncode) == ("genretagger 0.1.0\n", "", 0)


@pytest.mark.parametrize("home", ["writable", "unwritable"])
def test_its_self_check_passes_from_any_folder_with_any_home(program, tmp_path, home):
    place = tmp_path if home == "writable" else Path("/proc")
    done = run(program, "self-check", cwd="/", HOME=str(place))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("genretagger 0.1.0 works")
    assert done.stderr == ""


def test_its_workers_hear_tracks(program, tmp_path, home):
    encode(tmp_path / "a.mp3", seconds=4, noise=0.2)
    done = run(
        program,
        "analyse",
        "--json",
        "--jobs",
        "2",
        "a.mp3",
        cwd=tmp_path,
        GENRETAGGER_HOME=str(home),
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["error"] is None


def test_it_learns(program, tmp_path, home):
    fill(home)
    done = run(
        *(program, "personal", "learn", "Mine", "--json"), cwd=tmp_path, GENRETAGGER_HOME=str(home)
    )
    assert done.returncode == 0, done.stderr
    assert [genre["genre"] for genre in json.loads(done.stdout)["genres"]] == ["Jazz", "Polka"]
    assert [path.name for path in (home / "personal").iterdir()] == ["Mine.npz"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send")
def test_its_window_speaks_spanish(program, tmp_path, home):
    home.mkdir()
    (home / "settings.json").write_text('{"language": "es"}', encoding="utf-8")
    kept = {"PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen([program], cwd=tmp_path, env=kept | {"GENRETAGGER_HOME": str(home)})
    log = home / "genretagger.log"
    try:
        wait_for(
            lambda: (
                process.poll() is not None
                or (log.exists() and "window ready" in log.read_text(encoding="utf-8"))
            )
        )
        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(LIMIT_S)
    assert "no translation" not in log.read_text(encoding="utf-8")


def test_it_holds_what_plays_sound(program):
    plugins = [path for path in program.parent.rglob("*") if "ffmpegmediaplugin" in path.name]
    assert plugins
    if shutil.which("ldd"):  # what is left out of a bundle keeps the plugin from being loaded
        needed = subprocess.run(["ldd", plugins[0]], capture_output=True, text=True, check=True)
        assert "not found" not in needed.stdout


def test_it_holds_no_training_library_and_stays_small(program):
    entries = program.parent.rglob("*")
    files = [path for path in entries if path.is_file() and not path.is_symlink()]
    parts = {part.lower() for path in files for part in path.relative_to(program.parent).parts}
    training = {"tensorflow", "keras", "librosa", "soxr", "numba", "llvmlite", "onnxruntime"}
    assert not parts & {*training, "datasets"}
    assert "tests" not in parts
    assert sum(path.stat().st_size for path in files) < MOST_MIB * 2**20
    assert {"license", "licenses", "manifest.json"} <= parts
