"""README.md: short, and right about pictures, keys and the names of the files of a release.

Its commands are run by tests/manual/test_commands.py.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PACKAGING = ROOT / "tools" / "packaging"


def test_it_is_short():
    assert len(README.splitlines()) <= 120


def test_its_pictures_are_there_for_light_and_dark():
    dark = re.findall(r'<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)"', README)
    light = re.findall(r'<img src="([^"]+)"', README)
    assert dark == [name.replace("-light.", "-dark.") for name in light] != []
    for name in (*light, *dark):
        assert (ROOT / name).is_file(), name


def test_its_keys_are_keys_of_the_window():
    listed = (ROOT / "docs" / "automation.md").read_text(encoding="utf-8")
    keys = re.findall(r"`((?:(?:Ctrl|Shift|Alt)\+)+\w|(?:Shift\+)?F\d+|[A-Z1-9]|Space)`", README)
    assert {"Ctrl+S", "A", "1"} <= set(keys)
    for key in keys:
        assert re.search(rf"(?<![\w+]){re.escape(key)}(?![\w+])", listed), key


def test_it_names_the_files_of_a_release_as_the_packages_are_named():
    recipes = {
        "linux_packages.py": (r'f"(genretagger[-_]\S+)"', r"\{_?\w[^}]*\}"),
        "windows/genretagger.iss": (r"OutputBaseFilename=(\S+)", r"\{#Version\}"),
        "macos/sign.sh": (r"image=dist/(.+)", r"\$\w+|\$\(uname -m\)"),
    }
    named = re.findall(r"`(genretagger[-_]VERSION\S+)`", README)
    made = []
    for recipe, (name, variable) in recipes.items():
        for found in re.findall(name, (PACKAGING / recipe).read_text(encoding="utf-8")):
            parts = map(re.escape, re.split(variable, found))
            made.append(re.compile(r"\w+".join(parts) + r"(\.exe)?"))
    assert len(named) == len(made) == 4
    for name in named:
        assert sum(bool(pattern.fullmatch(name)) for pattern in made) == 1, name
