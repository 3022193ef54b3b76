"""The command line of the bundle: all that it does, from other places, in other environments."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from genretagger import __version__
from tests.helpers import raw_files
from tests.helpers.classifier_library import fill
from tests.helpers.samples import FORMATS, READ_ONLY, TOOLS, encode
from tests.helpers.tagged_files import STATES, make
from tests.helpers.waiting import LIMIT_S

pytestmark = pytest.mark.frozen


def json_lines(output):
    return [json.loads(line) for line in output.splitlines()]


def test_it_says_its_version(run):
    assert run("--version") == f"genretagger {__version__}\n"


@pytest.mark.parametrize("cwd", ["/", "own"])
@pytest.mark.parametrize("place", ["writable", "unwritable"])
def test_its_self_check_passes_from_any_folder_with_any_home(run, tmp_path, cwd, place):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": "/proc" if place == "unwritable" else str(tmp_path),
    }
    said = run("self-check", cwd="/" if cwd == "/" else tmp_path, environment=environment)
    assert said.startswith(f"genretagger {__version__} works")


def test_it_needs_no_environment(run, tmp_path):
    assert run("self-check", environment={}).startswith(f"genretagger {__version__} works")
    folder = tmp_path / "añb c"
    folder.mkdir()
    encode(folder / "ü.mp3", seconds=4, noise=0.2)
    home = {"GENRETAGGER_HOME": str(tmp_path / "hömé")}
    (heard,) = json_lines(run("analyse", "--json", folder, environment=home))
    assert (heard["error"], Path(heard["path"])) == (None, folder / "ü.mp3")


def test_it_runs_by_a_link(run, program, tmp_path):
    link = tmp_path / "bin" / "genretagger"
    link.parent.mkdir()
    link.symlink_to(program)
    done = subprocess.run([link, "--version"], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == (f"genretagger {__version__}\n", "")


def test_two_run_at_once(program, tmp_path):
    tracks = [encode(tmp_path / f"{n}.mp3", seconds=4, noise=0.2, seed=n) for n in range(4)]
    homes = [tmp_path / "one", tmp_path / "two"]
    several = [
        subprocess.Popen(
            [program, "analyse", "--json", "--jobs", "2", *tracks],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PATH": os.environ["PATH"], "GENRETAGGER_HOME": str(home)},
        )
        for home in (*homes, homes[0])  # and two with one home
    ]
    for process in several:
        output, errors = process.communicate(timeout=LIMIT_S)
        assert (process.returncode, errors) == (0, "")
        assert len(json_lines(output)) == 4


def test_it_makes_sample_music(run, tmp_path):
    hint = f"All of it is synthesised; delete {tmp_path / 'music'} whenever you like.\n"
    assert len(run("sample-music", "music", stderr=hint).splitlines()) == 20
    assert sum(path.is_file() for path in (tmp_path / "music").rglob("*")) == 20


def test_it_hears_every_kind(run, tmp_path):
    usable = [suffix for suffix, (tool, *_) in TOOLS.items() if shutil.which(tool)]
    for suffix in (*FORMATS, *READ_ONLY, *usable):
        encode(tmp_path / f"heard{suffix}", seconds=4, noise=0.2)
    (tmp_path / "heard.dsf").write_bytes(raw_files.dsf(n_blocks=400))
    (tmp_path / "heard.dff").write_bytes(raw_files.dff(n_bytes=4_000_000))
    heard = json_lines(run("analyse", "--json", "--jobs", "2", tmp_path))
    assert [line["path"] for line in heard if line["error"]] == []
    assert len(heard) == len(FORMATS) + len(READ_ONLY) + len(usable) + 2


def test_it_writes_every_kind_and_takes_that_back(run, tmp_path):
    music = tmp_path / "music"
    for number, name in enumerate(STATES):
        folder = music / str(number)
        folder.mkdir(parents=True)
        make(name, folder)
    files = sorted(path for path in music.rglob("*") if path.is_file())
    before = {path: path.read_bytes() for path in files}
    plan = tmp_path / "plan.jsonl"
    lines = [json.dumps({"path": str(path), "genres": ["Polka", "Zouk"]}) for path in files]
    plan.write_text("\n".join(lines), encoding="utf-8")
    written = json_lines(run("apply", "--plan", plan, "--policy", "replace", "--json"))
    assert {line["status"] for line in written} == {"written"}
    assert all(path.read_bytes() != content for path, content in before.items())
    undone = json_lines(run("undo", "--json"))
    assert {line["status"] for line in undone} == {"restored"}
    assert {path: path.read_bytes() for path in files} == before


def test_it_learns(run, home):
    fill(home)
    (learned,) = json_lines(run("personal", "learn", "Mine", "--json"))
    assert [genre["genre"] for genre in learned["genres"]] == ["Jazz", "Polka"]
    assert [path.name for path in (home / "personal").iterdir()] == ["Mine.npz"]


def test_it_holds_what_plays_sound(program):
    plugins = [path for path in program.parent.rglob("*") if "ffmpegmediaplugin" in path.name]
    assert plugins
    if shutil.which("ldd"):  # what is left out of a bundle keeps the plugin from being loaded
        needed = subprocess.run(
            ["ldd", "-r", plugins[0]], capture_output=True, text=True, check=True
        )
        assert "not found" not in needed.stdout + needed.stderr
        assert "undefined symbol" not in needed.stdout + needed.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="as the dynamic linker of Linux does")
def test_each_library_finds_what_it_needs_at_once(run):
    """With LD_BIND_NOW every name is looked for when a library is loaded, also those of stubs."""
    assert run("self-check", LD_BIND_NOW="1").startswith(f"genretagger {__version__} works")


def test_it_holds_no_training_library_and_nothing_that_is_not_locked(program):
    entries = program.parent.rglob("*")
    files = [path for path in entries if path.is_file() and not path.is_symlink()]
    parts = {part.lower() for path in files for part in path.relative_to(program.parent).parts}
    training = {"tensorflow", "keras", "librosa", "soxr", "numba", "llvmlite", "onnxruntime"}
    tools = {"sphinx", "docutils", "yaml", "babel", "pytest", "hypothesis", "cffi"}
    assert not parts & {*training, *tools, "datasets", "tests"}
    assert {"license", "manifest.json", "resources"} <= parts
