"""The program works as it is installed: from a wheel, without the training libraries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from genretagger import __version__
from tests.helpers.samples import encode
from tools import lock

ROOT = Path(__file__).resolve().parents[1]
FORBIDDEN = ("PySide6", "tensorflow", "keras", "librosa", "numba", "sklearn", "scipy")


def run(*command, cwd):
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_core_loads_neither_the_window_nor_the_training_libraries():
    script = (
        "import genretagger.cli.commands, genretagger.pipeline, sys;"
        " genretagger.pipeline.load_all();"
        " print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    loaded = run(sys.executable, "-c", script, cwd=ROOT).split()
    assert "numpy" in loaded
    assert [name for name in FORBIDDEN if name in loaded] == []


def test_no_newer_major_version_of_a_dependency_is_taken_untried():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["gui"]]
    assert [each for each in needed if "<" not in each and "==" not in each] == []


# As in an installation without the extra "gui"; None lets any import of it fail.
WITHOUT_QT = """
import sys
sys.modules["PySide6"] = None
from genretagger.__main__ import main
sys.exit(main())
"""


def test_a_server_without_qt_hears_writes_and_undoes(tmp_path, home):
    def command(*arguments):
        return run(sys.executable, "-c", WITHOUT_QT, *arguments, cwd=ROOT)

    file = encode(tmp_path / "a.flac", seconds=4, noise=0.2)
    before = file.read_bytes()
    assert "a.flac" in command("analyse", tmp_path)
    plan = tmp_path / "plan.jsonl"
    plan.write_text(json.dumps({"path": str(file), "genres": ["Rock"]}), "utf-8")
    command("apply", "--plan", plan)
    assert file.read_bytes() != before
    command("undo")
    assert file.read_bytes() == before


def test_a_window_without_qt_says_what_to_install(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 2
    assert done.stderr == (
        'Genretagger needs Qt for its window: add it by pipx install --force "genretagger[gui]", '
        'or use "genretagger analyse FOLDER" without a window.\n'
    )


@pytest.mark.slow
@pytest.mark.on_disk
def test_a_wheel_of_the_source_archive_in_an_empty_environment_passes_its_self_check(tmp_path):
    build = (sys.executable, "-m", "hatchling", "build", "-d", tmp_path / "dist", "-t")
    run(*build, "sdist", cwd=ROOT)
    (archive,) = (tmp_path / "dist").glob("*.tar.gz")
    (tmp_path / "sources").mkdir()
    run("tar", "-xzf", archive, "-C", tmp_path / "sources", cwd=tmp_path)
    (folder,) = (tmp_path / "sources").iterdir()
    run(*build, "wheel", cwd=folder)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    # Without its own pip, and without compiling what is never imported: half the time.
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv", cwd=tmp_path)
    # The pinned run-time packages, but for Qt: without a window it is not needed, and it is large.
    pins = lock.entries(lock.RUN.read_text("utf-8"))
    without_qt = [pin for pin in pins if not pin.startswith(("pyside6", "shiboken6"))]
    assert len(without_qt) == len(pins) - 3
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("\n".join(without_qt), "utf-8")
    python = tmp_path / "venv" / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "-q")
    run(*pip, "--no-compile", "--no-deps", "-r", requirements, cwd=tmp_path)
    run(*pip, "--no-compile", "--no-deps", wheel, cwd=tmp_path)
    assert "No broken" in run(*pip[:-2], "check", cwd=tmp_path), "needs Qt without the extra gui"
    place = run(python, "-c", "import genretagger; print(genretagger.__file__)", cwd=tmp_path)
    assert Path(place.strip()).is_relative_to(tmp_path / "venv")
    program = tmp_path / "venv" / "bin" / "genretagger"
    assert run(program, "--version", cwd=tmp_path) == f"genretagger {__version__}\n"
    line = run(program, "self-check", cwd=tmp_path)
    assert line.startswith(f"genretagger {__version__} works")
    assert list((tmp_path / "venv").rglob("genretagger_es.qm")), "the window can speak Spanish"
    for name in ("tensorflow", "librosa", "numba", "PySide6"):
        assert not list((tmp_path / "venv").glob(f"lib/*/site-packages/{name}"))
