"""Write .ci/lock-*.txt: the versions of every package, resolved afresh for every Python supported.

The oldest Python decides on the versions, the newer ones must do with them; packages that only some
of them need have a marker (https://packaging.python.org/en/latest/specifications/dependency-specifiers/).
Run by `make lock`, on a machine that has all of these Pythons.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
# Only its weights are used, at training time; its dependencies are years out of date.
UNRESOLVED = ("musicnn==0.1.0",)


def resolved(python: Path, requirement: str, constraints: Path) -> set[str]:
    """Return the pins (`name==version`) that pip finds for a requirement, installing nothing."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            *(python, "-m", "pip", "install", "--dry-run", "--ignore-installed"),
            *("--report", report, "--constraint", constraints, requirement),
        ]
        subprocess.run(command, cwd=ROOT, check=True)
        entries = json.loads(report.read_text(encoding="utf-8"))["install"]
    pins = (entry["metadata"] for entry in entries)
    return {f"{pin['name']}=={pin['version']}" for pin in pins if pin["name"] != "genretagger"}


def merged(pins: Mapping[str, set[str]]) -> list[str]:
    """Return the lines of a lock from the pins of each Python, sorted regardless of case."""
    lines = []
    for pin in sorted(set().union(*pins.values()), key=str.upper):
        pythons = [python for python, its_pins in pins.items() if pin in its_pins]
        marker = " or ".join(f'python_version == "{python}"' for python in pythons)
        lines.append(pin if len(pythons) == len(pins) else f"{pin} ; {marker}")
    return lines


def environments(folder: Path) -> dict[str, Path]:
    """Make an empty environment for each Python below `folder`; return the Python of each."""
    pythons = {}
    for version in PYTHONS:
        subprocess.run([f"python{version}", "-m", "venv", folder / version], check=True)
        pythons[version] = folder / version / "bin" / "python"
    return pythons


def lock(pythons: Mapping[str, Path], requirement: str, held: Sequence[str] = ()) -> list[str]:
    """Return the lines of the lock of a requirement, with the versions of the lines `held`."""
    pins: dict[str, set[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder) / "constraints.txt"
        for version, python in pythons.items():
            constraints.write_text("\n".join([*held, *pins.get(PYTHONS[0], ())]), encoding="utf-8")
            pins[version] = resolved(python, requirement, constraints)
    return merged(pins)


def main() -> int:
    """Write both locks."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            pythons = environments(Path(folder))
        except (FileNotFoundError, subprocess.CalledProcessError) as error:
            print(f"The locks need Python {', '.join(PYTHONS)} on PATH: {error}", file=sys.stderr)
            return 2
        run = lock(pythons, ".")
        test = lock(pythons, ".[cluster,train,dev]", held=run)
    for name, lines in {"run": run, "test": sorted([*test, *UNRESOLVED], key=str.upper)}.items():
        (ROOT / ".ci" / f"lock-{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
