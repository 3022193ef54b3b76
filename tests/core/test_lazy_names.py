"""The packages that load a module when one of its names is first used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from genretagger import pipeline
from genretagger.tagging import containers

ROOT = Path(__file__).parents[2]
both = pytest.mark.parametrize("package", [pipeline, containers])


def names_for_types(package):
    """Return the names that type checkers see, by module."""
    prefix, names = f"{package.__name__}.", {}
    for node in ast.walk(ast.parse(Path(package.__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module.startswith(prefix):
            module = node.module.removeprefix(prefix)
            names[module] = names.get(module, ()) + tuple(alias.name for alias in node.names)
    return names


@both
def test_python_and_type_checkers_are_told_the_same_names(package):
    assert names_for_types(package) == package._NAMES


@both
def test_each_name_is_that_of_its_module_also_once_all_modules_are_loaded(package):
    package.load_all()
    for module, names in package._NAMES.items():
        for name in names:
            inside = sys.modules[f"{package.__name__}.{module}"]
            assert getattr(package, name) is getattr(inside, name)


@both
def test_a_name_that_there_is_not_is_an_ordinary_mistake(package):
    with pytest.raises(AttributeError, match="analyze"):
        _ = package.analyze
    with pytest.raises(ImportError):
        exec(f"from {package.__name__} import analyze", {})


@both
def test_importing_it_loads_none_of_its_modules(package):
    name = package.__name__
    code = f"import sys, {name}; print([m for m in sys.modules if m.startswith('{name}.')])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
